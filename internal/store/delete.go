package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"consentry/authz"
)

// What is deleted is overwritten in the database file (SQLite's secure_delete)
// and gone from the write-ahead log once that is folded in, at the latest when
// the vault is closed. Backups keep it.

// DeleteSubject removes a subject with everything that is recorded for it:
// consents, grounds, evidence (the files that nobody else's rests on), names and
// contacts, and the documents that are known by its id, such as a template of
// its face. The error wraps ErrNotFound where there is none of that id.
func (tx *Tx) DeleteSubject(ctx context.Context, id authz.SubjectID) error {
	if err := tx.deleteSubject(ctx, string(id)); err != nil {
		return fmt.Errorf("delete subject %.64s: %w", id, err)
	}
	return nil
}

func (tx *Tx) deleteSubject(ctx context.Context, id string) error {
	var there int
	if err := tx.row(ctx, `select count(*) from subject where id = $1`, []any{id}, &there); err != nil {
		return err
	}
	if there == 0 || id == "" {
		return ErrNotFound
	}
	if err := tx.deleteLinks(ctx, `subject = $1`, id); err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	for _, q := range []string{
		`delete from doc where subject = $1 or id = $1`,
		`delete from consent where subject = $1`,
		`delete from subject_name where subject = $1`,
		`delete from subject_contact where subject = $1`,
		`delete from subject where id = $1`,
	} {
		if err := tx.exec(ctx, q, id); err != nil {
			return err
		}
	}
	delete(tx.known, authz.SubjectID(id))
	_, err := tx.count(ctx, deletedCounter)
	return err
}

// DeleteConsent removes a record, and the evidence filed for it that has no date
// of retention of its own. The error wraps ErrNotFound where there is none of
// that id. It is for records whose time is up: what somebody takes back is
// recorded with [Tx.AppendEvent].
func (tx *Tx) DeleteConsent(ctx context.Context, id authz.ConsentID) error {
	err := tx.changed(ctx, `delete from consent where id = $1`, string(id))
	if err == nil {
		err = tx.deleteLinks(ctx, `consent = $1 and due = 0`, string(id))
		if errors.Is(err, ErrNotFound) {
			err = nil
		}
	}
	if err != nil {
		return fmt.Errorf("delete consent %.64s: %w", id, err)
	}
	return nil
}

// DeleteNotice removes a notice, even one that consents point at. The error
// wraps ErrNotFound where there is none of that digest.
func (tx *Tx) DeleteNotice(ctx context.Context, sha256 string) error {
	if err := tx.changed(ctx, `delete from notice where id = $1`, sha256); err != nil {
		return fmt.Errorf("delete notice %.64s: %w", sha256, err)
	}
	return nil
}

// Due is what is to be deleted, the longest due first.
type Due struct {
	Subjects []authz.SubjectID
	Consents []authz.ConsentID
	Evidence []authz.Evidence
}

// Due lists what has a date of retention at or before an instant.
func (r reader) Due(ctx context.Context, at time.Time) (Due, error) {
	var d Due
	subjects, err := r.subjectsAt(ctx, `select id from subject where due <> 0 and due <= $1 order by due, id`, at.UnixMicro())
	if err != nil {
		return Due{}, fmt.Errorf("list what is due: %w", err)
	}
	for _, id := range subjects {
		// The date in the column is not authenticated, and somebody's records
		// must not be deleted by whoever can write there.
		s, err := r.Subject(ctx, id)
		if err != nil {
			return Due{}, fmt.Errorf("list what is due: %w", err)
		}
		if due(s.Retention, at) {
			d.Subjects = append(d.Subjects, id)
		}
	}
	cs, err := r.consents(ctx, `where due <> 0 and due <= $1 order by due, id`, at.UnixMicro())
	if err != nil {
		return Due{}, fmt.Errorf("list what is due: %w", err)
	}
	for _, c := range cs {
		if due(c.Retention, at) {
			d.Consents = append(d.Consents, c.ID)
		}
	}
	es, err := r.links(ctx, `where due <> 0 and due <= $1 order by due, idx`, at.UnixMicro())
	if err != nil {
		return Due{}, fmt.Errorf("list what is due: %w", err)
	}
	for _, e := range es {
		if due(e.Retention, at) {
			d.Evidence = append(d.Evidence, e)
		}
	}
	return d, nil
}

func due(retention, at time.Time) bool { return !retention.IsZero() && !retention.After(at) }
