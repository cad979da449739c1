package widgets

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

const (
	handleSize = 8  // of a handle as it is drawn
	gripReach  = 9  // how far from its middle a handle is taken
	slop       = 4  // a shaking hand: less is a click, not a drag
	leastBox   = 4  // picture pixels: no box is made smaller
	inside     = -1 // the grip is no handle but the box itself
)

// grip is a box of the photo in the hand: moved as a whole, or by one of its
// eight handles. Nothing is told before it is let go.
type grip struct {
	mark   int // index in marks; -1: nothing is held, the drag goes nowhere
	handle int // 0 to 8 by rows, 4 is none of them; or inside
	from   fyne.Position
	start  image.Rectangle // when it was taken
	was    image.Rectangle // as the case has it
	moved  bool            // further than a shaking hand
}

// shift moves the edges that a handle holds, within the picture.
func (g grip) shift(dx, dy int, bounds image.Rectangle) image.Rectangle {
	r := g.start
	if g.handle == inside {
		dx = min(max(dx, bounds.Min.X-r.Min.X), bounds.Max.X-r.Max.X)
		dy = min(max(dy, bounds.Min.Y-r.Min.Y), bounds.Max.Y-r.Max.Y)
		return r.Add(image.Pt(dx, dy))
	}
	switch g.handle % 3 {
	case 0:
		r.Min.X = min(max(r.Min.X+dx, bounds.Min.X), r.Max.X-leastBox)
	case 2:
		r.Max.X = max(min(r.Max.X+dx, bounds.Max.X), r.Min.X+leastBox)
	}
	switch g.handle / 3 {
	case 0:
		r.Min.Y = min(max(r.Min.Y+dy, bounds.Min.Y), r.Max.Y-leastBox)
	case 2:
		r.Max.Y = max(min(r.Max.Y+dy, bounds.Max.Y), r.Min.Y+leastBox)
	}
	return r
}

// handleAt is the middle of a handle of a box with these corners in the view.
func handleAt(k int, from, to fyne.Position) fyne.Position {
	return fyne.NewPos(from.X+(to.X-from.X)*float32(k%3)/2, from.Y+(to.Y-from.Y)*float32(k/3)/2)
}

// movable is the index of the current mark, if its box may be moved; else -1.
func (p *PhotoView) movable() int {
	for i, m := range p.marks {
		if m.Item == p.current && m.Movable && p.pic != nil {
			return i
		}
	}
	return -1
}

// gripAt is what is held of the current box at a place of the view. Within a
// small box its handles leave room to take the box itself.
func (p *PhotoView) gripAt(at fyne.Position) (g grip, ok bool) {
	i := p.movable()
	if i < 0 {
		return grip{mark: -1}, false
	}
	box := p.marks[i].Box
	g = grip{mark: i, handle: inside, from: at, start: box, was: box}
	from, to := p.toView(box.Min.X, box.Min.Y), p.toView(box.Max.X, box.Max.Y)
	within := at.X >= from.X && at.X < to.X && at.Y >= from.Y && at.Y < to.Y
	best := float32(gripReach)
	for k := range 9 {
		h := handleAt(k, from, to)
		d := max(abs(at.X-h.X), abs(at.Y-h.Y))
		if k == 4 || d > best || within && d > min(to.X-from.X, to.Y-from.Y)/6 {
			continue
		}
		best, g.handle = d, k
	}
	return g, within || g.handle != inside
}

func abs(x float32) float32 { return max(x, -x) }

// drag moves what is held. It reports whether anything is.
func (p *PhotoView) drag(at fyne.Position) bool {
	g := p.held
	if g == nil {
		return false
	}
	if g.mark < 0 || !g.moved && max(abs(at.X-g.from.X), abs(at.Y-g.from.Y)) < slop {
		return true
	}
	g.moved = true
	s := p.scale()
	round := func(d float32) int { return int(math.Round(float64(d) / s)) }
	p.marks[g.mark].Box = g.shift(round(at.X-g.from.X), round(at.Y-g.from.Y), image.Rectangle{Max: p.pic.Size()})
	p.Refresh()
	return true
}

// Nudge moves the current box by picture pixels, and says whether there is one.
// Nothing is told before Settle.
func (p *PhotoView) Nudge(dx, dy int) bool {
	i := p.movable()
	if i < 0 {
		return false
	}
	if p.held == nil || p.held.mark != i {
		p.held = &grip{mark: i, handle: inside, was: p.marks[i].Box, moved: true}
	}
	now := *p.held
	now.start = p.marks[i].Box
	p.marks[i].Box = now.shift(dx, dy, image.Rectangle{Max: p.pic.Size()})
	p.Refresh()
	return true
}

// Settle lets go of what is held and tells where it stands now.
func (p *PhotoView) Settle() {
	g := p.held
	p.held = nil
	if g == nil || g.mark < 0 || g.mark >= len(p.marks) {
		return
	}
	if m := p.marks[g.mark]; m.Box != g.was && p.Moved != nil {
		p.Moved(m.Item, m.Box)
	}
}

// Cancel puts back what is held and ends drawing. It reports whether there was
// anything to cancel.
func (p *PhotoView) Cancel() bool {
	g := p.held
	held := g != nil && g.mark >= 0 && g.mark < len(p.marks)
	if held {
		p.marks[g.mark].Box = g.was
		p.held = &grip{mark: -1} // the button may still be down
	}
	drew := !p.rubber.Empty()
	p.rubber = image.Rectangle{}
	p.Refresh()
	return held || drew
}

// keepHeld puts the box that is held into new marks; where it is gone, or
// another is current, nothing is held any more.
func (p *PhotoView) keepHeld(marks []Mark, current int) {
	g := p.held
	if g == nil || g.mark < 0 {
		return
	}
	old := p.marks[g.mark]
	p.held = &grip{mark: -1}
	for i, m := range marks {
		if g.moved && m.ID == old.ID && m.Item == current && m.Movable {
			g.mark, g.was, marks[i].Box, p.held = i, m.Box, old.Box, g
		}
	}
}

// Holding reports whether a box is being moved.
func (p *PhotoView) Holding() bool { return p.held != nil && p.held.mark >= 0 && p.held.moved }

// MouseIn implements desktop.Hoverable.
func (p *PhotoView) MouseIn(e *desktop.MouseEvent) { p.over = e.Position }

// MouseMoved implements desktop.Hoverable.
func (p *PhotoView) MouseMoved(e *desktop.MouseEvent) { p.over = e.Position }

// MouseOut implements desktop.Hoverable.
func (p *PhotoView) MouseOut() { p.over = fyne.NewPos(-1, -1) }

// Cursor implements desktop.Cursorable.
func (p *PhotoView) Cursor() desktop.Cursor {
	if p.drawing {
		return desktop.CrosshairCursor
	}
	g, ok := p.gripAt(p.over)
	switch {
	case p.onSlider(p.over):
		return desktop.HResizeCursor
	case !ok:
		return desktop.DefaultCursor
	case g.handle == inside:
		return desktop.PointerCursor
	case g.handle/3 == 1:
		return desktop.HResizeCursor
	case g.handle%3 == 1:
		return desktop.VResizeCursor
	}
	return desktop.CrosshairCursor
}

// At is where a picture pixel stands in the view.
func (p *PhotoView) At(pixel image.Point) fyne.Position { return p.toView(pixel.X, pixel.Y) }
