package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"consentry/ui/theme"
)

// Choice is a row of options of which one is chosen, or none yet. It is one stop of
// the Tab key: arrows go from option to option, Space takes the first, a digit the
// one of that number. Options that have no room beside the others begin a new line.
type Choice struct {
	widget.BaseWidget
	// Changed hears which option was chosen; Escape is Esc. Both may be nil.
	Changed func(i int)
	Escape  func()

	options []string
	chosen  int // -1 for none
	wide    float32
	focus   bool
}

// NewChoice has nothing chosen where chosen is -1. wide is the room it has.
func NewChoice(options []string, chosen int, wide float32, changed func(i int)) *Choice {
	c := &Choice{Changed: changed, options: options, chosen: chosen, wide: wide}
	c.ExtendBaseWidget(c)
	return c
}

// Chosen is the option's number, or -1.
func (c *Choice) Chosen() int { return c.chosen }

// Start chooses an option without a word to Changed.
func (c *Choice) Start(i int) {
	c.chosen = i
	c.Refresh()
}

// Choose chooses an option.
func (c *Choice) Choose(i int) {
	if i < 0 || i >= len(c.options) || i == c.chosen {
		return
	}
	c.chosen = i
	c.Refresh()
	if c.Changed != nil {
		c.Changed(i)
	}
}

// Tapped implements fyne.Tappable.
func (c *Choice) Tapped(e *fyne.PointEvent) {
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(c); canvas != nil {
		canvas.Focus(c)
	}
	for i, at := range c.places() {
		if r := theme.Current().Px(theme.ButtonHeight); e.Position.X >= at.X && e.Position.X < at.X+c.width(i) && e.Position.Y >= at.Y && e.Position.Y < at.Y+r {
			c.Choose(i)
		}
	}
}

// Cursor implements desktop.Cursorable.
func (c *Choice) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained implements fyne.Focusable.
func (c *Choice) FocusGained() { c.focus = true; c.Refresh() }

// FocusLost implements fyne.Focusable.
func (c *Choice) FocusLost() { c.focus = false; c.Refresh() }

// TypedRune implements fyne.Focusable.
func (c *Choice) TypedRune(r rune) { c.Choose(int(r - '1')) }

// TypedKey implements fyne.Focusable.
func (c *Choice) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace:
		c.Choose(max(c.chosen, 0))
	case fyne.KeyRight, fyne.KeyDown:
		c.Choose(c.chosen + 1)
	case fyne.KeyLeft, fyne.KeyUp:
		c.Choose(c.chosen - 1)
	case fyne.KeyEscape:
		if c.Escape != nil {
			c.Escape()
		}
	}
}

// AccessibilityLabel tells screen readers what is chosen.
func (c *Choice) AccessibilityLabel() string {
	if c.chosen < 0 {
		return ""
	}
	return c.options[c.chosen]
}

// width is what an option takes: the ring, the word, and room to the next.
func (c *Choice) width(i int) float32 {
	t := theme.Current()
	return t.Px(BoxSize) + theme.S8 + t.Px(theme.S16) + fyne.MeasureText(c.options[i], t.Px(theme.Body), fyne.TextStyle{}).Width
}

// RingWidth is how wide the line around what has the focus is, RingRoom how far it
// stands out, BoxSize how large what is chosen or ticked is, at 100 %.
const (
	RingWidth = 3
	RingRoom  = 5
	BoxSize   = 18
)

// places are the corners of the options.
func (c *Choice) places() []fyne.Position {
	at := make([]fyne.Position, len(c.options))
	var x, y float32
	for i := range c.options {
		w := c.width(i)
		if x > 0 && x+w > c.wide {
			x, y = 0, y+theme.Current().Px(theme.ButtonHeight)
		}
		at[i] = fyne.NewPos(x, y)
		x += w
	}
	return at
}

// CreateRenderer implements fyne.Widget.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	r := &choiceRenderer{c: c, ring: canvas.NewRectangle(color.Transparent)}
	r.objects = append(r.objects, r.ring)
	for _, o := range c.options {
		r.rings = append(r.rings, canvas.NewCircle(color.Transparent))
		r.dots = append(r.dots, canvas.NewCircle(color.Transparent))
		r.words = append(r.words, canvas.NewText(o, color.Black))
		n := len(r.words) - 1
		r.objects = append(r.objects, r.rings[n], r.dots[n], r.words[n])
	}
	r.Refresh()
	return r
}

type choiceRenderer struct {
	c           *Choice
	ring        *canvas.Rectangle // of the focus
	rings, dots []*canvas.Circle
	words       []*canvas.Text
	objects     []fyne.CanvasObject
}

func (r *choiceRenderer) Destroy()                     {}
func (r *choiceRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *choiceRenderer) MinSize() fyne.Size {
	var s fyne.Size
	for i, at := range r.c.places() {
		s = s.Max(fyne.NewSize(at.X+r.c.width(i), at.Y+theme.Current().Px(theme.ButtonHeight)))
	}
	return s
}

func (r *choiceRenderer) Layout(fyne.Size) {
	t := theme.Current()
	line, ring := t.Px(theme.ButtonHeight), t.Px(BoxSize)
	for i, at := range r.c.places() {
		y := at.Y + (line-ring)/2
		r.rings[i].Move(fyne.NewPos(at.X, y))
		r.rings[i].Resize(fyne.NewSquareSize(ring))
		r.dots[i].Move(fyne.NewPos(at.X+ring/4, y+ring/4))
		r.dots[i].Resize(fyne.NewSquareSize(ring / 2))
		r.words[i].Move(fyne.NewPos(at.X+ring+theme.S8, at.Y+(line-r.words[i].MinSize().Height)/2-rise))
		r.words[i].Resize(r.words[i].MinSize())
		if i == max(r.c.chosen, 0) {
			r.ring.Move(fyne.NewPos(at.X-RingRoom, y-RingRoom))
			r.ring.Resize(fyne.NewSize(r.c.width(i)-t.Px(theme.S16)+2*RingRoom, ring+2*RingRoom))
		}
	}
}

func (r *choiceRenderer) Refresh() {
	t := theme.Current()
	r.ring.CornerRadius = theme.Radius
	r.ring.StrokeColor, r.ring.StrokeWidth = color.Transparent, 0
	if r.c.focus {
		r.ring.StrokeColor, r.ring.StrokeWidth = t.Focus, RingWidth
	}
	for i := range r.words {
		r.words[i].Color, r.words[i].TextSize = t.Text, t.Px(theme.Body)
		r.rings[i].StrokeColor, r.rings[i].StrokeWidth = t.Edge, max(1.5, t.LineWidth())
		r.dots[i].FillColor = color.Transparent
		if i == r.c.chosen {
			r.rings[i].StrokeColor, r.dots[i].FillColor = t.Primary, t.Primary
		}
	}
	r.Layout(r.c.Size())
	canvas.Refresh(r.c)
}
