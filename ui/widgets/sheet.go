package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// Sheet is a dialog over a window: a card in the middle, the rest under a scrim.
type Sheet struct {
	// Press presses the sheet's button; may be nil.
	Press func()

	canvas  fyne.Canvas
	overlay *fyne.Container
}

// OpenSheet shows content over a canvas; the first field may be focused.
func OpenSheet(c fyne.Canvas, content fyne.CanvasObject, focus fyne.Focusable) *Sheet {
	scrim := canvas.NewRectangle(color.NRGBA{A: 140})
	s := &Sheet{canvas: c, overlay: container.NewStack(scrim, container.NewCenter(Card(Pad(content, 24, 24))))}
	c.Overlays().Add(s.overlay)
	s.overlay.Resize(c.Size())
	if focus != nil {
		c.Focus(focus)
	}
	return s
}

// Close takes the sheet away.
func (s *Sheet) Close() { s.canvas.Overlays().Remove(s.overlay) }

// Content is what is shown, scrim included, for tests.
func (s *Sheet) Content() fyne.CanvasObject { return s.overlay }
