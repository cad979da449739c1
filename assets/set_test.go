package assets

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// small is a set of three files: right, of other bytes, and missing.
func small(t *testing.T) (*Set, string) {
	t.Helper()
	entry := func(name, platform, content string) Entry {
		sum := sha256.Sum256([]byte(content))
		return Entry{Name: name, Platform: platform, SHA256: hex.EncodeToString(sum[:]), Size: int64(len(content))}
	}
	lock := Lock{Packages: []Package{{Name: "thing", Version: "1.0", Licence: "MIT", Purpose: "test", Files: []Entry{
		entry("onnxruntime/lib.so", platform(), "library"),
		entry("onnxruntime/other.so", "plan9/mips", "elsewhere"),
		entry("changed", "", "right"),
		entry("longer", "", "right"),
		entry("missing", "", "right"),
		entry("folder", "", "right"),
	}}}}
	dir := t.TempDir()
	for name, content := range map[string]string{"onnxruntime/lib.so": "library", "changed": "wrong", "longer": "right and more"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := OpenLock(dir, lock)
	if err != nil {
		t.Fatal(err)
	}
	return s, dir
}

func TestSet(t *testing.T) {
	s, dir := small(t)
	for name, want := range map[string]error{
		"onnxruntime/lib.so":   nil,
		"onnxruntime/other.so": fs.ErrNotExist,
		"changed":              ErrDigest,
		"longer":               ErrDigest,
		"folder":               ErrDigest,
		"missing":              fs.ErrNotExist,
		"unknown":              fs.ErrNotExist,
		"../changed":           fs.ErrNotExist,
	} {
		b, err := s.Read(name)
		if !errors.Is(err, want) || (err == nil) != (b != nil) {
			t.Errorf("Read(%q) gave %d bytes and %v, want %v", name, len(b), err, want)
		}
		path, err := s.Path(name)
		if !errors.Is(err, want) || (err == nil) != (path != "") {
			t.Errorf("Path(%q) = %q, %v, want %v", name, path, err, want)
		}
		if err != nil && !strings.Contains(err.Error(), name) {
			t.Errorf("error %q does not name the file", err)
		}
	}
	if path, err := s.Library(); err != nil || path != filepath.Join(dir, "onnxruntime", "lib.so") {
		t.Errorf("Library() = %q, %v", path, err)
	}
	if got := s.Digest("changed"); len(got) != 64 || s.Digest("unknown") != "" {
		t.Errorf("Digest gave %q", got)
	}
	present := map[string]bool{}
	for _, f := range s.Files() {
		present[f.Name] = f.Present
		if f.Package != "thing" || f.Version != "1.0" || f.Licence != "MIT" || f.SHA256 != s.Digest(f.Name) {
			t.Errorf("file %+v is incomplete", f)
		}
	}
	if len(present) != 5 || !present["onnxruntime/lib.so"] || present["missing"] || present["folder"] || present["longer"] {
		t.Errorf("files present: %v", present)
	}
	if err := os.Remove(filepath.Join(dir, "onnxruntime", "lib.so")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Library(); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "make assets") {
		t.Errorf("missing library: %v", err)
	}
}

func TestNoLibrary(t *testing.T) {
	s, err := OpenLock(t.TempDir(), Lock{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Library(); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("error is %v", err)
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, ErrNoFolder) {
		t.Errorf("Open of no folder: %v", err)
	}
}

func TestDir(t *testing.T) {
	root := t.TempDir()
	inner := filepath.Join(root, "some", "room")
	for _, dir := range []string{inner, filepath.Join(root, "assets")} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"go.mod", "assets/models.lock"} {
		if err := os.WriteFile(filepath.Join(root, file), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(inner)
	t.Setenv(Variable, "")
	if _, err := Dir(); !errors.Is(err, ErrNoFolder) || !strings.Contains(err.Error(), "make assets") {
		t.Errorf("before the fetch: %v", err)
	}
	models := filepath.Join(root, "assets", "models")
	if err := os.Mkdir(models, 0o700); err != nil {
		t.Fatal(err)
	}
	if got, err := Dir(); err != nil || !same(t, got, models) {
		t.Errorf("in a checkout: %q, %v", got, err)
	}
	t.Setenv(Variable, inner)
	if got, err := Dir(); err != nil || !same(t, got, inner) {
		t.Errorf("by the variable: %q, %v", got, err)
	}
	t.Setenv(Variable, filepath.Join(root, "none"))
	if _, err := Dir(); !errors.Is(err, ErrNoFolder) || !strings.Contains(err.Error(), Variable) {
		t.Errorf("wrong variable: %v", err)
	}
}

func same(t *testing.T, a, b string) bool {
	t.Helper()
	x, err := os.Stat(a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := os.Stat(b)
	if err != nil {
		t.Fatal(err)
	}
	return os.SameFile(x, y)
}

// TestModels reads every file of the real assets folder.
func TestModels(t *testing.T) {
	dir, err := Dir()
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range s.Files() {
		if _, err := s.Path(f.Name); err != nil || !f.Present {
			t.Errorf("%s: present %v, %v", f.Name, f.Present, err)
		}
	}
	if _, err := s.Library(); err != nil {
		t.Error(err)
	}
}

func TestEmbeddedFiles(t *testing.T) {
	rules, err := fs.ReadFile(Rules(), "rulepack.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var pack struct {
		Pack struct {
			ID string `yaml:"id"`
		} `yaml:"pack"`
	}
	if err := yaml.Unmarshal(rules, &pack); err != nil || pack.Pack.ID == "" {
		t.Errorf("rule pack %q: %v", pack.Pack.ID, err)
	}
	for name, size := range map[string]int{"icon-64.png": 64, "icon-512.png": 512} {
		b, err := fs.ReadFile(Icons(), name)
		if err != nil {
			t.Fatal(err)
		}
		if c, err := png.DecodeConfig(bytes.NewReader(b)); err != nil || c.Width != size || c.Height != size {
			t.Errorf("%s is %d×%d: %v", name, c.Width, c.Height, err)
		}
	}
	svg, err := fs.ReadFile(Icons(), "icon.svg")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct{ XMLName xml.Name }
	if err := xml.Unmarshal(svg, &doc); err != nil || doc.XMLName.Local != "svg" {
		t.Errorf("icon.svg is %q: %v", doc.XMLName.Local, err)
	}
}
