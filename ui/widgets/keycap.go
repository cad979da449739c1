package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"consentry/ui/theme"
)

// keyCap is a key's name in a small frame.
type keyCap struct {
	ground *canvas.Rectangle
	text   *canvas.Text
}

func newKeyCap(key string) *keyCap {
	c := &keyCap{canvas.NewRectangle(color.Transparent), canvas.NewText(key, color.Black)}
	c.text.Alignment = fyne.TextAlignCenter
	return c
}

func (c *keyCap) set(key string, col color.Color) {
	t := theme.Current()
	c.text.Text, c.text.Color, c.text.TextSize = key, col, t.Px(theme.Note)
	c.ground.StrokeColor, c.ground.StrokeWidth, c.ground.CornerRadius = col, 1, theme.TagRadius
}

func (c *keyCap) width() float32 {
	px := theme.Current().Px(theme.Note)
	return max(c.height(), fyne.MeasureText(c.text.Text, px, fyne.TextStyle{}).Width+10)
}

func (c *keyCap) height() float32 { return theme.Current().Px(20) }

func (c *keyCap) place(p fyne.Position) {
	c.ground.Move(p)
	c.ground.Resize(fyne.NewSize(c.width(), c.height()))
	h := c.text.MinSize().Height
	c.text.Move(p.AddXY(0, (c.height()-h)/2-rise))
	c.text.Resize(fyne.NewSize(c.width(), h))
}

// Cap is a key's name in a small frame, for key sheets and hints.
func Cap(key string) fyne.CanvasObject {
	c := newKeyCap(key)
	c.set(key, theme.Current().Text)
	return container.New(capLayout{c}, c.ground, c.text)
}

type capLayout struct{ c *keyCap }

func (l capLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.c.width(), l.c.height())
}

func (l capLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	l.c.place(fyne.NewPos(0, (s.Height-l.c.height())/2))
}
