package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"consentry/authz"
	"consentry/internal/ledger"
)

// querier is a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// reader is what a Vault and a Tx have in common. It never holds a connection
// while a caller's code runs.
type reader struct {
	*keys
	q querier
}

// row reads one row; sql.ErrNoRows where there is none.
func (r reader) row(ctx context.Context, query string, args []any, dest ...any) error {
	return classify(r.q.QueryRowContext(ctx, query, args...).Scan(dest...))
}

// rows calls each for every row.
func (r reader) rows(ctx context.Context, query string, args []any, each func(scan func(...any) error) error) error {
	rows, err := r.q.QueryContext(ctx, query, args...)
	if err != nil {
		return classify(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return classify(rows.Err())
}

// SQLite's statements here find a few rows by an index or walk through a table, whose
// rows are given one by one: a context that is done is asked for between them. A
// driver that is to stop within one pays for it with goroutines, which take longer
// than most of the statements.

// prepared keeps the statements of a transaction, which an import runs a hundred
// thousand times each. They are closed with the transaction, which ends with its
// context.
type prepared struct {
	*sql.Tx
	stmts map[string]*sql.Stmt
}

func (p prepared) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s, ok := p.stmts[query]
	if ok {
		return s, nil
	}
	s, err := p.PrepareContext(ctx, query)
	if err == nil {
		p.stmts[query] = s
	}
	return s, err
}

func (p prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := p.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(context.WithoutCancel(ctx), args...)
}

func (p prepared) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := p.stmt(ctx, query)
	if err != nil {
		return p.Tx.QueryRowContext(ctx, query, args...) // a Row with the same error
	}
	return s.QueryRowContext(context.WithoutCancel(ctx), args...)
}

func (p prepared) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := p.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(context.WithoutCancel(ctx), args...)
}

// statements keeps the statements of a pool that reads: to prepare one takes SQLite
// longer than to find a row by its index. They are closed with the pool.
type statements struct {
	*sql.DB
	mu sync.Mutex
	of map[string]*sql.Stmt
}

// mostStatements bounds what is kept; there are fewer than that in this package.
const mostStatements = 200

func (p *statements) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.mu.Lock()
	s := p.of[query]
	p.mu.Unlock()
	if s != nil {
		return s, nil
	}
	s, err := p.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if other := p.of[query]; other != nil { // somebody was quicker
		s.Close()
		return other, nil
	}
	if len(p.of) < mostStatements {
		p.of[query] = s
	}
	return s, nil
}

func (p *statements) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := p.stmt(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(context.WithoutCancel(ctx), args...)
}

func (p *statements) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := p.stmt(ctx, query)
	if err != nil {
		return p.DB.QueryRowContext(ctx, query, args...) // a Row with the same error
	}
	return s.QueryRowContext(context.WithoutCancel(ctx), args...)
}

// A Tx is a change that is made as a whole or not at all. It sees what it wrote
// itself. It is not safe for concurrent use and ends with the function that it
// was handed to.
type Tx struct {
	reader
	signer string
	rev    int64                    // of the subjects that this change puts; 0 until it puts one
	known  map[authz.SubjectID]bool // are there: an import brings their consents later
}

// newTx is a change of the rows that q writes. signer may be empty where nothing is
// appended to the ledger.
func newTx(k *keys, q querier, signer string) *Tx {
	return &Tx{reader: reader{k, q}, signer: signer, known: map[authz.SubjectID]bool{}}
}

func (tx *Tx) exec(ctx context.Context, query string, args ...any) error {
	_, err := tx.q.ExecContext(ctx, query, args...)
	return classify(err)
}

// changed is exec; ErrNotFound where no row was changed.
func (tx *Tx) changed(ctx context.Context, query string, args ...any) error {
	res, err := tx.q.ExecContext(ctx, query, args...)
	if err != nil {
		return classify(err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(ErrNotFound, err)
	}
	return nil
}

// count adds one to a counter and returns it. Its row stays locked until the
// transaction ends, so that a higher number is never seen before a lower one.
func (tx *Tx) count(ctx context.Context, id string) (n int64, err error) {
	err = tx.row(ctx, `insert into counter (id, n) values ($1, 1)
		on conflict (id) do update set n = counter.n + 1 returning n`, []any{id}, &n)
	return n, err
}

// Append adds an entry to the ledger in the same transaction.
func (tx *Tx) Append(ctx context.Context, entry []byte) (ledger.Receipt, error) {
	l, err := ledger.Open(ledgerTables{tx.reader, tx.inTx}, tx.signer)
	if err != nil {
		return ledger.Receipt{}, err
	}
	return l.Append(ctx, entry)
}

func (tx *Tx) inTx(_ context.Context, f func(*Tx) error) error { return f(tx) }

// Update runs change in a transaction and commits it where change returns nil;
// otherwise nothing has happened. Writers come one after another. change must
// use tx only, not the vault, and should not wait for anything else.
func (v *Vault) Update(ctx context.Context, change func(tx *Tx) error) (err error) {
	select {
	case v.writer <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-v.writer }()
	// A context that is done ends the transaction from elsewhere, at any moment.
	defer func() {
		if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
			err = ctx.Err()
		}
	}()
	t, err := v.pool.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("write to the vault: %w", classify(err))
	}
	defer t.Rollback()
	q, err := v.dialect.begin(ctx, t)
	if err != nil {
		return fmt.Errorf("write to the vault: %w", classify(err))
	}
	if err := change(newTx(v.keys, q, v.signer)); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return fmt.Errorf("write to the vault: %w", classify(err))
	}
	return nil
}

// Record makes a change and appends the ledger entry that tells of it, both or
// neither. A nil change appends the entry alone.
func (v *Vault) Record(ctx context.Context, entry []byte, change func(tx *Tx) error) (r ledger.Receipt, err error) {
	err = v.Update(ctx, func(tx *Tx) error {
		if change != nil {
			if err := change(tx); err != nil {
				return err
			}
		}
		r, err = tx.Append(ctx, entry)
		return err
	})
	if err != nil {
		return ledger.Receipt{}, err
	}
	return r, nil
}

func now() int64 { return clock().UnixMicro() }

// clock is the present as precisely as it is kept. Nothing but the order of lists
// depends on its being right. Tests set it back.
var clock = func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// micros is an instant as it is kept in a column, 0 where there is none.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// maxID bounds an id in characters.
const maxID = 128

// checkID refuses ids that could hold a name: they stand unencrypted.
func checkID(what, id string) error {
	if id == "" || len(id) > maxID {
		return fmt.Errorf("%s: an id has 1 to %d characters", what, maxID)
	}
	for _, c := range []byte(id) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '_', c == '-', c == '.', c == ':':
		default:
			return fmt.Errorf("%s: an id is made of letters, digits and the marks _-.: only", what)
		}
	}
	return nil
}
