package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/postgres/*.sql
var postgresMigrations embed.FS

// postgres is the dialect of a vault that a team shares.
var postgres = &dialect{postgresVersion, postgresMigrate, postgresIntegrity, postgresBegin}

// openPostgres opens the database of a connection string: a URL, or words such
// as "host=… dbname=…". Errors do not quote it, since it may hold a password.
func openPostgres(dsn string) (*sql.DB, error) {
	c, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, errors.New("the connection string cannot be read")
	}
	// As patient as SQLite is, see pragmas.
	c.RuntimeParams["lock_timeout"] = "10s"
	c.RuntimeParams["application_name"] = "consentry"
	db := stdlib.OpenDB(*c)
	// A connection costs a log-in and a process of the server's.
	db.SetMaxOpenConns(8)
	db.SetMaxIdleConns(8)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db, nil
}

func postgresMigrate(ctx context.Context, db *sql.DB, k *keys) error {
	dir, err := fs.Sub(postgresMigrations, "migrations/postgres")
	if err != nil {
		return err
	}
	return migrateWith(ctx, goose.DialectPostgres, db, dir, k)
}

func postgresVersion(ctx context.Context, q querier) (n int64, err error) {
	var tables int64
	err = q.QueryRowContext(ctx, `select count(*) from information_schema.tables
		where table_schema = current_schema() and table_name = $1`, versionTable).Scan(&tables)
	if err == nil && tables == 0 {
		return 0, fmt.Errorf("%w: the database is empty or another program's", ErrDamaged)
	}
	if err == nil {
		err = q.QueryRowContext(ctx, `select max(version_id) from `+versionTable+` where is_applied`).Scan(&n)
	}
	if err != nil {
		return 0, classify(err)
	}
	return n, nil
}

// postgresIntegrity has nothing to ask: the server keeps its pages and
// references in order.
func postgresIntegrity(context.Context, querier) error { return nil }

// postgresBegin lets writers come one after another, as SQLite does: what a
// transaction reads before it writes is then still so, and the ledger has no
// forks. The lock goes with the transaction. The driver keeps statements prepared
// by itself.
func postgresBegin(ctx context.Context, t *sql.Tx) (querier, error) {
	_, err := t.ExecContext(ctx, `select pg_advisory_xact_lock(hashtext('consentry vault'), hashtext(current_schema()))`)
	return t, err
}

// classifyPostgres gives the errors of PostgreSQL their names. Of its messages
// only the code is kept: details may quote values.
func classifyPostgres(err error) error {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		if c := new(pgconn.ConnectError); errors.As(err, &c) {
			return fmt.Errorf("%w: %w", ErrUnreachable, stripped(c))
		}
		if n := net.Error(nil); errors.As(err, &n) && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
			return fmt.Errorf("%w: the connection broke off", ErrUnreachable)
		}
		if errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.ErrUnexpectedEOF) {
			return fmt.Errorf("%w: the connection broke off", ErrUnreachable)
		}
		return err
	}
	name := fmt.Errorf("the database refuses (SQLSTATE %s)", e.Code)
	switch {
	case e.Code == "55P03", e.Code == "40001", e.Code == "40P01": // lock_timeout, serialization, deadlock
		return fmt.Errorf("%w: %w", ErrBusy, name)
	case strings.HasPrefix(e.Code, "53"): // disk full, out of memory, too many connections
		return fmt.Errorf("%w: %w", ErrFull, name)
	case e.Code == "42501", strings.HasPrefix(e.Code, "28"): // no privilege, no log-in
		return fmt.Errorf("%w: %w", fs.ErrPermission, name)
	case strings.HasPrefix(e.Code, "XX"): // internal error, data corrupted
		return fmt.Errorf("%w: %w", ErrDamaged, name)
	case strings.HasPrefix(e.Code, "57P"), strings.HasPrefix(e.Code, "08"): // shut down, connection lost
		return fmt.Errorf("%w: %w", ErrUnreachable, name)
	case e.Code == "57014": // cancelled
		return fmt.Errorf("%w: %w", context.Canceled, name)
	}
	return name
}

// stripped says what is wrong with a connection without the names that it was
// asked for.
func stripped(e *pgconn.ConnectError) error {
	var p *pgconn.PgError
	if errors.As(e, &p) {
		return fmt.Errorf("SQLSTATE %s", p.Code)
	}
	return errors.New("no answer")
}
