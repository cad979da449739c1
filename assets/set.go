package assets

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
)

// ErrDigest is wrapped when a file has other bytes than models.lock says.
var ErrDigest = errors.New("wrong digest")

// Set is the files of one assets folder on the running platform. It is safe
// for concurrent use.
type Set struct {
	dir   string
	lock  Lock
	index map[string]Entry
}

// File describes one file of a Set.
type File struct {
	Name    string `json:"name"` // slash-separated, relative to the assets folder
	SHA256  string `json:"sha256"`
	Size    int64  `json:"size"` // bytes
	Licence string `json:"licence"`
	Package string `json:"package"`
	Version string `json:"version"`
	Purpose string `json:"purpose"`
	Present bool   `json:"present"` // a file of that size is there; its digest was not checked
}

// Open opens the assets folder dir, as found by Dir. Files are read and
// checked when they are asked for, so a missing one is told then.
func Open(dir string) (*Set, error) {
	lock, err := Embedded()
	if err != nil {
		return nil, err
	}
	return OpenLock(dir, lock)
}

// OpenLock opens the assets folder dir with another lock than the embedded one.
func OpenLock(dir string, lock Lock) (*Set, error) {
	if !isDir(dir) {
		return nil, fmt.Errorf("%w: %q is not a folder: run `make assets`", ErrNoFolder, dir)
	}
	s := &Set{dir: dir, lock: lock, index: map[string]Entry{}}
	for _, p := range lock.Packages {
		for _, e := range p.Files {
			if e.On(platform()) {
				s.index[e.Name] = e
			}
		}
	}
	return s, nil
}

// Read gives the bytes of a file after checking them against the lock.
// The error wraps ErrDigest when they differ and fs.ErrNotExist when the file
// is missing or not in the lock.
func (s *Set) Read(name string) ([]byte, error) {
	f, e, err := s.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, e.Size)
	if _, err := io.ReadFull(f, b); err != nil {
		return nil, fmt.Errorf("read asset %s: %w", name, err)
	}
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != e.SHA256 {
		return nil, digestError(name)
	}
	return b, nil
}

// Path gives the place of a file, for libraries that open it themselves, after
// checking its bytes against the lock. Errors are those of Read.
func (s *Set) Path(name string) (string, error) {
	f, e, err := s.open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", fmt.Errorf("read asset %s: %w", name, err)
	}
	if hex.EncodeToString(h.Sum(nil)) != e.SHA256 {
		return "", digestError(name)
	}
	return filepath.Join(s.dir, filepath.FromSlash(name)), nil
}

// Digest gives the SHA-256, in lower-case hex, that the lock demands of a
// file; empty for a name that the lock does not know.
func (s *Set) Digest(name string) string { return s.index[name].SHA256 }

// Library gives the place of the ONNX Runtime shared library for the running
// platform, checked against the lock.
func (s *Set) Library() (string, error) {
	for name, e := range s.index {
		if e.Platform != "" && path.Dir(name) == "onnxruntime" {
			return s.Path(name)
		}
	}
	return "", fmt.Errorf("no ONNX Runtime library for %s: %w", platform(), errors.ErrUnsupported)
}

// Files lists what belongs on the running platform, in the lock's order.
func (s *Set) Files() []File {
	var files []File
	for _, p := range s.lock.Packages {
		for _, e := range p.Files {
			if !e.On(platform()) {
				continue
			}
			info, err := os.Stat(filepath.Join(s.dir, filepath.FromSlash(e.Name)))
			files = append(files, File{
				Name: e.Name, SHA256: e.SHA256, Size: e.Size,
				Licence: p.Licence, Package: p.Name, Version: p.Version, Purpose: p.Purpose,
				Present: err == nil && info.Mode().IsRegular() && info.Size() == e.Size,
			})
		}
	}
	return files
}

// open opens a file that has the size that the lock demands.
func (s *Set) open(name string) (*os.File, Entry, error) {
	e, ok := s.index[name]
	if !ok {
		return nil, e, fmt.Errorf("asset %q is not in models.lock for %s: %w", name, platform(), fs.ErrNotExist)
	}
	f, err := os.Open(filepath.Join(s.dir, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, e, fmt.Errorf("asset %s is missing (%w): run `make assets`", name, fs.ErrNotExist)
	}
	if err != nil {
		return nil, e, fmt.Errorf("open asset %s: %w", name, err)
	}
	info, err := f.Stat()
	if err == nil && (!info.Mode().IsRegular() || info.Size() != e.Size) {
		err = digestError(name)
	}
	if err != nil {
		f.Close()
		return nil, e, err
	}
	return f, e, nil
}

func digestError(name string) error {
	return fmt.Errorf("asset %s does not have the bytes that models.lock names (%w): run `make assets` to restore it", name, ErrDigest)
}

func platform() string { return runtime.GOOS + "/" + runtime.GOARCH }
