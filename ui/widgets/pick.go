package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"consentry/ui/theme"
)

// Pick is an object of a page that can be chosen with a click, or with Enter where it
// has the focus. The chosen one lies on the colour of a current row.
type Pick struct {
	widget.BaseWidget
	// Keys hears what it does not use itself. May be nil.
	Keys KeyHandler

	label  string
	on     bool
	focus  bool
	tapped func()
	ground *canvas.Rectangle
	box    *fyne.Container
}

// NewPick makes an object one that can be chosen; label says it to screen readers.
func NewPick(o fyne.CanvasObject, label string, on bool, tapped func()) *Pick {
	p := &Pick{label: label, on: on, tapped: tapped, ground: canvas.NewRectangle(color.Transparent)}
	p.ground.CornerRadius = theme.Radius
	p.box = container.NewStack(p.ground, o)
	p.ExtendBaseWidget(p)
	p.dress()
	return p
}

func (p *Pick) dress() {
	t := theme.Current()
	p.ground.FillColor, p.ground.StrokeColor, p.ground.StrokeWidth = color.Transparent, color.Transparent, 0
	if p.on {
		p.ground.FillColor = t.Selected
	}
	if p.focus {
		p.ground.StrokeColor, p.ground.StrokeWidth = t.Focus, 3
	}
	canvas.Refresh(p.ground)
}

// Tapped implements fyne.Tappable.
func (p *Pick) Tapped(*fyne.PointEvent) { p.tapped() }

// Cursor implements desktop.Cursorable.
func (p *Pick) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel tells screen readers what it is.
func (p *Pick) AccessibilityLabel() string { return p.label }

// FocusGained implements fyne.Focusable.
func (p *Pick) FocusGained() { p.focus = true; p.dress() }

// FocusLost implements fyne.Focusable.
func (p *Pick) FocusLost() { p.focus = false; p.dress() }

// TypedRune implements fyne.Focusable.
func (p *Pick) TypedRune(r rune) {
	if p.Keys != nil {
		p.Keys.TypedRune(r)
	}
}

// TypedKey implements fyne.Focusable.
func (p *Pick) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyReturn, e.Name == fyne.KeyEnter, e.Name == fyne.KeySpace:
		p.tapped()
	case p.Keys != nil:
		p.Keys.TypedKey(e)
	}
}

// CreateRenderer implements fyne.Widget.
func (p *Pick) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.box) }
