// Package store is the vault: the authorization registry with its evidence, the
// allow-list, the users, the sealed documents of cases and releases, the cache of
// results and the ledger, in one encrypted database.
//
// # On disk
//
// A vault is a folder (mode 0700) with vault.key and vault.db (0600), beside
// which SQLite keeps vault.db-wal and vault.db-shm while it is open, and
// vault.lock, an empty file to lock. vault.key holds a random data key wrapped
// with a passphrase; keyfile.go documents it. Keep copies of both files: the one
// is worth nothing without the other.
//
// # Encryption
//
// From the data key come, by HKDF-SHA256, a key for each purpose. Values are
// sealed with XChaCha20-Poly1305 under a random nonce, with table, row id and
// column as associated data: a row that was changed or moved does not open.
// Names and contacts are looked up through HMAC-SHA256 blind indexes. What is not hidden:
// how many records there are, when each was written and is due for deletion, when
// a consent ends or that it awaits somebody, which consent, ground and piece of evidence belongs to which subject, the size
// of evidence, and that two subjects share a name or a contact. Whoever can write the
// files can delete rows or put older ones back; less is then permitted, or what
// was permitted before. The ledger tells that something is missing.
//
// # Several processes
//
// Any number of processes and goroutines may read and write one vault. Writers
// queue up, within a process on a semaphore, between processes on SQLite's lock
// for up to ten seconds, then get [ErrBusy]. Readers never wait and see what
// was committed last. A commit is synced before it returns.
package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"consentry/authz"
	"consentry/internal/ledger"
)

// Errors that callers tell apart.
var (
	ErrNoVault    = errors.New("there is no vault here")
	ErrExists     = errors.New("there is a vault here already")
	ErrPassphrase = errors.New("wrong passphrase")
	ErrNewer      = errors.New("this vault was written by a newer version of the program")
	ErrDamaged    = errors.New("the vault is damaged")
	ErrBusy       = errors.New("another process is writing to the vault")
	ErrFull       = errors.New("the vault cannot be written; the disk may be full")
	ErrNotFound   = errors.New("no such entry in the vault")
	ErrMemory     = errors.New("the vault is in memory only")
	// ErrFolder is wrapped where the vault's folder cannot be written to, which reading
	// it needs as well.
	ErrFolder = errors.New("its folder cannot be written to, which reading it needs as well: make it writable, or restore a backup elsewhere")
)

const (
	keyFile  = "vault.key"
	dbFile   = "vault.db"
	lockFile = "vault.lock"
	// recoveryFile is there once a recovery key was made; recovery.go documents it.
	recoveryFile = "vault.recovery"
)

// A Vault is an open vault. It is safe for concurrent use. Close it.
type Vault struct {
	reader
	pool    *sql.DB
	writer  chan struct{} // holds one token while someone writes
	results batch
	names   nameCache
	signer  string // the ledger's private key
	dialect *dialect
	dir     string // of the files, "" in memory
}

var (
	_ authz.Registry = (*Vault)(nil)
	_ authz.Registry = (*Tx)(nil)
	_ ledger.Storage = ledgerTables{}
)

// NewID makes an id: a prefix ("s_" for subjects, "c_" for consents) and 128
// random bits.
func NewID(prefix string) string { return prefix + strings.ToLower(rand.Text()) }

// Open opens the vault in dir. Errors wrap ErrNoVault, ErrPassphrase, ErrNewer,
// ErrDamaged, ErrBusy or say what else is wrong. A vault written by an older
// version is brought up to date.
func Open(dir string, passphrase []byte) (*Vault, error) {
	v, err := open(context.Background(), dir, passphrase)
	if err != nil {
		return nil, fmt.Errorf("open the vault: %w", err)
	}
	return v, nil
}

func open(ctx context.Context, dir string, passphrase []byte) (*Vault, error) {
	b, err := readKeyFile(dir)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, dbFile)
	if fi, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: vault.db is missing beside vault.key", ErrDamaged)
	} else if err == nil && fi.Size() == 0 {
		return nil, fmt.Errorf("%w: vault.db is empty", ErrDamaged)
	}
	dataKey, err := unwrapKey(b, passphrase)
	if err != nil {
		return nil, err
	}
	db, err := openSQLite(path)
	if err != nil {
		return nil, err
	}
	v, err := opened(ctx, db, dataKey, sqliteFile, dir, func(v *Vault) error { return v.upgrade(ctx, dir) })
	if errors.Is(err, fs.ErrPermission) {
		return nil, fmt.Errorf("%w: %w", ErrFolder, err)
	}
	return v, err
}

// opened is a vault on a database that is open, brought up to date. Where that
// fails the database is closed.
func opened(ctx context.Context, db *sql.DB, dataKey []byte, d *dialect, dir string, upgrade func(*Vault) error) (*Vault, error) {
	v, err := newVault(db, dataKey, d)
	if err == nil {
		v.dir = dir
		err = upgrade(v)
	}
	if err == nil {
		err = v.unlock(ctx)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return v, nil
}

// Memory makes a throw-away vault in memory under a random key.
func Memory() (*Vault, error) {
	v, err := memory(context.Background())
	if err != nil {
		return nil, fmt.Errorf("make a vault in memory: %w", err)
	}
	return v, nil
}

func memory(ctx context.Context) (*Vault, error) {
	db, err := openMemory()
	if err != nil {
		return nil, err
	}
	v, err := newVault(db, newDataKey(), sqliteFile)
	if err == nil {
		err = v.dialect.migrate(ctx, db, v.keys)
	}
	if err == nil {
		err = v.found(ctx, nil, nil)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return v, nil
}

func newVault(db *sql.DB, dataKey []byte, d *dialect) (*Vault, error) {
	k, err := newKeys(dataKey)
	if err != nil {
		return nil, err
	}
	q := querier(db)
	if d == sqliteFile { // PostgreSQL's driver keeps them by itself
		q = &statements{DB: db, of: map[string]*sql.Stmt{}}
	}
	return &Vault{reader: reader{k, q}, pool: db, dialect: d, writer: make(chan struct{}, 1)}, nil
}

func newDataKey() []byte {
	b := make([]byte, keySize)
	rand.Read(b)
	return b
}

// Close closes the vault. The last process to do so folds the write-ahead log
// into vault.db.
func (v *Vault) Close() error { return v.pool.Close() }

// upgrade compares the schema's version with ours.
func (v *Vault) upgrade(ctx context.Context, dir string) error {
	n, err := v.dialect.version(ctx, v.pool)
	if err != nil || n == schemaVersion {
		return err
	}
	if n > schemaVersion {
		return newer(n)
	}
	unlock, err := lock(dir)
	if err != nil {
		return err
	}
	defer unlock()
	return v.dialect.migrate(ctx, v.pool, v.keys)
}
