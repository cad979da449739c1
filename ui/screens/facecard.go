package screens

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"consentry/ui/icons"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// mostThumbs is how many faces a card has room for at most.
const mostThumbs = 18

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
	frame  *canvas.Rectangle
	box    *fyne.Container
}

func newFaceCard(keys widgets.KeyHandler) *faceCard {
	t := theme.Current()
	c := &faceCard{title: head(""), tag: widgets.NewTag("", icons.Hide, t.Hide), about: widgets.NewCutLabel("", theme.Note, false, t.Muted),
		yes: widgets.NewButton("", "", "Y", widgets.Primary, nil), no: widgets.NewButton("", "", "N", widgets.Plain, nil),
		back: widgets.NewButton("", icons.Left, "", widgets.Ghost, nil), on: widgets.NewButton("", icons.Right, "", widgets.Ghost, nil),
		frame: canvas.NewRectangle(t.Surface)}
	for _, b := range []*widgets.Button{c.yes, c.no, c.back, c.on} {
		b.Keys = keys
	}
	faces := &fyne.Container{Layout: whole{theme.S8}}
	for range mostThumbs {
		th := widgets.NewThumb(faceSide, faceSide)
		c.thumbs = append(c.thumbs, th)
		faces.Add(th)
	}
	line := widgets.Border(nil, nil, widgets.HBox(theme.S8, widgets.Middle(c.title), widgets.Middle(c.tag)),
		widgets.HBox(theme.S8, c.back, c.on, c.yes, c.no), widgets.Pad(widgets.Middle(c.about), 0, theme.S8))
	c.frame.CornerRadius = theme.CardRadius
	c.box = widgets.Pad(container.NewStack(c.frame, widgets.Pad(widgets.VBox(theme.S8, widgets.Room(0, t.Px(theme.ButtonHeight), line), faces), theme.S8, theme.S12)), theme.S4, theme.S16)
	c.ExtendBaseWidget(c)
	return c
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

// whole lays objects out in a row and leaves out those that there is no room for.
type whole struct{ gap float32 }

func (l whole) MinSize(os []fyne.CanvasObject) fyne.Size {
	if len(os) == 0 {
		return fyne.Size{}
	}
	return os[0].MinSize()
}

func (l whole) Layout(os []fyne.CanvasObject, s fyne.Size) {
	x := float32(0)
	for _, o := range os {
		m := o.MinSize()
		if x+m.Width > s.Width+0.5 {
			o.Move(fyne.NewPos(-9999, 0)) // out of sight: whether it is hidden is the caller's
		} else {
			o.Move(fyne.NewPos(x, 0))
		}
		o.Resize(m)
		x += m.Width + l.gap
	}
}

// room is how many objects of a width find room.
func (l whole) room(width, each float32) int { return max(1, int((width+l.gap)/(each+l.gap))) }

var noRing color.Color
