package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"consentry/ui/icons"
	"consentry/ui/theme"
)

// Rank is how much a button asks for attention.
type Rank int

// The ranks.
const (
	Plain   Rank = iota
	Primary      // at most one on a screen
	Ghost        // in tool bars: no edge
	Danger       // what follows cannot be taken back
)

// Button is a button with an icon and the key that does the same. It forwards
// keys that it does not use itself, so that J and K work while it has the focus.
type Button struct {
	widget.BaseWidget
	text   string
	icon   icons.Name
	key    string
	rank   Rank
	tapped func()
	off    bool
	hover  bool
	focus  bool
	on     bool
	// Keys hears what the button does not use. May be nil.
	Keys KeyHandler
}

// KeyHandler hears keys pressed while nothing that takes text has the focus.
type KeyHandler interface {
	TypedKey(*fyne.KeyEvent)
	TypedRune(rune)
	KeyDown(*fyne.KeyEvent)
	KeyUp(*fyne.KeyEvent)
}

// NewButton is a button; icon and key may be empty.
func NewButton(text string, icon icons.Name, key string, rank Rank, tapped func()) *Button {
	b := &Button{text: text, icon: icon, key: key, rank: rank, tapped: tapped}
	b.ExtendBaseWidget(b)
	return b
}

// Text is what the button says.
func (b *Button) Text() string { return b.text }

// SetText changes what the button says.
func (b *Button) SetText(s string) {
	if s != b.text {
		b.text = s
		b.Refresh()
	}
}

// SetKey changes the key that the button names.
func (b *Button) SetKey(key string) {
	if key != b.key {
		b.key = key
		b.Refresh()
	}
}

// Do changes what the button does.
func (b *Button) Do(tapped func()) { b.tapped = tapped }

// SetEnabled turns the button on or off.
func (b *Button) SetEnabled(on bool) {
	if b.off == on {
		b.off = !on
		b.Refresh()
	}
}

// SetOn shows that what the button turns on is on.
func (b *Button) SetOn(on bool) {
	if b.on != on {
		b.on = on
		b.Refresh()
	}
}

// Enabled reports whether it can be pressed.
func (b *Button) Enabled() bool { return !b.off }

// Tapped implements fyne.Tappable.
func (b *Button) Tapped(*fyne.PointEvent) {
	if !b.off && b.tapped != nil {
		b.tapped()
	}
}

// MouseIn implements desktop.Hoverable.
func (b *Button) MouseIn(*desktop.MouseEvent) { b.hover = true; b.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *Button) MouseOut() { b.hover = false; b.Refresh() }

// FocusGained implements fyne.Focusable.
func (b *Button) FocusGained() { b.focus = true; b.Refresh() }

// FocusLost implements fyne.Focusable.
func (b *Button) FocusLost() { b.focus = false; b.Refresh() }

// TypedRune implements fyne.Focusable.
func (b *Button) TypedRune(r rune) {
	if r != ' ' && b.Keys != nil {
		b.Keys.TypedRune(r)
	}
}

// TypedKey implements fyne.Focusable.
func (b *Button) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		b.Tapped(nil)
	case fyne.KeySpace:
		// Where the room has keys of its own, Space is its: it shows the original.
		if b.Keys == nil {
			b.Tapped(nil)
		}
	default:
		if b.Keys != nil {
			b.Keys.TypedKey(e)
			return
		}
		// In a sheet the window hears of it: Esc closes.
		if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(e)
		}
	}
}

// KeyDown implements desktop.Keyable.
func (b *Button) KeyDown(e *fyne.KeyEvent) {
	if b.Keys != nil {
		b.Keys.KeyDown(e)
	}
}

// KeyUp implements desktop.Keyable.
func (b *Button) KeyUp(e *fyne.KeyEvent) {
	if b.Keys != nil {
		b.Keys.KeyUp(e)
	}
}

// AccessibilityLabel tells screen readers what the button does.
func (b *Button) AccessibilityLabel() string { return b.text }

