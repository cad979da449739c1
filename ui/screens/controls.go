package screens

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"consentry/ui/icons"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// newRing is the ring of the focus around a control.
func newRing() *canvas.Rectangle {
	r := canvas.NewRectangle(color.Transparent)
	r.CornerRadius, r.StrokeWidth = theme.Radius, widgets.RingWidth
	return r
}

// showRing shows it where the control has the focus.
func showRing(r *canvas.Rectangle, focus bool) {
	r.Hidden, r.StrokeColor = !focus, theme.Current().Focus
}

// options is a select that hears Esc and shows the focus as all controls do, by a ring.
type options struct {
	widget.Select
	escape func()
	focus  bool
}

// newOptions is a select over some words.
func newOptions(words []string, changed func(string)) *options {
	o := &options{}
	o.Options, o.OnChanged = words, changed
	o.ExtendBaseWidget(o)
	return o
}

// TypedKey implements fyne.Focusable.
func (o *options) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape && o.escape != nil {
		o.escape()
		return
	}
	o.Select.TypedKey(k)
}

// FocusGained implements fyne.Focusable.
func (o *options) FocusGained() {
	o.focus = true
	o.Select.FocusGained()
}

// FocusLost implements fyne.Focusable.
func (o *options) FocusLost() {
	o.focus = false
	o.Select.FocusLost()
}

// CreateRenderer puts the ring of the focus in the place of Fyne's fill.
func (o *options) CreateRenderer() fyne.WidgetRenderer {
	r := &optionsRenderer{WidgetRenderer: o.Select.CreateRenderer(), o: o, ring: newRing()}
	r.show()
	return r
}

type optionsRenderer struct {
	fyne.WidgetRenderer
	o    *options
	ring *canvas.Rectangle
}

func (r *optionsRenderer) Objects() []fyne.CanvasObject {
	return append(r.WidgetRenderer.Objects(), r.ring)
}

// Layout begins the word where fields begin theirs.
func (r *optionsRenderer) Layout(s fyne.Size) {
	r.WidgetRenderer.Layout(s)
	r.ring.Resize(s)
	for _, o := range r.WidgetRenderer.Objects() {
		if word, ok := o.(*widget.RichText); ok {
			word.Move(word.Position().AddXY(optionsInset, 0))
			word.Resize(word.Size().SubtractWidthHeight(optionsInset, 0))
		}
	}
}

// optionsInset is how much further from its edge a field begins than a select of Fyne's.
const optionsInset = 3

func (r *optionsRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.Layout(r.o.Size())
	r.show()
	canvas.Refresh(r.ring)
}

func (r *optionsRenderer) show() {
	showRing(r.ring, r.o.focus)
	if ground, ok := r.WidgetRenderer.Objects()[0].(*canvas.Rectangle); ok && r.o.focus {
		ground.FillColor = theme.Current().Surface
	}
}

// tick is a box that is ticked or not, and hears Esc.
type tick struct {
	widget.Check
	escape func()
	focus  bool
}

// newTick is one box.
func newTick(words string, on bool, changed func(bool), escape func()) *tick {
	c := &tick{escape: escape}
	c.Text, c.Checked, c.OnChanged = words, on, changed
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey implements fyne.Focusable.
func (c *tick) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape && c.escape != nil {
		c.escape()
		return
	}
	c.Check.TypedKey(k)
}

// FocusGained implements fyne.Focusable.
func (c *tick) FocusGained() {
	c.focus = true
	c.Check.FocusGained()
}

// FocusLost implements fyne.Focusable.
func (c *tick) FocusLost() {
	c.focus = false
	c.Check.FocusLost()
}

// CreateRenderer draws the box as large as the ring of a choice, beginning where the
// label over it begins.
func (c *tick) CreateRenderer() fyne.WidgetRenderer {
	r := &tickRenderer{c: c, ring: canvas.NewRectangle(color.Transparent), box: canvas.NewRectangle(color.Transparent),
		mark: &canvas.Image{FillMode: canvas.ImageFillContain}, word: canvas.NewText("", color.Black)}
	r.Refresh()
	return r
}

type tickRenderer struct {
	c         *tick
	ring, box *canvas.Rectangle
	mark      *canvas.Image
	word      *canvas.Text
}

func (r *tickRenderer) Destroy() {}

func (r *tickRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.box, r.mark, r.word}
}

func (r *tickRenderer) MinSize() fyne.Size {
	t := theme.Current()
	return fyne.NewSize(t.Px(widgets.BoxSize+theme.S8)+theme.S8+r.word.MinSize().Width, t.Px(theme.ButtonHeight))
}

func (r *tickRenderer) Layout(s fyne.Size) {
	box := theme.Current().Px(widgets.BoxSize)
	at := fyne.NewPos(0, (s.Height-box)/2)
	r.box.Move(at)
	r.box.Resize(fyne.NewSquareSize(box))
	r.mark.Move(at.AddXY(box/8, box/8))
	r.mark.Resize(fyne.NewSquareSize(box * 3 / 4))
	r.word.Move(fyne.NewPos(box+theme.S8, (s.Height-r.word.MinSize().Height)/2-1))
	r.word.Resize(r.word.MinSize())
	r.ring.Move(fyne.NewPos(-widgets.RingRoom, (s.Height-box)/2-widgets.RingRoom))
	r.ring.Resize(fyne.NewSize(box+theme.S8+r.word.MinSize().Width+2*widgets.RingRoom, box+2*widgets.RingRoom))
}

func (r *tickRenderer) Refresh() {
	t, c := theme.Current(), r.c
	edge, word := color.Color(t.Edge), color.Color(t.Text)
	if c.Disabled() {
		edge, word = t.Off, t.Off
	}
	r.box.CornerRadius, r.box.StrokeWidth = 3, max(1.5, t.LineWidth())
	r.box.FillColor, r.box.StrokeColor = color.Transparent, edge
	if c.Checked {
		r.box.FillColor, r.box.StrokeColor = t.Primary, t.Primary
	}
	r.mark.Resource, r.mark.Hidden = icons.In(icons.Tick, t.OnPrimary), !c.Checked
	r.word.Text, r.word.Color, r.word.TextSize = c.Text, word, t.Px(theme.Body)
	r.ring.CornerRadius, r.ring.StrokeWidth, r.ring.StrokeColor = theme.Radius, 0, color.Transparent
	if c.focus {
		r.ring.StrokeWidth, r.ring.StrokeColor = widgets.RingWidth, t.Focus
	}
	r.Layout(c.Size())
	r.mark.Refresh()
	canvas.Refresh(c)
}
