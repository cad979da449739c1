package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/pressly/goose/v3"

	"consentry/authz"
)

// fillMigration is migration 3: it fills the columns and the index that migration
// 2 added from the sealed records, which takes the keys.
func fillMigration(k *keys) *goose.Migration {
	return goose.NewGoMigration(3, &goose.GoFunc{RunTx: func(ctx context.Context, t *sql.Tx) error {
		tx := newTx(k, prepared{t, map[string]*sql.Stmt{}}, "")
		if err := tx.fill(ctx); err != nil {
			return fmt.Errorf("fill in what is new: %w", err)
		}
		return nil
	}}, nil)
}

func (tx *Tx) fill(ctx context.Context) error {
	type row struct {
		id     string
		sealed []byte
	}
	all := func(table string) (out []row, err error) {
		err = tx.rows(ctx, `select id, sealed from `+table, nil, func(scan func(...any) error) error {
			var r row
			err := scan(&r.id, &r.sealed)
			out = append(out, r)
			return err
		})
		return out, err
	}
	subjects, err := all("subject")
	if err != nil {
		return err
	}
	for _, r := range subjects {
		var s authz.Subject
		// A row that does not open stays as it is: reading it says so, and must
		// not keep the rest from being read.
		if tx.openJSON(in("subject", r.id), r.sealed, &s) != nil || string(s.ID) != r.id {
			continue
		}
		if err := tx.putSubject(ctx, s, r.sealed); err != nil {
			return err
		}
	}
	consents, err := all("consent")
	if err != nil {
		return err
	}
	for _, r := range consents {
		var c authz.Consent
		if tx.openJSON(in("consent", r.id), r.sealed, &c) != nil || c.Retention.IsZero() {
			continue
		}
		if err := tx.exec(ctx, `update consent set due = $2 where id = $1`, r.id, micros(c.Retention)); err != nil {
			return err
		}
	}
	return nil
}
