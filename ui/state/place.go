package state

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
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
		if _, err := os.Stat(filepath.Join(dir, "bundle", "SHA256SUMS")); err == nil {
			return dir
		}
	}
}
