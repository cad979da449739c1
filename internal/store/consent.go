package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"consentry/authz"
)

// PutConsent adds a consent of a subject that is known, or replaces the record
// of the same id. A record never changes its subject and never loses an event:
// refusals and withdrawals cannot be taken back.
func (tx *Tx) PutConsent(ctx context.Context, c authz.Consent) error {
	if err := checkID("consent", string(c.ID)); err != nil {
		return err
	}
	if err := tx.putConsent(ctx, c); err != nil {
		return fmt.Errorf("put consent %s: %w", c.ID, err)
	}
	return nil
}

func (tx *Tx) putConsent(ctx context.Context, c authz.Consent) error {
	if err := tx.knows(ctx, c.Subject); err != nil {
		return err
	}
	sealed, err := tx.keys.sealJSON(in("consent", string(c.ID)), c)
	if err != nil {
		return err
	}
	err = tx.changed(ctx, `insert into consent (id, subject, at, sealed, due, watch) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
		string(c.ID), string(c.Subject), now(), sealed, micros(c.Retention), watched(c, clock()))
	if !errors.Is(err, ErrNotFound) {
		return err
	}
	old, err := tx.Consent(ctx, c.ID)
	switch {
	case err != nil:
		return err
	case old.Subject != c.Subject:
		return errors.New("it belongs to another subject")
	case !holds(c.Events, old.Events):
		return errors.New("an event that was recorded is missing")
	}
	return tx.exec(ctx, `update consent set sealed = $2, due = $3, watch = $4 where id = $1`, string(c.ID), sealed, micros(c.Retention), watched(c, clock()))
}

// knows says authz.ErrUnknown where there is no such subject.
func (tx *Tx) knows(ctx context.Context, id authz.SubjectID) error {
	if tx.known[id] {
		return nil
	}
	var n int
	if err := tx.row(ctx, `select count(*) from subject where id = $1`, []any{string(id)}, &n); err != nil {
		return err
	}
	if n == 0 {
		return fmt.Errorf("subject: %w", authz.ErrUnknown)
	}
	tx.known[id] = true
	return nil
}

// AppendEvent adds an event to a consent: a withdrawal, a renewal. Events stand
// in the order of their instants; at the same instant the one recorded last is
// last.
func (tx *Tx) AppendEvent(ctx context.Context, id authz.ConsentID, e authz.Event) error {
	c, err := tx.Consent(ctx, id)
	if err != nil {
		return fmt.Errorf("append an event: %w", err)
	}
	c.Events = append(slices.Clone(c.Events), e)
	slices.SortStableFunc(c.Events, func(a, b authz.Event) int { return a.At.Compare(b.At) })
	return tx.PutConsent(ctx, c)
}

// holds reports whether all has each of some, as often.
func holds(all, some []authz.Event) bool {
	rest := slices.Clone(all)
	for _, e := range some {
		i := slices.IndexFunc(rest, func(o authz.Event) bool { return o.Same(e) })
		if i < 0 {
			return false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return true
}

// Consent returns one record; the error wraps authz.ErrUnknown where there is
// none of that id.
func (r reader) Consent(ctx context.Context, id authz.ConsentID) (authz.Consent, error) {
	cs, err := r.consents(ctx, `where id = $1`, string(id))
	if err == nil && len(cs) == 0 {
		err = authz.ErrUnknown
	}
	if err != nil {
		return authz.Consent{}, fmt.Errorf("consent %s: %w", id, err)
	}
	return cs[0], nil
}

// Consents returns every record of a subject, whatever its state, oldest first.
// A subject without any, known or not, is no error.
func (r reader) Consents(ctx context.Context, id authz.SubjectID) ([]authz.Consent, error) {
	cs, err := r.consents(ctx, `where subject = $1 order by at, id`, string(id))
	if err != nil {
		return nil, fmt.Errorf("consents of %s: %w", id, err)
	}
	return cs, nil
}

// AllConsents returns every record of every subject, oldest first.
func (r reader) AllConsents(ctx context.Context) ([]authz.Consent, error) {
	cs, err := r.consents(ctx, `order by at, id`)
	if err != nil {
		return nil, fmt.Errorf("list consents: %w", err)
	}
	return cs, nil
}

const consentColumns = `select id, subject, sealed from consent`

func (r reader) consents(ctx context.Context, where string, args ...any) ([]authz.Consent, error) {
	var out []authz.Consent
	err := r.rows(ctx, consentColumns+" "+where, args, func(scan func(...any) error) error {
		c, err := r.scanConsent(scan)
		out = append(out, c)
		return err
	})
	return out, err
}

// scanConsent reads a row of consentColumns.
func (r reader) scanConsent(scan func(...any) error) (c authz.Consent, err error) {
	var id string
	var subject authz.SubjectID
	var sealed sql.RawBytes
	if err := scan(&id, &subject, &sealed); err != nil {
		return c, err
	}
	if err := r.openJSON(in("consent", id), sealed, &c); err != nil {
		return c, err
	}
	if c.Subject != subject {
		return c, fmt.Errorf("%w: a consent row was given to another subject", ErrDamaged)
	}
	return c, nil
}

// PutNotice adds a version of a notice. It is known by the SHA-256 of its text
// and cannot be changed: one of the same digest replaces only what is said about
// it.
func (tx *Tx) PutNotice(ctx context.Context, n authz.Notice) error {
	if err := checkID("notice", n.SHA256); err != nil {
		return err
	}
	if n.Text != "" && n.SHA256 != textDigest(n.Text) {
		return fmt.Errorf("put notice %s: that is not the SHA-256 of its text", n.SHA256)
	}
	sealed, err := tx.keys.sealJSON(in("notice", n.SHA256), n)
	if err != nil {
		return err
	}
	err = tx.exec(ctx, `insert into notice (id, at, sealed) values ($1, $2, $3)
		on conflict (id) do update set sealed = excluded.sealed`, n.SHA256, now(), sealed)
	if err != nil {
		return fmt.Errorf("put notice %s: %w", n.SHA256, err)
	}
	return nil
}

// Notice returns a notice; the error wraps authz.ErrUnknown where there is none
// of that digest.
func (r reader) Notice(ctx context.Context, sha256 string) (authz.Notice, error) {
	ns, err := r.notices(ctx, `where id = $1`, sha256)
	if err == nil && len(ns) == 0 {
		err = authz.ErrUnknown
	}
	if err != nil {
		return authz.Notice{}, fmt.Errorf("notice %.64s: %w", sha256, err)
	}
	return ns[0], nil
}

// Notices returns every notice, oldest record first.
func (r reader) Notices(ctx context.Context) ([]authz.Notice, error) {
	ns, err := r.notices(ctx, `order by at, id`)
	if err != nil {
		return nil, fmt.Errorf("list notices: %w", err)
	}
	return ns, nil
}

func (r reader) notices(ctx context.Context, where string, args ...any) ([]authz.Notice, error) {
	var out []authz.Notice
	err := r.rows(ctx, `select id, sealed from notice `+where, args, func(scan func(...any) error) error {
		var id string
		var sealed sql.RawBytes
		if err := scan(&id, &sealed); err != nil {
			return err
		}
		out = append(out, authz.Notice{})
		return r.openJSON(in("notice", id), sealed, &out[len(out)-1])
	})
	return out, err
}
