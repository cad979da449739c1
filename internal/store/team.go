package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrUnreachable is wrapped where the server of a team's vault does not answer.
var ErrUnreachable = errors.New("the vault's server cannot be reached")

// A team's vault has its tables in a PostgreSQL database, and vault.key in a
// folder of each who may open it: the server and those who run it see sealed
// rows only. Everything else is as in a vault of one's own.

// InitTeam makes a vault in the database that a connection string names, and its
// key file in keyDir, which is created where it is missing. It fails with
// ErrExists where there is one or the other. The rest of the team is given
// copies of vault.key, and the passphrase by another way.
//
// A connection string may hold a password: take it from a file or the
// environment, never from an argument, which every user of the machine can read.
func InitTeam(ctx context.Context, dsn, keyDir string, passphrase []byte, o Options) error {
	if err := initTeam(ctx, dsn, keyDir, passphrase, o); err != nil {
		return fmt.Errorf("make a vault: %w", err)
	}
	return nil
}

func initTeam(ctx context.Context, dsn, keyDir string, passphrase []byte, o Options) error {
	dataKey := newDataKey()
	wrapped, err := wrapKey(dataKey, passphrase, o)
	if err != nil {
		return err
	}
	if err := makeDir(keyDir); err != nil {
		return err
	}
	unlock, err := lock(keyDir)
	if err != nil {
		return err
	}
	defer unlock()
	path := filepath.Join(keyDir, keyFile)
	if _, err := readKeyFile(keyDir); err == nil || !errors.Is(err, ErrNoVault) {
		return errors.Join(ErrExists, err)
	}
	db, err := openPostgres(dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	v, err := newVault(db, dataKey, postgres)
	if err != nil {
		return err
	}
	if err := v.migrateTeam(ctx); err != nil {
		return err
	}
	err = v.found(ctx, func(tx *Tx) error {
		var n int
		if err := tx.row(ctx, `select count(*) from meta where id = $1`, []any{signerID}, &n); err != nil {
			return err
		}
		if n > 0 {
			return ErrExists
		}
		return nil
	}, func() error { return replaceFile(path, wrapped) })
	if err != nil && !errors.Is(err, ErrExists) {
		os.Remove(path)
	}
	return err
}

// migrateTeam is migrate, one process at a time.
func (v *Vault) migrateTeam(ctx context.Context) error {
	c, err := v.pool.Conn(ctx)
	if err != nil {
		return classify(err)
	}
	defer c.Close()
	if _, err := c.ExecContext(ctx, `select pg_advisory_lock(hashtext('consentry schema'), hashtext(current_schema()))`); err != nil {
		return classify(err)
	}
	defer c.ExecContext(context.WithoutCancel(ctx), `select pg_advisory_unlock(hashtext('consentry schema'), hashtext(current_schema()))`)
	return v.dialect.migrate(ctx, v.pool, v.keys)
}

// OpenTeam opens the vault in the database that a connection string names, with
// the key file in keyDir. Errors are those of [Open], and ErrUnreachable.
func OpenTeam(ctx context.Context, dsn, keyDir string, passphrase []byte) (*Vault, error) {
	v, err := openTeam(ctx, dsn, keyDir, passphrase)
	if err != nil {
		return nil, fmt.Errorf("open the vault: %w", err)
	}
	return v, nil
}

func openTeam(ctx context.Context, dsn, keyDir string, passphrase []byte) (*Vault, error) {
	b, err := readKeyFile(keyDir)
	if err != nil {
		return nil, err
	}
	dataKey, err := unwrapKey(b, passphrase)
	if err != nil {
		return nil, err
	}
	db, err := openPostgres(dsn)
	if err != nil {
		return nil, err
	}
	return opened(ctx, db, dataKey, postgres, keyDir, func(v *Vault) error { return v.upgradeTeam(ctx) })
}

func (v *Vault) upgradeTeam(ctx context.Context) error {
	n, err := v.dialect.version(ctx, v.pool)
	switch {
	case err != nil || n == schemaVersion:
		return err
	case n > schemaVersion:
		return newer(n)
	}
	return v.migrateTeam(ctx)
}

func newer(n int64) error {
	return fmt.Errorf("%w (its schema is of version %d, this one knows %d)", ErrNewer, n, schemaVersion)
}
