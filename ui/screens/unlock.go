package screens

import (
	"fyne.io/fyne/v2"

	"consentry/ui/i18n"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Unlock asks for the password of a protected document.
type Unlock struct {
	Content fyne.CanvasObject

	password *entry
	button   *widgets.Button
}

// NewUnlock is the sheet; file is the document's name. done hears a password that
// is not empty.
func NewUnlock(w *i18n.Words, file string, done func(password string), cancel func()) *Unlock {
	s := &Unlock{password: newEntry("")}
	s.password.Password = true
	s.password.escape = cancel
	submit := func() {
		if p := s.password.Text; p != "" {
			done(p)
		}
	}
	s.password.OnSubmitted = func(string) { submit() }
	s.button = widgets.NewButton(w.T("unlock.open"), "", "", widgets.Primary, submit)
	s.button.SetEnabled(false)
	s.password.OnChanged = func(p string) { s.button.SetEnabled(p != "") }
	wide := theme.Current().Px(480)
	s.Content = widgets.Room(wide, 0, widgets.VBox(theme.S12,
		title(w.T("unlock.title")), para(w.T("unlock.what", "file", file), wide),
		field(w.T("unlock.password"), s.password),
		widgets.HBox(theme.S12, widgets.Spacer(), widgets.NewButton(w.T("cancel"), "", "Esc", widgets.Plain, cancel), s.button)))
	return s
}

// First is the field that has the focus.
func (s *Unlock) First() fyne.Focusable { return s.password }

// Fill writes the password, for tests.
func (s *Unlock) Fill(password string) { s.password.SetText(password) }

// Submit presses the button.
func (s *Unlock) Submit() { s.button.Tapped(nil) }
