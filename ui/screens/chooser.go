package screens

import (
	"fyne.io/fyne/v2"

	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// chooser is a field over a list of what fits it: arrows move in the list, Enter takes
// what is current, Esc gives up.
type chooser struct {
	Query *entry
	List  *widgets.List
	none  *widgets.Label // where nothing fits

	at, n int
	find  func(query string) int
	take  func(int)
}

// newChooser asks find how many fit at every change, row to draw them, and take for
// what was chosen. It says none where nothing fits.
func newChooser(hint, none string, find func(query string) int, row func(i int, r *widgets.Row, current bool), take func(int), cancel func()) *chooser {
	c := &chooser{Query: newEntry(hint), find: find, take: take}
	c.List = widgets.NewList(func() int { return c.n }, func(i int, r *widgets.Row) {
		row(i, r, i == c.at)
		r.Refresh()
	}, func(i int) {
		c.at = i
		c.choose()
	})
	c.Query.OnChanged = c.look
	c.Query.OnSubmitted = func(string) { c.choose() }
	c.Query.escape = cancel
	c.Query.arrow = func(k fyne.KeyName) bool {
		switch k {
		case fyne.KeyDown:
			c.at = min(c.at+1, c.n-1)
		case fyne.KeyUp:
			c.at = max(c.at-1, 0)
		default:
			return false
		}
		c.List.ScrollTo(c.at)
		c.List.Refresh()
		return true
	}
	c.none = widgets.NewCutLabel(none, theme.Note, false, theme.Current().Muted)
	c.look("")
	return c
}

func (c *chooser) look(query string) {
	c.n, c.at = c.find(query), 0
	c.none.Hidden = c.n > 0
	c.List.UnselectAll()
	c.List.Refresh()
}

func (c *chooser) choose() {
	if c.at >= 0 && c.at < c.n {
		c.take(c.at)
	}
}
