// Package icons holds the window's icons: 24 × 24 strokes, drawn for this
// project, painted in whatever colour a token asks for.
package icons

import (
	"embed"
	"fmt"
	"image/color"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
)

//go:embed svg
var files embed.FS

// A Name is an icon's file name without its ending.
type Name string

// The icons in use.
const (
	Home    Name = "home"
	Case    Name = "case"
	People  Name = "people"
	Person  Name = "person"
	Gear    Name = "gear"
	Hide    Name = "hide"
	Ask     Name = "ask"
	Show    Name = "show"
	Lock    Name = "lock"
	Offline Name = "off"
	Photo   Name = "photo"
	Doc     Name = "doc"
	Undo    Name = "undo"
	Redo    Name = "redo"
	Fit     Name = "fit"
	Draw    Name = "draw"
	Split   Name = "split"
	Search  Name = "search"
	Warn    Name = "warn"
	Right   Name = "right"
	Left    Name = "left"
	Drop    Name = "sub"
	Org     Name = "org"
	Seal    Name = "seal"
	Stamp   Name = "stamp"
	Globe   Name = "globe"
	Plus    Name = "plus"
	Clock   Name = "clock"
	Mail    Name = "mail"
	None    Name = "none"
	Grid    Name = "grid"
	Tick    Name = "tick"
	Cross   Name = "cross"
	Note    Name = "note"
	Keys    Name = "keys"
)

// painted keeps the icons painted so far: a resource is known by its name, and
// Fyne keeps its pixels by that name too.
var painted sync.Map

// In gives an icon in a colour. A name without a file is a programming error
// and panics, so that a test of any screen that uses it fails.
func In(n Name, c color.Color) fyne.Resource {
	r, g, b, _ := c.RGBA()
	hex := fmt.Sprintf("#%02X%02X%02X", r>>8, g>>8, b>>8)
	key := string(n) + hex
	if res, ok := painted.Load(key); ok {
		return res.(fyne.Resource)
	}
	svg, err := files.ReadFile("svg/" + string(n) + ".svg")
	if err != nil {
		panic(err)
	}
	s := strings.ReplaceAll(string(svg), "#000000", hex)
	res := fyne.NewStaticResource(strings.ReplaceAll(key, "#", "-")+".svg", []byte(s))
	painted.Store(key, res)
	return res
}
