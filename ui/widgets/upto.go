package widgets

import "fyne.io/fyne/v2"

// UpTo gives an object the height that there is, but no more than some.
func UpTo(tall float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: upTo(tall), Objects: []fyne.CanvasObject{o}}
}

type upTo float32

// MinSize implements fyne.Layout.
func (u upTo) MinSize(os []fyne.CanvasObject) fyne.Size { return os[0].MinSize() }

// Layout implements fyne.Layout.
func (u upTo) Layout(os []fyne.CanvasObject, s fyne.Size) {
	os[0].Move(fyne.NewPos(0, 0))
	os[0].Resize(fyne.NewSize(s.Width, max(os[0].MinSize().Height, min(s.Height, float32(u)))))
}
