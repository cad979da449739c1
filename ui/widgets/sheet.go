package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Sheet is a dialog over a window: a card in the middle, the rest under a scrim.
type Sheet struct {
	// Press presses the sheet's button; may be nil.
	Press func()
	// Stays: Esc does not close it.
	Stays bool

	canvas  fyne.Canvas
	overlay *fyne.Container
	was     fyne.Focusable // had the focus before
}

// OpenSheet shows content over a canvas; the first field may be focused.
func OpenSheet(c fyne.Canvas, content fyne.CanvasObject, focus fyne.Focusable) *Sheet {
	s := &Sheet{canvas: c, overlay: container.NewStack(Fill(color.NRGBA{A: 140}), &fyne.Container{Layout: within{}, Objects: []fyne.CanvasObject{Card(Pad(content, 24, 24))}})}
	if s.was = c.Focused(); s.was != nil {
		s.was.FocusLost() // what lies under the sheet shows no focus
	}
	c.Overlays().Add(s.overlay)
	s.overlay.Resize(c.Size())
	if focus != nil {
		c.Focus(focus)
	}
	return s
}

// within centres a card and keeps it inside the window: a middle that scrolls gives way.
type within struct{}

// MinSize implements fyne.Layout. It does not ask for more than the window is.
func (within) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (within) Layout(os []fyne.CanvasObject, s fyne.Size) {
	m := os[0].MinSize()
	m = fyne.NewSize(min(m.Width, s.Width-2*sheetEdge), min(m.Height, s.Height-2*sheetEdge))
	os[0].Move(fyne.NewPos((s.Width-m.Width)/2, (s.Height-m.Height)/2))
	os[0].Resize(m)
}

// sheetEdge is what of the window is left around a sheet.
const sheetEdge = 16

// Close takes the sheet away.
func (s *Sheet) Close() {
	s.canvas.Overlays().Remove(s.overlay)
	if s.was != nil && s.canvas.Focused() == s.was {
		s.was.FocusGained()
	}
}

// Content is what is shown, scrim included, for tests.
func (s *Sheet) Content() fyne.CanvasObject { return s.overlay }
