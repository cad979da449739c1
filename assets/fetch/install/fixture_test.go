package install

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"consentry/assets"
)

// TestMain lets the test program stand in for npm and pip: the installer runs
// it as a client, exactly as it runs the real ones.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "client" {
		os.Exit(client(os.Args[2], os.Args[3:]))
	}
	os.Exit(m.Run())
}

// client does what a package client does with the network left out.
func client(mode string, args []string) int {
	dest := args[slices.IndexFunc(args, func(a string) bool { return a == "--dest" || a == "--pack-destination" })+1]
	switch mode {
	case "copy", "twice":
		b, err := os.ReadFile(args[0])
		if err == nil {
			err = os.WriteFile(filepath.Join(dest, "archive"), b, 0o600)
		}
		if err == nil && mode == "twice" {
			err = os.WriteFile(filepath.Join(dest, "other"), b, 0o600)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return 0
	case "nothing":
		return 0
	case "full":
		os.WriteFile(filepath.Join(dest, "half"), []byte("half"), 0o600)
		fmt.Fprintln(os.Stderr, "npm error code ENOSPC")
		return 1
	}
	fmt.Fprintln(os.Stderr, "npm error code ECONNREFUSED\nnpm error advice")
	return 1
}

// clients gives clients that run in the given mode.
func clients(mode, archive string) Clients {
	c := []string{os.Args[0], "client", mode, archive}
	return Clients{NPM: c, Pip: c}
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// tgz packs files as npm does; a name with a trailing @ becomes a link.
func tgz(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	w := tar.NewWriter(z)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		body := files[name]
		h := &tar.Header{Name: name, Mode: 0o600, Size: int64(len(body)), Typeflag: tar.TypeReg}
		if link, ok := strings.CutSuffix(name, "@"); ok {
			h = &tar.Header{Name: link, Linkname: body, Typeflag: tar.TypeSymlink}
			body = ""
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// wheel packs files as pip's wheels are.
func wheel(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// content of the one package that most tests install.
const (
	model = "\x3a\x00" // an ONNX model with an empty graph
	words = "1\tword\n"
)

// fixture is a package with a plain file and a converted one, and its archive.
type fixture struct {
	*Installer
	archive string
}

func newFixture(t *testing.T, ecosystem string) fixture {
	t.Helper()
	files := map[string]string{"in/words.dic": words, "in/model.onnx": model, "../evil": "evil", "in/link@": "/etc/passwd"}
	var b []byte
	if ecosystem == assets.NPM {
		b = tgz(t, files)
	} else {
		delete(files, "in/link@")
		b = wheel(t, files)
	}
	archive := filepath.Join(t.TempDir(), "archive")
	if err := os.WriteFile(archive, b, 0o600); err != nil {
		t.Fatal(err)
	}
	lock := assets.Lock{Packages: []assets.Package{{
		Ecosystem: ecosystem, Name: "thing", Version: "1.0", Archive: digest(b), Size: int64(len(b)), Licence: "MIT", Purpose: "test",
		Files: []assets.Entry{
			{Name: "dic/words.dic", Path: "in/words.dic", SHA256: digest([]byte(words)), Size: int64(len(words))},
			{Name: "model.onnx", Convert: "free-dims", SHA256: digest([]byte(model)), Size: int64(len(model)),
				From: []assets.Member{{Path: "in/model.onnx", SHA256: digest([]byte(model))}}},
		},
	}}}
	in := &Installer{Lock: lock, Dir: filepath.Join(t.TempDir(), "models"), Cache: filepath.Join(t.TempDir(), "cache"), Platform: "linux/amd64"}
	in.Clients = clients("copy", archive)
	return fixture{in, archive}
}

// again is an installer of the same folders, as a later run would make it.
func (f fixture) again(c Clients) *Installer {
	return &Installer{Lock: f.Lock, Dir: f.Dir, Cache: f.Cache, Platform: f.Platform, Clients: c}
}

// tree lists every file below dir, without the stamp.
func tree(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir || d.Name() == stampName || d.IsDir() && !strings.HasPrefix(d.Name(), ".") {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		names = append(names, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func mustRead(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
