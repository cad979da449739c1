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

// AwaitsConfirmation is the reason of a grant that somebody recorded who may not
// confirm one: until somebody who may does, it permits nothing.
const AwaitsConfirmation = "awaits-confirmation"

// Errors of grants.
var (
	ErrNothingToConfirm = errors.New("no grant of this record awaits confirmation")
	ErrOwnWord          = errors.New("whoever recorded a grant does not confirm it alone")
	// ErrFuture is returned where something is said to have come on a day that has not.
	ErrFuture = errors.New("it cannot have reached us in the future")
	// ErrNoText is returned for a notice without a text.
	ErrNoText = errors.New("the notice is empty")
)

// A Grant is a consent as somebody records it.
type Grant struct {
	Consent  authz.Consent
	Notice   *authz.Notice
	Evidence *File // of the signed form; its digest becomes the consent's
	Licence  *File // a partner's leave to use what it collected (PIPL 23); its digest becomes the consent's
}

// Grant files a consent with its notice and evidence. Its events are those of the
// record; a valid one counts only where whoever records it may confirm grants,
// else it waits for somebody who may ([Registrar.Confirm]).
func (r *Registrar) Grant(ctx context.Context, g Grant) (authz.Consent, error) {
	c := g.Consent
	me, err := r.Me(ctx)
	switch {
	case err != nil:
		return c, err
	case !me.May(authz.ActConfirm) && !me.May(authz.ActRecord):
		return c, fmt.Errorf("%w: to record a consent", ErrNotYours)
	}
	action := "consent.request.answer"
	if !me.May(authz.ActConfirm) && slices.ContainsFunc(c.Events, func(e authz.Event) bool { return e.State.Valid() }) {
		action = "consent.record"
	}
	err = r.Record(ctx, Entry{Action: action, Subject: c.Subject, Consents: []authz.ConsentID{c.ID}}, func(tx *store.Tx) error {
		if g.Notice != nil {
			if err := putNotice(ctx, tx, *g.Notice); err != nil {
				return err
			}
		}
		for _, f := range []struct {
			file *File
			of   string
			to   *string
		}{{g.Evidence, authz.OfGrant, &c.Evidence}, {g.Licence, authz.OfLicence, &c.Licence}} {
			if f.file == nil {
				continue
			}
			e, err := r.keep(ctx, tx, *f.file, authz.Evidence{Of: f.of, Subject: c.Subject, Consent: c.ID, Retention: c.Retention})
			if err != nil {
				return err
			}
			*f.to = e.SHA256
		}
		c, err = r.putConsent(ctx, tx, c, me.May(authz.ActConfirm))
		return err
	})
	return c, err
}

// putConsent files a record, with what was recorded before of the same: a
// withdrawal above all. Grants that are new wait where they are not confirmed.
func (r *Registrar) putConsent(ctx context.Context, tx *store.Tx, c authz.Consent, confirmed bool) (authz.Consent, error) {
	old, err := tx.Consent(ctx, c.ID)
	if err != nil && !errors.Is(err, authz.ErrUnknown) {
		return c, err
	}
	c = r.join(old, c, confirmed)
	if err := tx.PutConsent(ctx, c); err != nil {
		return c, err
	}
	return c, r.ended(ctx, tx, c.Subject)
}

// join is a record with the events of the one that was there before.
func (r *Registrar) join(old, c authz.Consent, confirmed bool) authz.Consent {
	more := slices.Clone(c.Events)
	for i, e := range more {
		if e.State.Valid() && !confirmed && !recorded(old.Events, e) {
			more[i].State, more[i].Reason, more[i].By = authz.Unknown, AwaitsConfirmation, r.user
		}
	}
	c.Events = joinEvents(old.Events, more)
	return c
}

// Confirm makes a grant count that waited for it, from now on. Whoever recorded
// it does not confirm it, where the vault has more users than one.
func (r *Registrar) Confirm(ctx context.Context, id authz.ConsentID) error {
	if err := r.Allow(ctx, authz.ActConfirm); err != nil {
		return err
	}
	c, err := r.Vault.Consent(ctx, id)
	if err != nil {
		return err
	}
	now := r.now()
	i := slices.IndexFunc(c.Events, func(e authz.Event) bool { return e.State == authz.Unknown && e.Reason == AwaitsConfirmation })
	if i < 0 || c.StateAt(now) != authz.Unknown {
		return ErrNothingToConfirm
	}
	if !now.After(c.Events[i].At) { // of two events of an instant the doubtful one counts
		now = c.Events[i].At.Add(time.Microsecond)
	}
	users, err := r.Vault.Users(ctx)
	if err != nil {
		return err
	}
	if len(users) > 1 && authz.FoldName(c.Events[i].By) == authz.FoldName(r.user) {
		return ErrOwnWord
	}
	return r.Record(ctx, Entry{Action: "consent.confirm", Subject: c.Subject, Consents: []authz.ConsentID{id}}, func(tx *store.Tx) error {
		return tx.AppendEvent(ctx, id, authz.Event{State: authz.Given, At: now, By: r.user})
	})
}
