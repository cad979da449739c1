package screens

import (
	"fyne.io/fyne/v2"

	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// A Hit is something that the search over everything leads to.
type Hit struct {
	Icon        icons.Name
	Title, Note string
	Key         string // of a command
	Go          func()
}

// Palette finds people, cases and commands while typing.
type Palette struct {
	*chooser
	Content fyne.CanvasObject

	hits []Hit
}

// NewPalette asks where to go; find is asked at every letter.
func NewPalette(w *i18n.Words, find func(query string) []Hit, cancel func()) *Palette {
	t := theme.Current()
	p := &Palette{}
	p.chooser = newChooser(w.T("palette.hint"), w.T("palette.none"), func(q string) int {
		p.hits = find(q)
		return len(p.hits)
	}, func(i int, r *widgets.Row, current bool) {
		h := p.hits[i]
		r.SetTag("", icons.Case, t.Hide)
		r.SetIcon(h.Icon, t.Muted)
		r.Set(h.Title, h.Note, h.Key, current)
	}, func(i int) {
		cancel()
		p.hits[i].Go()
	}, cancel)
	p.Content = widgets.Room(t.Px(560), t.Px(440), widgets.Border(widgets.VBox(theme.S8, p.Query, p.none), nil, nil, nil, widgets.Pad(p.List, theme.S8, 0)))
	return p
}

// Hits are what was found, for tests.
func (p *Palette) Hits() []Hit { return p.hits }
