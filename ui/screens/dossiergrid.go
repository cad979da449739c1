package screens

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/authz"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// cellWidth is how narrow, at 100 %, a column of the grid may be: below it each channel
// is a paragraph of its own.
const cellWidth = 86

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
		widgets.Border(nil, nil, widgets.Pad(note(w.T("registry.for")), 0, theme.S8), nil, widgets.Flow(wide-t.Px(60), theme.S4, chips...)))
	if len(g.Rows) == 0 {
		return rows
	}
	label := t.Px(96)
	if n := len(g.Rows[0].Cells) + 1; (wide-label)/float32(n) < t.Px(cellWidth) {
		rows.Add(r.gridFlow(wide))
	} else {
		line := func(first fyne.CanvasObject, cells []fyne.CanvasObject) fyne.CanvasObject {
			return widgets.Room(0, t.Px(theme.RowHeight-4), widgets.Border(nil, nil, widgets.Room(label, 0, widgets.Pad(first, 0, theme.S12)), nil, container.NewGridWithColumns(n, cells...)))
		}
		var heads []fyne.CanvasObject
		for _, c := range g.Rows[0].Cells {
			heads = append(heads, note(w.T("grid."+string(c.Shows))))
		}
		table := widgets.VBox(0, widgets.Ground(t.Raised, line(widgets.Spacer(), append(heads, note(w.T("grid.until"))))))
		for i, x := range g.Rows {
			var cells []fyne.CanvasObject
			for j := range x.Cells {
				cells = append(cells, r.gridCell(i, j))
			}
			table.Add(widgets.Rule())
			table.Add(line(widgets.Middle(widgets.NewCutLabel(term(r.vocab.Channels, string(x.Channel), w.Lang()), theme.Body, true, t.Text)), append(cells, r.gridUntil(x))))
		}
		rows.Add(widgets.Card(widgets.Pad(table, 1, 1)))
	}
	rows.Add(r.gridWhy(wide))
	return rows
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
			cells = append(cells, widgets.HBox(theme.S4, note(w.T("grid."+string(c.Shows))), r.gridCell(i, j)))
		}
		if until := r.gridUntil(x); until.Text() != "" {
			cells = append(cells, widgets.HBox(theme.S4, note(w.T("grid.until")), until))
		}
		box.Add(widgets.Pad(widgets.VBox(theme.S4, widgets.NewCutLabel(term(r.vocab.Channels, string(x.Channel), w.Lang()), theme.Body, true, t.Text), widgets.Flow(inner, theme.S12, cells...)), theme.S8, theme.S12))
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
		o = widgets.NewLabel(w.T("grid.notasked"), theme.Note, false, t.Muted)
		word = w.T("grid.notasked")
	case c.Verdict == authz.Hide && c.Ended != "" && c.Ended != state.AgreedGiven && c.Ended != state.AgreedPartly:
		word = agreedWord(w, c.Ended)
		o = widgets.NewTag(word, icons.Hide, t.Hide)
	}
	p := widgets.NewPick(widgets.HBox(0, widgets.Middle(o)), w.T("grid."+string(c.Shows))+" "+word, r.middle.cell == [2]int{i, j}, func() { r.Why(i, j) })
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

// Why explains a cell of the grid.
func (r *Registry) Why(row, column int) {
	r.middle.cell = [2]int{row, column}
	r.draw()
}

// gridWhy is the sentence of the cell that was chosen, with its article.
func (r *Registry) gridWhy(wide float32) fyne.CanvasObject {
	w, g, at := r.words, r.shown.Grid, r.middle.cell
	if at[0] < 0 || at[0] >= len(g.Rows) || at[1] >= len(g.Rows[at[0]].Cells) {
		return note(w.T("registry.today.pick"))
	}
	c := g.Rows[at[0]].Cells[at[1]]
	rows := widgets.VBox(theme.S4, para(c.Why, wide))
	if c.Law != "" {
		rows.Add(notePara(w.T("panel.law", "law", c.Law), wide))
	}
	return rows
}
