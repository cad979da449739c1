package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/ui/theme"
)

// Reflow arranges a room by its width: narrow is below a width (at 100 %). arrange is
// asked again where the room becomes narrow or wide, and at every width of a narrow one.
func Reflow(below float32, arrange func(width float32, narrow bool) fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &reflow{below: below, arrange: arrange}, Objects: []fyne.CanvasObject{container.NewStack()}}
}

type reflow struct {
	below   float32
	arrange func(width float32, narrow bool) fyne.CanvasObject
	width   float32
	narrow  bool
}

// MinSize implements fyne.Layout: whatever room there is, there is a form for it.
func (r *reflow) MinSize([]fyne.CanvasObject) fyne.Size {
	t := theme.Current()
	return fyne.NewSize(t.Px(300), t.Px(200))
}

// Layout implements fyne.Layout.
func (r *reflow) Layout(os []fyne.CanvasObject, s fyne.Size) {
	box := os[0].(*fyne.Container)
	if narrow := s.Width < theme.Current().Px(r.below); s.Width > 0 && (r.width == 0 || narrow != r.narrow || narrow && s.Width != r.width) {
		r.width, r.narrow = s.Width, narrow
		box.Objects = []fyne.CanvasObject{r.arrange(s.Width, narrow)}
	}
	box.Move(fyne.NewPos(0, 0))
	box.Resize(s)
	box.Refresh()
}
