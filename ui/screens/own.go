package screens

import (
	"strings"

	"fyne.io/fyne/v2"

	"consentry/ui/i18n"
	"consentry/ui/state"
)

// Owns shows the files of the owner's that add to what ships.
type Owns struct{ *listing }

// NewOwns is the sheet over them; kept says which there are.
func NewOwns(w *i18n.Words, kept map[state.Own]string, may bool, use, try, see, drop func(state.Own), cancel func()) *Owns {
	s := &Owns{newListing(w, w.T("own.title"), w.T("own.what"), cancel)}
	var lines []fyne.CanvasObject
	for _, o := range state.Owns {
		about, has := w.T("own.none"), kept[o] != ""
		if has {
			about = w.T("own.kept", "n", strings.Count(kept[o], "\n")+1)
		}
		lines = append(lines, s.line(w.T("own.is."+string(o)), w.T("own.what."+string(o))+"\n"+about, nil,
			s.do("own.use", may, func() { use(o) }), s.do("own.try", true, func() { try(o) }), s.do("own.see", has, func() { see(o) }), s.do("own.drop", may && has, func() { drop(o) })))
	}
	s.set("", lines...)
	return s
}
