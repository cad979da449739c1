package wiring

import (
	"bytes"
	"fmt"
	"os"

	"github.com/zalando/go-keyring"
)

const keyringService = "consentry"

// PassphraseFile is the environment variable that names a file whose first line
// is the vault's passphrase.
const PassphraseFile = "CONSENTRY_PASSPHRASE_FILE"

// Passphrase returns the passphrase of the vault in dir from the file named by
// CONSENTRY_PASSPHRASE_FILE or from the system's keyring; nil where neither has
// it. A keyring that cannot be reached counts as one that is not there: without
// a desktop session it fails with errors of many kinds.
func Passphrase(dir string) ([]byte, error) {
	if f := os.Getenv(PassphraseFile); f != "" {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, fmt.Errorf("read the passphrase file: %w", err)
		}
		line, _, _ := bytes.Cut(b, []byte("\n"))
		line = bytes.TrimSuffix(line, []byte("\r"))
		if len(line) == 0 {
			return nil, fmt.Errorf("the passphrase file named by %s is empty", PassphraseFile)
		}
		return line, nil
	}
	if s, err := keyring.Get(keyringService, dir); err == nil && s != "" {
		return []byte(s), nil
	}
	return nil, nil
}

// Remember puts the passphrase into the system's keyring.
func Remember(dir string, passphrase []byte) error {
	if err := keyring.Set(keyringService, dir, string(passphrase)); err != nil {
		return fmt.Errorf("put the passphrase into the keyring: %w", err)
	}
	return nil
}
