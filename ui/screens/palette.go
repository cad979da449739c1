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
	Content fyne.CanvasObject
	Query   *entry
	List    *widgets.List

	hits []Hit
	at   int
}

// NewPalette asks where to go; find is asked at every letter.
func NewPalette(w *i18n.Words, find func(query string) []Hit, cancel func()) *Palette {
	t := theme.Current()
	p := &Palette{Query: newEntry(w.T("palette.hint"))}
	p.List = widgets.NewList(func() int { return len(p.hits) }, func(i int, r *widgets.Row) {
		h := p.hits[i]
		r.SetTag("", icons.Case, t.Hide)
		r.SetIcon(h.Icon, t.Muted)
		r.Set(h.Title, h.Note, h.Key, i == p.at)
	}, func(i int) {
		p.at = i
		p.choose(cancel)
	})
	look := func(q string) {
		p.hits, p.at = find(q), 0
		p.List.UnselectAll()
		p.List.Refresh()
	}
	p.Query.OnChanged = look
	p.Query.OnSubmitted = func(string) { p.choose(cancel) }
	p.Query.escape = cancel
	p.Query.arrow = func(k fyne.KeyName) bool {
		switch k {
		case fyne.KeyDown:
			p.at = min(p.at+1, len(p.hits)-1)
		case fyne.KeyUp:
			p.at = max(p.at-1, 0)
		default:
			return false
		}
		p.List.ScrollTo(p.at)
		p.List.Refresh()
		return true
	}
	look("")
	p.Content = widgets.Room(t.Px(560), t.Px(440), widgets.Border(p.Query, nil, nil, nil, widgets.Pad(p.List, theme.S8, 0)))
	return p
}

func (p *Palette) choose(close func()) {
	if p.at >= 0 && p.at < len(p.hits) {
		close()
		p.hits[p.at].Go()
	}
}

// Hits are what was found, for tests.
func (p *Palette) Hits() []Hit { return p.hits }
