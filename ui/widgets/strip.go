package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Strip is a line of cells of one size, of which only those that are seen are
// made. It is turned with the wheel.
type Strip[C fyne.CanvasObject] struct {
	widget.BaseWidget
	length func() int
	create func() C
	update func(int, C)
	gap    float32
	from   int
	// Seeing hears which cells are seen, of how many. May be nil.
	Seeing func(from, to, of int)
	size   fyne.Size // of a cell
}

// NewStrip is a strip of cells.
func NewStrip[C fyne.CanvasObject](gap float32, length func() int, create func() C, update func(int, C)) *Strip[C] {
	s := &Strip[C]{length: length, create: create, update: update, gap: gap}
	m := create().MinSize()
	s.size = fyne.NewSize(ceil(m.Width), ceil(m.Height))
	s.ExtendBaseWidget(s)
	return s
}

// Reveal turns the strip so that a cell is seen.
func (s *Strip[C]) Reveal(i int) {
	n := s.room()
	switch {
	case i < s.from:
		s.from = i
	case i >= s.from+n:
		s.from = i - n + 1
	}
	s.Refresh()
}

// Seen are the first cell that is seen and the one after the last.
func (s *Strip[C]) Seen() (from, to int) {
	n := s.length()
	from = max(0, min(s.from, n-s.room()))
	return from, min(n, from+s.room())
}

func (s *Strip[C]) room() int {
	return max(1, int((s.Size().Width-2*Rim+s.gap)/(s.size.Width+s.gap)))
}

// Turn goes on by as many cells as are seen, or back.
func (s *Strip[C]) Turn(by int) {
	from, _ := s.Seen()
	s.from = max(0, min(from+by*s.room(), s.length()-s.room()))
	s.Refresh()
}

// Scrolled implements fyne.Scrollable.
func (s *Strip[C]) Scrolled(e *fyne.ScrollEvent) {
	by := 1
	if e.Scrolled.DY > 0 || e.Scrolled.DX > 0 {
		by = -1
	}
	s.from = max(0, min(s.from+by, s.length()-s.room()))
	s.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (s *Strip[C]) CreateRenderer() fyne.WidgetRenderer { return &stripRenderer[C]{s: s} }

type stripRenderer[C fyne.CanvasObject] struct {
	s     *Strip[C]
	cells []C
}

func (r *stripRenderer[C]) Destroy() {}

func (r *stripRenderer[C]) Objects() (os []fyne.CanvasObject) {
	for _, c := range r.cells {
		os = append(os, c)
	}
	return os
}

// Rim is the room around the cells of a strip: what can be turned is cut at its edge by
// Fyne, and the line around a cell is drawn on it.
const Rim = 4

func (r *stripRenderer[C]) MinSize() fyne.Size { return r.s.size.AddWidthHeight(2*Rim, 2*Rim) }

func (r *stripRenderer[C]) Layout(fyne.Size) {
	from, to := r.s.Seen()
	if r.s.Seeing != nil {
		r.s.Seeing(from, to, r.s.length())
	}
	for len(r.cells) < to-from {
		r.cells = append(r.cells, r.s.create())
	}
	for k, c := range r.cells {
		if from+k >= to {
			c.Hide()
			continue
		}
		r.s.update(from+k, c)
		c.Move(fyne.NewPos(Rim+float32(k)*(r.s.size.Width+r.s.gap), Rim))
		c.Resize(r.s.size)
		c.Show()
	}
}

func (r *stripRenderer[C]) Refresh() { r.Layout(r.s.Size()) }
