package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"consentry/authz"
)

func TestInitAndOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "vault")
	if _, err := Open(dir, passphrase); !errors.Is(err, ErrNoVault) {
		t.Errorf("open of nothing: %v, want ErrNoVault", err)
	}
	if err := Init(dir, nil, quick); err == nil {
		t.Error("an empty passphrase was taken")
	}
	for _, n := range []int{-1, 9, 21, 99} {
		if err := Init(dir, passphrase, Options{WorkFactor: n}); err == nil {
			t.Errorf("work factor %d was taken", n)
		}
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a refused Init made the folder")
	}
	if err := Init(dir, passphrase, quick); err != nil {
		t.Fatal(err)
	}
	v, err := Open(dir, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.PutSubject(t.Context(), authz.Subject{ID: "s_1", Kind: authz.Person}); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		checkModes(t, dir)
	}
	digest := v.Digest([]byte("name"))
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Init(dir, passphrase, quick); !errors.Is(err, ErrExists) {
		t.Errorf("second Init: %v, want ErrExists", err)
	}
	for _, wrong := range []string{"", "A passphrase for tests", "a passphrase for tests "} {
		if _, err := Open(dir, []byte(wrong)); !errors.Is(err, ErrPassphrase) || errors.Is(err, ErrDamaged) {
			t.Errorf("open with passphrase %q: %v, want ErrPassphrase", wrong, err)
		}
	}
	v = openTestVault(t, dir)
	if _, err := v.Subject(t.Context(), "s_1"); err != nil {
		t.Error(err)
	}
	if v.Digest([]byte("name")) != digest {
		t.Error("digests change when the vault is opened again")
	}
}

func checkModes(t *testing.T, dir string) {
	t.Helper()
	fi, err := os.Stat(dir)
	if err != nil || fi.Mode().Perm() != 0o700 {
		t.Errorf("folder has mode %v, %v", fi.Mode(), err)
	}
	es, err := os.ReadDir(dir)
	if err != nil || len(es) < 5 {
		t.Errorf("%d files in an open vault, %v; want key, db, wal, shm and lock", len(es), err)
	}
	for _, e := range es {
		if fi, err := e.Info(); err != nil || fi.Mode() != 0o600 {
			t.Errorf("%s has mode %v, %v", e.Name(), fi.Mode(), err)
		}
	}
}

func TestPassphraseIsComposed(t *testing.T) {
	dir := t.TempDir()
	if err := Init(dir, []byte("cafe\u0301"), quick); err != nil {
		t.Fatal(err)
	}
	v, err := Open(dir, []byte("caf\u00e9"))
	if err != nil {
		t.Fatal(err)
	}
	v.Close()
}

func TestPasswd(t *testing.T) {
	v, dir := newTestVault(t)
	if err := Passwd(dir, []byte("wrong"), []byte("new"), quick); !errors.Is(err, ErrPassphrase) {
		t.Errorf("passwd with a wrong passphrase: %v", err)
	}
	if err := Passwd(dir, passphrase, nil, quick); err == nil {
		t.Error("an empty passphrase was taken")
	}
	if err := Passwd(t.TempDir(), passphrase, []byte("new"), quick); !errors.Is(err, ErrNoVault) {
		t.Errorf("passwd of nothing: %v", err)
	}
	// While the vault is open it goes on.
	if err := Passwd(dir, passphrase, []byte("new"), Options{WorkFactor: 11}); err != nil {
		t.Fatal(err)
	}
	if err := v.PutSubject(t.Context(), authz.Subject{ID: "s_1", Kind: authz.Person}); err != nil {
		t.Error(err)
	}
	if _, err := Open(dir, passphrase); !errors.Is(err, ErrPassphrase) {
		t.Errorf("the old passphrase: %v", err)
	}
	w, err := Open(dir, []byte("new"))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if _, err := w.Subject(t.Context(), "s_1"); err != nil {
		t.Error(err)
	}
	es, _ := filepath.Glob(filepath.Join(dir, ".new-*"))
	if len(es) > 0 {
		t.Errorf("left behind: %v", es)
	}
}

func TestDamagedKeyFile(t *testing.T) {
	v, dir := newTestVault(t)
	v.Close()
	path := filepath.Join(dir, keyFile)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	try := func(b []byte, what string, at int) {
		t.Helper()
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		v, err := Open(dir, passphrase)
		if err == nil {
			v.Close()
		}
		if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer) {
			t.Errorf("key file %s at %d: %v", what, at, err)
		}
	}
	for i := range good {
		b := bytes.Clone(good)
		b[i] ^= 1 << (i % 8)
		try(b, "flipped", i)
		try(good[:i], "cut", i)
	}
	try(append(bytes.Clone(good), '\n'), "longer", len(good))
	newer := bytes.Replace(good, []byte(keyFormat+"1"), []byte(keyFormat+"2"), 1)
	os.WriteFile(path, newer, 0o600)
	if _, err := Open(dir, passphrase); !errors.Is(err, ErrNewer) {
		t.Errorf("key file of the next format: %v, want ErrNewer", err)
	}
}

