package state

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"consentry/internal/casework"
)

// Title is a case's first title: the name of the first path, without its ending.
func Title(paths []string) string {
	if len(paths) == 0 {
		return ""
	}
	base := filepath.Base(filepath.Clean(paths[0]))
	if st, err := os.Stat(paths[0]); err == nil && st.IsDir() {
		return base
	}
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// photoEndings are those of the photos that cameras and telephones write.
var photoEndings = []string{".jpg", ".jpeg", ".heic", ".heif", ".png", ".webp", ".tif", ".tiff"}

// IsPhoto reports whether a file is a photo by its name.
func IsPhoto(name string) bool {
	return slices.Contains(photoEndings, strings.ToLower(filepath.Ext(name)))
}

// Photos reports whether paths are photos, or folders that hold nothing else: those of
// an event, as a rule. Only what lies in a folder itself is looked at.
func Photos(paths []string) bool {
	any := false
	photo := func(name string) bool {
		any = true
		return IsPhoto(name)
	}
	for _, p := range paths {
		st, err := os.Stat(p)
		if err != nil {
			return false
		}
		if !st.IsDir() {
			if !photo(p) {
				return false
			}
			continue
		}
		names, err := os.ReadDir(p)
		if err != nil {
			return false
		}
		for _, n := range names {
			if !n.IsDir() && !strings.HasPrefix(n.Name(), ".") && !photo(n.Name()) {
				return false
			}
		}
	}
	return any
}

// packageSuffix marks a folder as a package of ours.
const packageSuffix = "-consentry"

// PackageFolder is where a case's package goes unless someone says otherwise: a
// folder of its own beside the first path. A folder that is there already is
// used again only where it holds a package.
func PackageFolder(paths []string) string {
	if len(paths) == 0 {
		return ""
	}
	abs, err := filepath.Abs(paths[0])
	if err != nil {
		return ""
	}
	base := filepath.Join(filepath.Dir(abs), Title(paths)+packageSuffix)
	for i := 1; ; i++ {
		dir := base
		if i > 1 {
			dir = fmt.Sprintf("%s-%d", base, i)
		}
		if _, err := os.Stat(dir); os.IsNotExist(err) {
			return dir
		}
		if casework.IsPackage(dir) {
			return dir
		}
	}
}

// KeptFolder is the package folder of a kept case: the one it has, or one beside its
// first file, or beside the folder that was taken in as a whole.
func KeptFolder(c casework.Case) string {
	switch {
	case c.Out != "":
		return c.Out
	case len(c.Assets) == 0:
		return ""
	}
	dir := filepath.Dir(c.Assets[0].Path)
	if filepath.Base(dir) == c.Title {
		return PackageFolder([]string{dir})
	}
	return PackageFolder([]string{filepath.Join(dir, c.Title)})
}
