// Package widgets draws what Fyne has not: labels that fit, buttons with their
// key, chips, verdict tags, boxes on a photo and marks in a text.
package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"consentry/ui/theme"
)

// Label is one line of text. Where it is cut it ends in three dots, not in the
// ellipsis, which the font draws full width.
type Label struct {
	widget.BaseWidget
	text  string
	size  float32 // at 100 %
	style fyne.TextStyle
	color color.Color
	cut   bool
	end   bool // cut before its end
}

// NewLabel is a label of the size (at 100 %) in a colour.
func NewLabel(text string, size float32, bold bool, c color.Color) *Label {
	l := &Label{text: text, size: size, style: fyne.TextStyle{Bold: bold}, color: c}
	l.ExtendBaseWidget(l)
	return l
}

// NewCutLabel is a label that takes what room there is.
func NewCutLabel(text string, size float32, bold bool, c color.Color) *Label {
	l := NewLabel(text, size, bold, c)
	l.cut = true
	return l
}

// KeepEnd cuts the label before its end: of a file's name the ending tells what it is.
func (l *Label) KeepEnd() { l.end = true }

// Text is the whole text, cut or not.
func (l *Label) Text() string { return l.text }

// Set changes the text.
func (l *Label) Set(text string) {
	if text != l.text {
		l.text = text
		l.Refresh()
	}
}

// SetColor changes the colour.
func (l *Label) SetColor(c color.Color) { l.color = c; l.Refresh() }

// SetBold changes the weight.
func (l *Label) SetBold(on bool) { l.style.Bold = on; l.Refresh() }

// CreateRenderer implements fyne.Widget.
func (l *Label) CreateRenderer() fyne.WidgetRenderer {
	r := &labelRenderer{l: l, text: canvas.NewText(l.text, l.color)}
	r.Refresh()
	return r
}

type labelRenderer struct {
	l    *Label
	text *canvas.Text
}

func (r *labelRenderer) Destroy()                     {}
func (r *labelRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.text} }

func (r *labelRenderer) MinSize() fyne.Size {
	px := theme.Current().Px(r.l.size)
	h := px * theme.LineHeight
	if r.l.cut {
		return fyne.NewSize(px*2, h)
	}
	return fyne.NewSize(fyne.MeasureText(r.l.text, px, r.l.style).Width, h)
}

func (r *labelRenderer) Layout(s fyne.Size) {
	px := theme.Current().Px(r.l.size)
	r.text.Text = r.l.text
	switch {
	case r.l.cut && r.l.end:
		r.text.Text = fitName(r.l.text, s.Width, px, r.l.style)
	case r.l.cut:
		r.text.Text = Fit(r.l.text, s.Width, px, r.l.style)
	}
	h := r.text.MinSize().Height
	r.text.Move(fyne.NewPos(0, (s.Height-h)/2-rise))
	r.text.Resize(fyne.NewSize(s.Width, h))
}

func (r *labelRenderer) Refresh() {
	r.text.TextSize = theme.Current().Px(r.l.size)
	r.text.TextStyle = r.l.style
	r.text.Color = r.l.color
	r.Layout(r.l.Size())
	r.text.Refresh()
}

// rise lifts text to the middle of its line: the face has more room above its
// letters than below.
const rise = 1

// keptRunes is how much of a name's end is kept where it is cut.
const keptRunes = 6

// fitName cuts a name to a width, with three dots before its end.
func fitName(s string, width, px float32, style fyne.TextStyle) string {
	rs := []rune(s)
	if len(rs) <= keptRunes || fyne.MeasureText(s, px, style).Width <= width {
		return Fit(s, width, px, style)
	}
	end := string(rs[len(rs)-keptRunes:])
	room := width - fyne.MeasureText(end, px, style).Width
	begin := Fit(string(rs[:len(rs)-keptRunes]), room, px, style)
	if room <= 0 || begin == "..." {
		return Fit(s, width, px, style)
	}
	return begin + end
}

// Fit cuts a text to a width, with three dots at its end.
func Fit(s string, width, px float32, style fyne.TextStyle) string {
	if width <= 0 || fyne.MeasureText(s, px, style).Width <= width {
		return s
	}
	rs := []rune(s)
	lo, hi := 0, len(rs)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if fyne.MeasureText(string(rs[:mid])+"...", px, style).Width <= width {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return string(rs[:lo]) + "..."
}
