package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"consentry/ui/icons"
	"consentry/ui/theme"
)

// RailItem is a room's entry in the rail: icon, word and, if there is one, the
// number of things that wait there.
type RailItem struct {
	widget.BaseWidget
	text   string
	icon   icons.Name
	badge  string
	on     bool
	tapped func()
}

// NewRailItem is an entry; without a function it only tells a state.
func NewRailItem(text string, icon icons.Name, on bool, badge string, tapped func()) *RailItem {
	r := &RailItem{text: text, icon: icon, on: on, badge: badge, tapped: tapped}
	r.ExtendBaseWidget(r)
	return r
}

// Text is the entry's word.
func (i *RailItem) Text() string { return i.text }

// Tapped implements fyne.Tappable.
func (i *RailItem) Tapped(*fyne.PointEvent) {
	if i.tapped != nil {
		i.tapped()
	}
}

// CreateRenderer implements fyne.Widget.
func (i *RailItem) CreateRenderer() fyne.WidgetRenderer {
	t := theme.Current()
	r := &railRenderer{i: i, ground: canvas.NewRectangle(color.Transparent), bar: canvas.NewRectangle(color.Transparent),
		word: canvas.NewText(i.text, t.Muted), badge: canvas.NewText(i.badge, t.OnPrimary), spot: canvas.NewRectangle(t.Primary)}
	c := t.Muted
	if i.on {
		c = t.Text
		r.ground.FillColor, r.bar.FillColor = t.Selected, t.Primary
		r.word.TextStyle.Bold = true
	}
	r.word.Color, r.word.TextSize = c, t.Px(theme.Note)
	r.badge.TextSize, r.badge.TextStyle.Bold = t.Px(theme.Note), true
	r.ground.CornerRadius, r.bar.CornerRadius, r.spot.CornerRadius = theme.Radius, 2, t.Px(9)
	r.icon = Icon(i.icon, railIcon(), c)
	r.badge.Hidden, r.spot.Hidden = i.badge == "", i.badge == ""
	return r
}

type railRenderer struct {
	i                 *RailItem
	ground, bar, spot *canvas.Rectangle
	icon              *canvas.Image
	word, badge       *canvas.Text
}

func (r *railRenderer) Destroy() {}
func (r *railRenderer) Refresh() {}

func (r *railRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.bar, r.icon, r.word, r.spot, r.badge}
}

func (r *railRenderer) MinSize() fyne.Size {
	t := theme.Current()
	high := t.Px(58)
	if t.Large() { // so that all rooms have their place
		high = t.Px(railIcon()) + r.word.MinSize().Height + 18
	}
	return fyne.NewSize(max(t.Px(theme.RailWidth-12), r.word.MinSize().Width+8), high)
}

// railIcon is the size of a room's icon at 100 %.
func railIcon() float32 {
	if theme.Current().Large() {
		return 18
	}
	return 22
}

func (r *railRenderer) Layout(s fyne.Size) {
	t := theme.Current()
	r.ground.Resize(s)
	r.bar.Move(fyne.NewPos(-6, 10))
	r.bar.Resize(fyne.NewSize(4, s.Height-20))
	i, m := t.Px(railIcon()), r.word.MinSize()
	top := (s.Height - i - 2 - m.Height) / 2
	r.icon.Move(fyne.NewPos((s.Width-i)/2, top))
	r.icon.Resize(fyne.NewSize(i, i))
	r.word.Move(fyne.NewPos((s.Width-m.Width)/2, top+i+2))
	r.word.Resize(m)
	b := r.badge.MinSize()
	w := max(t.Px(18), b.Width+8)
	r.spot.Move(fyne.NewPos(s.Width-w-6, 4))
	r.spot.Resize(fyne.NewSize(w, t.Px(18)))
	r.badge.Move(fyne.NewPos(s.Width-w-6+(w-b.Width)/2, 4+(t.Px(18)-b.Height)/2))
	r.badge.Resize(b)
}
