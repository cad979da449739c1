// Package registry is what people do with the registry of consents: each act is
// under somebody's name, checked against what is theirs to do, made in one
// transaction with its ledger entry, or not at all.
//
// It decides nothing about publications; package authz does. Whatever closes a
// gate is anybody's to record and counts at once; whatever opens one needs
// somebody who may confirm it.
package registry

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"consentry/authz"
	"consentry/internal/store"
)

// A Registrar acts on a vault under the name of a user. Fields are set before it
// is used; it is then safe for concurrent use.
type Registrar struct {
	Vault      *store.Vault
	Pack       *authz.Pack
	Operations *authz.Operations
	// Variants adds the spellings under which a subject's names are met; nil: none.
	Variants func(authz.Subject) authz.Subject
	// Ended is called in every transaction after which consents of subjects may have
	// ended, for what is kept under them alone; nil: nothing is.
	Ended func(ctx context.Context, tx *store.Tx, ids ...authz.SubjectID) error
	// Kept lists the documents beside the registry that are about a subject, by
	// bucket and id, for its erasure; nil: none.
	Kept func(ctx context.Context, id authz.SubjectID) ([][2]string, error)
	// Moved gives the documents beside the registry that are about one subject to
	// another with which it is merged; nil: there are none.
	Moved func(ctx context.Context, tx *store.Tx, from, to authz.SubjectID) error
	Now   func() time.Time // nil: time.Now

	user string
}

func (r *Registrar) now() time.Time {
	if r.Now != nil {
		return r.Now().UTC()
	}
	return time.Now().UTC()
}

// An Entry is the ledger's record of one act on the registry: ids and salted
// digests, never a name.
type Entry struct {
	Operation string            `json:"operation"` // one of the eight of PIPL 4(2)
	Action    string            `json:"action"`
	Subject   authz.SubjectID   `json:"subject,omitempty"`
	Consents  []authz.ConsentID `json:"consents,omitempty"`
	Record    string            `json:"record,omitempty"`    // id of what else it is about: a user, a ground, a merge
	Evidence  []string          `json:"evidence,omitempty"`  // salted digests of files
	Recipient string            `json:"recipient,omitempty"` // salted digest of who got something, and on which terms
	Count     int               `json:"count,omitempty"`
	By        string            `json:"by,omitempty"` // a user's id, or a salted digest of the name of somebody who is none
	At        time.Time         `json:"at"`
}

// ErrKind is returned where a person would become an organisation, or the other way
// round.
var ErrKind = errors.New("a person does not become an organisation, or the other way round")

// ErrUnsaid is wrapped where what an act needs is not said; the text says what.
var ErrUnsaid = errors.New("something is not said yet")

// ErrAction is returned for an action that the table of operations does not list.
var ErrAction = errors.New("this action has no place in the table of operations")

// Record makes a change and its ledger entry in one transaction. The entry's
// operation, author and time are filled in.
func (r *Registrar) Record(ctx context.Context, e Entry, change func(*store.Tx) error) error {
	b, err := r.entry(ctx, r.Vault, e)
	if err != nil {
		return err
	}
	_, err = r.Vault.Record(ctx, b, change)
	return err
}

// Append adds a ledger entry of its own to a transaction.
func (r *Registrar) Append(ctx context.Context, tx *store.Tx, e Entry) error {
	b, err := r.entry(ctx, tx, e)
	if err != nil {
		return err
	}
	_, err = tx.Append(ctx, b)
	return err
}

func (r *Registrar) entry(ctx context.Context, from lister, e Entry) ([]byte, error) {
	var ok bool
	if e.Operation, ok = r.Operations.Of(e.Action); !ok {
		return nil, fmt.Errorf("%w: %s", ErrAction, e.Action)
	}
	u, err := r.me(ctx, from)
	if err != nil {
		return nil, err
	}
	if e.By = u.ID; e.By == "" {
		e.By = r.Vault.Salted(u.Name)
	}
	e.At = r.now()
	return json.Marshal(e)
}

// AddSubject registers a subject. Being registered shows nobody.
func (r *Registrar) AddSubject(ctx context.Context, s authz.Subject) error {
	if err := r.Allow(ctx, authz.ActRegister); err != nil {
		return err
	}
	return r.Record(ctx, Entry{Action: "subject.add", Subject: s.ID}, func(tx *store.Tx) error {
		return tx.PutSubject(ctx, r.variants(s))
	})
}

// ChangeSubject puts other facts about a subject that is registered. Those that
// make it easier to show somebody (age, guardian, of a state organ, confidential)
// are not everybody's to change.
func (r *Registrar) ChangeSubject(ctx context.Context, s authz.Subject) error {
	old, err := r.Vault.Subject(ctx, s.ID)
	if err != nil {
		return err
	}
	act := authz.ActRegister
	if eases(old, s) {
		act = authz.ActConfirm
	}
	if err := r.Allow(ctx, act); err != nil {
		return err
	}
	if old.Kind != s.Kind {
		return ErrKind
	}
	s.Created = old.Created
	return r.Record(ctx, Entry{Action: "subject.change", Subject: s.ID}, func(tx *store.Tx) error {
		if err := tx.PutSubject(ctx, r.variants(s)); err != nil {
			return err
		}
		return r.ended(ctx, tx, s.ID)
	})
}

// eases reports whether what is changed stood against showing.
func eases(old, s authz.Subject) bool {
	young := func(a authz.Age) bool { return a != "" && a != "adult" }
	return young(old.Age) && old.Age != s.Age || old.Role == "minor" && s.Role != "minor" || old.StateOrgan && !s.StateOrgan ||
		old.Confidential && !s.Confidential || old.Deceased && !s.Deceased || s.Guardian != nil && (old.Guardian == nil || *old.Guardian != *s.Guardian)
}

func (r *Registrar) variants(s authz.Subject) authz.Subject {
	if r.Variants == nil {
		return s
	}
	return r.Variants(s)
}

func (r *Registrar) ended(ctx context.Context, tx *store.Tx, ids ...authz.SubjectID) error {
	if r.Ended == nil {
		return nil
	}
	return r.Ended(ctx, tx, ids...)
}

// recorded reports whether an event is among others, whoever recorded it.
func recorded(all []authz.Event, e authz.Event) bool {
	return slices.ContainsFunc(all, func(o authz.Event) bool { return o.State == e.State && o.At.Equal(e.At) })
}

// joinEvents is both lists in the order of time, each event once.
func joinEvents(old, more []authz.Event) []authz.Event {
	all := slices.Clone(old)
	for _, e := range more {
		if !recorded(all, e) {
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b authz.Event) int { return a.At.Compare(b.At) })
	return all
}
