package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"consentry/ui/theme"
)

// Tab is the head of one of several panes that stand in one place; a bold word and
// a bar below say which one does.
type Tab struct {
	widget.BaseWidget
	text   string
	on     bool
	tapped func()
}

// NewTab is the head of a pane.
func NewTab(text string, on bool, tapped func()) *Tab {
	t := &Tab{text: text, on: on, tapped: tapped}
	t.ExtendBaseWidget(t)
	return t
}

// Tapped implements fyne.Tappable.
func (t *Tab) Tapped(*fyne.PointEvent) { t.tapped() }

// AccessibilityLabel tells screen readers what the tab shows.
func (t *Tab) AccessibilityLabel() string { return t.text }

// CreateRenderer implements fyne.Widget.
func (t *Tab) CreateRenderer() fyne.WidgetRenderer {
	r := &tabRenderer{t: t, text: canvas.NewText(t.text, color.Black), bar: canvas.NewRectangle(color.Transparent)}
	r.text.Alignment = fyne.TextAlignCenter
	r.Refresh()
	return r
}

type tabRenderer struct {
	t    *Tab
	text *canvas.Text
	bar  *canvas.Rectangle
}

func (r *tabRenderer) Destroy()                     {}
func (r *tabRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.text, r.bar} }

func (r *tabRenderer) MinSize() fyne.Size {
	t := theme.Current()
	return fyne.NewSize(t.Px(32), t.Px(theme.RowHeight))
}

func (r *tabRenderer) Layout(s fyne.Size) {
	r.text.Text = Fit(r.t.text, s.Width-theme.S8, r.text.TextSize, r.text.TextStyle)
	h := r.text.MinSize().Height
	r.text.Move(fyne.NewPos(0, (s.Height-h)/2-rise))
	r.text.Resize(fyne.NewSize(s.Width, h))
	r.bar.Move(fyne.NewPos(0, s.Height-4))
	r.bar.Resize(fyne.NewSize(s.Width, 4))
}

func (r *tabRenderer) Refresh() {
	t := theme.Current()
	r.text.Color, r.text.TextSize, r.text.TextStyle.Bold = t.Text, t.Px(theme.Body), r.t.on
	r.bar.FillColor = color.Transparent
	if r.t.on {
		r.bar.FillColor = t.Primary
	}
	r.Layout(r.t.Size())
	canvas.Refresh(r.text)
	canvas.Refresh(r.bar)
}
