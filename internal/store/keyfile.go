package store

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
	"golang.org/x/text/unicode/norm"
)

// The key file vault.key is text in this format, version 1:
//
//	consentry-vault-key/1
//	sha256 <hex of SHA-256 of all that follows this line>
//	-----BEGIN AGE ENCRYPTED FILE-----
//	<the 32 bytes of the data key, encrypted by age with a passphrase>
//	-----END AGE ENCRYPTED FILE-----
//
// age derives the wrapping key with scrypt (r = 8, p = 1, N = 2 to the work
// factor, which stands in its header). The sum is no protection: it tells a
// damaged file from a wrong passphrase. `age -d`, given the lines from BEGIN on,
// prints the data key, so that a vault can be opened without this program.
const (
	keyFormat  = "consentry-vault-key/"
	keyVersion = 1
	keySize    = 32
)

// DefaultWorkFactor is the base-2 logarithm of scrypt's N for new key files: 64
// MiB and about a fifth of a second to unlock on a server core of 2024.
const DefaultWorkFactor = 16

// maxWorkFactor bounds what a key file may ask for: 1 GiB, some ten seconds.
const maxWorkFactor = 20

// Options are the settings of [Init] and [Passwd].
type Options struct {
	// WorkFactor is the base-2 logarithm of scrypt's N, 10 to 20; 0 means
	// DefaultWorkFactor.
	WorkFactor int
}

func (o Options) workFactor() (int, error) {
	switch {
	case o.WorkFactor == 0:
		return DefaultWorkFactor, nil
	case o.WorkFactor < 10 || o.WorkFactor > maxWorkFactor:
		return 0, fmt.Errorf("scrypt work factor %d is not within 10 to %d", o.WorkFactor, maxWorkFactor)
	}
	return o.WorkFactor, nil
}

// passphraseText is a passphrase as age takes it: in Unicode normal form C, so
// that it is the same whichever way a keyboard composes an accent.
func passphraseText(b []byte) (string, error) {
	if len(b) == 0 {
		return "", errors.New("the passphrase is empty")
	}
	return string(norm.NFC.Bytes(b)), nil
}

func wrapKey(dataKey, passphrase []byte, o Options) ([]byte, error) {
	return wrap(keyFormat, dataKey, passphrase, o)
}

// wrap is wrapKey for a file that begins with format.
func wrap(format string, dataKey, passphrase []byte, o Options) ([]byte, error) {
	logN, err := o.workFactor()
	if err != nil {
		return nil, err
	}
	pass, err := passphraseText(passphrase)
	if err != nil {
		return nil, err
	}
	r, err := age.NewScryptRecipient(pass)
	if err != nil {
		return nil, err
	}
	r.SetWorkFactor(logN)
	var b bytes.Buffer
	a := armor.NewWriter(&b)
	w, err := age.Encrypt(a, r)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(dataKey); err != nil {
		return nil, err
	}
	if err := errors.Join(w.Close(), a.Close()); err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "%s%d\nsha256 %x\n%s", format, keyVersion, sha256.Sum256(b.Bytes()), b.Bytes()), nil
}

func unwrapKey(file, passphrase []byte) ([]byte, error) {
	return unwrap(keyFormat, keyFile, file, passphrase)
}

// unwrap is unwrapKey for the file of that name, which begins with format.
func unwrap(format, name string, file, passphrase []byte) ([]byte, error) {
	first, rest, _ := strings.Cut(string(file), "\n")
	version, ok := strings.CutPrefix(first, format)
	n, err := strconv.Atoi(version)
	if !ok || err != nil || n < 1 {
		return nil, fmt.Errorf("%w: %s does not begin as a key file does", ErrDamaged, name)
	}
	if n > keyVersion {
		return nil, fmt.Errorf("%w (%s is of format %d, this one knows %d)", ErrNewer, name, n, keyVersion)
	}
	sum, body, _ := strings.Cut(rest, "\n")
	if sum != fmt.Sprintf("sha256 %x", sha256.Sum256([]byte(body))) {
		return nil, fmt.Errorf("%w: %s was changed or cut", ErrDamaged, name)
	}
	pass, err := passphraseText(passphrase)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPassphrase, err)
	}
	id, err := age.NewScryptIdentity(pass)
	if err != nil {
		return nil, err
	}
	id.SetMaxWorkFactor(maxWorkFactor)
	r, err := age.Decrypt(armor.NewReader(strings.NewReader(body)), id)
	if wrong := new(age.NoIdentityMatchError); errors.As(err, &wrong) {
		return nil, ErrPassphrase
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, name, err)
	}
	key, err := io.ReadAll(io.LimitReader(r, keySize+1))
	if err != nil || len(key) != keySize {
		return nil, fmt.Errorf("%w: %s does not hold a key", ErrDamaged, name)
	}
	return key, nil
}

// Passwd wraps the data key of the vault in dir with another passphrase. The
// data stays as it is: an older copy of vault.key still opens with the older
// passphrase.
func Passwd(dir string, old, passphrase []byte, o Options) error {
	if _, err := readKeyFile(dir); err != nil {
		return fmt.Errorf("change the passphrase: %w", err)
	}
	unlock, err := lock(dir)
	if err != nil {
		return fmt.Errorf("change the passphrase: %w", err)
	}
	defer unlock()
	b, err := readKeyFile(dir)
	if err != nil {
		return fmt.Errorf("change the passphrase: %w", err)
	}
	key, err := unwrapKey(b, old)
	if err != nil {
		return fmt.Errorf("change the passphrase: %w", err)
	}
	if b, err = wrapKey(key, passphrase, o); err != nil {
		return fmt.Errorf("change the passphrase: %w", err)
	}
	if err := replaceFile(filepath.Join(dir, keyFile), b); err != nil {
		return fmt.Errorf("change the passphrase: %w", err)
	}
	return nil
}

// readKeyFile says ErrNoVault where there is neither key nor database.
func readKeyFile(dir string) ([]byte, error) {
	b, err := os.ReadFile(filepath.Join(dir, keyFile))
	if !errors.Is(err, fs.ErrNotExist) {
		return b, err
	}
	if _, err := os.Stat(filepath.Join(dir, dbFile)); err == nil {
		return nil, fmt.Errorf("%w: vault.key is missing beside vault.db", ErrDamaged)
	}
	return nil, ErrNoVault
}

// replaceFile puts b where path is, whole or not at all.
func replaceFile(path string, b []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes a rename last over a power cut, where the system can do that.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, fs.ErrInvalid) && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}
