package screens

import (
	"strings"

	"fyne.io/fyne/v2"

	"consentry/internal/casework"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Sign is the sheet before the one step that cannot be taken back.
type Sign struct {
	Content fyne.CanvasObject
	who, to *entry
	button  *widgets.Button
}

// NewSign names what follows and asks for the name that stands under it. Where submit
// is given, the package may go to somebody else for a signature instead.
func NewSign(w *i18n.Words, p *casework.Plan, out string, by string, done func(who, to string), submit, cancel func()) *Sign {
	t := theme.Current()
	s := &Sign{who: newEntry("")}
	s.who.SetText(by)
	s.who.escape = cancel
	s.to = newEntry(w.T("sign.to.hint"))
	s.to.escape = cancel
	sign := func() {
		if name := strings.TrimSpace(s.who.Text); name != "" {
			done(name, strings.TrimSpace(s.to.Text))
		}
	}
	s.button = widgets.NewButton(w.T("case.sign"), icons.Seal, "", widgets.Primary, sign)
	s.who.OnChanged = func(string) { s.button.SetEnabled(strings.TrimSpace(s.who.Text) != "") }
	_, hidden, shown := state.Tally(p)
	wide := t.Px(480)
	buttons := widgets.HBox(theme.S12, widgets.Spacer(), widgets.NewButton(w.T("cancel"), "", "Esc", widgets.Plain, cancel))
	if submit != nil {
		buttons.Add(widgets.NewButton(w.T("sign.submit"), icons.Stamp, "", widgets.Plain, submit))
	}
	buttons.Add(s.button)
	rows := widgets.VBox(theme.S12,
		title(w.T("case.sign")), para(w.T("sign.what"), wide),
		widgets.HBox(theme.S8, widgets.NewTag(w.T("job.passed"), icons.Seal, t.OK), body(w.T("case.counts", "hidden", hidden, "shown", shown))),
		field(w.T("job.out"), widgets.NewParagraph(out, theme.Note, false, t.Text, wide)),
		field(w.T("sign.who"), s.who),
		field(w.T("sign.to"), s.to))
	if submit != nil {
		rows.Add(notePara(w.T("sign.other"), wide))
	}
	rows.Add(buttons)
	s.Content = widgets.Room(wide, 0, rows)
	return s
}

// First is the field that has the focus. Enter in it does not sign.
func (s *Sign) First() fyne.Focusable { return s.who }

// To says to whom the package is handed, for tests.
func (s *Sign) To(name string) { s.to.SetText(name) }

// Submit presses the button.
func (s *Sign) Submit() { s.button.Tapped(nil) }
