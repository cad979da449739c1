package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"consentry/authz"
	"consentry/ui/icons"
	"consentry/ui/theme"
)

// Chip is a small rounded label: a fact about a case, or, with a function, a
// filter that can be on.
type Chip struct {
	widget.BaseWidget
	text   string
	icon   icons.Name
	on     bool
	tapped func()
}

// NewChip is a chip. Without a function it is only a fact.
func NewChip(text string, icon icons.Name, on bool, tapped func()) *Chip {
	c := &Chip{text: text, icon: icon, on: on, tapped: tapped}
	c.ExtendBaseWidget(c)
	return c
}

// Text is what the chip says.
func (c *Chip) Text() string { return c.text }

// Set changes text and state.
func (c *Chip) Set(text string, on bool) {
	c.text, c.on = text, on
	c.Refresh()
}

// Tapped implements fyne.Tappable.
func (c *Chip) Tapped(*fyne.PointEvent) {
	if c.tapped != nil {
		c.tapped()
	}
}

// CreateRenderer implements fyne.Widget.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	return newPill(func() pillLook {
		t := theme.Current()
		l := pillLook{text: c.text, icon: c.icon, color: t.Text, ground: t.Surface, edge: t.Edge, line: t.LineWidth(), height: theme.ChipHeight, pad: 10, radius: theme.ChipHeight / 2}
		if c.on {
			l.color, l.ground, l.edge = t.OnPrimary, t.Primary, t.Primary
		}
		return l
	}, c)
}

// Tag is a verdict or state: icon, word and ground, each of which says it alone.
type Tag struct {
	widget.BaseWidget
	text string
	icon icons.Name
	tone theme.Tone
}

// NewTag is a tag in a tone.
func NewTag(text string, icon icons.Name, tone theme.Tone) *Tag {
	g := &Tag{text: text, icon: icon, tone: tone}
	g.ExtendBaseWidget(g)
	return g
}

// Set changes all of it.
func (g *Tag) Set(text string, icon icons.Name, tone theme.Tone) {
	g.text, g.icon, g.tone = text, icon, tone
	g.Refresh()
}

// Text is what the tag says.
func (g *Tag) Text() string { return g.text }

// CreateRenderer implements fyne.Widget.
func (g *Tag) CreateRenderer() fyne.WidgetRenderer {
	return newPill(func() pillLook {
		l := pillLook{text: g.text, icon: g.icon, bold: true, color: g.tone.Text, ground: g.tone.Ground, edge: faint(g.tone.Line), line: 1, height: theme.TagHeight, pad: 7, radius: theme.TagRadius}
		if theme.Current().Look() == theme.HighContrast {
			l.edge, l.line = g.tone.Line, 2
		}
		return l
	}, g)
}

// faint is the edge of a tag, which keeps it apart from the ground of a row.
func faint(c color.Color) color.Color {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = 70
	return n
}

// Verdict is the icon and tone of a verdict.
func Verdict(v authz.Verdict) (icons.Name, theme.Tone) {
	t := theme.Current()
	switch v {
	case authz.Show:
		return icons.Show, t.Show
	case authz.Ask:
		return icons.Ask, t.Ask
	}
	return icons.Hide, t.Hide
}

// chipIcon is the size of the icon in chips and tags.
const chipIcon = 16

type pillLook struct {
	text                      string
	icon                      icons.Name
	bold                      bool
	color, ground, edge       color.Color
	line, height, pad, radius float32
}

type pill struct {
	look   func() pillLook
	owner  fyne.CanvasObject
	ground *canvas.Rectangle
	text   *canvas.Text
	icon   *canvas.Image
}

func newPill(look func() pillLook, owner fyne.CanvasObject) *pill {
	p := &pill{look, owner, canvas.NewRectangle(color.Transparent), canvas.NewText("", color.Black), &canvas.Image{FillMode: canvas.ImageFillContain}}
	p.Refresh()
	return p
}

func (p *pill) Destroy()                     {}
func (p *pill) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{p.ground, p.icon, p.text} }

func (p *pill) MinSize() fyne.Size {
	l, t := p.look(), theme.Current()
	w := fyne.MeasureText(l.text, t.Px(theme.Note), fyne.TextStyle{Bold: l.bold}).Width + 2*l.pad
	if l.icon != "" {
		w += t.Px(chipIcon) + 5
	}
	return fyne.NewSize(w, t.Px(l.height))
}

func (p *pill) Layout(s fyne.Size) {
	l, t := p.look(), theme.Current()
	h := t.Px(l.height)
	top := (s.Height - h) / 2
	p.ground.Move(fyne.NewPos(0, top))
	p.ground.Resize(fyne.NewSize(min(s.Width, p.MinSize().Width), h))
	x := l.pad
	if l.icon != "" {
		i := t.Px(chipIcon)
		p.icon.Move(fyne.NewPos(x, (s.Height-i)/2))
		p.icon.Resize(fyne.NewSize(i, i))
		x += i + 5
	}
	th := p.text.MinSize().Height
	p.text.Move(fyne.NewPos(x, (s.Height-th)/2-rise))
	p.text.Resize(fyne.NewSize(s.Width-x, th))
}

func (p *pill) Refresh() {
	l, t := p.look(), theme.Current()
	p.ground.FillColor, p.ground.StrokeColor, p.ground.StrokeWidth = l.ground, l.edge, l.line
	p.ground.CornerRadius = t.Px(l.radius)
	p.text.Text, p.text.Color, p.text.TextSize = l.text, l.color, t.Px(theme.Note)
	p.text.TextStyle.Bold = l.bold
	p.icon.Hidden = l.icon == ""
	if l.icon != "" {
		p.icon.Resource = icons.In(l.icon, l.color)
		p.icon.Refresh()
	}
	p.Layout(p.owner.Size())
	canvas.Refresh(p.ground)
	canvas.Refresh(p.text)
}
