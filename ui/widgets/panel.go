package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"consentry/ui/icons"
	"consentry/ui/theme"
)

// Ground puts a colour behind an object.
func Ground(c color.Color, o fyne.CanvasObject) *fyne.Container {
	return container.NewStack(Fill(c), o)
}

// Card is an object on a surface with a line around it.
func Card(o fyne.CanvasObject) *fyne.Container {
	t := theme.Current()
	r := canvas.NewRectangle(t.Surface)
	r.StrokeColor, r.StrokeWidth, r.CornerRadius = t.Line, t.LineWidth(), theme.CardRadius
	return container.NewStack(r, o)
}

// Pad puts room around an object: on all sides, or vertical and horizontal.
func Pad(o fyne.CanvasObject, vertical, horizontal float32) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(vertical, vertical, horizontal, horizontal), o)
}

// HBox is objects in a row with gaps.
func HBox(gap float32, os ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(gap), os...)
}

// VBox is objects in a column with gaps.
func VBox(gap float32, os ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), os...)
}

// Middle centres an object from top to bottom and keeps its width.
func Middle(o fyne.CanvasObject) *fyne.Container {
	return container.NewVBox(layout.NewSpacer(), o, layout.NewSpacer())
}

// Spacer takes the room that is left.
func Spacer() fyne.CanvasObject { return layout.NewSpacer() }

// Rule is a line between parts: a row's height of one pixel, or two.
func Rule() fyne.CanvasObject {
	t := theme.Current()
	r := canvas.NewRectangle(t.Line)
	r.SetMinSize(fyne.NewSize(t.LineWidth(), t.LineWidth()))
	return r
}

// Room gives an object a least size; a zero side is the object's own.
func Room(w, h float32, o fyne.CanvasObject) *fyne.Container {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(w, h))
	return container.NewStack(r, o)
}

// Current is the current one of some lines: a ground and a bar before it.
func Current(o fyne.CanvasObject) *fyne.Container {
	t := theme.Current()
	bar := canvas.NewRectangle(t.Primary)
	bar.SetMinSize(fyne.NewSize(4, 0))
	return container.NewStack(Fill(t.Selected), Border(nil, nil, bar, nil, nil), o)
}

// Icon is an icon of a size (at 100 %) in a colour.
func Icon(n icons.Name, size float32, c color.Color) *canvas.Image {
	i := canvas.NewImageFromResource(icons.In(n, c))
	i.FillMode = canvas.ImageFillContain
	px := theme.Current().Px(size)
	i.SetMinSize(fyne.NewSize(px, px))
	return i
}

// Flow lays chips out in lines of a width, as words in a paragraph.
func Flow(width, gap float32, os ...fyne.CanvasObject) *fyne.Container {
	return container.New(flow{width, gap}, os...)
}

type flow struct{ width, gap float32 }

// place breaks objects into lines, each in the middle of its line.
func (f flow) place(os []fyne.CanvasObject, put func(fyne.CanvasObject, fyne.Position)) fyne.Size {
	var x, y, row, wide float32
	var line []fyne.CanvasObject
	end := func() {
		var x float32
		for _, o := range line {
			m := o.MinSize()
			put(o, fyne.NewPos(x, y+(row-m.Height)/2))
			x += m.Width + f.gap
		}
		line = line[:0]
	}
	for _, o := range os {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if x > 0 && x+m.Width > f.width {
			end()
			x, y, row = 0, y+row+f.gap, 0
		}
		line = append(line, o)
		x += m.Width + f.gap
		row = max(row, m.Height)
		wide = max(wide, x-f.gap)
	}
	end()
	return fyne.NewSize(wide, y+row)
}

func (f flow) MinSize(os []fyne.CanvasObject) fyne.Size {
	return f.place(os, func(fyne.CanvasObject, fyne.Position) {})
}

func (f flow) Layout(os []fyne.CanvasObject, _ fyne.Size) {
	f.place(os, func(o fyne.CanvasObject, p fyne.Position) { o.Move(p); o.Resize(o.MinSize()) })
}