func TestMissingAndForeignFiles(t *testing.T) {
	ctx := t.Context()
	fresh := func() string {
		v, dir := newTestVault(t)
		if err := v.PutSubject(ctx, authz.Subject{ID: "s_1", Kind: authz.Person}); err != nil {
			t.Fatal(err)
		}
		v.Close()
		return dir
	}
	other := fresh()
	for name, tt := range map[string]struct {
		spoil func(dir string) error
		want  error
	}{
		"no key file":    {func(dir string) error { return os.Remove(filepath.Join(dir, keyFile)) }, ErrDamaged},
		"no database":    {func(dir string) error { return os.Remove(filepath.Join(dir, dbFile)) }, ErrDamaged},
		"empty database": {func(dir string) error { return os.Truncate(filepath.Join(dir, dbFile), 0) }, ErrDamaged},
		"cut database":   {func(dir string) error { return os.Truncate(filepath.Join(dir, dbFile), 5000) }, ErrDamaged},
		"not a database": {func(dir string) error {
			return os.WriteFile(filepath.Join(dir, dbFile), bytes.Repeat([]byte("x"), 9000), 0o600)
		}, ErrDamaged},
		"another's database": {func(dir string) error { return copyFile(filepath.Join(other, dbFile), filepath.Join(dir, dbFile)) }, ErrDamaged},
		"another's key file": {func(dir string) error { return copyFile(filepath.Join(other, keyFile), filepath.Join(dir, keyFile)) }, ErrDamaged},
		"both gone": {func(dir string) error {
			return errors.Join(os.Remove(filepath.Join(dir, dbFile)), os.Remove(filepath.Join(dir, keyFile)))
		}, ErrNoVault},
	} {
		dir := fresh()
		if err := tt.spoil(dir); err != nil {
			t.Fatal(err)
		}
		v, err := Open(dir, passphrase)
		if err == nil {
			v.Close()
		}
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: open = %v, want %v", name, err, tt.want)
		}
		if name != "both gone" {
			if err := Init(dir, passphrase, quick); !errors.Is(err, ErrExists) {
				t.Errorf("%s: Init = %v, want ErrExists", name, err)
			}
		}
	}
}

func copyFile(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o600)
}

func TestNewerSchema(t *testing.T) {
	v, dir := newTestVault(t)
	if _, err := v.pool.Exec(`insert into `+versionTable+` (version_id, is_applied) values ($1, true)`, schemaVersion+1); err != nil {
		t.Fatal(err)
	}
	v.Close()
	_, err := Open(dir, passphrase)
	if !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("open = %v, want ErrNewer", err)
	}
}

func TestSchemaVersionIsTheLastMigration(t *testing.T) {
	es, err := fs.Glob(sqliteMigrations, "migrations/sqlite/*.sql")
	if err != nil || len(es)+2 != schemaVersion { // two of them are in Go
		t.Errorf("%d migrations, %v, want %d", len(es)+2, err, schemaVersion)
	}
	v := memoryVault(t)
	if n, err := version(t.Context(), v.pool); err != nil || n != schemaVersion {
		t.Errorf("a new vault is of version %d, %v", n, err)
	}
}

// Whatever an Init leaves that is killed, the next one succeeds.
func TestInitAfterKilledInit(t *testing.T) {
	for name, leave := range map[string]func(dir string) error{
		"an empty database": func(dir string) error { return os.WriteFile(filepath.Join(dir, dbFile), nil, 0o600) },
		"a database without tables": func(dir string) error {
			if err := os.WriteFile(filepath.Join(dir, dbFile), nil, 0o600); err != nil {
				return err
			}
			db, err := openSQLite(filepath.Join(dir, dbFile))
			if err != nil {
				return err
			}
			_, err = db.Exec(`vacuum`)
			return errors.Join(err, db.Close())
		},
		"a finished database": func(dir string) error {
			return errors.Join(Init(dir, passphrase, quick), os.Remove(filepath.Join(dir, keyFile)))
		},
		"a half key file": func(dir string) error {
			return errors.Join(Init(dir, passphrase, quick), os.Rename(filepath.Join(dir, keyFile), filepath.Join(dir, ".new-1")))
		},
	} {
		dir := t.TempDir()
		if err := leave(dir); err != nil {
			t.Fatal(err)
		}
		if err := Init(dir, passphrase, quick); err != nil {
			t.Errorf("after %s: %v", name, err)
			continue
		}
		v, err := Open(dir, passphrase)
		if err != nil {
			t.Errorf("after %s: %v", name, err)
			continue
		}
		v.Close()
	}
}

// goldenKey is the data key in testdata/vault-1.key, a key file of format 1.
var goldenKey = bytes.Repeat([]byte{0xa5}, keySize)

// Key files of format 1 open for good.
func TestGoldenKeyFile(t *testing.T) {
	b, err := os.ReadFile("testdata/vault-1.key")
	if err != nil {
		t.Fatal(err)
	}
	if k, err := unwrapKey(b, passphrase); err != nil || !bytes.Equal(k, goldenKey) {
		t.Errorf("the data key is another, or %v", err)
	}
}

// FuzzUnwrapKey: no key file crashes, and none but the true one opens.
func FuzzUnwrapKey(f *testing.F) {
	good, err := os.ReadFile("testdata/vault-1.key")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:100])
	f.Add([]byte(""))
	f.Add([]byte("consentry-vault-key/1\nsha256 \n"))
	f.Add([]byte("consentry-vault-key/99999999999999999999\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if k, err := unwrapKey(b, passphrase); err == nil && !bytes.Equal(k, goldenKey) {
			t.Error("another key file opened")
		}
	})
}
