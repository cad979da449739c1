package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// What is peculiar to SQLite stands in this file and in migrations/sqlite, what is
// to PostgreSQL in postgres.go and migrations/postgres; the statements elsewhere
// run on both ($1 placeholders, on conflict, instants as integers).

// A dialect is what a vault asks of its database beside statements.
type dialect struct {
	// version is the number of the last migration applied; ErrDamaged where there
	// is no vault.
	version func(ctx context.Context, q querier) (int64, error)
	// migrate brings the schema up to ours, and the rows with it.
	migrate func(ctx context.Context, db *sql.DB, k *keys) error
	// integrity looks for what is damaged below the rows.
	integrity func(ctx context.Context, q querier) error
	// begin is the first thing that a transaction does that writes: after it,
	// there is no other. Its statements go through what is returned.
	begin func(ctx context.Context, t *sql.Tx) (querier, error)
}

// sqliteFile is the dialect of a vault in a folder, and of one in memory. Its
// transactions begin immediate.
var sqliteFile = &dialect{version, migrate, integrity, func(_ context.Context, t *sql.Tx) (querier, error) {
	return prepared{t, map[string]*sql.Stmt{}}, nil
}}

//go:embed migrations/sqlite/*.sql
var sqliteMigrations embed.FS

// schemaVersion is the number of the last migration.
const schemaVersion = 5

const versionTable = "schema_version"

// pragmas, in words: write-ahead log, so that readers and a writer do not stand
// in each other's way; each commit synced, so that neither kill -9 nor a power
// cut takes back what was committed; deleted rows overwritten; temporary tables
// never on disk; ten seconds of patience with another process that writes; 64 MB
// of pages in memory, since blind indexes are written all over.
var pragmas = url.Values{
	"_pragma": {
		"busy_timeout(10000)", "journal_mode(wal)", "synchronous(full)", "fullfsync(1)", "foreign_keys(1)",
		"secure_delete(1)", "temp_store(memory)", "cell_size_check(1)", "trusted_schema(0)", "cache_size(-64000)",
	},
	"_txlock": {"immediate"},
	"_dqs":    {"0"},
}

// openSQLite opens a database file that exists; it never makes one.
func openSQLite(path string) (*sql.DB, error) {
	return openFile(path, "mode=rw&"+pragmas.Encode())
}

// openSnapshot opens a database file that nobody writes to, without a byte being
// written beside it.
func openSnapshot(path string) (*sql.DB, error) {
	return openFile(path, "mode=ro&immutable=1&_pragma=temp_store(memory)")
}

func openFile(path, query string) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	u := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(abs), RawQuery: query}
	if u.Path[0] != '/' {
		u.Path = "/" + u.Path // C:/…
	}
	return sql.Open("sqlite", u.String())
}

// openMemory opens a new database in memory. It lives as long as a connection
// to it, so that the pool keeps its one connection for good.
func openMemory() (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:/"+NewID("m_")+"?vfs=memdb&"+pragmas.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	db.SetMaxIdleConns(1)
	return db, nil
}

func migrate(ctx context.Context, db *sql.DB, k *keys) error {
	dir, err := fs.Sub(sqliteMigrations, "migrations/sqlite")
	if err != nil {
		return err
	}
	return migrateWith(ctx, goose.DialectSQLite3, db, dir, k)
}

func migrateWith(ctx context.Context, d goose.Dialect, db *sql.DB, dir fs.FS, k *keys) error {
	p, err := goose.NewProvider(d, db, dir, goose.WithTableName(versionTable), goose.WithLogger(goose.NopLogger()),
		goose.WithDisableGlobalRegistry(true), goose.WithGoMigrations(fillMigration(k), watchMigration(k)))
	if err != nil {
		return fmt.Errorf("migrate the vault: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate the vault: %w", classify(err))
	}
	return nil
}

func version(ctx context.Context, q querier) (int64, error) {
	var tables, n int64
	err := q.QueryRowContext(ctx, `select count(*) from sqlite_master where name = $1`, versionTable).Scan(&tables)
	if err == nil && tables == 0 {
		return 0, fmt.Errorf("%w: vault.db is empty or another program's", ErrDamaged)
	}
	if err == nil {
		err = q.QueryRowContext(ctx, `select max(version_id) from `+versionTable+` where is_applied`).Scan(&n)
	}
	if err != nil {
		return 0, classify(err)
	}
	return n, nil
}

// snapshot writes the database as of one moment into an empty file, without what
// was deleted. Readers and writers go on.
func snapshot(ctx context.Context, q querier, path string) error {
	_, err := q.ExecContext(ctx, `vacuum into $1`, path)
	return classify(err)
}

// integrity asks SQLite to walk through all of its pages and references.
func integrity(ctx context.Context, q querier) error {
	var s string
	if err := q.QueryRowContext(ctx, `pragma integrity_check(1)`).Scan(&s); err != nil {
		return classify(err)
	}
	if s != "ok" {
		return fmt.Errorf("%w: the database file fails its integrity check", ErrDamaged)
	}
	rows, err := q.QueryContext(ctx, `pragma foreign_key_check`)
	if err != nil {
		return classify(err)
	}
	defer rows.Close()
	if rows.Next() {
		return fmt.Errorf("%w: a row points at one that is not there", ErrDamaged)
	}
	return classify(rows.Err())
}

// classify gives the errors of a database their names. Their texts hold names of
// tables and columns, never values.
func classify(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return classifyPostgres(err)
	}
	name := error(nil)
	switch e.Code() & 0xff {
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		name = ErrDamaged
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		name = ErrBusy
	case lib.SQLITE_FULL:
		name = ErrFull
	case lib.SQLITE_READONLY, lib.SQLITE_CANTOPEN, lib.SQLITE_PERM:
		name = fs.ErrPermission
	case lib.SQLITE_IOERR:
		name = ErrFull
		switch e.Code() {
		case lib.SQLITE_IOERR_SHORT_READ, lib.SQLITE_IOERR_READ:
			name = ErrDamaged
		}
	}
	if name == nil {
		return err
	}
	return fmt.Errorf("%w: %w", name, err)
}
