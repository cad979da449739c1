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
	"time"
)

// BackupFormat names the format that [Vault.Backup] writes: a zip file with the
// files of the vault, stored as they are, and manifest.json at the end, which is
// a [Manifest] in JSON. docs/vault.md documents it.
const BackupFormat = "consentry-backup/1"

const manifestFile = "manifest.json"

// ErrNoBackup is wrapped where a file is no backup, or one of a format that this
// version does not know.
var ErrNoBackup = errors.New("this is not a backup of a vault")

// ErrBackup is wrapped where a backup is cut or was changed. It is an [ErrDamaged], of
// the backup and not of a vault that is in use.
var ErrBackup = fmt.Errorf("the backup cannot be restored: %w", ErrDamaged)

// ErrTeam says what is to be done instead.
var ErrTeam = errors.New("a vault in PostgreSQL is backed up with pg_dump, together with a copy of vault.key")

// A Manifest says what is in a backup.
type Manifest struct {
	Format  string       `json:"format"`
	Made    time.Time    `json:"made"`    // UTC
	Schema  int64        `json:"schema"`  // version of the database's tables
	Entries int64        `json:"entries"` // of the ledger
	Head    string       `json:"head"`    // signed head of the ledger
	Files   []BackupFile `json:"files"`
}

// A BackupFile is a file in a backup.
type BackupFile struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`   // bytes
	SHA256 string `json:"sha256"` // hex
}

// Backup writes the vault, as of one moment, to w while it goes on being used.
// What is written is sealed as the vault is, and opens with the passphrase of
// today. A file of the vault's size is needed in its folder meanwhile.
func (v *Vault) Backup(ctx context.Context, w io.Writer) (Manifest, error) {
	m, err := v.backup(ctx, w)
	if err != nil {
		return Manifest{}, fmt.Errorf("back up the vault: %w", err)
	}
	return m, nil
}

func (v *Vault) backup(ctx context.Context, w io.Writer) (Manifest, error) {
	switch {
	case v.dialect == postgres:
		return Manifest{}, ErrTeam
	case v.dir == "":
		return Manifest{}, ErrMemory
	}
	unlock, err := lock(v.dir)
	if err != nil {
		return Manifest{}, err
	}
	defer unlock()
	// Under the lock nobody else makes one: what is there was left by a kill.
	if err := removeAll(v.dir, snapshotPattern); err != nil {
		return Manifest{}, err
	}
	f, err := os.CreateTemp(v.dir, snapshotPattern) // mode 0600
	if err != nil {
		return Manifest{}, err
	}
	f.Close()
	defer os.Remove(f.Name())
	if err := snapshot(ctx, v.pool, f.Name()); err != nil {
		return Manifest{}, err
	}
	m := Manifest{Format: BackupFormat, Made: clock()}
	if err := m.describe(ctx, f.Name()); err != nil {
		return Manifest{}, err
	}
	z := zip.NewWriter(w)
	for _, e := range []struct{ name, path string }{
		{keyFile, filepath.Join(v.dir, keyFile)},
		{recoveryFile, filepath.Join(v.dir, recoveryFile)},
		{dbFile, f.Name()},
	} {
		if _, err := os.Stat(e.path); e.name == recoveryFile && errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err := m.add(ctx, z, e.name, e.path); err != nil {
			return Manifest{}, err
		}
	}
	b, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return Manifest{}, err
	}
	o, err := z.CreateHeader(&zip.FileHeader{Name: manifestFile, Modified: m.Made})
	if err == nil {
		_, err = o.Write(append(b, '\n'))
	}
	return m, errors.Join(err, z.Close())
}

// snapshotPattern is how the copies are called that a backup is made from.
const snapshotPattern = ".backup-*"

func removeAll(dir, pattern string) error {
	old, err := fs.Glob(os.DirFS(dir), pattern)
	for _, p := range old {
		err = errors.Join(err, os.RemoveAll(filepath.Join(dir, p)))
	}
	return err
}

// describe reads schema and ledger head from the snapshot.
func (m *Manifest) describe(ctx context.Context, path string) error {
	db, err := openSnapshot(path)
	if err != nil {
		return err
	}
	defer db.Close()
	if m.Schema, err = version(ctx, db); err != nil {
		return err
	}
	m.Entries, m.Head, err = ledgerTables{reader: reader{q: db}}.State(ctx)
	return err
}

func (m *Manifest) add(ctx context.Context, z *zip.Writer, name, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	o, err := z.CreateHeader(&zip.FileHeader{Name: name, Modified: m.Made}) // stored: sealed bytes do not shrink
	if err != nil {
		return err
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(o, sum), untilDone{ctx, f})
	m.Files = append(m.Files, BackupFile{name, n, hexID(sum.Sum(nil))})
	return err
}

// untilDone reads until the context ends.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u untilDone) Read(b []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(b)
}
