package screens

import (
	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// grid is what the rules say today: channels down, what is shown across.
func (r *Registry) grid() fyne.CanvasObject {
	w, t, g, wide := r.words, theme.Current(), r.shown.Grid, r.middle.wide
	var chips []fyne.CanvasObject
	for _, p := range g.Purposes {
		chips = append(chips, widgets.NewChip(term(r.vocab.Purposes, string(p), w.Lang()), "", p == g.Purpose, func() { r.do.ShowFor(r.at, p) }))
	}
	var top fyne.CanvasObject = widgets.HBox(theme.S12, head(w.T("registry.today")), widgets.Middle(note(w.T("registry.today.what"))))
	if top.MinSize().Width > wide {
		top = widgets.VBox(0, head(w.T("registry.today")), notePara(w.T("registry.today.what"), wide))
	}
	rows := widgets.VBox(theme.S8, top,
		widgets.Border(nil, nil, widgets.HBox(0, note(w.T("registry.for")), widgets.Room(theme.S8, 0, widgets.Spacer())), nil, widgets.Flow(wide-t.Px(60), theme.S8, chips...)))
	if len(g.Rows) == 0 {
		return rows
	}
	if table := r.gridTable(wide); table != nil {
		rows.Add(table)
	} else {
		rows.Add(r.gridFlow(wide))
	}
	rows.Add(r.gridWhy(wide))
	return rows
}

// gridTable is the grid in columns as wide as what stands in them; nil where there is no
// room for them.
func (r *Registry) gridTable(wide float32) fyne.CanvasObject {
	w, t, g := r.words, theme.Current(), r.shown.Grid
	head := []fyne.CanvasObject{widgets.Spacer()}
	for _, c := range g.Rows[0].Cells {
		head = append(head, widgets.Pad(note(r.shownWord(c.Shows)), 0, theme.S8))
	}
	lines := [][]fyne.CanvasObject{append(head, note(w.T("grid.until")))}
	for i, x := range g.Rows {
		cells := []fyne.CanvasObject{widgets.NewLabel(term(r.vocab.Channels, string(x.Channel), w.Lang()), theme.Body, true, t.Text)}
		for j := range x.Cells {
			cells = append(cells, r.gridCell(i, j))
		}
		lines = append(lines, append(cells, r.gridUntil(x)))
	}
	widths, sum := make([]float32, len(head)+1), float32(2*theme.S12)
	for i := range widths {
		for _, l := range lines {
			widths[i] = max(widths[i], l[i].MinSize().Width)
		}
		sum += widths[i]
	}
	gap := (wide - sum - 2) / float32(len(widths)-1)
	if gap < theme.S4 {
		return nil
	}
	table := widgets.VBox(0)
	for i, l := range lines {
		for j := range l {
			l[j] = widgets.Room(widths[j], 0, widgets.HBox(0, widgets.Middle(l[j])))
		}
		var line fyne.CanvasObject = widgets.Room(0, t.Px(theme.RowHeight-4), widgets.Pad(widgets.HBox(min(gap, 2*theme.S32), l...), 0, theme.S12))
		if i == 0 {
			line = widgets.Ground(t.Raised, line)
		} else {
			table.Add(widgets.Rule())
		}
		table.Add(line)
	}
	return widgets.Card(widgets.Pad(table, 1, 1))
}

// gridFlow is the grid where there is no room for columns.
func (r *Registry) gridFlow(wide float32) fyne.CanvasObject {
	w, t := r.words, theme.Current()
	box := widgets.VBox(0)
	inner := wide - 2*theme.S12
	for i, x := range r.shown.Grid.Rows {
		if i > 0 {
			box.Add(widgets.Rule())
		}
		var cells []fyne.CanvasObject
		for j, c := range x.Cells {
			cells = append(cells, widgets.VBox(0, widgets.Pad(note(r.shownWord(c.Shows)), 0, theme.S8), widgets.HBox(0, r.gridCell(i, j))))
		}
		if until := r.gridUntil(x); until.Text() != "" {
			cells = append(cells, widgets.VBox(0, widgets.Pad(note(w.T("grid.until")), 0, theme.S8), widgets.Pad(widgets.Middle(until), 0, theme.S8)))
		}
		box.Add(widgets.Pad(widgets.VBox(theme.S4, widgets.NewCutLabel(term(r.vocab.Channels, string(x.Channel), w.Lang()), theme.Body, true, t.Text), widgets.Even(inner, theme.S8, cells...)), theme.S8, theme.S12))
	}
	return widgets.Card(widgets.Pad(box, 1, 1))
}

// gridCell is one verdict: icon and word. What nobody asked for is said so; it is hidden
// all the same.
func (r *Registry) gridCell(i, j int) fyne.CanvasObject {
	w, t, c := r.words, theme.Current(), r.shown.Grid.Rows[i].Cells[j]
	word, icon, tone := verdictTag(w, c.Verdict, "")
	var o fyne.CanvasObject = widgets.NewTag(word, icon, tone)
	switch {
	case c.Verdict == authz.Hide && !c.Asked:
		word = w.T("grid.notasked")
		o = widgets.Pad(widgets.NewLabel(word, theme.Note, false, t.Muted), 0, theme.S8)
	case c.Verdict == authz.Hide && c.Ended != "" && c.Ended != state.AgreedGiven && c.Ended != state.AgreedPartly:
		word = agreedWord(w, c.Ended)
		icon, tone := agreedLook(c.Ended)
		o = widgets.NewTag(word, icon, tone)
	case c.Verdict == authz.Hide && r.apart(c):
		word = w.T("grid.checked")
		o = widgets.NewTag(word, icons.Hide, t.Hide)
	}
	p := widgets.NewPick(widgets.Room(0, t.Px(28), widgets.HBox(0, widgets.Middle(o))), r.shownWord(c.Shows)+" "+word, r.middle.cell == [2]int{i, j}, func() { r.Why(i, j) })
	p.Keys = r.keys
	return p
}

func (r *Registry) gridUntil(x state.GridRow) *widgets.Label {
	w := r.words
	switch {
	case x.Shows() && x.Until.IsZero():
		return note(w.T("grid.open"))
	case x.Shows():
		return note(lastDay(x.Until))
	case !x.Ended.IsZero():
		return note(w.T("grid.ended", "day", x.Ended.Local().Format("01-02")))
	}
	return note("")
}

// apart reports whether what is agreed to is still looked at one by one, for which the
// grid has no text at hand.
func (r *Registry) apart(c state.Cell) bool {
	return c.Asked && c.Code != "shows-mismatch" && r.words.Has("grid.why."+c.Code)
}

// shownWord is the grid's short word for what is shown of the subject on show, or the
// pack's.
func (r *Registry) shownWord(x authz.Shows) string {
	return shownWord(r.words, r.vocab, r.shown.Subject.Kind, x)
}

func shownWord(w *i18n.Words, v authz.Vocabulary, kind authz.Kind, x authz.Shows) string {
	if x == "name" && kind == authz.Organisation {
		return w.T("grid.title")
	}
	if key := "grid." + string(x); w.Has(key) {
		return w.T(key)
	}
	return term(v.Shows, string(x), w.Lang())
}

// Why explains a cell of the grid.
func (r *Registry) Why(row, column int) {
	r.middle.cell = [2]int{row, column}
	r.draw()
}

// gridWhy is the sentence of the cell that was chosen, with its article.
func (r *Registry) gridWhy(wide float32) fyne.CanvasObject {
	w, g, at := r.words, r.shown.Grid, r.middle.cell
	if at[0] < 0 || at[0] >= len(g.Rows) || at[1] >= len(g.Rows[at[0]].Cells) {
		rows := widgets.VBox(theme.S4)
		said := map[string]bool{}
		for _, x := range g.Rows {
			for _, c := range x.Cells {
				if r.apart(c) && !said[c.Code] {
					said[c.Code] = true
					rows.Add(para(r.cellWhy(c), wide))
				}
			}
		}
		rows.Add(notePara(w.T("registry.today.pick"), wide))
		return rows
	}
	c := g.Rows[at[0]].Cells[at[1]]
	about := w.T("grid.about", "channel", term(r.vocab.Channels, string(g.Rows[at[0]].Channel), w.Lang()), "what", r.shownWord(c.Shows))
	rows := widgets.VBox(theme.S4, strong(about), para(r.cellWhy(c), wide))
	if c.Law != "" {
		rows.Add(notePara(w.T("panel.law", "law", c.Law), wide))
	}
	return rows
}

// cellWhy is the reason of a cell: the rules', or, where that speaks of a text that is
// compared, what it means without one.
func (r *Registry) cellWhy(c state.Cell) string {
	if key := "grid.why." + c.Code; r.words.Has(key) {
		return r.words.T(key, "what", r.shownWord(c.Shows))
	}
	return c.Why
}
