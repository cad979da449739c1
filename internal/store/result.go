package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"
)

// batch gathers results that goroutines put at about the same time, so that
// they share a transaction and its sync to disk.
type batch struct {
	mu      sync.Mutex
	pending []*pendingResult
}

type pendingResult struct {
	idx, sealed []byte
	done        chan error
}

// Put keeps a result under a digest of what it was computed from. It returns
// when the result is on disk. Many goroutines may put at once.
func (v *Vault) Put(ctx context.Context, key [32]byte, data []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	idx := v.blind("result", key[:])
	p := &pendingResult{idx, v.seal(in("result", hexID(idx)), pack(data)), make(chan error, 1)}
	v.results.mu.Lock()
	v.results.pending = append(v.results.pending, p)
	first := len(v.results.pending) == 1
	v.results.mu.Unlock()
	if first {
		// Whoever comes while this one waits for its turn to write joins in. The
		// others must not fail because the first one's context ends.
		v.flush(context.WithoutCancel(ctx))
	}
	select {
	case err := <-p.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (v *Vault) flush(ctx context.Context) {
	var ps []*pendingResult
	take := func() {
		v.results.mu.Lock()
		ps, v.results.pending = v.results.pending, nil
		v.results.mu.Unlock()
	}
	err := v.Update(ctx, func(tx *Tx) error {
		take()
		for _, p := range ps {
			err := tx.exec(ctx, `insert into result (idx, at, sealed) values ($1, $2, $3)
				on conflict (idx) do update set at = excluded.at, sealed = excluded.sealed`, p.idx, now(), p.sealed)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if ps == nil {
		take() // no transaction could be begun
	}
	if err != nil {
		err = fmt.Errorf("put a result: %w", err)
	}
	for _, p := range ps {
		p.done <- err
	}
}

// Get returns the result kept under a key, and whether there is one. A row that
// was tampered with is none: it is computed again.
func (v *Vault) Get(ctx context.Context, key [32]byte) ([]byte, bool, error) {
	idx := v.blind("result", key[:])
	var b []byte
	err := v.row(ctx, `select sealed from result where idx = $1`, []any{idx}, &b)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("get a result: %w", err)
	}
	if b, err = v.open(in("result", hexID(idx)), b); err == nil {
		b, err = unpack(b)
	}
	if err != nil {
		return nil, false, nil
	}
	return b, true, nil
}

// PurgeResults deletes the results put before an instant and returns how many.
func (v *Vault) PurgeResults(ctx context.Context, before time.Time) (n int64, err error) {
	err = v.Update(ctx, func(tx *Tx) error {
		res, err := tx.q.ExecContext(ctx, `delete from result where at < $1`, before.UnixMicro())
		if err != nil {
			return fmt.Errorf("purge results: %w", classify(err))
		}
		n, err = res.RowsAffected()
		return err
	})
	return n, err
}
