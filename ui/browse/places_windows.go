package browse

import (
	"os"

	"golang.org/x/sys/windows"
)

func hidden(path string) bool {
	p, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return false
	}
	a, err := windows.GetFileAttributes(p)
	return err == nil && a&(windows.FILE_ATTRIBUTE_HIDDEN|windows.FILE_ATTRIBUTE_SYSTEM) != 0
}

// Places are those of the person, wherever the system keeps them, then the drives.
func Places() []Place {
	var all []Place
	for _, d := range []struct {
		key string
		id  *windows.KNOWNFOLDERID
	}{
		{"home", windows.FOLDERID_Profile}, {"desktop", windows.FOLDERID_Desktop}, {"documents", windows.FOLDERID_Documents},
		{"downloads", windows.FOLDERID_Downloads}, {"pictures", windows.FOLDERID_Pictures},
	} {
		if dir, err := windows.KnownFolderPath(d.id, windows.KF_FLAG_DEFAULT); err == nil {
			all = append(all, Place{Key: d.key, Dir: dir})
		}
	}
	if len(all) == 0 {
		if home, err := os.UserHomeDir(); err == nil {
			all = append(all, Place{Key: "home", Dir: home})
		}
	}
	all = there(all)
	drives, _ := windows.GetLogicalDrives()
	for i := range 26 {
		if drives&(1<<i) != 0 { // not looked into: an empty reader takes seconds
			name := string(rune('A'+i)) + ":"
			all = append(all, Place{Name: name, Dir: name + `\`})
		}
	}
	return all
}
