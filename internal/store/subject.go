package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"consentry/authz"
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
	err = tx.exec(ctx, `insert into subject (id, at, sealed) values ($1, $2, $3)
		on conflict (id) do update set sealed = excluded.sealed`, id, now(), sealed)
	if err != nil {
		return fmt.Errorf("put subject %s: %w", id, err)
	}
	if err := tx.exec(ctx, `delete from subject_name where subject = $1`, id); err != nil {
		return fmt.Errorf("put subject %s: %w", id, err)
	}
	for _, n := range s.Names {
		folded := fold(n.Text)
		if folded == "" {
			continue
		}
		err := tx.exec(ctx, `insert into subject_name (idx, subject) values ($1, $2) on conflict do nothing`,
			tx.nameIndex(folded), id)
		if err != nil {
			return fmt.Errorf("put subject %s: %w", id, err)
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
	err := r.rows(ctx, `select id, sealed from subject order by at, id`, nil, func(scan func(...any) error) error {
		var id string
		var sealed sql.RawBytes
		if err := scan(&id, &sealed); err != nil {
			return err
		}
		out = append(out, authz.Subject{})
		return r.openJSON(in("subject", id), sealed, &out[len(out)-1])
	})
	if err != nil {
		return nil, fmt.Errorf("list subjects: %w", err)
	}
	return out, nil
}

// nameIndex is the blind index of a folded name. Half the HMAC is enough: a
// match is compared with the names themselves.
func (k *keys) nameIndex(folded string) []byte {
	return k.blind("subject_name", []byte(folded))[:16]
}
