package install

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"consentry/assets"
)

// TestFailures checks what every failure must keep: one sentence that names
// the package and a remedy, nothing under a final name, nothing left over.
func TestFailures(t *testing.T) {
	other := strings.Repeat("0", 64)
	for name, tc := range map[string]struct {
		damage func(t *testing.T, f fixture)
		says   string // what happened
		remedy string
	}{
		"archive with a changed byte": {func(t *testing.T, f fixture) { flip(t, f.archive) },
			"the fetched archive has SHA-256", "do not trust the registry"},
		"archive in the cache with a changed byte": {func(t *testing.T, f fixture) {
			kept := filepath.Join(f.Cache, f.Lock.Packages[0].Archive+".tgz")
			if err := os.MkdirAll(f.Cache, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(kept, []byte(mustRead(t, f.archive)), 0o600); err != nil {
				t.Fatal(err)
			}
			flip(t, kept)
		}, "in the cache was damaged", "run again to fetch it afresh"},
		"file missing in the archive": {func(_ *testing.T, f fixture) { f.Lock.Packages[0].Files[0].Path = "in/none.dic" },
			"has no file in/none.dic", "correct the path in models.lock"},
		"link in place of a file": {func(_ *testing.T, f fixture) { f.Lock.Packages[0].Files[0].Path = "in/link" },
			"has no file in/link", "correct the path in models.lock"},
		"file with other bytes": {func(_ *testing.T, f fixture) { f.Lock.Packages[0].Files[0].SHA256 = other },
			"in/words.dic in the archive has other bytes", "restore models.lock"},
		"conversion with other bytes": {func(_ *testing.T, f fixture) { f.Lock.Packages[0].Files[1].SHA256 = other },
			"the conversion to model.onnx gave SHA-256", "program of the same version"},
		"conversion of something else": {func(_ *testing.T, f fixture) {
			f.Lock.Packages[0].Files[1].From = []assets.Member{{Path: "in/words.dic", SHA256: digest([]byte(words))}}
		}, "convert to model.onnx", "program of the same version"},
		"unknown conversion": {func(_ *testing.T, f fixture) { f.Lock.Packages[0].Files[1].Convert = "magic" },
			`no conversion "magic"`, "program of the same version"},
		"archive that is none": {func(t *testing.T, f fixture) {
			if err := os.WriteFile(f.archive, []byte("<html>"), 0o600); err != nil {
				t.Fatal(err)
			}
			f.Lock.Packages[0].Archive = digest([]byte("<html>"))
		}, "cannot be read", "delete it from the cache"},
		"cut archive": {func(t *testing.T, f fixture) {
			b := mustRead(t, f.archive)
			b = b[:len(b)/3]
			if err := os.WriteFile(f.archive, []byte(b), 0o600); err != nil {
				t.Fatal(err)
			}
			f.Lock.Packages[0].Archive = digest([]byte(b))
		}, "EOF", "cache and run again"},
		"unreachable registry": {func(_ *testing.T, f fixture) { f.Clients = clients("fail", "") },
			"could not fetch it (exit status 1; npm error code ECONNREFUSED)", "check the connection"},
		"disk full in the client": {func(_ *testing.T, f fixture) { f.Clients = clients("full", "") },
			"could not store the archive", "the disk is full: free"},
		"client without an archive": {func(_ *testing.T, f fixture) { f.Clients = clients("nothing", "") },
			"left 0 files instead of one", "run again"},
		"client with two archives": {func(_ *testing.T, f fixture) { f.Clients = clients("twice", f.archive) },
			"left 2 files instead of one", "run again"},
		"no client": {func(t *testing.T, f fixture) { f.Clients = Clients{}; t.Setenv("PATH", t.TempDir()) },
			"npm is not installed", "install Node.js"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, assets.NPM)
			tc.damage(t, f)
			err := f.Run(t.Context())
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range []string{"package thing 1.0: ", tc.says, tc.remedy} {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q lacks %q", err, want)
				}
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("error %q has more than one line", err)
			}
			for _, name := range tree(t, f.Dir) {
				if name != "dic/words.dic" { // the plain file is right whatever the converted one is
					t.Errorf("%s was left in the assets folder", name)
				} else if got := mustRead(t, filepath.Join(f.Dir, name)); got != words {
					t.Errorf("a wrong %s was installed: %q", name, got)
				}
			}
			for _, name := range tree(t, f.Cache) {
				if name != f.Lock.Packages[0].Archive+".tgz" {
					t.Errorf("%s was left in the cache", name)
				} else if got := digest([]byte(mustRead(t, filepath.Join(f.Cache, name)))); got+".tgz" != name {
					t.Errorf("a wrong archive is in the cache")
				}
			}
		})
	}
}

// TestFailureKeepsOldFiles: a run that fails takes nothing away.
func TestFailureKeepsOldFiles(t *testing.T) {
	f := newFixture(t, assets.PyPI)
	if err := f.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	next := f.again(clients("fail", ""))
	next.Lock.Packages = slices.Clone(f.Lock.Packages)
	next.Lock.Packages[0].Version = "2.0"
	next.Lock.Packages[0].Archive = strings.Repeat("1", 64)
	next.Lock.Packages[0].Files = slices.Clone(f.Lock.Packages[0].Files)
	next.Lock.Packages[0].Files[0].SHA256 = strings.Repeat("2", 64)
	if err := next.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "package thing 2.0: ") {
		t.Fatalf("error is %v", err)
	}
	if got := tree(t, f.Dir); !slices.Equal(got, installed) {
		t.Errorf("folder holds %q, want %q", got, installed)
	}
	if got := mustRead(t, filepath.Join(f.Dir, "dic", "words.dic")); got != words {
		t.Errorf("words are %q", got)
	}
}

func TestInterrupted(t *testing.T) {
	f := newFixture(t, assets.NPM)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := f.Run(ctx); !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "run again") {
		t.Errorf("error is %v", err)
	}
	if got := tree(t, f.Dir); len(got) > 0 {
		t.Errorf("left %q", got)
	}
}

// TestUnwritable puts a file where a folder has to be.
func TestUnwritable(t *testing.T) {
	f := newFixture(t, assets.NPM)
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(f.Dir, "dic"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	err := f.Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "package thing 1.0: ") || !strings.Contains(err.Error(), "check the folder's permissions") {
		t.Errorf("error is %v", err)
	}
	if got := tree(t, f.Dir); !slices.Equal(got, []string{"dic"}) {
		t.Errorf("folder holds %q", got)
	}
}

func TestRemedy(t *testing.T) {
	full := fmt.Errorf("extract: %w", &os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC})
	if got := remedy(full, "other"); got != diskFull {
		t.Errorf("full disk: %q", got)
	}
	if got := remedy(os.ErrPermission, "other"); got != "other" {
		t.Errorf("permission: %q", got)
	}
}

// flip changes one byte in the middle of a file.
func flip(t *testing.T, path string) {
	t.Helper()
	b := []byte(mustRead(t, path))
	b[len(b)/2] ^= 1
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
