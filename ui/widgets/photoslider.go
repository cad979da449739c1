package widgets

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"consentry/ui/theme"
)

// sliderReach is how far from its line the slider is taken.
const sliderReach = 10

// Compare puts another picture of the same size, the original, to the left of a
// slider; nil takes it away. It is never on unless somebody turned it on.
func (p *PhotoView) Compare(before *Pyramid) {
	if before != nil && p.pic != nil && before.Size() != p.pic.Size() {
		before = nil
	}
	if before != nil && p.before == nil {
		p.split = 0.5
	}
	if p.before != before {
		p.before = before
		p.Refresh()
	}
}

// Comparing reports whether the slider is on.
func (p *PhotoView) Comparing() bool { return p.before != nil }

// Slide moves the slider to a share of the view's width.
func (p *PhotoView) Slide(to float64) {
	p.split = math.Max(0, math.Min(1, to))
	p.move()
}

func (p *PhotoView) onSlider(at fyne.Position) bool {
	return p.before != nil && abs(at.X-float32(p.split)*p.Size().Width) <= sliderReach
}

// uncovered reports whether a box lies where the original is seen: what is said of the
// result is not said there.
func (p *PhotoView) uncovered(from, to fyne.Position) bool {
	return p.before != nil && p.pic != nil && (from.X+to.X)/2 < float32(p.split)*p.Size().Width
}

// half is the word over one side of a comparison.
type half struct {
	ground *canvas.Rectangle
	word   *canvas.Text
}

// placeSlider draws the line over the picture, and its grip, and says which side is which.
func (r *photoRenderer) placeSlider() {
	on := r.p.before != nil && r.p.pic != nil
	size := r.p.Size()
	x := float32(r.p.split) * size.Width
	top, bottom := float32(0), size.Height
	if on {
		s := r.p.pic.Size()
		top, bottom = max(0, r.p.toView(0, 0).Y), min(size.Height, r.p.toView(s.X, s.Y).Y)
	}
	for i, s := range r.slider {
		s.Hidden = !on
		w := float32([]float32{5, 2, 14}[i])
		s.Move(fyne.NewPos(x-w/2, top))
		s.Resize(fyne.NewSize(w, max(0, bottom-top)))
	}
	t := theme.Current()
	for i, h := range r.halves {
		h.ground.Hidden, h.word.Hidden = !on || h.word.Text == "", !on
		h.ground.CornerRadius, h.word.TextSize = theme.Radius, t.Px(theme.Note)
		m := h.word.MinSize()
		wide := m.Width + 2*theme.S8
		at := fyne.NewPos(x-theme.S12-wide, top+theme.S12)
		if i == 1 {
			at.X = x + theme.S12
		}
		h.ground.Move(at)
		h.ground.Resize(fyne.NewSize(wide, m.Height+theme.S4))
		h.word.Move(at.AddXY(theme.S8, theme.S4/2-rise))
		h.word.Resize(m)
	}
	grip := r.slider[2]
	grip.StrokeColor, grip.StrokeWidth, grip.CornerRadius = r.slider[0].FillColor, 2, 7
	grip.Move(fyne.NewPos(x-7, (top+bottom)/2-22))
	grip.Resize(fyne.NewSize(14, 44))
}
