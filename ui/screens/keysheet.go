package screens

import (
	"strings"

	"fyne.io/fyne/v2"

	"consentry/ui/i18n"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// KeyName writes a key as the window shows it: Ctrl Shift Z.
func KeyName(w *i18n.Words, k state.Key) string {
	name := k.Key
	switch name {
	case "Space", "Delete", "Left", "Right", "Up", "Down", "PageUp", "PageDown":
		name = w.T("key." + strings.ToLower(name))
	case "Return":
		name = "Enter"
	}
	if k.Shift {
		name = "Shift " + name
	}
	if k.Ctrl {
		name = "Ctrl " + name
	}
	return name
}

// NewKeySheet is every key of the table, by menu.
func NewKeySheet(w *i18n.Words, done func()) fyne.CanvasObject {
	wide := min(theme.Current().Px(760), 1000)
	table, _ := scroller(wide, 520, keyTable(w))
	return sheetOf(wide, widgets.VBox(theme.S12, title(w.T("keys.title")), notePara(w.T("keys.what"), wide)), table,
		widgets.HBox(theme.S8, widgets.Spacer(), widgets.NewButton(w.T("close"), "", "Esc", widgets.Primary, done)))
}

// keyTable is the table in two columns, or, in large text, in one.
func keyTable(w *i18n.Words) fyne.CanvasObject {
	t := theme.Current()
	left, right := widgets.VBox(theme.S16), widgets.VBox(theme.S16)
	for _, m := range state.Menus {
		name := w.T("menu." + string(m))
		if m == state.MenuConsent { // some of its letters do something else in a case
			name = w.T("keys.consent")
		}
		rows := widgets.VBox(theme.S4, strong(name))
		n := 0
		for _, k := range state.Keys {
			if k.Menu == m && k.Key != "" {
				rows.Add(widgets.Border(nil, nil, widgets.Room(t.Px(110), 0, widgets.HBox(theme.S8, widgets.Cap(KeyName(w, k)))), nil, body(w.T("cmd."+string(k.Command)))))
				n++
			}
		}
		switch {
		case n == 0:
		case m == state.MenuCase || m == state.MenuHelp:
			right.Add(rows)
		default:
			left.Add(rows)
		}
	}
	if t.Large() {
		return widgets.VBox(theme.S16, left, right)
	}
	return widgets.Halves(theme.S24, left, right)
}
