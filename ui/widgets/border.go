package widgets

import (
	"math"

	"fyne.io/fyne/v2"
)

// Border puts objects at the sides of another that takes the rest, without gaps.
// Any side may be nil.
func Border(top, bottom, left, right, middle fyne.CanvasObject) *fyne.Container {
	l := &border{top, bottom, left, right, middle}
	c := &fyne.Container{Layout: l}
	for _, o := range []fyne.CanvasObject{top, bottom, left, right, middle} {
		if o != nil {
			c.Objects = append(c.Objects, o)
		}
	}
	return c
}

type border struct{ top, bottom, left, right, middle fyne.CanvasObject }

func least(o fyne.CanvasObject) fyne.Size {
	if o == nil || !o.Visible() {
		return fyne.Size{}
	}
	m := o.MinSize()
	return fyne.NewSize(ceil(m.Width), ceil(m.Height))
}

// ceil is a measure in whole pixels: what begins between two of them covers the line
// beside it.
func ceil(v float32) float32 { return float32(math.Ceil(float64(v))) }

// MinSize implements fyne.Layout.
func (b *border) MinSize([]fyne.CanvasObject) fyne.Size {
	t, u, l, r, m := least(b.top), least(b.bottom), least(b.left), least(b.right), least(b.middle)
	return fyne.NewSize(max(t.Width, u.Width, l.Width+m.Width+r.Width), t.Height+u.Height+max(l.Height, m.Height, r.Height))
}

// Layout implements fyne.Layout.
func (b *border) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	t, u, l, r := least(b.top), least(b.bottom), least(b.left), least(b.right)
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		if o != nil {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(w, h))
		}
	}
	h := max(0, s.Height-t.Height-u.Height)
	put(b.top, 0, 0, s.Width, t.Height)
	put(b.bottom, 0, s.Height-u.Height, s.Width, u.Height)
	put(b.left, 0, t.Height, l.Width, h)
	put(b.right, s.Width-r.Width, t.Height, r.Width, h)
	put(b.middle, l.Width, t.Height, max(0, s.Width-l.Width-r.Width), h)
}
