package store

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"consentry/authz"
)

func backupOf(t *testing.T, v *Vault) ([]byte, Manifest) {
	t.Helper()
	var b bytes.Buffer
	m, err := v.Backup(t.Context(), &b)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), m
}

func restoreBytes(dir string, b []byte, pass []byte) (Manifest, error) {
	return Restore(dir, bytes.NewReader(b), int64(len(b)), pass)
}

func TestBackupAndRestore(t *testing.T) {
	v, dir := newTestVault(t)
	plantAll(t, v)
	if _, err := NewRecovery(dir, passphrase); err != nil {
		t.Fatal(err)
	}
	want, err := everything(t, v)
	if err != nil {
		t.Fatal(err)
	}
	// The copy that the backup is made from lies in the folder meanwhile.
	looked := 0
	_, err = v.Backup(t.Context(), writerFunc(func(b []byte) (int, error) {
		if looked++; looked == 1 {
			if left, _ := filepath.Glob(filepath.Join(dir, ".backup-*")); len(left) != 1 {
				t.Errorf("no copy is there to look at: %v", left)
			}
			checkModes(t, dir)
			searchFiles(t, dir)
		}
		return len(b), nil
	}))
	if err != nil || looked == 0 {
		t.Fatal(looked, err)
	}
	b, m := backupOf(t, v)
	if m.Format != BackupFormat || m.Schema != schemaVersion || m.Entries != int64(len(planted)) || len(m.Files) != 3 {
		t.Errorf("manifest = %+v", m)
	}
	for i, p := range planted {
		for enc, form := range encodings(t, p) {
			if bytes.Contains(b, form) {
				t.Errorf("the backup holds planted text %d in %s", i, enc)
			}
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".backup-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if got, err := CheckBackup(bytes.NewReader(b), int64(len(b)), passphrase); err != nil || got.Head != m.Head {
		t.Errorf("check = %+v, %v", got, err)
	}
	// What comes later is not in it.
	if err := v.PutSubject(t.Context(), authz.Subject{ID: "s_late", Kind: authz.Person}); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "a", "restored")
	if _, err := restoreBytes(to, b, passphrase); err != nil {
		t.Fatal(err)
	}
	es, err := os.ReadDir(to)
	if err != nil || len(es) != 3 {
		t.Errorf("files %v, %v", es, err)
	}
	w := openTestVault(t, to)
	if got, err := everything(t, w); err != nil || got != want {
		t.Errorf("the restored vault is not the one backed up: %v", err)
	}
	checkModes(t, to)
	// It goes on, and can be backed up itself.
	if _, err := w.Record(t.Context(), []byte("x"), nil); err != nil {
		t.Error(err)
	}
	backupOf(t, w)
}

func TestBackupRefused(t *testing.T) {
	if _, err := memoryVault(t).Backup(t.Context(), io.Discard); err == nil {
		t.Error("a vault in memory was backed up")
	}
	v, dir := newTestVault(t)
	full := errors.New("full")
	if _, err := v.Backup(t.Context(), failingWriter{full}); !errors.Is(err, full) {
		t.Errorf("a writer that fails: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := v.Backup(ctx, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".backup-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

type failingWriter struct{ err error }

func (f failingWriter) Write([]byte) (int, error) { return 0, f.err }

func TestRestoreRefused(t *testing.T) {
	v, _ := newTestVault(t)
	plantAll(t, v)
	good, _ := backupOf(t, v)
	nothingIn := func(t *testing.T, dir string) {
		t.Helper()
		if _, err := os.Stat(dir); err == nil {
			t.Error("a refused restore left its folder")
		}
	}
	for name, tt := range map[string]struct {
		b    []byte
		pass string
		want error
	}{
		"wrong passphrase": {good, "wrong", ErrPassphrase},
		"nothing":          {nil, "", ErrNoBackup},
		"text":             {[]byte("not a zip file"), "", ErrNoBackup},
		"cut":              {good[:len(good)-40], "", ErrNoBackup},
		"another zip":      {zipped(t, "a.txt", "x"), "", ErrNoBackup},
		"no manifest":      {zipped(t, keyFile, "x", dbFile, "y"), "", ErrNoBackup},
		"bad manifest":     {zipped(t, manifestFile, "{"), "", ErrDamaged},
		"other format":     {zipped(t, manifestFile, `{"format":"something"}`), "", ErrNoBackup},
		"newer format":     {zipped(t, manifestFile, `{"format":"consentry-backup/2"}`), "", ErrNewer},
		"no files":         {zipped(t, manifestFile, `{"format":"consentry-backup/1"}`), "", ErrDamaged},
		"file not listed":  {zipped(t, keyFile, "x", manifestFile, `{"format":"consentry-backup/1"}`), "", ErrDamaged},
		"file missing":     {zipped(t, manifestFile, `{"format":"consentry-backup/1","files":[{"name":"vault.key","size":1}]}`), "", ErrDamaged},
		"a way out":        {zipped(t, "../vault.key", "x", manifestFile, `{"format":"consentry-backup/1","files":[{"name":"../vault.key","size":1}]}`), "", ErrNoBackup},
	} {
		t.Run(name, func(t *testing.T) {
			pass := passphrase
			if tt.pass != "" {
				pass = []byte(tt.pass)
			}
			dir := filepath.Join(t.TempDir(), "restored")
			if _, err := restoreBytes(dir, tt.b, pass); !errors.Is(err, tt.want) {
				t.Errorf("restore = %v, want %v", err, tt.want)
			}
			nothingIn(t, dir)
		})
	}
	t.Run("a folder with something in it", func(t *testing.T) {
		dir := t.TempDir()
		mine := filepath.Join(dir, "mine.txt")
		if err := os.WriteFile(mine, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := restoreBytes(dir, good, passphrase); !errors.Is(err, ErrExists) {
			t.Errorf("restore = %v", err)
		}
		if es, _ := os.ReadDir(dir); len(es) != 1 {
			t.Errorf("the folder holds %v", es)
		}
	})
	t.Run("after a killed restore", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, ".restore-1", "x"), 0o700); err != nil {
			t.Fatal(err)
		}
		if _, err := restoreBytes(dir, good, passphrase); err != nil {
			t.Error(err)
		}
		if es, _ := os.ReadDir(dir); len(es) != 2 {
			t.Errorf("the folder holds %v", es)
		}
	})
	// A byte changed anywhere is noticed, or is one that says nothing (a date).
	t.Run("flipped", func(t *testing.T) {
		noticed := 0
		for i := range 40 {
			b := bytes.Clone(good)
			b[i*len(b)/40] ^= 1 << (i % 8)
			dir := filepath.Join(t.TempDir(), "restored")
			if _, err := restoreBytes(dir, b, passphrase); err == nil {
				openTestVault(t, dir)
				continue
			}
			noticed++
			nothingIn(t, dir)
		}
		if noticed < 38 {
			t.Errorf("%d of 40 noticed", noticed)
		}
	})
}

func zipped(t *testing.T, namesAndTexts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(namesAndTexts); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: namesAndTexts[i]})
		if err == nil {
			_, err = io.WriteString(w, namesAndTexts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A backup that is made while others write is of one moment: ledger and tables
// agree.
func TestBackupWhileWriting(t *testing.T) {
	ctx := t.Context()
	v, _ := newTestVault(t)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			id := NewID("s_")
			if _, err := v.Record(ctx, []byte(id), pair(ctx, id)); err != nil {
				t.Error(err)
			}
		}
	})
	for range 5 {
		b, m := backupOf(t, v)
		dir := filepath.Join(t.TempDir(), "restored")
		if _, err := restoreBytes(dir, b, passphrase); err != nil {
			t.Fatal(err)
		}
		w := openTestVault(t, dir)
		if s, err := w.Subjects(ctx); err != nil || int64(len(s)) != m.Entries {
			t.Errorf("%d subjects, %v, want %d", len(s), err, m.Entries)
		}
	}
	close(stop)
	wg.Wait()
}

