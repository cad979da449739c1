package screens

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// tools is the bar over the canvas.
type tools struct {
	room                                                   *fyne.Container // bar, fitted
	bar                                                    *fyne.Container
	undo, redo, fit, in, out, draw, faces, compare, before *widgets.Button
	zoom, pages, name                                      *widgets.Label
}

func (b *Workbench) buildTools() {
	w := b.words
	button := func(c state.Command, word string, icon icons.Name, key string) *widgets.Button {
		x := widgets.NewButton(word, icon, key, widgets.Ghost, func() { b.Do(c, false) })
		x.Keys = b.keys
		return x
	}
	t := &b.tools
	t.undo, t.redo = button(state.UndoLast, "", icons.Undo, ""), button(state.RedoLast, "", icons.Redo, "")
	t.fit, t.draw = button(state.ZoomFit, w.T("tool.zoom-fit"), icons.Fit, "0"), button(state.DrawBox, w.T("tool.draw"), icons.Draw, "D")
	t.out, t.in = button(state.ZoomOut, "", icons.None, ""), button(state.ZoomIn, "", icons.Plus, "")
	t.faces, t.compare = button(state.ShowFaces, w.T("tool.faces"), icons.Grid, "G"), button(state.Compare, w.T("tool.compare"), icons.Split, "S")
	t.before = button(state.Original, w.T("tool.original"), icons.Photo, w.T("key.space"))
	t.zoom, t.pages = note(""), note("")
	t.name = widgets.NewCutLabel("", theme.Note, false, theme.Current().Muted)
	t.name.KeepEnd()
	t.bar = widgets.Pad(widgets.Border(nil, nil,
		widgets.HBox(theme.S4, t.undo, t.redo, t.fit, t.out, widgets.Middle(t.zoom), t.in, t.draw, t.faces, t.compare, widgets.Middle(t.pages)), t.before,
		widgets.Pad(t.name, 0, theme.S8)), theme.S4, theme.S4)
	t.room = container.New(tooling{b}, t.bar)
}

func (b *Workbench) refreshTools() {
	w, t := b.words, &b.tools
	t.undo.SetEnabled(b.view.CanUndo && !b.job.busy)
	t.redo.SetEnabled(b.view.CanRedo && !b.job.busy)
	photo := b.pictured()
	for _, x := range []*widgets.Button{t.fit, t.in, t.out, t.compare} {
		x.Hidden = !photo // a text is neither zoomed nor compared: its name has the room
	}
	t.compare.SetEnabled(photo && b.source != nil)
	t.faces.SetEnabled(b.scanned())
	t.draw.SetEnabled(b.canAnswer() && b.readable())
	t.before.SetEnabled(b.readable())
	t.draw.SetOn(b.drawing)
	t.compare.SetOn(b.comparing)
	b.refreshZoom()
	t.name.Set("")
	if b.asset >= 0 && b.asset < len(b.view.Plan.Case.Assets) {
		name := b.view.Plan.Case.Assets[b.asset].Name
		if g, ok := b.onCanvas(); ok && g.Part != redact.PartBody {
			name = w.T("part."+state.PartWord(g.Part)) + w.T("sep") + name
		}
		t.name.Set(name)
	}
	t.room.Refresh()
}

// refreshZoom says how large the picture is drawn.
func (b *Workbench) refreshZoom() {
	s := ""
	if p := b.Photo.Percent(); p > 0 && b.pictured() {
		s = b.words.T("tool.zoom", "n", p)
	}
	b.tools.zoom.Set(s)
	b.tools.room.Refresh() // what a word takes more or less, its neighbours give or get
}

// onCanvas is the page of the current file that is looked at; false before it is read.
func (b *Workbench) onCanvas() (redact.Page, bool) {
	if !b.scanned() || b.asset < 0 || b.asset >= len(b.view.Plan.Assets) {
		return redact.Page{}, false
	}
	pages := state.Shown(b.view.Plan, b.asset)
	if b.page < 0 || b.page >= len(pages) {
		return redact.Page{}, false
	}
	return pages[b.page], true
}

// pictured reports whether the current page is shown as a picture: one of a photo, or
// of a document whose pages are drawn.
func (b *Workbench) pictured() bool {
	g, ok := b.onCanvas()
	return ok && g.Part == redact.PartBody && !g.Bounds.Empty()
}

// readable reports whether the current file is shown at all.
func (b *Workbench) readable() bool {
	return b.scanned() && b.asset >= 0 && b.asset < len(b.view.Plan.Assets) && b.view.Plan.Assets[b.asset].Err == nil
}

// messageWidth is how wide a message on the canvas may be.
func (b *Workbench) messageWidth() float32 {
	wide := theme.Current().Px(360)
	if left, right := b.sideWidth(); b.narrow {
		wide = min(wide, b.width-right-80)
	} else if b.width > 0 {
		wide = min(wide, b.width-left-right-80)
	}
	return max(wide, 120)
}

