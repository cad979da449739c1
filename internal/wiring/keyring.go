package wiring

import (
	"errors"
	"fmt"

	"github.com/zalando/go-keyring"

	"consentry/internal/store"
)

const keyringService = "consentry"

// ErrNotRemembered is returned where the system's keyring does not hold the passphrase
// of a vault, or does not give it out.
var ErrNotRemembered = errors.New("the keyring does not hold the passphrase of this vault")

// ErrKeyring is wrapped where the system's keyring does not take the passphrase.
var ErrKeyring = errors.New("the keyring does not take the passphrase")

// Remembered is the passphrase of the vault in dir that the system's keyring holds. The
// system may ask for leave first.
func Remembered(dir string) ([]byte, error) {
	s, err := keyring.Get(keyringService, dir)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotRemembered, err)
	}
	if s == "" {
		return nil, ErrNotRemembered
	}
	return []byte(s), nil
}

// Remember puts the passphrase into the system's keyring.
func Remember(dir string, passphrase []byte) error {
	if err := keyring.Set(keyringService, dir, string(passphrase)); err != nil {
		return fmt.Errorf("%w: %w", ErrKeyring, err)
	}
	return nil
}

// Forget takes the passphrase out of the system's keyring.
func Forget(dir string) error {
	err := keyring.Delete(keyringService, dir)
	if errors.Is(err, keyring.ErrNotFound) {
		return ErrNotRemembered
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrKeyring, err)
	}
	return nil
}

// Passwd gives the vault another passphrase, in the keyring too where that holds the one
// before.
func Passwd(dir string, old, now []byte) error {
	return replaced(dir, now, func() error { return store.Passwd(dir, old, now, store.Options{}) })
}

// Recover gives the vault another passphrase with the recovery key, as Passwd does.
func Recover(dir, key string, now []byte) error {
	return replaced(dir, now, func() error { return store.Recover(dir, key, now, store.Options{}) })
}

func replaced(dir string, now []byte, do func() error) error {
	_, none := Remembered(dir)
	if err := do(); err != nil || none != nil {
		return err
	}
	return Remember(dir, now)
}
