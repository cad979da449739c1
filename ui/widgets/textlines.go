package widgets

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"consentry/authz"
	"consentry/ui/theme"
)

// textRenderer draws the visible lines of a page of text.
type textRenderer struct {
	p      *textPage
	ground [4]fyne.CanvasObject // beside the paper: above, below, left, right
	paper  fyne.CanvasObject
	drawn  []fyne.CanvasObject
}

func (r *textRenderer) Destroy() {}

func (r *textRenderer) Objects() []fyne.CanvasObject {
	return slices.Concat(r.ground[:], []fyne.CanvasObject{r.paper}, r.drawn)
}

func (r *textRenderer) MinSize() fyne.Size {
	return fyne.NewSize(240, 2*sheetTop+float32(len(r.p.lines))*r.p.lineHeight())
}

func (r *textRenderer) Layout(fyne.Size) {
	before := len(r.p.lines)
	r.p.lay()
	r.draw()
	if len(r.p.lines) != before {
		r.p.view.scroll.Refresh() // the page has another height now
	}
}

func (r *textRenderer) Refresh() {
	before := len(r.p.lines)
	r.p.lay()
	r.draw()
	if len(r.p.lines) != before {
		r.p.view.scroll.Refresh()
	}
	canvas.Refresh(r.p)
}

// lay places the paper and, a pixel under its edge, the ground around it.
func (r *textRenderer) lay(x, w, h float32) {
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	const edge = theme.S12
	wide := r.p.Size().Width
	place(r.ground[0], 0, 0, wide, edge+1)
	place(r.ground[1], 0, h-edge-1, wide, edge+1)
	place(r.ground[2], 0, 0, x+1, h)
	place(r.ground[3], x+w-1, 0, wide-x-w+1, h)
	place(r.paper, x, edge, w, h-2*edge)
}

// draw makes the objects of the lines that can be seen, and a few more.
func (r *textRenderer) draw() {
	p := r.p
	x0, w := p.sheet()
	h := p.lineHeight()
	r.lay(x0, w, max(p.Size().Height, p.view.scroll.Size().Height))
	r.drawn = r.drawn[:0]
	first := max(0, int((p.view.scroll.Offset.Y-sheetTop)/h)-2)
	last := min(len(p.lines), int((p.view.scroll.Offset.Y+p.view.scroll.Size().Height-sheetTop)/h)+3)
	px := theme.Current().Px(theme.Head)
	for i := first; i < last; i++ {
		y := sheetTop + float32(i)*h
		for _, c := range p.lines[i].pieces {
			s := p.text[c.stretch]
			x := x0 + sheetMargin + c.x
			ink := color.Color(theme.Ink)
			if s.Item >= 0 {
				ink = r.mark(s, x+markGap, y, c.w-2*markGap, h)
				x += markGap + markPad
			}
			if lo, hi := min(p.from, p.to), max(p.from, p.to); p.from >= 0 && s.Start+c.from <= hi && s.Start+c.from+len([]rune(c.text)) > lo {
				r.rubber(c, s, lo, hi, x, y, h)
			}
			t := canvas.NewText(c.text, ink)
			t.TextSize = px
			m := t.MinSize()
			t.Move(fyne.NewPos(x, y+(h-m.Height)/2-2))
			t.Resize(m)
			r.drawn = append(r.drawn, t)
		}
	}
}

// mark draws the block or box behind a marked piece and gives its text colour.
func (r *textRenderer) mark(s Stretch, x, y, w, h float32) color.Color {
	box := canvas.NewRectangle(color.Transparent)
	box.CornerRadius = 3
	ink := color.Color(theme.Ink)
	c, _ := boxLook(s.Verdict)
	switch {
	case s.Solid && s.Verdict != authz.Ask:
		box.FillColor, ink = theme.Ink, theme.BoxOuter
	default:
		box.StrokeColor, box.StrokeWidth = c, 2
	}
	if s.Verdict == authz.Ask {
		box.StrokeWidth = 3
	}
	top, high := y+2, h-5
	if s.Item == r.p.current {
		ring := canvas.NewRectangle(color.Transparent)
		ring.StrokeColor, ring.StrokeWidth, ring.CornerRadius = theme.FocusOnPaper, 3, 6
		ring.Move(fyne.NewPos(x-3, top-3))
		ring.Resize(fyne.NewSize(w+6, high+6))
		r.drawn = append(r.drawn, ring)
	}
	box.Move(fyne.NewPos(x, top))
	box.Resize(fyne.NewSize(w, high))
	r.drawn = append(r.drawn, box)
	return ink
}

// rubber shades the runes of a mark that is being drawn.
func (r *textRenderer) rubber(c piece, s Stretch, lo, hi int, x, y, h float32) {
	var from, to float32
	for i, q := range []rune(c.text) {
		w := r.p.adv.of(q)
		if n := s.Start + c.from + i; n < lo {
			from += w
			to += w
		} else if n <= hi {
			to += w
		}
	}
	shade := canvas.NewRectangle(theme.DrawShade)
	shade.Move(fyne.NewPos(x+from, y+2))
	shade.Resize(fyne.NewSize(to-from, h-4))
	r.drawn = append(r.drawn, shade)
}
