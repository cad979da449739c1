package wiring

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"consentry/internal/store"
)

// PassphraseFile is the environment variable that names a file whose first line
// is the vault's passphrase.
const PassphraseFile = "CONSENTRY_PASSPHRASE_FILE"

// Passphrase returns the passphrase of the vault in dir from the file named by
// CONSENTRY_PASSPHRASE_FILE or from the system's keyring; nil where neither has
// it. A keyring that cannot be reached counts as one that is not there: without
// a desktop session it fails with errors of many kinds.
func Passphrase(dir string) ([]byte, error) {
	if line, err := secret(PassphraseFile, "passphrase"); line != nil || err != nil {
		return line, err
	}
	kept, err := Remembered(dir)
	if err != nil {
		return nil, nil
	}
	return kept, nil
}

// secret is the first line of the file that a variable names; nil where it names
// none.
func secret(variable, what string) ([]byte, error) {
	f := os.Getenv(variable)
	if f == "" {
		return nil, nil
	}
	b, err := os.ReadFile(f)
	if err != nil {
		return nil, fmt.Errorf("read the %s file: %w", what, err)
	}
	line, _, _ := bytes.Cut(b, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if len(line) == 0 {
		return nil, fmt.Errorf("the %s file named by %s is empty", what, variable)
	}
	return line, nil
}

// DatabaseFile is the environment variable that names a file whose first line is
// the connection string of a team's vault in PostgreSQL. The vault's folder then
// holds the key file alone. It is the only case in which the programs open a
// network connection.
const DatabaseFile = "CONSENTRY_DATABASE_FILE"

// openVault opens the vault whose folder is dir: the one in it, or the team's.
func openVault(ctx context.Context, dir string, passphrase []byte) (*store.Vault, error) {
	dsn, err := secret(DatabaseFile, "database")
	if err != nil {
		return nil, err
	}
	if dsn == nil {
		return store.Open(dir, passphrase)
	}
	return store.OpenTeam(ctx, string(dsn), dir, passphrase)
}

// Init makes a vault in a folder, or the team's with its key file there.
func Init(ctx context.Context, dir string, passphrase []byte) error {
	dsn, err := secret(DatabaseFile, "database")
	if err != nil {
		return err
	}
	if dsn == nil {
		return store.Init(dir, passphrase, store.Options{})
	}
	return store.InitTeam(ctx, string(dsn), dir, passphrase, store.Options{})
}
