package screens

import (
	"strings"

	"fyne.io/fyne/v2"

	"consentry/ui/i18n"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Reason asks why something that a detector was sure of shows nobody. The answer
// stands in the report.
type Reason struct {
	Content fyne.CanvasObject
	why     *entry
	button  *widgets.Button
}

// NewReason is the sheet; by is who answers for it. done hears a reason that is
// not blank.
func NewReason(w *i18n.Words, by string, done func(why string), cancel func()) *Reason {
	s := &Reason{why: newEntry(w.T("reason.hint"))}
	s.why.escape = cancel
	submit := func() {
		if why := strings.TrimSpace(s.why.Text); why != "" {
			done(why)
		}
	}
	s.button = widgets.NewButton(w.T("reason.clear"), "", "", widgets.Danger, submit)
	s.button.SetEnabled(false)
	s.why.OnChanged = func(string) { s.button.SetEnabled(strings.TrimSpace(s.why.Text) != "") }
	wide := theme.Current().Px(480)
	s.Content = widgets.Room(wide, 0, widgets.VBox(theme.S12,
		title(w.T("reason.title")), para(w.T("reason.what", "by", by), wide),
		field(w.T("reason.why"), s.why),
		widgets.HBox(theme.S12, widgets.Spacer(), widgets.NewButton(w.T("cancel"), "", "Esc", widgets.Plain, cancel), s.button)))
	return s
}

// First is the field that has the focus. Enter in it exposes nobody.
func (s *Reason) First() fyne.Focusable { return s.why }

// Fill writes the reason, for tests.
func (s *Reason) Fill(why string) { s.why.SetText(why) }

// Submit presses the button.
func (s *Reason) Submit() { s.button.Tapped(nil) }
