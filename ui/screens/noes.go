package screens

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Noes shows what a table of withdrawals would do, before it is done. Anybody may.
type Noes struct {
	*form
	Table   state.NoTable
	refused bool
	what    *widgets.Choice
}

// NewNoes is the sheet over a table that was looked at.
func NewNoes(w *i18n.Words, path string, table state.NoTable, done func(refused bool), cancel func()) *Noes {
	s := &Noes{Table: table}
	good, left := table.Recorded(), table.Left()
	s.form = newForm(w, func() string {
		if len(good) == 0 {
			return "empty"
		}
		return ""
	}, cancel)
	s.what = widgets.NewChoice([]string{w.T("noes.withdraw"), w.T("noes.refuse")}, 0, s.wide, func(i int) { s.refused = i == 1 })
	s.what.Escape = cancel
	s.first = s.what
	rows := []fyne.CanvasObject{widgets.Pad(s.what, theme.S4, 0), strong(w.T("noes.count", "n", len(good)))}
	for _, l := range good[:min(len(good), maxProblems)] {
		said := w.T("noes.line", "line", l.Line, "name", l.Who)
		if l.Only != "" {
			said += w.T("sep") + w.T("noes.only", "id", l.Only)
		}
		if !l.Received.IsZero() {
			said += w.T("sep") + day(l.Received)
		}
		rows = append(rows, notePara(said, s.wide))
	}
	rows = append(rows, more(w, len(good))...)
	lean := w.T("withdraw.lean.none")
	if n := len(table.Releases); n > 0 {
		lean = w.T("withdraw.lean", "n", n)
	}
	rows = append(rows, para(lean, s.wide))
	for _, r := range table.Releases[:min(len(table.Releases), maxProblems)] {
		rows = append(rows, notePara(r, s.wide))
	}
	rows = append(rows, more(w, len(table.Releases))...)
	if n := len(left) + len(table.Problems); n > 0 {
		rows = append(rows, widgets.HBox(theme.S8, widgets.NewTag(w.T("noes.left", "n", n), icons.Warn, theme.Current().Ask)))
	}
	for _, p := range table.Problems[:min(len(table.Problems), maxProblems)] {
		rows = append(rows, notePara(p, s.wide))
	}
	rows = append(rows, leftLines(w, left, s.wide)...)
	s.fill(w.T("noes.title", "file", filepath.Base(path)), w.T("noes.what"), w.T("noes.do", "n", len(good)), icons.Warn, widgets.Danger, func() { done(s.refused) }, rows...)
	return s
}

// Choose says whether they refuse, for tests.
func (s *Noes) Choose(refused bool) {
	i := 0
	if refused {
		i = 1
	}
	s.what.Choose(i)
}

func more(w *i18n.Words, n int) []fyne.CanvasObject {
	if n <= maxProblems {
		return nil
	}
	return []fyne.CanvasObject{note(w.T("import.more", "n", n-maxProblems))}
}

// leftLines say of lines why they are not recorded.
func leftLines(w *i18n.Words, ls []state.NoLine, wide float32) (rows []fyne.CanvasObject) {
	for _, l := range ls[:min(len(ls), maxProblems)] {
		rows = append(rows, notePara(LeftLine(w, l), wide))
	}
	return append(rows, more(w, len(ls))...)
}

// LeftLine says why a line is not recorded.
func LeftLine(w *i18n.Words, l state.NoLine) string {
	why := Wrong(w, l.Err)
	if state.WhyOf(l.Err) == "gone" {
		why = w.T("noes.nobody")
	}
	return w.T("noes.line", "line", l.Line, "name", why)
}