func (b *Button) colors() (text, ground, edge color.Color) {
	t := theme.Current()
	text, ground, edge = t.Text, t.Surface, t.Edge
	switch b.rank {
	case Primary:
		text, ground, edge = t.OnPrimary, t.Primary, t.Primary
	case Ghost:
		ground, edge = color.Transparent, color.Transparent
	case Danger:
		text, edge = t.Stop.Text, t.Stop.Line
	}
	switch {
	case b.on:
		text, ground, edge = t.OnPrimary, t.Primary, t.Primary
	case b.off && b.rank == Ghost:
		text = t.Off
	case b.off && t.Look() == theme.HighContrast:
		text, ground, edge = t.Off, t.Raised, t.Off
	case b.off:
		text, ground, edge = t.Off, t.Raised, t.Line
	case b.hover && b.rank != Primary:
		ground = t.Raised
	}
	return text, ground, edge
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{b: b, ring: canvas.NewRectangle(color.Transparent), ground: canvas.NewRectangle(color.Transparent),
		text: canvas.NewText("", color.Black), icon: &canvas.Image{FillMode: canvas.ImageFillContain}, cap: newKeyCap(b.key)}
	r.Refresh()
	return r
}

type buttonRenderer struct {
	b            *Button
	ring, ground *canvas.Rectangle
	text         *canvas.Text
	icon         *canvas.Image
	cap          *keyCap
}

func (r *buttonRenderer) Destroy() {}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	os := []fyne.CanvasObject{r.ring, r.ground, r.text}
	if r.b.icon != "" {
		os = append(os, r.icon)
	}
	return append(os, r.cap.ground, r.cap.text)
}

// parts gives the widths of icon, text and key cap, and the gap between them.
func (r *buttonRenderer) parts() (icon, text, cap, gap float32) {
	t := theme.Current()
	if r.b.icon != "" {
		icon = t.Px(16)
	}
	if r.b.text != "" {
		text = fyne.MeasureText(r.b.text, t.Px(theme.Body), r.text.TextStyle).Width
	}
	if r.b.key != "" {
		cap = r.cap.width()
	}
	return icon, text, cap, theme.S8
}

func (r *buttonRenderer) width() float32 {
	var w, n float32
	i, t, c, gap := r.parts()
	for _, p := range []float32{i, t, c} {
		if p > 0 {
			w += p
			n++
		}
	}
	return w + gap*max(0, n-1)
}

func (r *buttonRenderer) MinSize() fyne.Size {
	pad := float32(14)
	if r.b.rank == Ghost {
		pad = theme.S8
	}
	return fyne.NewSize(r.width()+2*pad, theme.Current().Px(theme.ButtonHeight))
}

func (r *buttonRenderer) Layout(s fyne.Size) {
	r.ring.Move(fyne.NewPos(-3, -3))
	r.ring.Resize(fyne.NewSize(s.Width+6, s.Height+6))
	r.ground.Resize(s)
	i, t, c, gap := r.parts()
	x := (s.Width - r.width()) / 2
	if i > 0 {
		r.icon.Move(fyne.NewPos(x, (s.Height-i)/2))
		r.icon.Resize(fyne.NewSize(i, i))
		x += i + gap
	}
	if t > 0 {
		h := r.text.MinSize().Height
		r.text.Move(fyne.NewPos(x, (s.Height-h)/2-rise))
		r.text.Resize(fyne.NewSize(t, h))
		x += t + gap
	}
	if c > 0 {
		r.cap.place(fyne.NewPos(x, (s.Height-r.cap.height())/2))
	}
}

func (r *buttonRenderer) Refresh() {
	t := theme.Current()
	text, ground, edge := r.b.colors()
	r.ground.FillColor, r.ground.StrokeColor = ground, edge
	r.ground.StrokeWidth, r.ground.CornerRadius = t.LineWidth(), theme.Radius
	if r.b.off {
		r.ground.StrokeWidth = 1 // thinner than what is on, in high contrast
	}
	r.ring.StrokeWidth, r.ring.CornerRadius, r.ring.StrokeColor = 0, theme.Radius+3, color.Transparent
	if r.b.focus {
		r.ring.StrokeWidth, r.ring.StrokeColor = 3, t.Focus
	}
	r.text.Text, r.text.Color, r.text.TextSize = r.b.text, text, t.Px(theme.Body)
	r.text.TextStyle.Bold = r.b.rank == Primary
	if r.b.icon != "" {
		r.icon.Resource = icons.In(r.b.icon, text)
		r.icon.Refresh()
	}
	r.cap.set(r.b.key, text)
	r.cap.ground.Hidden, r.cap.text.Hidden = r.b.key == "", r.b.key == ""
	r.Layout(r.b.Size())
	for _, o := range []fyne.CanvasObject{r.ring, r.ground, r.text, r.cap.ground, r.cap.text} {
		canvas.Refresh(o)
	}
}
