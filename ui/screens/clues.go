package screens

import (
	"strings"

	"fyne.io/fyne/v2"

	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Clues is the list of what stays visible and may still tell whom the case is
// about.
type Clues struct {
	Content fyne.CanvasObject
	List    *widgets.List
}

// NewClues is the sheet; take wants other words for one of them.
func NewClues(w *i18n.Words, clues []casework.Clue, take func(casework.Clue), cancel func()) *Clues {
	t := theme.Current()
	about := w.T("clues.what", "n", len(clues))
	if len(clues) == 0 {
		about = w.T("clues.none")
	}
	s := &Clues{}
	s.List = widgets.NewList(func() int { return len(clues) }, func(i int, r *widgets.Row) {
		c := clues[i]
		r.SetIcon(icons.Ask, t.Muted)
		r.SetTag("", icons.Ask, t.Ask)
		instead := ""
		if c.Instead != "" {
			instead = w.T("clues.instead", "text", c.Instead)
		}
		r.Set(strings.Join(strings.Fields(c.Text), " "), c.Why.In(redact.Lang(w.Lang())), instead, false)
		r.Refresh()
	}, func(i int) { take(clues[i]) })
	wide, tall := t.Px(560), t.Px(460)
	if rows := float32(len(clues)) * (t.Px(theme.ListHeight) + 1); len(clues) < 4 {
		tall = t.Px(180) + rows
	}
	again := note("")
	if len(clues) > 0 {
		again.Set(w.T("clues.again"))
	}
	s.Content = widgets.Room(wide, tall, widgets.Border(
		widgets.VBox(theme.S8, title(w.T("clues.title")), notePara(about, wide)),
		widgets.HBox(theme.S12, widgets.Middle(again), widgets.Spacer(), widgets.NewButton(w.T("close"), "", "Esc", widgets.Plain, cancel)), nil, nil,
		widgets.Pad(s.List, theme.S8, 0)))
	return s
}
