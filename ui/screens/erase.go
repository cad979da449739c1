package screens

import (
	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Erase deletes somebody from the registry, once whoever does it knows what follows.
type Erase struct {
	*form
	sure *tick
}

// NewErase is the sheet about a subject; leaning is how many releases lean on its
// records.
func NewErase(w *i18n.Words, subject authz.Subject, leaning int, may bool, done func(), cancel func()) *Erase {
	s := &Erase{}
	sure := false
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case !sure:
			return "sure"
		}
		return ""
	}, cancel)
	s.sure = s.tick(w.T("erase.sure"), false, func(b bool) { sure = b })
	s.first = s.sure
	rows := widgets.VBox(theme.S12, para(w.T("erase.then"), s.wide))
	if leaning > 0 {
		rows.Add(para(w.T("erase.lean", "n", leaning), s.wide))
	}
	rows.Add(s.sure)
	s.fill(w.T("erase.title", "name", subject.Title()), w.T("erase.what"), w.T("erase.do"), icons.Warn, widgets.Danger, done, rows)
	return s
}

// Fill says that what follows is known, for tests.
func (s *Erase) Fill() { s.sure.SetChecked(true) }
