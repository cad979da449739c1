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
	who     *entry
	button  *widgets.Button
}

// NewSign names what follows and asks for the name that stands under it.
func NewSign(w *i18n.Words, p *casework.Plan, out string, done func(who string), cancel func()) *Sign {
	t := theme.Current()
	s := &Sign{who: newEntry("")}
	s.who.SetText(p.Case.By)
	s.who.escape = cancel
	submit := func() {
		if name := strings.TrimSpace(s.who.Text); name != "" {
			done(name)
		}
	}
	s.button = widgets.NewButton(w.T("case.sign"), icons.Seal, "", widgets.Primary, submit)
	s.who.OnChanged = func(string) { s.button.SetEnabled(strings.TrimSpace(s.who.Text) != "") }
	_, hidden, shown := state.Tally(p)
	wide := t.Px(480)
	s.Content = widgets.Room(wide, 0, widgets.VBox(theme.S12,
		title(w.T("case.sign")), para(w.T("sign.what"), wide),
		widgets.HBox(theme.S8, widgets.NewTag(w.T("job.passed"), icons.Seal, t.OK), body(w.T("case.counts", "hidden", hidden, "shown", shown))),
		field(w.T("job.out"), widgets.NewParagraph(out, theme.Note, false, t.Text, wide)),
		field(w.T("sign.who"), s.who),
		widgets.HBox(theme.S8, widgets.Spacer(), widgets.NewButton(w.T("cancel"), "", "Esc", widgets.Plain, cancel), s.button)))
	return s
}

// First is the field that has the focus. Enter in it does not sign.
func (s *Sign) First() fyne.Focusable { return s.who }

// Submit presses the button.
func (s *Sign) Submit() { s.button.Tapped(nil) }
