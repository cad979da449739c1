package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"consentry/authz"
)

// Counters by which an index of names in memory knows what has changed.
const (
	subjectCounter = "subject"
	deletedCounter = "subject deleted"
)

// PutSubject adds a subject, or replaces the one of the same id. Keep names out
// of the id: it is not encrypted.
func (tx *Tx) PutSubject(ctx context.Context, s authz.Subject) error {
	id := string(s.ID)
	if err := checkID("subject", id); err != nil {
		return err
	}
	if s.Kind != authz.Person && s.Kind != authz.Organisation {
		return fmt.Errorf("subject %s: kind is neither person nor organisation", id)
	}
	sealed, err := tx.keys.sealJSON(in("subject", id), s)
	if err != nil {
		return err
	}
	if err := tx.putSubject(ctx, s, sealed); err != nil {
		return fmt.Errorf("put subject %s: %w", id, err)
	}
	return nil
}

// putSubject writes a subject's row, and those by which it is found.
func (tx *Tx) putSubject(ctx context.Context, s authz.Subject, sealed []byte) error {
	if tx.rev == 0 {
		n, err := tx.count(ctx, subjectCounter)
		if err != nil {
			return err
		}
		tx.rev = n
	}
	id, names, due := string(s.ID), tx.sealNames(s), micros(s.Retention)
	err := tx.changed(ctx, `insert into subject (id, at, sealed, names, due, rev) values ($1, $2, $3, $4, $5, $6)
		on conflict do nothing`, id, now(), sealed, names, due, tx.rev)
	if errors.Is(err, ErrNotFound) { // it was there before
		err = errors.Join(
			tx.exec(ctx, `update subject set sealed = $2, names = $3, due = $4, rev = $5 where id = $1`, id, sealed, names, due, tx.rev),
			tx.exec(ctx, `delete from subject_name where subject = $1`, id),
			tx.exec(ctx, `delete from subject_contact where subject = $1`, id),
		)
	}
	if err != nil {
		return err
	}
	tx.known[s.ID] = true
	var byName, byContact [][]byte
	for _, n := range s.Names {
		if folded := fold(n.Text); folded != "" {
			byName = append(byName, tx.nameIndex(folded))
		}
	}
	for _, c := range s.Contacts {
		if folded := foldContact(c.Value); folded != "" {
			byContact = append(byContact, tx.contactIndex(folded))
		}
	}
	if err := tx.putIndexes(ctx, `insert into subject_name (idx, subject) values `, byName, id); err != nil {
		return err
	}
	return tx.putIndexes(ctx, `insert into subject_contact (idx, subject) values `, byContact, id)
}

// putIndexes writes rows of a subject's blind indexes, eight a statement.
func (tx *Tx) putIndexes(ctx context.Context, insert string, indexes [][]byte, id string) error {
	for part := range slices.Chunk(indexes, 8) {
		args := []any{id}
		values := make([]string, len(part))
		for i, idx := range part {
			args = append(args, idx)
			values[i] = fmt.Sprintf("($%d, $1)", i+2)
		}
		if err := tx.exec(ctx, insert+strings.Join(values, ", ")+` on conflict do nothing`, args...); err != nil {
			return err
		}
	}
	return nil
}

// Subject returns a subject; the error wraps authz.ErrUnknown where there is
// none of that id.
func (r reader) Subject(ctx context.Context, id authz.SubjectID) (authz.Subject, error) {
	var sealed []byte
	var s authz.Subject
	err := r.row(ctx, `select sealed from subject where id = $1`, []any{string(id)}, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		err = authz.ErrUnknown
	}
	if err == nil {
		err = r.openJSON(in("subject", string(id)), sealed, &s)
	}
	if err != nil {
		return authz.Subject{}, fmt.Errorf("subject %s: %w", id, err)
	}
	return s, nil
}

// Subjects returns every subject, oldest record first.
func (r reader) Subjects(ctx context.Context) ([]authz.Subject, error) {
	var out []authz.Subject
	err := r.rows(ctx, subjectColumns+` order by at, id`, nil, func(scan func(...any) error) error {
		s, err := r.scanSubject(scan)
		out = append(out, s)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list subjects: %w", err)
	}
	return out, nil
}

const subjectColumns = `select id, sealed from subject`

// scanSubject reads a row of subjectColumns.
func (r reader) scanSubject(scan func(...any) error) (s authz.Subject, err error) {
	var id string
	var sealed sql.RawBytes
	if err := scan(&id, &sealed); err != nil {
		return s, err
	}
	err = r.openJSON(in("subject", id), sealed, &s)
	return s, err
}

// nameIndex is the blind index of a folded name. Half the HMAC is enough: a
// match is compared with the names themselves.
func (k *keys) nameIndex(folded string) []byte {
	return k.blind("subject_name", []byte(folded))[:16]
}
