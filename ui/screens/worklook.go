package screens

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

func itoa(n int) string { return strconv.Itoa(n) }

// look is the case in sheets of twenty pictures, to see whether a face was missed.
type look struct {
	content *fyne.Container
	pages   []state.PageAt
	sheet   int
	thumbs  []*widgets.Thumb
}

// LookThrough opens the sheets, or goes back.
func (b *Workbench) LookThrough(on bool) {
	if !b.scanned() {
		return
	}
	b.look.pages = state.Pictured(b.view.Plan)
	if b.mode = onFaces; on && len(b.look.pages) > 0 {
		b.mode, b.look.sheet = onSheets, 0
	}
	b.refresh()
}

// perLine is how many pictures stand in a line of a full sheet.
const perLine = 5

// pictures lays pictures out in lines of so many; none is taller than it is wide.
type pictures struct{ columns int }

// MinSize implements fyne.Layout.
func (l pictures) MinSize(os []fyne.CanvasObject) fyne.Size {
	var m fyne.Size
	for _, o := range os {
		m = m.Max(o.MinSize())
	}
	n, lines := float32(l.columns), float32(l.lines(len(os)))
	return fyne.NewSize(n*m.Width+(n-1)*theme.S12, lines*m.Height+(lines-1)*theme.S12)
}

func (l pictures) lines(n int) int {
	if l.columns == perLine {
		return state.PerSheet / perLine // the last sheet has pictures as large as the others
	}
	return max(1, (n+l.columns-1)/l.columns)
}

// Layout implements fyne.Layout.
func (l pictures) Layout(os []fyne.CanvasObject, s fyne.Size) {
	n, lines := float32(l.columns), float32(l.lines(len(os)))
	wide := (s.Width - (n-1)*theme.S12) / n
	tall := min(wide, (s.Height-(lines-1)*theme.S12)/lines)
	for i, o := range os {
		o.Move(fyne.NewPos(float32(i%l.columns)*(wide+theme.S12), float32(i/l.columns)*(tall+theme.S12)))
		o.Resize(fyne.NewSize(wide, tall))
	}
}

func (l *look) sheets() int { return (len(l.pages) + state.PerSheet - 1) / state.PerSheet }

func (b *Workbench) refreshLook() {
	w, t, l := b.words, theme.Current(), &b.look
	l.pages = state.Pictured(b.view.Plan)
	l.sheet = max(0, min(l.sheet, l.sheets()-1))
	button := func(word string, icon icons.Name, key string, rank widgets.Rank, do func()) *widgets.Button {
		if b.narrow {
			key = ""
		}
		x := widgets.NewButton(word, icon, key, rank, do)
		x.Keys = b.keys
		return x
	}
	back := button("", icons.Left, w.T("key.pageup"), widgets.Plain, func() { b.lookTurn(-1) })
	back.SetEnabled(l.sheet > 0)
	word := w.T("look.next")
	if l.sheet == l.sheets()-1 {
		word = w.T("look.last")
	}
	icon := icons.Right
	if l.sheet == l.sheets()-1 {
		icon = icons.Tick
	}
	next := button(word, icon, w.T("key.pagedown"), widgets.Primary, func() { b.lookTurn(1) })
	next.SetEnabled(b.canAnswer())
	buttons := widgets.HBox(theme.S8, back, next, button(w.T("look.end"), "", "R", widgets.Plain, func() { b.LookThrough(false) }))
	about := widgets.NewCutLabel(w.T("look.sheet", "n", l.sheet+1, "of", l.sheets())+w.T("stop")+w.T("look.what"), theme.Note, false, t.Muted)
	top := widgets.Border(nil, nil, widgets.Middle(head(w.T("look.title"))), buttons, widgets.Pad(widgets.Middle(about), 0, theme.S12))
	if t.Large() { // what to do has a line of its own
		top = widgets.VBox(theme.S4, widgets.Border(nil, nil, widgets.Middle(head(w.T("look.title"))), buttons, nil), about)
	}
	l.thumbs = nil
	grid := container.New(pictures{min(perLine, max(3, len(l.pages)))})
	for i := l.sheet * state.PerSheet; i < min((l.sheet+1)*state.PerSheet, len(l.pages)); i++ {
		at := l.pages[i]
		th := widgets.NewThumb(100, 60)
		th.Fill = true
		th.Chosen = func() {
			b.mode = onCanvas
			b.chooseFile(at.Asset)
			b.page = at.Page
			b.refresh()
			b.setDrawing(true)
		}
		l.thumbs = append(l.thumbs, th)
		what := b.view.Plan.Case.Assets[at.Asset].Name
		if n := len(state.Shown(b.view.Plan, at.Asset)); n > 1 {
			what += w.T("sep") + w.T("tool.page", "n", at.Page+1)
		}
		grid.Add(widgets.Border(nil, widgets.Pad(widgets.NewCutLabel(what, theme.Note, false, t.Muted), 2, 0), nil, nil, th))
	}
	l.content = widgets.Border(widgets.VBox(0, widgets.Ground(t.Surface, widgets.Pad(top, theme.S8, theme.S16)), widgets.Rule()), nil, nil, nil, widgets.Pad(grid, theme.S8, theme.S16))
	b.fillLook()
}

// fillLook shows what is drawn of the sheet.
func (b *Workbench) fillLook() {
	l := &b.look
	for k, th := range l.thumbs {
		at := l.pages[l.sheet*state.PerSheet+k]
		th.Set(b.tile(state.Tile{PageAt: at, Large: true}), icons.Photo, theme.Current().Muted)
	}
}

// lookTurn goes to another sheet. What was on a sheet that is left forwards has
// been looked through.
func (b *Workbench) lookTurn(by int) {
	l := &b.look
	if by > 0 && b.canAnswer() {
		var as []casework.Answer
		c := b.view.Plan.Case
		for k := range l.thumbs {
			at := l.pages[l.sheet*state.PerSheet+k]
			if digest := c.Assets[at.Asset].Digest; c.LookedAt(digest, at.Page) == nil {
				as = append(as, casework.Answer{Action: casework.LookedAt, Asset: digest, Region: redact.Region{Page: at.Page}, By: c.By})
			}
		}
		if len(as) > 0 {
			b.work.Answer(as...)
		}
	}
	if to := l.sheet + by; to < l.sheets() {
		l.sheet = max(0, to)
		b.refresh()
		return
	}
	b.LookThrough(false)
}

// lookedWords say who looked through the pictures for missed faces.
func (b *Workbench) lookedWords() string {
	w, c, n := b.words, b.view.Plan.Case, 0
	pages, by := state.Pictured(b.view.Plan), ""
	for _, at := range pages {
		if a := c.LookedAt(c.Assets[at.Asset].Digest, at.Page); a != nil {
			n, by = n+1, a.By
		}
	}
	switch {
	case n == 0:
		return w.T("look.nobody", "n", (len(pages)+state.PerSheet-1)/state.PerSheet)
	case n < len(pages):
		return w.T("look.some", "n", n, "of", len(pages))
	}
	return w.T("look.done", "by", by)
}

// doLook carries a command out over the sheets; false where it is none of theirs.
func (b *Workbench) doLook(c state.Command) bool {
	switch c {
	case state.Next, state.NextPage:
		b.lookTurn(1)
	case state.Previous, state.BackPage:
		b.lookTurn(-1)
	default:
		return false
	}
	return true
}
