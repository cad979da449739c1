package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/pressly/goose/v3"

	"consentry/authz"
)

// watched is the value of the column "watch" of a consent, as of an instant: 0 where
// nobody has to see to it, 1 where its record has to be opened to know, else the end
// of a valid consent to publication, in microseconds.
func watched(c authz.Consent, at time.Time) int64 {
	for _, e := range c.Events {
		if e.At.After(at) {
			return 1 // what it will be then, the record says
		}
	}
	switch s := c.StateAt(at); {
	case s == authz.Requested, s == authz.Deferred, s == authz.Unknown:
		return 1
	case s.Valid() && c.Kind == "publish":
		return micros(c.Until)
	}
	return 0
}

// Awaiting returns the consents that may wait for somebody: requests without an
// answer, grants without a confirmation, what is of no known state or begins later.
func (r reader) Awaiting(ctx context.Context) ([]authz.Consent, error) {
	cs, err := r.consents(ctx, `where watch = 1 and watch <> 0 order by at, id`)
	if err != nil {
		return nil, fmt.Errorf("list what waits: %w", err)
	}
	return cs, nil
}

// An Ending is the end of a consent to publication that is valid until then.
type Ending struct {
	Consent authz.ConsentID
	Subject authz.SubjectID
	Until   time.Time // exclusive
}

// Endings returns the ends between two instants, the first one first, as the index
// has them: the records are not opened. Whoever acts on one opens it.
func (r reader) Endings(ctx context.Context, from, to time.Time) ([]Ending, error) {
	var out []Ending
	err := r.rows(ctx, `select watch, subject, id from consent where watch > $1 and watch < $2 and watch <> 0 order by watch, id`,
		[]any{max(micros(from), 1), micros(to)}, func(scan func(...any) error) error {
			var e Ending
			var until int64
			if err := scan(&until, &e.Subject, &e.Consent); err != nil {
				return err
			}
			e.Until = time.UnixMicro(until).UTC()
			out = append(out, e)
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("list what ends: %w", err)
	}
	return out, nil
}

// Returned tells for which of the consents that may wait a form came back.
func (r reader) Returned(ctx context.Context) (map[authz.ConsentID]bool, error) {
	es, err := r.links(ctx, `where consent <> '' and consent in (select id from consent where watch = 1 and watch <> 0)`)
	if err != nil {
		return nil, fmt.Errorf("list what came back: %w", err)
	}
	out := map[authz.ConsentID]bool{}
	for _, e := range es {
		if e.Of == authz.OfAnswer {
			out[e.Consent] = true
		}
	}
	return out, nil
}

// AwaitingDocs returns the documents of a bucket whose ids are those of consents
// that may wait.
func (r reader) AwaitingDocs(ctx context.Context, bucket string) (map[authz.ConsentID][]byte, error) {
	out := map[authz.ConsentID][]byte{}
	query := `select id, sealed from doc where bucket = $1 and id in (select id from consent where watch = 1 and watch <> 0)`
	err := r.rows(ctx, query, []any{bucket}, func(scan func(...any) error) error {
		var id string
		var sealed sql.RawBytes
		if err := scan(&id, &sealed); err != nil {
			return err
		}
		b, err := r.open(docPlace(bucket, id), sealed)
		if err == nil {
			b, err = unpack(b)
		}
		out[authz.ConsentID(id)] = b
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", bucket, err)
	}
	return out, nil
}

// watchMigration is migration 5: it fills the column that migration 4 added.
func watchMigration(k *keys) *goose.Migration {
	return goose.NewGoMigration(5, &goose.GoFunc{RunTx: func(ctx context.Context, t *sql.Tx) error {
		tx := newTx(k, prepared{t, map[string]*sql.Stmt{}}, "")
		if err := tx.watch(ctx); err != nil {
			return fmt.Errorf("fill in what is new: %w", err)
		}
		return nil
	}}, nil)
}

func (tx *Tx) watch(ctx context.Context) error {
	at := clock()
	type found struct {
		id    string
		value int64
	}
	var all []found
	err := tx.rows(ctx, `select id, sealed from consent`, nil, func(scan func(...any) error) error {
		var id string
		var sealed sql.RawBytes
		if err := scan(&id, &sealed); err != nil {
			return err
		}
		var c authz.Consent
		if tx.openJSON(in("consent", id), sealed, &c) != nil {
			return nil // reading it says so
		}
		if n := watched(c, at); n != 0 {
			all = append(all, found{id, n})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, f := range all {
		if err := tx.exec(ctx, `update consent set watch = $2 where id = $1`, f.id, f.value); err != nil {
			return err
		}
	}
	return nil
}
