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

// A Reply is what came back.
type Reply struct {
	State     authz.State // Given, Refused, Deferred
	On        time.Time   // when it was signed; zero: now
	Evidence  *File       // nil: the returned form that was filed last
	Intake    string
	Reason    string
	Voluntary bool
	Separate  bool
	Written   bool
	Authority bool
	GivenBy   string // who signed, where not who was asked
	// What was ticked, where it is less than what was asked for; empty: all of it.
	Purposes    []authz.Purpose
	Channels    []authz.Channel
	Territories []authz.Territory
	Shows       []authz.Shows
	Forms       []string // companies: forms of the name that are allowed
	Until       time.Time
}

// Reply records the answer to a request. A consent may be narrower than what was
// asked for, never wider. Where whoever records it may not confirm grants, it waits
// (see Grant).
func (r *Registrar) Reply(ctx context.Context, id authz.ConsentID, a Reply) (authz.Consent, error) {
	c, err := r.Vault.Consent(ctx, id)
	if errors.Is(err, authz.ErrUnknown) {
		return c, ErrNoRequest
	}
	if err != nil {
		return c, err
	}
	now := r.now()
	if !open(c.StateAt(now)) {
		return c, fmt.Errorf("%s: %w", id, ErrAnswered)
	}
	on := a.On
	if on.IsZero() {
		on = now
	}
	if on.After(now) {
		return c, fmt.Errorf("signed on: %w", ErrFuture)
	}
	switch a.State {
	case authz.Refused:
		_, err := r.Refuse(ctx, c.Subject, No{Only: id, Intake: a.Intake, Reason: a.Reason, Received: on, Evidence: a.Evidence})
		return c, err
	case authz.Deferred:
		if err := r.Allow(ctx, authz.ActRequest); err != nil {
			return c, err
		}
		e := Entry{Action: "consent.request.answer", Subject: c.Subject, Consents: []authz.ConsentID{id}}
		return c, r.Record(ctx, e, func(tx *store.Tx) error {
			return tx.AppendEvent(ctx, id, authz.Event{State: authz.Deferred, At: now, By: r.user, Intake: a.Intake, Reason: a.Reason})
		})
	case authz.Given:
	default:
		return c, ErrUnanswered
	}
	if !narrow(&c.Purposes, a.Purposes) || !narrow(&c.Channels, a.Channels) || !narrow(&c.Territories, a.Territories) || !narrow(&c.Shows, a.Shows) ||
		!a.Until.IsZero() && !c.Until.IsZero() && a.Until.After(c.Until) {
		return c, ErrWider
	}
	if !a.Until.IsZero() {
		c.Until = a.Until
	}
	if a.GivenBy != "" {
		c.GivenBy = a.GivenBy
	}
	c.Voluntary, c.Separate, c.Written, c.Authority, c.AllowedForms = a.Voluntary, a.Separate, a.Written, a.Authority, a.Forms
	// A form signed on the day of the letter was signed after it was read.
	if n, err := r.Vault.Notice(ctx, c.Notice); err == nil && on.Before(n.GivenAt) && sameDay(on, n.GivenAt) {
		on = n.GivenAt
	}
	c.Events = append(slices.Clone(c.Events), authz.Event{State: authz.Given, At: on.UTC(), By: r.user, Intake: a.Intake})
	if a.Evidence == nil {
		filed, err := r.Vault.Evidence(ctx, c.Subject)
		if err != nil {
			return c, err
		}
		for _, e := range filed {
			if e.Consent == id && e.Of == authz.OfAnswer {
				c.Evidence = e.SHA256
			}
		}
	}
	return r.Grant(ctx, Grant{Consent: c, Evidence: a.Evidence})
}

func sameDay(a, b time.Time) bool {
	a, b = a.Local(), b.Local()
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// narrow puts what was ticked in the place of what was asked for; false where
// something was not asked for.
func narrow[T comparable](asked *[]T, ticked []T) bool {
	if len(ticked) == 0 {
		return true
	}
	for _, t := range ticked {
		if !slices.Contains(*asked, t) {
			return false
		}
	}
	*asked = ticked
	return true
}

// KeepReturned seals a returned form as evidence of a request.
func (r *Registrar) KeepReturned(ctx context.Context, request string, f File) error {
	c, err := r.Vault.Consent(ctx, authz.ConsentID(request))
	if errors.Is(err, authz.ErrUnknown) {
		return ErrNoRequest
	}
	if err != nil {
		return err
	}
	_, err = r.KeepEvidence(ctx, f, authz.Evidence{Of: authz.OfAnswer, Subject: c.Subject, Consent: c.ID, Retention: c.Retention})
	return err
}