// refreshCanvas shows the current file: the result, or the original while Space
// is held.
func (b *Workbench) refreshCanvas() {
	w, t, p := b.words, theme.Current(), b.view.Plan
	b.comparing = b.comparing && b.compared == (pageKey{b.asset, b.page})
	message := func(s string) {
		put(b.canvas, widgets.Ground(t.Canvas, container.NewCenter(widgets.Card(widgets.Pad(widgets.NewParagraph(s, theme.Body, false, t.Text, b.messageWidth()), theme.S16, theme.S24)))))
	}
	switch {
	case b.view.Stage == state.Scanning && len(p.Case.Assets) > 0:
		message(w.T("canvas.scanning"))
	case b.asset < 0 || b.asset >= len(p.Case.Assets):
		message(w.T("canvas.empty"))
	case b.asset < len(p.Assets) && errors.Is(p.Assets[b.asset].Err, redact.ErrPassword):
		asset := b.asset
		open := widgets.NewButton(w.T("unlock.give"), "", "", widgets.Primary, func() { b.work.Unlock(asset) })
		open.Keys = b.keys
		put(b.canvas, widgets.Ground(t.Canvas, container.NewCenter(widgets.Card(widgets.Pad(widgets.VBox(theme.S12,
			widgets.NewParagraph(w.T("canvas.locked"), theme.Body, false, t.Text, b.messageWidth()), widgets.HBox(theme.S8, open)), theme.S16, theme.S24)))))
	case b.asset < len(p.Assets) && p.Assets[b.asset].Err != nil:
		message(w.T("canvas.unreadable", "why", refusedWords(w, casework.RefusalCode(p.Assets[b.asset].Err))))
	case b.pictured():
		b.refreshPhoto()
	default:
		b.refreshText()
	}
}

func (b *Workbench) refreshPhoto() {
	if now := (pageKey{b.asset, b.page}); b.pictureOf != now {
		b.pictureOf = now
		b.work.Load(b.asset, b.page)
	}
	marks, current := b.marks()
	b.showPicture()
	b.Photo.SetMarks(marks, current)
	if len(b.canvas.Objects) != 1 || b.canvas.Objects[0] != fyne.CanvasObject(b.Photo) {
		put(b.canvas, b.Photo)
	}
}

// SetPicture takes a page that was loaded. result may be nil where only the
// original could be shown: then nothing is.
func (b *Workbench) SetPicture(asset, page int, result, source *widgets.Pyramid) {
	if asset != b.asset || page != b.page {
		return
	}
	b.result, b.source = result, source
	b.comparing = b.comparing && source != nil
	b.showPicture()
	b.refreshTools()
}

func (b *Workbench) showPicture() {
	pic := b.result
	if b.original {
		pic = b.source
	}
	b.Photo.SetPicture(pic)
	if b.comparing && !b.original {
		b.Photo.Compare(b.source)
	} else {
		b.Photo.Compare(nil)
	}
}

// setCompare puts the original beside the result, left of a slider. It goes with
// the page: the next one is shown as the public will see it.
func (b *Workbench) setCompare(on bool) {
	b.comparing = on && b.pictured() && b.source != nil
	b.compared = pageKey{b.asset, b.page}
	b.tools.compare.SetOn(b.comparing)
	b.showPicture()
}

// Comparing reports whether the original stands beside the result.
func (b *Workbench) Comparing() bool { return b.comparing }

// ClearPicture forgets the photo shown, before another is loaded.
func (b *Workbench) ClearPicture() { b.result, b.source, b.comparing = nil, nil, false }

func (b *Workbench) refreshText() {
	p := b.view.Plan
	current := -1
	if it := b.item(); it != nil && it.Asset == b.asset {
		current = b.rows[b.row].Items[b.place]
	}
	if len(b.canvas.Objects) != 1 || b.canvas.Objects[0] != fyne.CanvasObject(b.Text) {
		put(b.canvas, b.Text)
	}
	// A long text is broken into lines only when it is another one.
	if now := (textKey{p, b.asset, b.page, b.original}); now != b.textOf {
		b.textOf = now
		b.Text.SetText(b.stretches(), current)
	}
	b.Text.SetCurrent(current)
}

// textKey is what the text on the canvas was made from.
type textKey struct {
	plan        *casework.Plan
	asset, page int
	original    bool
}

func (b *Workbench) stretches() []widgets.Stretch {
	p := b.view.Plan
	g, ok := b.onCanvas()
	if !ok {
		return nil
	}
	var text []widgets.Stretch
	for _, r := range state.Runs(p, b.asset, g, b.original) {
		s := widgets.Stretch{Text: r.Text, Item: r.Item, Start: r.Start, Len: r.Len}
		if r.Item >= 0 {
			s.Verdict = effective(p.Items[r.Item])
			s.Solid = p.Items[r.Item].Hidden() && !b.original
		}
		text = append(text, s)
	}
	return text
}

// SetOriginal shows the original (Space held) or the result.
func (b *Workbench) SetOriginal(on bool) {
	if b.original == on {
		return
	}
	b.original = on
	if b.mode == onFaces {
		b.faces.List.Refresh()
		return
	}
	b.fillPanel()
	b.refreshCanvas()
}

// Original reports whether the original is shown.
func (b *Workbench) Original() bool { return b.original }

func (b *Workbench) setDrawing(on bool) {
	b.drawing = on
	b.Photo.SetDrawing(on)
	b.Text.SetDrawing(on)
	b.tools.draw.SetOn(on)
	if on {
		b.job.say(b.words.T("canvas.draw"))
	} else {
		b.job.idle()
	}
}

// marked hides runes that were marked in a text.
func (b *Workbench) marked(from, to int) {
	b.setDrawing(false)
	g, ok := b.onCanvas()
	if !ok {
		return
	}
	r, ok := state.TextRegion(g, from, to)
	if !ok {
		return
	}
	a := b.view.Plan.Case.Assets[b.asset]
	b.work.Answer(casework.Answer{Action: casework.Draw, Asset: a.Digest, Region: r, By: b.view.Plan.Case.By})
}
