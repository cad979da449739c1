package theme

import (
	_ "unsafe" // for go:linkname

	"fyne.io/fyne/v2"
	"github.com/go-text/typesetting/shaping"
)

// shaper is the one with which Fyne sets all text. It keeps every font that it ever
// met. A change of look or size makes Fyne read both of ours anew, and each takes 75 MB
// with its 30,000 characters. There is no other way to have it forget (Fyne 2.8,
// typesetting 0.3.4).
//
//go:linkname shaper fyne.io/fyne/v2/internal/painter.shaper
var shaper *shaping.HarfbuzzShaper

// Wear sets a theme, on the window's goroutine. The fonts of the one before are
// forgotten.
func (t *Theme) Wear(s fyne.Settings) {
	if shaper != nil {
		*shaper = shaping.HarfbuzzShaper{}
	}
	s.SetTheme(t)
}
