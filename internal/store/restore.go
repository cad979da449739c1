package store

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Restore makes a vault of a backup of size bytes, in a folder that is new or
// empty. It compares the files with their digests, opens the vault with the
// passphrase that it had when the backup was made, checks all of it, and only
// then lets it be there: after any error the folder is as it was.
//
// Errors wrap ErrNoBackup, ErrBackup, ErrPassphrase, ErrNewer, ErrExists or
// ErrFull, or say what else is wrong.
func Restore(dir string, r io.ReaderAt, size int64, passphrase []byte) (Manifest, error) {
	m, err := restore(context.Background(), dir, r, size, passphrase)
	if err != nil {
		return Manifest{}, fmt.Errorf("restore the vault: %w", unwhole(err))
	}
	return m, nil
}

// CheckBackup is [Restore] into a folder of the system's for temporary files,
// which is gone afterwards. What stands there meanwhile is sealed.
func CheckBackup(r io.ReaderAt, size int64, passphrase []byte) (Manifest, error) {
	dir, err := os.MkdirTemp("", "consentry-check-")
	if err != nil {
		return Manifest{}, fmt.Errorf("check the backup: %w", err)
	}
	defer os.RemoveAll(dir)
	m, err := restore(context.Background(), dir, r, size, passphrase)
	if err != nil {
		return Manifest{}, fmt.Errorf("check the backup: %w", unwhole(err))
	}
	return m, nil
}

// unwhole says of what is damaged that it is the backup.
func unwhole(err error) error {
	if errors.Is(err, ErrDamaged) {
		return fmt.Errorf("%w: %w", ErrBackup, err)
	}
	return err
}

// restorePattern is how the folders are called in which a backup is unpacked.
const restorePattern = ".restore-*"

func restore(ctx context.Context, dir string, r io.ReaderAt, size int64, passphrase []byte) (m Manifest, err error) {
	m, files, err := readBackup(r, size)
	if err != nil {
		return m, err
	}
	_, statErr := os.Stat(dir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return m, err
	}
	defer func() {
		if err != nil && errors.Is(statErr, fs.ErrNotExist) {
			os.Remove(dir)
		}
	}()
	// What a restore left that was killed is in the way of none.
	if err := removeAll(dir, restorePattern); err != nil {
		return m, err
	}
	if es, err := os.ReadDir(dir); err != nil {
		return m, err
	} else if len(es) > 0 {
		return m, fmt.Errorf("%w, or other files: a backup is restored into a new or empty folder", ErrExists)
	}
	sub, err := os.MkdirTemp(dir, restorePattern)
	if err != nil {
		return m, err
	}
	defer os.RemoveAll(sub)
	for i, f := range m.Files {
		if err := unpackFile(files[i], f, filepath.Join(sub, f.Name)); err != nil {
			return m, err
		}
	}
	if err := tryVault(ctx, sub, passphrase, m); err != nil {
		return m, err
	}
	// The key file comes last: with it, the vault is there.
	var done []string
	for _, name := range []string{dbFile, recoveryFile, keyFile} {
		to := filepath.Join(dir, name)
		err := os.Rename(filepath.Join(sub, name), to)
		if err != nil && (name != recoveryFile || !errors.Is(err, fs.ErrNotExist)) {
			for _, p := range done {
				os.Remove(p)
			}
			return m, err
		}
		done = append(done, to)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return m, err
	}
	return m, syncDir(dir)
}

// tryVault opens a vault and reads all of it.
func tryVault(ctx context.Context, dir string, passphrase []byte, m Manifest) error {
	v, err := open(ctx, dir, passphrase)
	if err != nil {
		return err
	}
	res, err := v.Check(ctx, m.Head)
	if err == nil && res.Size != m.Entries {
		err = fmt.Errorf("%w: the ledger has %d entries, the manifest says %d", ErrDamaged, res.Size, m.Entries)
	}
	return errors.Join(err, v.Close())
}

// readBackup returns the manifest and the files that it lists, in its order.
func readBackup(r io.ReaderAt, size int64) (m Manifest, files []*zip.File, err error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return m, nil, fmt.Errorf("%w: %w", ErrNoBackup, err)
	}
	there := map[string]*zip.File{}
	for _, f := range z.File {
		if there[f.Name] != nil || !slices.Contains([]string{keyFile, dbFile, recoveryFile, manifestFile}, f.Name) || f.Method != zip.Store {
			return m, nil, fmt.Errorf("%w: it holds other files than a backup does", ErrNoBackup)
		}
		there[f.Name] = f
	}
	const maxManifest = 1 << 20
	f := there[manifestFile]
	if f == nil || f.UncompressedSize64 > maxManifest {
		return m, nil, fmt.Errorf("%w: it has no manifest", ErrNoBackup)
	}
	o, err := f.Open()
	if err != nil {
		return m, nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer o.Close()
	b, err := io.ReadAll(io.LimitReader(o, maxManifest))
	if err != nil || json.Unmarshal(b, &m) != nil {
		return Manifest{}, nil, fmt.Errorf("%w: the manifest of the backup cannot be read", ErrDamaged)
	}
	if m.Format != BackupFormat {
		if strings.HasPrefix(m.Format, "consentry-backup/") {
			return Manifest{}, nil, fmt.Errorf("%w: the backup is of another format", ErrNewer)
		}
		return Manifest{}, nil, ErrNoBackup
	}
	for _, e := range m.Files {
		f := there[e.Name]
		if f == nil || e.Name == manifestFile || f.UncompressedSize64 != uint64(e.Size) {
			return Manifest{}, nil, fmt.Errorf("%w: the backup is not as its manifest says", ErrDamaged)
		}
		files = append(files, f)
		delete(there, e.Name)
	}
	if len(there) != 1 || !slices.ContainsFunc(m.Files, func(e BackupFile) bool { return e.Name == keyFile }) ||
		!slices.ContainsFunc(m.Files, func(e BackupFile) bool { return e.Name == dbFile }) {
		return Manifest{}, nil, fmt.Errorf("%w: the backup is not as its manifest says", ErrDamaged)
	}
	return m, files, nil
}

func unpackFile(f *zip.File, e BackupFile, to string) (err error) {
	in, err := f.Open()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(out, sum), io.LimitReader(in, e.Size))
	if errors.Is(err, zip.ErrChecksum) || errors.Is(err, zip.ErrFormat) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: %s in the backup was changed or cut", ErrDamaged, e.Name)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	if n != e.Size || hexID(sum.Sum(nil)) != e.SHA256 {
		return fmt.Errorf("%w: %s in the backup is not what was put there", ErrDamaged, e.Name)
	}
	return out.Sync()
}
