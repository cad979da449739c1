package registry

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"consentry/authz"
	"consentry/internal/store"
)

// A No is a refusal or withdrawal as it reached us.
type No struct {
	Only     authz.ConsentID // of that record only; empty: of everything
	Intake   string          // call, e-mail, letter, …
	Received time.Time       // when it reached us; zero: now
	Reason   string
	Evidence *File
}

// Withdraw closes every consent of a subject that is not closed yet, or the one
// named, at once, and says how many. Withdrawing where nothing was granted is kept
// too: as a record that refuses everything.
func (r *Registrar) Withdraw(ctx context.Context, id authz.SubjectID, no No) (int, error) {
	return r.close(ctx, id, authz.Withdrawn, "withdrawal.intake", authz.OfWithdrawal, no)
}

// Refuse records that a subject said no to a request, or to everything.
func (r *Registrar) Refuse(ctx context.Context, id authz.SubjectID, no No) (int, error) {
	return r.close(ctx, id, authz.Refused, "refusal.intake", authz.OfRefusal, no)
}

func (r *Registrar) close(ctx context.Context, id authz.SubjectID, state authz.State, action, of string, no No) (int, error) {
	if err := r.Allow(ctx, authz.ActWithdraw); err != nil {
		return 0, err
	}
	now := r.now()
	if no.Received.After(now) {
		return 0, ErrFuture
	}
	if _, err := r.Vault.Subject(ctx, id); err != nil {
		return 0, err
	}
	cs, err := r.Vault.Consents(ctx, id)
	if err != nil {
		return 0, err
	}
	e := Entry{Action: action, Subject: id}
	for _, c := range cs {
		if no.Only == "" && c.StateAt(now) != state || c.ID == no.Only {
			e.Consents = append(e.Consents, c.ID)
		}
	}
	if no.Only != "" && len(e.Consents) == 0 {
		return 0, fmt.Errorf("consent %s: %w", no.Only, authz.ErrUnknown)
	}
	closed := len(e.Consents)
	// The no to everything is a record of its own where no record holds it.
	var all *authz.Consent
	if no.Only == "" && len(e.Consents) == 0 && !slices.ContainsFunc(cs, func(c authz.Consent) bool { return c.StateAt(now) == state }) {
		all = &authz.Consent{ID: authz.ConsentID(store.NewID("c_")), Subject: id, Kind: "publish", GivenBy: "self", CollectedBy: "us"}
		e.Consents = []authz.ConsentID{all.ID}
	}
	ev := authz.Event{State: state, At: now, By: r.user, Intake: no.Intake, Reason: no.Reason}
	if !no.Received.IsZero() && !no.Received.Equal(now) {
		ev.Received = no.Received.UTC()
	}
	return closed, r.Record(ctx, e, func(tx *store.Tx) error {
		if no.Evidence != nil {
			kept, err := r.keep(ctx, tx, *no.Evidence, authz.Evidence{Of: of, Subject: id, Consent: no.Only})
			if err != nil {
				return err
			}
			ev.Evidence = kept.SHA256
		}
		if all != nil {
			all.Events = []authz.Event{ev}
			if err := tx.PutConsent(ctx, *all); err != nil {
				return err
			}
		} else {
			for _, c := range e.Consents {
				// Where the clock was set back the no still comes after the yes.
				ev := ev
				if i := slices.IndexFunc(cs, func(o authz.Consent) bool { return o.ID == c }); i >= 0 {
					for _, was := range cs[i].Events {
						if was.At.After(ev.At) {
							ev.At = was.At
						}
					}
				}
				if err := tx.AppendEvent(ctx, c, ev); err != nil {
					return err
				}
			}
		}
		return r.ended(ctx, tx, id)
	})
}

// Expire marks the consents whose period has passed, so that lists and exports
// say so; the policy goes by the period itself. It says how many.
func (r *Registrar) Expire(ctx context.Context) (int, error) {
	now := r.now()
	cs, err := r.Vault.Awaiting(ctx) // what began after it was recorded is among them
	if err != nil {
		return 0, err
	}
	ends, err := r.Vault.Endings(ctx, time.Time{}, now.Add(time.Microsecond))
	if err != nil {
		return 0, err
	}
	for _, e := range ends {
		c, err := r.Vault.Consent(ctx, e.Consent)
		if errors.Is(err, authz.ErrUnknown) {
			continue
		}
		if err != nil {
			return 0, err
		}
		cs = append(cs, c)
	}
	n := 0
	for _, c := range cs {
		if c.Until.IsZero() || now.Before(c.Until) || !c.StateAt(now).Valid() {
			continue
		}
		err := r.Record(ctx, Entry{Action: "consent.expire", Subject: c.Subject, Consents: []authz.ConsentID{c.ID}}, func(tx *store.Tx) error {
			if err := tx.AppendEvent(ctx, c.ID, authz.Event{State: authz.Expired, At: c.Until, By: r.user}); err != nil {
				return err
			}
			return r.ended(ctx, tx, c.Subject)
		})
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
