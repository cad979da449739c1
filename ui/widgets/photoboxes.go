package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"consentry/authz"
	"consentry/ui/icons"
	"consentry/ui/theme"
)

// photoRenderer draws the viewport and, over it, the boxes.
type photoRenderer struct {
	p      *PhotoView
	raster *canvas.Raster
	boxes  []*photoBox
	rubber *canvas.Rectangle
	slider [3]*canvas.Rectangle // outer line, line, grip
	halves [2]half              // of a comparison
}

// photoBox is one box: a white line outside, the verdict's line, a label.
type photoBox struct {
	outer, line, ground *canvas.Rectangle
	icon                *canvas.Image
	word                *canvas.Text
	handles             [8]*canvas.Rectangle
}

func newPhotoBox() *photoBox {
	b := &photoBox{outer: canvas.NewRectangle(color.Transparent), line: canvas.NewRectangle(color.Transparent),
		ground: canvas.NewRectangle(color.Transparent), word: canvas.NewText("", theme.BoxOuter),
		icon: &canvas.Image{FillMode: canvas.ImageFillContain}}
	b.outer.StrokeColor = theme.BoxOuter
	b.word.TextStyle.Bold = true
	b.ground.StrokeColor, b.ground.StrokeWidth, b.ground.CornerRadius = theme.BoxOuter, 1.5, 3
	for i := range b.handles {
		b.handles[i] = canvas.NewRectangle(theme.BoxOuter)
		b.handles[i].StrokeWidth = 2
	}
	return b
}

func (b *photoBox) objects() []fyne.CanvasObject {
	os := []fyne.CanvasObject{b.outer, b.line, b.ground, b.icon, b.word}
	for _, h := range b.handles {
		os = append(os, h)
	}
	return os
}

func (b *photoBox) show(on bool) {
	for _, o := range b.objects() {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
}

func boxLook(v authz.Verdict) (color.NRGBA, icons.Name) {
	switch v {
	case authz.Show:
		return theme.BoxShow, icons.Show
	case authz.Ask:
		return theme.BoxAsk, icons.Ask
	}
	return theme.BoxHide, icons.Hide
}

// Below this width in pixels a box that is not the current one has only its icon.
const wordFrom = 56

func (b *photoBox) place(m Mark, min, max fyne.Position, current bool) {
	c, icon := boxLook(m.Verdict)
	t := theme.Current()
	stroke := float32(2.5)
	switch {
	case current, m.Verdict == authz.Ask:
		stroke = 4
	case m.Rest:
		stroke = 1
	}
	size := fyne.NewSize(max.X-min.X, max.Y-min.Y)
	b.line.StrokeColor, b.line.StrokeWidth = c, stroke
	b.line.Move(min)
	b.line.Resize(size)
	b.outer.StrokeWidth = 1.5
	b.outer.Move(min.SubtractXY(1.5, 1.5))
	b.outer.Resize(size.AddWidthHeight(3, 3))

	word := m.Word
	if size.Width < t.Px(wordFrom) && !current {
		word = ""
	}
	px := t.Px(13)
	h := t.Px(22)
	w := t.Px(24)
	if word != "" {
		w = t.Px(30) + fyne.MeasureText(word, px, b.word.TextStyle).Width
	}
	at := fyne.NewPos(min.X-1, max.Y+5)
	b.ground.FillColor = c
	b.ground.Move(at)
	b.ground.Resize(fyne.NewSize(w, h))
	b.icon.Resource = icons.In(icon, theme.BoxOuter)
	b.icon.Move(at.AddXY(t.Px(5), t.Px(4)))
	b.icon.Resize(fyne.NewSize(t.Px(14), t.Px(14)))
	b.word.Text, b.word.TextSize = word, px
	th := b.word.MinSize().Height
	b.word.Move(at.AddXY(t.Px(23), (h-th)/2-rise))
	b.word.Resize(fyne.NewSize(w, th))

	if m.Quiet { // among words no label stands on other words, and no line on these
		b.ground.Hide()
		b.icon.Hide()
		b.word.Hide()
		around := float32(1.5)
		b.outer.StrokeWidth, b.line.StrokeWidth = 0, 1.25
		if current {
			around = 4
			b.outer.StrokeWidth, b.line.StrokeWidth = 1.5, 3
		}
		b.line.Move(min.SubtractXY(around, around))
		b.line.Resize(size.AddWidthHeight(2*around, 2*around))
		b.outer.Move(min.SubtractXY(around+1.5, around+1.5))
		b.outer.Resize(size.AddWidthHeight(2*around+3, 2*around+3))
	}
	for i, r := range b.handles {
		r.StrokeColor, r.Hidden = c, !current || !m.Movable
		k := i
		if k >= 4 { // the middle of the nine places has none
			k++
		}
		r.Move(handleAt(k, min, max).SubtractXY(handleSize/2, handleSize/2))
		r.Resize(fyne.NewSize(handleSize, handleSize))
	}
}

func (r *photoRenderer) Destroy() {}

func (r *photoRenderer) Objects() []fyne.CanvasObject {
	os := []fyne.CanvasObject{r.raster}
	var current []fyne.CanvasObject
	for i, b := range r.boxes {
		if i < len(r.p.marks) && r.p.marks[i].Item == r.p.current {
			current = b.objects() // over the labels of its neighbours
			continue
		}
		os = append(os, b.objects()...)
	}
	os = append(os, current...)
	os = append(os, r.rubber, r.slider[0], r.slider[1], r.slider[2])
	for _, h := range r.halves {
		os = append(os, h.ground, h.word)
	}
	return os
}

func (r *photoRenderer) MinSize() fyne.Size { return fyne.NewSize(200, 150) }

func (r *photoRenderer) Layout(s fyne.Size) {
	r.raster.Resize(s)
	r.place()
	r.p.tell()
}

func (r *photoRenderer) place() {
	for len(r.boxes) < len(r.p.marks) {
		r.boxes = append(r.boxes, newPhotoBox())
	}
	size := r.p.Size()
	for i, b := range r.boxes {
		if i >= len(r.p.marks) || r.p.pic == nil {
			b.show(false)
			continue
		}
		m := r.p.marks[i]
		from, to := r.p.toView(m.Box.Min.X, m.Box.Min.Y), r.p.toView(m.Box.Max.X, m.Box.Max.Y)
		if to.X < 0 || to.Y < 0 || from.X > size.Width || from.Y > size.Height || r.p.uncovered(from, to) {
			b.show(false)
			continue
		}
		b.show(true)
		b.place(m, from, to, m.Item == r.p.current)
	}
	r.placeSlider()
	r.rubber.Hidden = r.p.rubber.Empty()
	if !r.rubber.Hidden {
		from, to := r.p.toView(r.p.rubber.Min.X, r.p.rubber.Min.Y), r.p.toView(r.p.rubber.Max.X, r.p.rubber.Max.Y)
		r.rubber.StrokeColor, r.rubber.StrokeWidth = theme.Current().Focus, 3
		r.rubber.Move(from)
		r.rubber.Resize(fyne.NewSize(to.X-from.X, to.Y-from.Y))
	}
}

func (r *photoRenderer) Refresh() {
	r.place()
	r.p.tell()
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
