package screens

import (
	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Picker is the search for a registered person or company while typing.
type Picker struct {
	*chooser
	Content fyne.CanvasObject

	found []int
}

// NewPicker asks who is meant; ask and about are its first lines. kind narrows the list; empty takes everyone.
// agreed says in a word what a subject agreed to; more stands beside the button that cancels.
func NewPicker(w *i18n.Words, ask, about string, people *state.People, kind authz.Kind, agreed func(authz.Subject) string, done func(authz.Subject), cancel func(), more ...fyne.CanvasObject) *Picker {
	t := theme.Current()
	p := &Picker{}
	p.chooser = newChooser(w.T("pick.hint"), w.T("registry.nobody"), func(q string) int {
		p.found = p.found[:0]
		for _, i := range people.Find(q) {
			if kind == "" || people.Subjects[i].Kind == kind {
				p.found = append(p.found, i)
			}
		}
		return len(p.found)
	}, func(i int, r *widgets.Row, current bool) {
		s := people.Subjects[p.found[i]]
		r.SetTag("", icons.Person, t.Hide)
		r.SetIcon(SubjectIcon(s), t.Muted)
		r.Set(s.Title(), SubjectNote(w, s), agreed(s), current)
	}, func(i int) { done(people.Subjects[p.found[i]]) }, cancel)
	if len(p.found) == 0 {
		about = w.T("pick.empty")
	}
	p.Content = widgets.Room(t.Px(520), t.Px(420), widgets.Border(
		widgets.VBox(theme.S8, title(ask), note(about), p.Query, p.none),
		widgets.HBox(theme.S12, append(more, widgets.Spacer(), widgets.NewButton(w.T("cancel"), "", "Esc", widgets.Plain, cancel))...), nil, nil,
		widgets.Pad(p.List, theme.S8, 0)))
	return p
}

// SubjectIcon is a person's or a company's.
func SubjectIcon(s authz.Subject) icons.Name {
	if s.Kind == authz.Organisation {
		return icons.Org
	}
	return icons.Person
}

// SubjectNote tells namesakes apart: company, role, other names.
func SubjectNote(w *i18n.Words, s authz.Subject) string {
	var parts string
	add := func(p string) {
		if p == "" {
			return
		}
		if parts != "" {
			parts += w.T("sep")
		}
		parts += p
	}
	add(s.Company)
	if s.Role != "" {
		if key := "role." + string(s.Role); w.Has(key) {
			add(w.T(key))
		} else {
			add(string(s.Role))
		}
	}
	for i, n := range s.Names {
		if i > 0 && n.Use != "variant" { // those are ours, not theirs
			add(n.Text)
		}
	}
	return parts
}
