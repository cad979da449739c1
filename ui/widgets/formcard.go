package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"consentry/ui/theme"
)

// FormCard is a way of hiding to choose by its look: a small picture, its key and
// its word.
type FormCard struct {
	widget.BaseWidget
	Thumb  *Thumb
	name   string
	cap    string
	on     bool
	off    bool
	tapped func()
}

// NewFormCard is a card; the picture comes later.
func NewFormCard(word, key string, on, enabled bool, tapped func()) *FormCard {
	f := &FormCard{Thumb: NewThumb(44, 44), name: word, cap: key, on: on, off: !enabled, tapped: tapped}
	f.Thumb.Chosen = func() { f.Tapped(nil) }
	f.ExtendBaseWidget(f)
	return f
}

// On reports whether it is the one in force.
func (f *FormCard) On() bool { return f.on }

// Tapped implements fyne.Tappable.
func (f *FormCard) Tapped(*fyne.PointEvent) {
	if !f.off && f.tapped != nil {
		f.tapped()
	}
}

// AccessibilityLabel tells screen readers what the card does.
func (f *FormCard) AccessibilityLabel() string { return f.name }

// CreateRenderer implements fyne.Widget.
func (f *FormCard) CreateRenderer() fyne.WidgetRenderer {
	r := &formRenderer{f: f, ground: canvas.NewRectangle(color.Transparent), key: newKeyCap(f.cap), word: canvas.NewText(f.name, color.Black)}
	r.word.Alignment = fyne.TextAlignCenter
	r.Refresh()
	return r
}

type formRenderer struct {
	f      *FormCard
	ground *canvas.Rectangle
	key    *keyCap
	word   *canvas.Text
}

func (r *formRenderer) Destroy() {}

func (r *formRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.f.Thumb, r.key.ground, r.key.text, r.word}
}

func (r *formRenderer) MinSize() fyne.Size {
	t := theme.Current()
	w := fyne.MeasureText(r.f.name, t.Px(theme.Note), fyne.TextStyle{Bold: true}).Width
	return fyne.NewSize(max(r.f.Thumb.MinSize().Width+theme.S8, w+theme.S8), r.f.Thumb.MinSize().Height+r.key.height()+t.Px(theme.Note)*theme.LineHeight+theme.S12)
}

func (r *formRenderer) Layout(s fyne.Size) {
	t := theme.Current()
	r.ground.Resize(s)
	m := r.f.Thumb.MinSize()
	y := float32(theme.S4)
	r.f.Thumb.Move(fyne.NewPos((s.Width-m.Width)/2, y))
	r.f.Thumb.Resize(m)
	y += m.Height + theme.S4
	r.key.place(fyne.NewPos((s.Width-r.key.width())/2, y))
	y += r.key.height()
	h := t.Px(theme.Note) * theme.LineHeight
	r.word.Move(fyne.NewPos(0, y))
	r.word.Resize(fyne.NewSize(s.Width, h))
}

func (r *formRenderer) Refresh() {
	t := theme.Current()
	text := t.Text
	if r.f.off {
		text = t.Muted
	}
	r.ground.FillColor, r.ground.StrokeColor, r.ground.StrokeWidth, r.ground.CornerRadius = t.Surface, t.Line, t.LineWidth(), theme.Radius
	if r.f.on {
		r.ground.FillColor, r.ground.StrokeColor, r.ground.StrokeWidth = t.Selected, t.Primary, 2*t.LineWidth()+0.5
	}
	r.key.set(r.f.cap, text)
	r.word.Text, r.word.Color, r.word.TextSize = r.f.name, text, t.Px(theme.Note)
	r.word.TextStyle.Bold = r.f.on
	r.Layout(r.f.Size())
	canvas.Refresh(r.ground)
	canvas.Refresh(r.word)
}
