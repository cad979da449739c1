package widgets

import "fyne.io/fyne/v2"

// Columns puts two objects beside each other, each with half of the width, or,
// where a half would be narrower than least, one above the other.
func Columns(least, gap float32, left, right fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &columns{least, gap}, Objects: []fyne.CanvasObject{left, right}}
}

// Halves puts objects beside each other, each with the same part of the width, and as
// tall as they are.
func Halves(gap float32, os ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: halves(gap), Objects: os}
}

type halves float32

// MinSize implements fyne.Layout.
func (h halves) MinSize(os []fyne.CanvasObject) fyne.Size {
	var m fyne.Size
	for _, o := range os {
		m = m.Max(o.MinSize())
	}
	n := float32(len(os))
	return fyne.NewSize(m.Width*n+float32(h)*(n-1), m.Height)
}

// Layout implements fyne.Layout.
func (h halves) Layout(os []fyne.CanvasObject, s fyne.Size) {
	n := float32(len(os))
	wide := (s.Width - float32(h)*(n-1)) / n
	for i, o := range os {
		o.Move(fyne.NewPos(float32(i)*(wide+float32(h)), 0))
		o.Resize(fyne.NewSize(wide, s.Height))
	}
}

// Rows puts an object over another; the upper one takes a part of the height.
func Rows(part, gap float32, upper, lower fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: rows{part, gap}, Objects: []fyne.CanvasObject{upper, lower}}
}

type rows struct{ part, gap float32 }

// MinSize implements fyne.Layout.
func (r rows) MinSize(os []fyne.CanvasObject) fyne.Size {
	a, b := os[0].MinSize(), os[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+r.gap+b.Height)
}

// Layout implements fyne.Layout.
func (r rows) Layout(os []fyne.CanvasObject, s fyne.Size) {
	high := (s.Height - r.gap) * r.part
	os[0].Move(fyne.NewPos(0, 0))
	os[0].Resize(fyne.NewSize(s.Width, high))
	os[1].Move(fyne.NewPos(0, high+r.gap))
	os[1].Resize(fyne.NewSize(s.Width, s.Height-r.gap-high))
}

type columns struct{ least, gap float32 }

// MinSize implements fyne.Layout. A narrow window decides what is tall, and is not
// known here: the halves scroll by themselves.
func (c *columns) MinSize(os []fyne.CanvasObject) fyne.Size {
	a, b := os[0].MinSize(), os[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), max(a.Height, b.Height))
}

// Layout implements fyne.Layout.
func (c *columns) Layout(os []fyne.CanvasObject, s fyne.Size) {
	half := (s.Width - c.gap) / 2
	if half >= c.least {
		os[0].Move(fyne.NewPos(0, 0))
		os[0].Resize(fyne.NewSize(half, s.Height))
		os[1].Move(fyne.NewPos(half+c.gap, 0))
		os[1].Resize(fyne.NewSize(half, s.Height))
		return
	}
	tall := (s.Height - c.gap) / 2
	os[0].Move(fyne.NewPos(0, 0))
	os[0].Resize(fyne.NewSize(s.Width, tall))
	os[1].Move(fyne.NewPos(0, tall+c.gap))
	os[1].Resize(fyne.NewSize(s.Width, tall))
}
