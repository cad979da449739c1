package widgets

import (
	"math"

	"fyne.io/fyne/v2"
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

// placeSlider draws the line and its grip.
func (r *photoRenderer) placeSlider() {
	on := r.p.before != nil && r.p.pic != nil
	size := r.p.Size()
	x := float32(r.p.split) * size.Width
	for i, s := range r.slider {
		s.Hidden = !on
		w := float32([]float32{5, 2, 14}[i])
		s.Move(fyne.NewPos(x-w/2, 0))
		s.Resize(fyne.NewSize(w, size.Height))
	}
	grip := r.slider[2]
	grip.StrokeColor, grip.StrokeWidth, grip.CornerRadius = r.slider[0].FillColor, 2, 7
	grip.Move(fyne.NewPos(x-7, size.Height/2-22))
	grip.Resize(fyne.NewSize(14, 44))
}
