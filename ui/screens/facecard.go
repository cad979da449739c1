package screens

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"consentry/ui/icons"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// mostThumbs is how many faces a line of a card has at most, and mostLines how many
// lines a card has.
const (
	mostThumbs = 18
	mostLines  = 12
)

// faceSide is the side of a face on a card, at 100 %.
const faceSide = 68

// faceCard is a person in the overview of faces: who, how they fare, their faces,
// and what can be said about them.
type faceCard struct {
	widget.BaseWidget
	title  *widgets.Label
	tag    *widgets.Tag
	about  *widgets.Label
	yes    *widgets.Button
	no     *widgets.Button
	back   *widgets.Button
	on     *widgets.Button
	thumbs []*widgets.Thumb
	faces  *fyne.Container
	frame  *canvas.Rectangle
	box    *fyne.Container
}

func newFaceCard(keys widgets.KeyHandler) *faceCard {
	t := theme.Current()
	c := &faceCard{title: head(""), tag: widgets.NewTag("", icons.Hide, t.Hide), about: widgets.NewCutLabel("", theme.Note, false, t.Muted),
		yes: widgets.NewButton("", "", "Y", widgets.Primary, nil), no: widgets.NewButton("", "", "N", widgets.Plain, nil),
		back: widgets.NewButton("", icons.Left, "", widgets.Ghost, nil), on: widgets.NewButton("", icons.Right, "", widgets.Ghost, nil),
		faces: &fyne.Container{Layout: whole{theme.S8}}, frame: canvas.NewRectangle(t.Surface)}
	for _, b := range []*widgets.Button{c.yes, c.no, c.back, c.on} {
		b.Keys = keys
	}
	c.room(1)
	line := widgets.Border(nil, nil, widgets.HBox(theme.S8, widgets.Middle(c.title), widgets.Middle(c.tag)),
		widgets.HBox(theme.S8, c.back, c.on, c.yes, c.no), widgets.Pad(widgets.Middle(c.about), 0, theme.S8))
	if t.Large() { // what to do has a line of its own
		line = widgets.VBox(theme.S4, widgets.Border(nil, nil, widgets.HBox(theme.S8, widgets.Middle(c.title), widgets.Middle(c.tag)),
			widgets.HBox(theme.S8, c.back, c.on, c.yes, c.no), nil), c.about)
	}
	top := container.New(layout.NewCustomPaddedLayout(0, theme.S8, 0, 0), widgets.Room(0, t.Px(theme.ButtonHeight), line))
	c.frame.CornerRadius = theme.CardRadius
	c.box = widgets.Pad(container.NewStack(c.frame, widgets.Pad(widgets.Border(top, nil, nil, nil, c.faces), theme.S8, theme.S12)), theme.S4, theme.S16)
	c.ExtendBaseWidget(c)
	return c
}

// room has boxes for at least n faces.
func (c *faceCard) room(n int) {
	for len(c.thumbs) < n {
		th := widgets.NewThumb(faceSide, faceSide)
		c.thumbs = append(c.thumbs, th)
		c.faces.Add(th)
	}
}

// mark frames the current card.
func (c *faceCard) mark(current bool) {
	t := theme.Current()
	c.frame.FillColor, c.frame.StrokeColor, c.frame.StrokeWidth = t.Surface, t.Line, t.LineWidth()
	if current {
		c.frame.StrokeColor, c.frame.StrokeWidth = t.Primary, 2
	}
	canvas.Refresh(c.frame)
}

// say sets a button; an empty word takes it away.
func say(b *widgets.Button, word, key string, enabled bool, do func()) {
	b.Hidden = word == ""
	b.SetText(word)
	b.SetKey(key)
	b.SetEnabled(enabled)
	b.Do(do)
}

// CreateRenderer implements fyne.Widget.
func (c *faceCard) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.box) }

// Refresh lays the card out anew: its words and buttons have other widths.
func (c *faceCard) Refresh() {
	c.box.Refresh()
	c.BaseWidget.Refresh()
}

// whole lays objects of one size out in lines, as far as there is room for a whole one.
type whole struct{ gap float32 }

func (l whole) MinSize(os []fyne.CanvasObject) fyne.Size {
	if len(os) == 0 {
		return fyne.Size{}
	}
	return os[0].MinSize()
}

func (l whole) Layout(os []fyne.CanvasObject, s fyne.Size) {
	m := l.MinSize(os)
	n := l.room(s.Width, m.Width)
	for k, o := range os {
		at := fyne.NewPos(float32(k%n)*(m.Width+l.gap), float32(k/n)*(m.Height+l.gap))
		if at.Y+m.Height > s.Height+0.5 {
			at = fyne.NewPos(-9999, 0) // out of sight: whether it is hidden is the caller's
		}
		o.Move(at)
		o.Resize(m)
	}
}

// room is how many objects of a width find room.
func (l whole) room(width, each float32) int { return max(1, int((width+l.gap)/(each+l.gap))) }

var noRing color.Color
