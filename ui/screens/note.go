package screens

import (
	"strings"

	"fyne.io/fyne/v2"

	"consentry/ui/i18n"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Note is the sheet in which a remark is written.
type Note struct {
	Content fyne.CanvasObject
	text    *entry
	button  *widgets.Button
}

// NewNote is the sheet; now is what stands there today.
func NewNote(w *i18n.Words, now string, done func(string), cancel func()) *Note {
	s := &Note{text: newEntry("")}
	s.text.MultiLine, s.text.Wrapping, s.text.escape = true, fyne.TextWrapWord, cancel
	s.text.SetText(now)
	s.text.SetMinRowsVisible(4)
	s.button = widgets.NewButton(w.T("note.take"), "", "", widgets.Primary, func() { done(strings.TrimSpace(s.text.Text)) })
	wide := theme.Current().Px(480)
	s.Content = widgets.Room(wide, 0, widgets.VBox(theme.S12, title(w.T("panel.note")), para(w.T("note.what"), wide), s.text,
		widgets.HBox(theme.S12, widgets.Spacer(), widgets.NewButton(w.T("cancel"), "", "Esc", widgets.Plain, cancel), s.button)))
	return s
}

// First is the field that has the focus.
func (s *Note) First() fyne.Focusable { return s.text }

// Fill writes the remark, for tests.
func (s *Note) Fill(text string) { s.text.SetText(text) }

// Submit presses the button.
func (s *Note) Submit() { s.button.Tapped(nil) }
