// Package assets knows the model, font and library files that Consentry runs
// with. Files too large for the repository are named in models.lock, put into
// an assets folder by the program in assets/fetch, and checked against the lock
// each time they are loaded; small ones (rule packs, icons, forms) are embedded.
package assets

import (
	"embed"
	"io/fs"
)

//go:embed models.lock
var lockFile []byte

//go:embed rules icons forms
var embedded embed.FS

// Rules gives the embedded rule packs; rulepack.yaml is the one in force.
func Rules() fs.FS { return folder("rules") }

// Icons gives the embedded application icons: icon.svg, icon-64.png, icon-512.png.
func Icons() fs.FS { return folder("icons") }

// Forms gives the embedded templates of letters and forms, and fields.yaml, which
// lists their fields.
func Forms() fs.FS { return folder("forms") }

func folder(name string) fs.FS {
	sub, err := fs.Sub(embedded, name)
	if err != nil { // only for an invalid path, and the names are constants
		panic(err)
	}
	return sub
}
