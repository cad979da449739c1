//go:build !windows

package browse

import (
	"bufio"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strings"
)

func hidden(path string) bool { return strings.HasPrefix(filepath.Base(path), ".") }

// Places are those of the person, as the system names them, then disks that are
// plugged in.
func Places() []Place {
	home, err := os.UserHomeDir()
	if err != nil {
		return there(disks("/"))
	}
	dirs := map[string]string{"DESKTOP": "Desktop", "DOCUMENTS": "Documents", "DOWNLOAD": "Downloads", "PICTURES": "Pictures"}
	if runtime.GOOS != "darwin" {
		userDirs(home, dirs)
	}
	all := []Place{{Key: "home", Dir: home}}
	for _, d := range []struct{ name, key string }{{"DESKTOP", "desktop"}, {"DOCUMENTS", "documents"}, {"DOWNLOAD", "downloads"}, {"PICTURES", "pictures"}} {
		dir := dirs[d.name]
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(home, dir)
		}
		all = append(all, Place{Key: d.key, Dir: dir})
	}
	roots := []string{"/Volumes", "/mnt"}
	if u, err := user.Current(); err == nil {
		roots = append(roots, filepath.Join("/media", u.Username), filepath.Join("/run/media", u.Username))
	}
	return there(append(all, disks(roots...)...))
}

// userDirs reads what the person's folders are called on this desktop
// (freedesktop.org, xdg-user-dirs: lines such as XDG_PICTURES_DIR="$HOME/图片").
func userDirs(home string, dirs map[string]string) {
	config := os.Getenv("XDG_CONFIG_HOME")
	if config == "" {
		config = filepath.Join(home, ".config")
	}
	f, err := os.Open(filepath.Join(config, "user-dirs.dirs"))
	if err != nil {
		return
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		key, value, _ := strings.Cut(strings.TrimSpace(s.Text()), "=")
		key = strings.TrimSuffix(strings.TrimPrefix(key, "XDG_"), "_DIR")
		if _, ok := dirs[key]; ok {
			dirs[key] = filepath.Clean(strings.Replace(strings.Trim(value, `"`), "$HOME", home, 1))
		}
	}
}
