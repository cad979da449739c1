package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ErrRecovery is wrapped where a recovery key is not that of the vault, or no key
// at all.
var ErrRecovery = errors.New("wrong recovery key")

// The recovery file vault.recovery is a key file (keyfile.go) with another first
// line, consentry-vault-recovery/1. It holds the data key wrapped with a recovery
// key in the place of a passphrase. A recovery key is 160 random bits and the
// first 20 bits of their SHA-256, written in Crockford's base32 in nine groups of
// four: 36 characters, of which age is given the 32 random ones, without dashes.
//
// Guessing such a key is hopeless however fast a guess is, so that scrypt runs
// with its lowest work factor.
const (
	recoveryFormat     = "consentry-vault-recovery/"
	recoveryBytes      = 20
	recoveryWorkFactor = 10
)

// crockford has no letters that are taken for digits, or U.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

// NewRecovery makes a recovery key for the vault in dir, to be written down and
// kept elsewhere: it opens the vault where the passphrase is lost. One that was
// made before no longer does, unless somebody kept a copy of vault.recovery.
// The passphrase may change later; the key stays good.
func NewRecovery(dir string, passphrase []byte) (key string, err error) {
	fail := func(err error) (string, error) { return "", fmt.Errorf("make a recovery key: %w", err) }
	if _, err := readKeyFile(dir); err != nil {
		return fail(err)
	}
	unlock, err := lock(dir)
	if err != nil {
		return fail(err)
	}
	defer unlock()
	b, err := readKeyFile(dir)
	if err != nil {
		return fail(err)
	}
	dataKey, err := unwrapKey(b, passphrase)
	if err != nil {
		return fail(err)
	}
	secret := make([]byte, recoveryBytes)
	rand.Read(secret)
	key = recoveryText(secret)
	if b, err = wrap(recoveryFormat, dataKey, []byte(crockford.EncodeToString(secret)), Options{WorkFactor: recoveryWorkFactor}); err != nil {
		return fail(err)
	}
	if err := replaceFile(filepath.Join(dir, recoveryFile), b); err != nil {
		return fail(err)
	}
	return key, nil
}

// Recover gives the vault in dir a new passphrase, with its recovery key. The
// error wraps ErrRecovery where that is not the key, and ErrNotFound where the
// vault has none. vault.key may be lost.
func Recover(dir, key string, passphrase []byte, o Options) error {
	if err := recoverVault(context.Background(), dir, key, passphrase, o); err != nil {
		return fmt.Errorf("recover the vault: %w", err)
	}
	return nil
}

func recoverVault(ctx context.Context, dir, key string, passphrase []byte, o Options) error {
	b, err := os.ReadFile(filepath.Join(dir, recoveryFile))
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := readKeyFile(dir); errors.Is(err, ErrNoVault) {
			return err
		}
		return fmt.Errorf("%w: no recovery key was ever made for it", ErrNotFound)
	}
	if err != nil {
		return err
	}
	secret, err := readRecovery(key)
	if err != nil {
		return err
	}
	dataKey, err := unwrap(recoveryFormat, recoveryFile, b, []byte(crockford.EncodeToString(secret)))
	if errors.Is(err, ErrPassphrase) {
		return ErrRecovery
	}
	if err != nil {
		return err
	}
	wrapped, err := wrapKey(dataKey, passphrase, o)
	if err != nil {
		return err
	}
	unlock, err := lock(dir)
	if err != nil {
		return err
	}
	defer unlock()
	if err := fits(ctx, dir, dataKey); err != nil {
		return err
	}
	return replaceFile(filepath.Join(dir, keyFile), wrapped)
}

// fits says whether the database in dir, where there is one, opens with a key.
func fits(ctx context.Context, dir string, dataKey []byte) error {
	path := filepath.Join(dir, dbFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil // it may be on a server
	}
	db, err := openSQLite(path)
	if err != nil {
		return err
	}
	defer db.Close()
	v, err := newVault(db, dataKey, sqliteFile)
	if err != nil {
		return err
	}
	return v.unlock(ctx)
}

func recoveryText(secret []byte) string {
	s := crockford.EncodeToString(secret) + recoverySum(secret)
	var groups []string
	for ; len(s) > 0; s = s[4:] {
		groups = append(groups, s[:4])
	}
	return strings.Join(groups, "-")
}

func recoverySum(secret []byte) string {
	sum := sha256.Sum256(secret)
	return crockford.EncodeToString(sum[:5])[:4]
}

// readRecovery reads a key as people type it: in small letters, with any spaces
// and dashes, O for 0, I and L for 1.
func readRecovery(key string) ([]byte, error) {
	key = strings.Map(func(r rune) rune {
		switch r {
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		case ' ', '\t', '\r', '\n', '-', '–', '‐', '\u3000':
			return -1
		}
		return r
	}, strings.ToUpper(key))
	n := crockford.EncodedLen(recoveryBytes)
	if len(key) != n+4 {
		return nil, fmt.Errorf("%w: a recovery key has %d letters and digits", ErrRecovery, n+4)
	}
	secret, err := crockford.DecodeString(key[:n])
	if err != nil || recoverySum(secret) != key[n:] {
		return nil, fmt.Errorf("%w: it is mistyped", ErrRecovery)
	}
	return secret, nil
}
