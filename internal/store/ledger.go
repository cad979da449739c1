package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"consentry/internal/ledger"
)

// Ledger returns the vault's log. Appending through it is a transaction of its
// own; see [Vault.Record] and [Tx.Append] for one together with a change.
func (v *Vault) Ledger(context.Context) (*ledger.Log, error) {
	return ledger.Open(ledgerTables{v.reader, v.Update}, v.signer)
}

// ledgerTables is a ledger.Storage on the tables ledger_entry and ledger_head.
type ledgerTables struct {
	reader
	update func(context.Context, func(*Tx) error) error
}

// State returns size and head in one statement, so that they belong together.
func (t ledgerTables) State(ctx context.Context) (size int64, head string, err error) {
	err = t.row(ctx, `select head, (select coalesce(max(idx) + 1, 0) from ledger_entry) from ledger_head where id = 1`, nil, &head, &size)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", fmt.Errorf("%w: the ledger has lost its head", ErrDamaged)
	}
	return size, head, err
}

// pageSize is how many records are read at a time.
const pageSize = 1000

// Records yields what is stored below size. It reads page by page and holds no
// transaction: a log only grows.
func (t ledgerTables) Records(ctx context.Context, size int64) iter.Seq2[ledger.Record, error] {
	return func(yield func(ledger.Record, error) bool) {
		for next, n := int64(0), pageSize; n == pageSize && next < size; {
			var page []ledger.Record
			err := t.rows(ctx, `select idx, entry, hashes from ledger_entry where idx >= $1 and idx < $2 order by idx limit $3`,
				[]any{next, size, pageSize}, func(scan func(...any) error) error {
					var r ledger.Record
					var hashes []byte
					if err := scan(&r.Index, &r.Entry, &hashes); err != nil {
						return err
					}
					r.Hashes = splitHashes(hashes)
					page = append(page, r)
					return nil
				})
			if err != nil {
				yield(ledger.Record{}, err)
				return
			}
			for _, r := range page {
				if !yield(r, nil) {
					return
				}
				next = r.Index + 1
			}
			n = len(page)
		}
	}
}

func splitHashes(b []byte) []ledger.Hash {
	hs := make([]ledger.Hash, 0, len(b)/32)
	for ; len(b) >= 32; b = b[32:] {
		hs = append(hs, ledger.Hash(b))
	}
	return hs
}

// Hashes reads tree hashes. The hash (level, n) is stored with the entry that
// completed its subtree, behind those of the levels below.
func (t ledgerTables) Hashes(ctx context.Context, indexes []int64) ([]ledger.Hash, error) {
	out := make([]ledger.Hash, len(indexes))
	for i, x := range indexes {
		level, n := tlog.SplitStoredHashIndex(x)
		var b []byte
		err := t.row(ctx, `select hashes from ledger_entry where idx = $1`, []any{(n+1)<<level - 1}, &b)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
		hs := splitHashes(b)
		if level >= len(hs) {
			return nil, fmt.Errorf("hash %d of the ledger is missing", x)
		}
		out[i] = hs[level]
	}
	return out, nil
}

// Append keeps a record and the head that covers it.
func (t ledgerTables) Append(ctx context.Context, r ledger.Record, head string) error {
	hashes := make([]byte, 0, 32*len(r.Hashes))
	for _, h := range r.Hashes {
		hashes = append(hashes, h[:]...)
	}
	entry := r.Entry
	if entry == nil {
		entry = []byte{} // the column is not null
	}
	return t.update(ctx, func(tx *Tx) error {
		var size int64
		if err := tx.row(ctx, `select coalesce(max(idx) + 1, 0) from ledger_entry`, nil, &size); err != nil {
			return err
		}
		if size != r.Index {
			return ledger.ErrConflict
		}
		if err := tx.exec(ctx, `insert into ledger_entry (idx, entry, hashes) values ($1, $2, $3)`, r.Index, entry, hashes); err != nil {
			return err
		}
		if err := tx.exec(ctx, `update ledger_head set head = $1 where id = 1`, head); err != nil {
			return err
		}
		return tx.exec(ctx, `insert into counter (id, n) values ($1, $2)
			on conflict (id) do update set n = case when excluded.n > counter.n then excluded.n else counter.n end`, latestCounter, now())
	})
}

// latestCounter is the latest instant, in microseconds, at which an entry was made.
const latestCounter = "latest"

// Latest is the latest instant at which an entry was made, as the clock then stood;
// the zero time where none was. A clock that stands before it was set back.
func (r reader) Latest(ctx context.Context) (time.Time, error) {
	var n int64
	err := r.row(ctx, `select n from counter where id = $1`, []any{latestCounter}, &n)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return time.Time{}, nil
	case err != nil:
		return time.Time{}, fmt.Errorf("when the last entry was made: %w", err)
	}
	return time.UnixMicro(n).UTC(), nil
}
