package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"consentry/assets"
)

// Whatever keeps the vault shut is told in one sentence, nothing is written, and
// nothing waits for an answer that cannot come.
func TestVaultStaysShut(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.write("wrong", "another battery\n")
	b.write("empty", "")
	b.write("file", "no vault\n")
	vault := "data/consentry/vault"
	for _, name := range []string{"newer-key", "newer-schema"} {
		if err := os.CopyFS(b.path(name), os.DirFS(b.path(vault))); err != nil {
			t.Fatal(err)
		}
	}
	key, err := os.ReadFile(b.path(vault + "/vault.key"))
	if err != nil {
		t.Fatal(err)
	}
	format, rest, _ := strings.Cut(string(key), "\n")
	if !strings.HasSuffix(format, "/1") {
		t.Fatalf("the key file's first line is %q", format)
	}
	b.write("newer-key/vault.key", strings.TrimSuffix(format, "1")+"2\n"+rest)
	db, err := sql.Open("sqlite", b.path("newer-schema/vault.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`insert into schema_version (version_id, is_applied) select max(version_id) + 1, true from schema_version`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before := b.files(".")
	for _, c := range []struct {
		name  string
		env   string
		vault string
		words []string
	}{
		{"wrong passphrase", "CONSENTRY_PASSPHRASE_FILE=wrong", "", []string{"passphrase does not open this vault"}},
		{"passphrase file missing", "CONSENTRY_PASSPHRASE_FILE=absent", "", []string{"passphrase file", "absent"}},
		{"passphrase file empty", "CONSENTRY_PASSPHRASE_FILE=empty", "", []string{"passphrase file", "empty"}},
		{"no terminal", "CONSENTRY_PASSPHRASE_FILE=", "", []string{"needs its passphrase", "CONSENTRY_PASSPHRASE_FILE"}},
		{"newer key file", "", "newer-key", []string{"newer version"}},
		{"newer schema", "", "newer-schema", []string{"newer version"}},
		{"a file for a folder", "", "file", []string{"not a directory"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, args := range [][]string{clearArgs("out", "in"), {"subject", "list"}} {
				if c.vault != "" {
					args = append(args, "--vault", c.vault)
				}
				b.with(c.env).run(args...).refused(t, c.words...)
			}
		})
	}
	if after := b.files("."); len(after) != len(before) {
		t.Errorf("something was written: %d files, %d before", len(after), len(before))
	}
}

// An asset with one changed byte, or none at all, is named; nothing is written.
func TestTamperedAssets(t *testing.T) {
	b := newBench(t)
	models, err := assets.Dir()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"centerface.onnx", "onnxruntime/libonnxruntime.so.1", "lac/encoder.onnx", "lac/word.dic",
		"spacy-md.bin", "dlib-resnet.onnx", "fonts/NotoSansSC-Regular.ttf",
	} {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			whole, err := os.ReadFile(filepath.Join(models, name))
			if err != nil {
				t.Fatal(err)
			}
			whole[len(whole)/2] ^= 1
			for _, c := range []struct {
				what string
				data []byte
			}{{"wrong digest", whole}, {"missing", nil}} {
				dir := linkedAssets(t, models, name, c.data)
				out := filepath.Join(t.TempDir(), "out")
				own := *b
				own.t = t
				r := own.with("CONSENTRY_ASSETS="+dir).clear(out, "in")
				r.refused(t, name, "make assets")
				if _, err := os.Stat(out); err == nil {
					t.Errorf("%s: something was written", c.what)
				}
			}
		})
	}
}

// linkedAssets is a folder of links to the assets, one of them replaced by a
// file of its own. The link is never made, so that nothing writes through it.
func linkedAssets(t *testing.T, models, changed string, data []byte) string {
	t.Helper()
	dir := t.TempDir()
	set, err := assets.Open(models)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range set.Files() {
		to := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		switch {
		case f.Name != changed:
			err = os.Symlink(filepath.Join(models, f.Name), to)
		case data != nil:
			err = os.WriteFile(to, data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Ctrl-C in the middle keeps what is done; the next run goes on from there.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	models, err := assets.Dir()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []string{"5", "6"} { // the texts come before these, and these take a while
		data, err := os.ReadFile(filepath.Join(models, "samples", "sample"+n+".jpg"))
		if err != nil {
			t.Fatal(err)
		}
		b.writeBytes("in/z"+n+".jpg", data)
	}
	c := b.cmd(t.Context(), clearArgs("out", "in")...)
	var said strings.Builder
	c.Stderr = &said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	// The case is saved, then each scan: the vault's log grows.
	ended := make(chan struct{})
	go func() { c.Wait(); close(ended) }()
	grown, size := 0, int64(0)
	for grown < 4 {
		select {
		case <-ended:
			t.Fatalf("the run ended by itself: %s", said.String())
		case <-time.After(time.Millisecond):
		}
		if fi, err := os.Stat(b.path("data/consentry/vault/vault.db-wal")); err == nil && fi.Size() > size {
			grown, size = grown+1, fi.Size()
		}
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	select {
	case <-ended:
	case <-time.After(patience):
		_ = c.Process.Kill()
		t.Fatal("the interrupted run does not end")
	}
	r := result{c.ProcessState.ExitCode(), "", said.String()}
	r.refused(t, "what is done is kept")
	if got := b.files("out"); len(got) > 0 {
		t.Errorf("the interrupted run wrote %d files", len(got))
	}
	again := b.clear("out", "in")
	if again.code != exitDone || !strings.Contains(again.stdout, `"reused_scans":`) || strings.Contains(again.stdout, `"reused_scans":0`) {
		t.Errorf("the rerun does not go on from there: exit code %d, %s%s", again.code, again.stdout, again.stderr)
	}
}
