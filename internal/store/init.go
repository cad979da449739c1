package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/lockedfile"

	"consentry/internal/ledger"
)

// signerID is the row of meta that holds the ledger's private key. Each vault
// has one; that it opens shows that vault.key and vault.db belong together.
const signerID = "ledger-key"

// Init makes a new vault in dir, which is created where it is missing. It fails
// with ErrExists where there is one. Killed halfway, it leaves nothing that
// keeps a second Init from succeeding.
func Init(dir string, passphrase []byte, o Options) error {
	if err := initVault(context.Background(), dir, passphrase, o); err != nil {
		return fmt.Errorf("make a vault: %w", err)
	}
	return nil
}

func initVault(ctx context.Context, dir string, passphrase []byte, o Options) error {
	dataKey := newDataKey()
	wrapped, err := wrapKey(dataKey, passphrase, o)
	if err != nil {
		return err
	}
	if err := makeDir(dir); err != nil {
		return err
	}
	unlock, err := lock(dir)
	if err != nil {
		return err
	}
	defer unlock()
	if err := clearWay(ctx, dir); err != nil {
		return err
	}
	// The key file comes last: with it, the vault is there.
	path := filepath.Join(dir, dbFile)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	db, err := openSQLite(path)
	if err != nil {
		return err
	}
	v, err := newVault(db, dataKey, sqliteFile)
	if err == nil {
		err = migrate(ctx, db, v.keys)
	}
	if err == nil {
		err = v.found(ctx, nil, nil)
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return errors.Join(err, removeDB(dir))
	}
	return replaceFile(filepath.Join(dir, keyFile), wrapped)
}

// makeDir makes the folder, or takes an empty one for its own.
func makeDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err := d.Readdirnames(1); errors.Is(err, io.EOF) {
		return os.Chmod(dir, 0o700)
	}
	return nil
}

// clearWay refuses where there is a vault, and removes what an Init left that
// was killed: a database without key file in which nobody can have put anything.
func clearWay(ctx context.Context, dir string) error {
	if _, err := os.Stat(filepath.Join(dir, keyFile)); err == nil {
		return ErrExists
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	path := filepath.Join(dir, dbFile)
	fi, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if fi.Size() > 0 {
		db, err := openSQLite(path)
		if err != nil {
			return err
		}
		used, err := inUse(ctx, db)
		if err = errors.Join(err, db.Close()); err != nil {
			return fmt.Errorf("%w: vault.db is there without vault.key: %w", ErrExists, err)
		}
		if used {
			return fmt.Errorf("%w: vault.db is there without vault.key; put the key file back", ErrExists)
		}
	}
	return removeDB(dir)
}

// inUse reports whether there is any row but those that Init writes.
func inUse(ctx context.Context, db *sql.DB) (bool, error) {
	if _, err := version(ctx, db); errors.Is(err, ErrDamaged) {
		var tables int
		if err := db.QueryRowContext(ctx, `select count(*) from sqlite_master`).Scan(&tables); err != nil {
			return false, classify(err)
		}
		return tables > 0, nil
	}
	for _, t := range []string{"subject", "notice", "allowance", "doc", "result", "ledger_entry", "evidence_file"} {
		var n int
		err := db.QueryRowContext(ctx, `select count(*) from sqlite_master where name = $1`, t).Scan(&n)
		if err == nil && n > 0 {
			err = db.QueryRowContext(ctx, `select count(*) from (select 1 from `+t+` limit 1) as x`).Scan(&n)
		}
		if err != nil || n > 0 {
			return n > 0, classify(err)
		}
	}
	return false, nil
}

func removeDB(dir string) error {
	var errs []error
	for _, suffix := range []string{"-wal", "-shm", "-journal", ""} {
		if err := os.Remove(filepath.Join(dir, dbFile+suffix)); !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// found writes the rows that every vault has. It does what is in before first,
// and what is in last before it commits.
func (v *Vault) found(ctx context.Context, before func(*Tx) error, last func() error) error {
	private, err := ledger.NewKey(NewID(""))
	if err != nil {
		return err
	}
	head, err := ledger.EmptyHead(private)
	if err != nil {
		return err
	}
	v.signer = private
	return v.Update(ctx, func(tx *Tx) error {
		if before != nil {
			if err := before(tx); err != nil {
				return err
			}
		}
		sealed := v.keys.seal(in("meta", signerID), []byte(private))
		if err := tx.exec(ctx, `insert into meta (id, sealed) values ($1, $2)`, signerID, sealed); err != nil {
			return err
		}
		if err := tx.exec(ctx, `insert into ledger_head (id, head) values (1, $1)`, head); err != nil {
			return err
		}
		if last != nil {
			return last()
		}
		return nil
	})
}

// unlock reads the rows that every vault has.
func (v *Vault) unlock(ctx context.Context) error {
	var sealed []byte
	err := v.row(ctx, `select sealed from meta where id = $1`, []any{signerID}, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("%w: vault.db was never finished", ErrDamaged)
	}
	if err != nil {
		return err
	}
	b, err := v.keys.open(in("meta", signerID), sealed)
	if err != nil {
		return fmt.Errorf("%w; or vault.key belongs to another vault.db", err)
	}
	v.signer = string(b)
	return nil
}

// lock keeps other processes from making, migrating or re-wrapping the vault in
// dir at the same time. The system drops the lock of a process that dies.
func lock(dir string) (unlock func(), err error) {
	f, err := lockedfile.OpenFile(filepath.Join(dir, lockFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	return func() { f.Close() }, nil
}
