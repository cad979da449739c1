package wiring

import (
	"runtime"

	"consentry/assets"
)

// Installed is what of the program is there, and whether it is what it should be. It
// holds nothing of a vault but its folder.
type Installed struct {
	Tool   string // program and version
	System string
	Vault  string // folder; empty: there is none yet
	Assets string // folder
	Files  []InstalledFile
}

// An InstalledFile is one that the program needs: a model, a list, a font.
type InstalledFile struct {
	assets.File
	State string `json:"state"` // present, verified, missing, wrong digest
}

// Good reports whether a file is as it should be, as far as it was looked at.
func (f InstalledFile) Good() bool { return f.State == "present" || f.State == "verified" }

// Bad is how many files are missing or changed.
func (i Installed) Bad() int {
	n := 0
	for _, f := range i.Files {
		if !f.Good() {
			n++
		}
	}
	return n
}

// Doctor looks at what is installed; dir is the vault's folder. verify computes every
// digest anew, which takes seconds.
func Doctor(dir string, verify bool) (Installed, error) {
	i := Installed{Tool: Tool(), System: runtime.GOOS + "/" + runtime.GOARCH}
	if Exists(dir) {
		i.Vault = dir
	}
	where, err := assets.Dir()
	if err != nil {
		return i, err
	}
	i.Assets = where
	set, err := assets.Open(where)
	if err != nil {
		return i, err
	}
	for _, f := range set.Files() {
		x := InstalledFile{f, "present"}
		switch {
		case !f.Present:
			x.State = "missing"
		case verify:
			x.State = "verified"
			if _, err := set.Path(f.Name); err != nil {
				x.State = "wrong digest"
			}
		}
		i.Files = append(i.Files, x)
	}
	return i, nil
}
