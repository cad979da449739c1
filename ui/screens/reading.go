package screens

import (
	"fyne.io/fyne/v2"

	"consentry/ui/i18n"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Reading is the sheet over a text that is kept, as it is.
type Reading struct {
	Content fyne.CanvasObject
	Text    *widgets.TextView
	close   *widgets.Button
}

// NewReading is the sheet.
func NewReading(w *i18n.Words, name, text string, size fyne.Size, done func()) *Reading {
	t := theme.Current()
	s := &Reading{Text: widgets.NewTextView(), close: widgets.NewButton(w.T("close"), "", "Esc", widgets.Plain, done)}
	s.Text.SetText([]widgets.Stretch{{Text: text, Item: -1}}, -1)
	s.Content = widgets.Room(min(t.Px(760), size.Width*0.8), min(t.Px(640), size.Height*0.8), widgets.Border(
		widgets.Pad(widgets.NewCutLabel(name, theme.Title, true, t.Text), theme.S8, 0),
		widgets.Pad(widgets.HBox(theme.S8, widgets.Spacer(), s.close), theme.S8, 0), nil, nil, widgets.Card(widgets.Pad(s.Text, 2, 2))))
	return s
}

// First is what has the focus.
func (s *Reading) First() fyne.Focusable { return s.close }
