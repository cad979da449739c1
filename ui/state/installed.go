package state

import (
	"fmt"
	"strings"
)

// Installed is what of the program is there, and whether it is what it should be.
type Installed struct {
	Tool, System  string
	Vault, Assets string // folders; without a vault that is empty
	Files         []InstalledFile
}

// An InstalledFile is a model, list or font.
type InstalledFile struct {
	Name, SHA256, Package, Licence string
	State                          string // verified, missing, changed
}

// Good reports whether it is what it should be.
func (f InstalledFile) Good() bool { return f.State == "verified" }

// Bad are the files that are missing or changed.
func (i Installed) Bad() (fs []InstalledFile) {
	for _, f := range i.Files {
		if !f.Good() {
			fs = append(fs, f)
		}
	}
	return fs
}

// Text is all of it as it may be sent to somebody: a folder may hold a name, so that
// none is in it.
func (i Installed) Text() string {
	var b strings.Builder
	vault := "none"
	if i.Vault != "" {
		vault = "there"
	}
	fmt.Fprintf(&b, "%s, %s\nvault: %s\n", i.Tool, i.System, vault)
	for _, f := range i.Files {
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", f.Name, f.State, f.SHA256, f.Package)
	}
	return b.String()
}
