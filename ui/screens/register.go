package screens

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// registerWidth is the width of the room's list at 100 %.
const registerWidth = 320

// SetCounts shows the filters with how many each keeps; without counts, only their
// words.
func (r *Registry) SetCounts(n map[state.PeopleFilter]int) {
	r.counts = n
	var chips []fyne.CanvasObject
	for _, f := range state.PeopleFilters {
		text, icon := r.words.T("people."+string(f)), icons.Name("")
		if n != nil {
			text = fmt.Sprintf("%s %d", text, n[f])
		}
		if f == state.LapsesSoon {
			icon = icons.Clock
		}
		chips = append(chips, widgets.NewChip(text, icon, r.Filter == f, func() { r.Narrow(f) }))
	}
	put(r.chips, widgets.Flow(theme.Current().Pane(registerWidth)-2*theme.S12, theme.S8, chips...))
}

// Narrow lists those whom a filter keeps.
func (r *Registry) Narrow(f state.PeopleFilter) {
	r.Filter = f
	r.SetCounts(r.counts)
	r.do.FindPeople(r.Query.Text, f)
}

// sayNobody says that a search found nobody, and offers to register them.
func (r *Registry) sayNobody() {
	name := strings.TrimSpace(r.Query.Text)
	if len(r.people) > 0 || name == "" {
		r.nobody.Hide()
		return
	}
	r.nobody.Show()
	wide := theme.Current().Pane(registerWidth) - 2*theme.S12
	cut := widgets.Fit(name, wide-theme.Current().Px(120), theme.Current().Px(theme.Body), fyne.TextStyle{})
	r.Add = widgets.NewButton(r.words.T("registry.add.this", "name", cut), icons.Plus, "", widgets.Plain, func() { r.do.AddNamed(name) })
	r.Add.Keys = r.keys
	rows := widgets.VBox(theme.S8, notePara(r.words.T("registry.nobody"), wide), widgets.HBox(0, r.Add))
	if r.Filter != state.Everyone { // who is not among these may well be registered
		all := widgets.NewButton(r.words.T("registry.everyone"), icons.Search, "", widgets.Plain, func() { r.Narrow(state.Everyone) })
		all.Keys = r.keys
		rows = widgets.VBox(theme.S8, notePara(r.words.T("registry.nobody.here", "filter", r.words.T("people."+string(r.Filter))), wide), widgets.HBox(0, all))
	}
	put(r.nobody, rows)
}
