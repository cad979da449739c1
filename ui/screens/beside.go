package screens

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"consentry/ui/icons"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// How wide what stands beside a form is, at 100 %.
const (
	leastBeside = 300
	mostBeside  = 520
)

// beside puts something beside a form that is laid out, or, in a window that is too
// narrow for both, in its place, with a button that goes there and back.
func (f *form) beside(o fyne.CanvasObject, size fyne.Size) {
	t := theme.Current()
	room := size.Width - f.wide - 4*theme.S24 - theme.S32
	if room >= t.Px(leastBeside) {
		f.Content = widgets.Border(nil, nil, f.Content, nil, container.New(layout.NewCustomPaddedLayout(0, 0, theme.S24, 0), widgets.Room(min(room, t.Px(mostBeside)), 0, o)))
		return
	}
	main := f.Content
	instead := widgets.Room(f.wide, main.MinSize().Height, o)
	stack := container.NewStack(main, instead)
	instead.Hide()
	var see, back *widgets.Button
	turn := func(to bool) {
		instead.Hidden, main.(*fyne.Container).Hidden = !to, to
		see.Hidden, back.Hidden = to, !to
		f.Content.Refresh()
	}
	see = widgets.NewButton(f.words.T("form.preview"), icons.Doc, "", widgets.Plain, func() { turn(true) })
	back = widgets.NewButton(f.words.T("form.back"), icons.Left, "", widgets.Plain, func() { turn(false) })
	back.Hide()
	f.Content = widgets.Border(widgets.HBox(0, widgets.Spacer(), container.NewStack(see, back)), nil, nil, nil, stack)
}