func TestRecovery(t *testing.T) {
	v, dir := newTestVault(t)
	seedTwo(t, v)
	if err := Recover(dir, strings.Repeat("0", 36), []byte("new"), quick); !errors.Is(err, ErrNotFound) {
		t.Errorf("recover without a key made: %v", err)
	}
	if err := Recover(t.TempDir(), "x", []byte("new"), quick); !errors.Is(err, ErrNoVault) {
		t.Errorf("recover of nothing: %v", err)
	}
	if _, err := NewRecovery(dir, []byte("wrong")); !errors.Is(err, ErrPassphrase) {
		t.Errorf("a recovery key without the passphrase: %v", err)
	}
	first, err := NewRecovery(dir, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	key, err := NewRecovery(dir, passphrase)
	if err != nil || key == first || len(key) != 44 || strings.Count(key, "-") != 8 {
		t.Fatalf("a key of %d characters, %v", len(key), err)
	}
	if fi, err := os.Stat(filepath.Join(dir, recoveryFile)); err != nil || fi.Mode().Perm() != 0o600 {
		t.Error("the recovery file is not for its owner only", err)
	}
	other := []byte(key)
	other[0] = "01"[(other[0]-'0'+1)%2&1]
	if string(other) == key {
		other[0] = '2'
	}
	for name, k := range map[string]string{"an older one": first, "a typo": string(other), "cut": key[:40], "empty": "", "a sentence": "what is the key?", "swapped": key[5:9] + "-" + key[:4] + key[9:]} {
		if err := Recover(dir, k, []byte("new"), quick); !errors.Is(err, ErrRecovery) {
			t.Errorf("%s: %v, want ErrRecovery", name, err)
		}
	}
	if err := Recover(dir, key, nil, quick); err == nil {
		t.Error("an empty passphrase was taken")
	}
	if err := os.Remove(filepath.Join(dir, keyFile)); err != nil { // lost
		t.Fatal(err)
	}
	sloppy := strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(key, "-", " "), "0", "o"), "1", "l"))
	if err := Recover(dir, sloppy, []byte("new"), quick); err != nil {
		t.Fatal(err)
	}
	w, err := Open(dir, []byte("new"))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if _, err := w.Subject(t.Context(), "s_a"); err != nil {
		t.Error(err)
	}
	// The key stays good, and belongs to this vault alone.
	if err := Recover(dir, key, []byte("newer"), quick); err != nil {
		t.Error(err)
	}
	_, foreign := newTestVault(t)
	if err := copyFile(filepath.Join(dir, recoveryFile), filepath.Join(foreign, recoveryFile)); err != nil {
		t.Fatal(err)
	}
	if err := Recover(foreign, key, []byte("new"), quick); !errors.Is(err, ErrDamaged) {
		t.Errorf("another vault's recovery file: %v", err)
	}
	if _, err := Open(foreign, passphrase); err != nil {
		t.Errorf("the vault after a refused recovery: %v", err)
	}
}
