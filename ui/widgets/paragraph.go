package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"consentry/ui/theme"
)

// Paragraph is text in lines of a given width, Chinese and Latin mixed.
type Paragraph struct {
	widget.BaseWidget
	text  string
	size  float32
	style fyne.TextStyle
	color color.Color
	width float32 // pixels, not scaled: the room there is
}

// NewParagraph is a text broken at a width.
func NewParagraph(text string, size float32, bold bool, c color.Color, width float32) *Paragraph {
	p := &Paragraph{text: text, size: size, style: fyne.TextStyle{Bold: bold}, color: c, width: width}
	p.ExtendBaseWidget(p)
	return p
}

// Text is the whole text.
func (p *Paragraph) Text() string { return p.text }

// CreateRenderer implements fyne.Widget.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	px := theme.Current().Px(p.size)
	r := &paragraphRenderer{line: px * theme.LineHeight}
	for _, l := range WrapText(p.text, p.width, px, p.style) {
		t := canvas.NewText(l, p.color)
		t.TextSize, t.TextStyle = px, p.style
		r.wide = max(r.wide, t.MinSize().Width)
		r.objects = append(r.objects, t)
	}
	return r
}

type paragraphRenderer struct {
	objects    []fyne.CanvasObject
	line, wide float32
}

func (r *paragraphRenderer) Destroy()                     {}
func (r *paragraphRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *paragraphRenderer) Refresh()                     {}

func (r *paragraphRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.wide, r.line*float32(len(r.objects)))
}

func (r *paragraphRenderer) Layout(s fyne.Size) {
	for i, o := range r.objects {
		o.Move(fyne.NewPos(0, float32(i)*r.line))
		o.Resize(fyne.NewSize(s.Width, r.line))
	}
}
