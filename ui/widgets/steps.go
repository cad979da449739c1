package widgets

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"consentry/ui/icons"
	"consentry/ui/theme"
)

// Steps is a line of numbered steps; those before the current one are ticked.
func Steps(words []string, current int) fyne.CanvasObject {
	t := theme.Current()
	box := HBox(theme.S4)
	for i, w := range words {
		if t.Large() && i != min(current, len(words)-1) {
			continue // the number tells how many lie before
		}
		if i > 0 && !t.Large() {
			dash := canvas.NewRectangle(t.Edge)
			dash.SetMinSize(fyne.NewSize(14, 1))
			box.Add(Middle(dash))
		}
		c, bold := t.Muted, false
		if i == current {
			c, bold = t.Text, true
		}
		if i < current {
			box.Add(Middle(Icon(icons.Seal, 16, c)))
		} else {
			box.Add(Middle(number(i+1, i == current)))
		}
		box.Add(NewLabel(w, theme.Note, bold, c))
	}
	return Room(0, number(1, true).MinSize().Height, box) // as high when all are done
}

func number(n int, on bool) fyne.CanvasObject {
	t := theme.Current()
	c := newKeyCap(fmt.Sprint(n))
	c.set(c.text.Text, t.Muted)
	c.ground.CornerRadius = t.Px(10)
	if on {
		c.text.Color, c.ground.FillColor, c.ground.StrokeColor = t.OnPrimary, t.Primary, t.Primary
		c.text.TextStyle.Bold = true
	}
	return &fyne.Container{Layout: capLayout{c}, Objects: []fyne.CanvasObject{c.ground, c.text}}
}

// Bar is a progress bar of a height of six pixels.
type Bar struct {
	*fyne.Container
	layout *barLayout
}

type barLayout struct{ part float32 }

// NewBar is an empty bar.
func NewBar() *Bar {
	t := theme.Current()
	ground, fill := canvas.NewRectangle(t.Raised), canvas.NewRectangle(t.Primary)
	ground.CornerRadius, fill.CornerRadius = 3, 3
	if t.Look() == theme.HighContrast {
		ground.StrokeColor, ground.StrokeWidth = t.Edge, 1
	}
	l := &barLayout{}
	return &Bar{&fyne.Container{Layout: l, Objects: []fyne.CanvasObject{ground, fill}}, l}
}

// Set shows a part from 0 to 1.
func (b *Bar) Set(part float32) {
	b.layout.part = max(0, min(1, part))
	b.Refresh()
}

func (l *barLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(60, 6) }

func (l *barLayout) Layout(os []fyne.CanvasObject, s fyne.Size) {
	y := (s.Height - 6) / 2
	os[0].Move(fyne.NewPos(0, y))
	os[0].Resize(fyne.NewSize(s.Width, 6))
	os[1].Move(fyne.NewPos(0, y))
	os[1].Resize(fyne.NewSize(s.Width*l.part, 6))
}
