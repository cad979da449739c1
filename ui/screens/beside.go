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
// narrow for both, in its place, with a button beside the form's own that goes there.
func (f *form) beside(o fyne.CanvasObject, size fyne.Size) {
	t := theme.Current()
	room := size.Width - f.wide - 4*theme.S24 - theme.S32
	if room >= t.Px(leastBeside) {
		f.Content = widgets.Border(nil, nil, f.Content, nil, container.New(layout.NewCustomPaddedLayout(0, 0, theme.S24, 0), widgets.Room(min(room, t.Px(mostBeside)), 0, o)))
		return
	}
	main := f.Content
	back := widgets.NewButton(f.words.T("form.back"), icons.Left, "", widgets.Plain, nil)
	instead := widgets.Room(f.wide, main.MinSize().Height, widgets.Border(nil, widgets.Pad(widgets.HBox(0, widgets.Spacer(), back), theme.S12, 0), nil, nil, o))
	instead.Hide()
	turn := func(to bool) {
		instead.Hidden, main.(*fyne.Container).Hidden = !to, to
		f.Content.Refresh()
	}
	back.Do(func() { turn(false) })
	see := widgets.NewButton(f.words.T("form.preview"), icons.Doc, "", widgets.Plain, func() { turn(true) })
	f.foot.Objects = append([]fyne.CanvasObject{see}, f.foot.Objects...)
	f.check() // there is less room for what is missing now
	f.Content = container.NewStack(main, instead)
}
