package widgets

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"consentry/authz"
	"consentry/ui/theme"
)

// Stretch is a piece of a text: plain, or marked with a verdict.
type Stretch struct {
	Text    string
	Item    int // the caller's number; -1 for plain text
	Verdict authz.Verdict
	Solid   bool // drawn as a filled block: the label of what is hidden
	Start   int  // runes before it in the caller's text
	Len     int  // runes of the caller's text it stands for
}

// TextView shows a text as a page, with marks. Only visible lines are drawn.
type TextView struct {
	widget.BaseWidget
	// Chosen hears of the mark that was clicked.
	Chosen func(item int)
	// Drawn hears of runes marked while drawing is on.
	Drawn func(from, to int)

	scroll *container.Scroll
	page   *textPage
}

// NewTextView is an empty view.
func NewTextView() *TextView {
	v := &TextView{}
	v.page = &textPage{view: v, current: -1, from: -1}
	v.page.ExtendBaseWidget(v.page)
	v.scroll = container.NewVScroll(v.page)
	v.scroll.OnScrolled = func(fyne.Position) { v.page.Refresh() }
	v.ExtendBaseWidget(v)
	return v
}

// SetText replaces the text.
func (v *TextView) SetText(text []Stretch, current int) {
	v.page.text, v.page.current = text, current
	v.page.broken = 0
	v.scroll.Refresh()
	v.page.Refresh()
}

// SetCurrent moves the frame to a mark and shows it.
func (v *TextView) SetCurrent(item int) {
	v.page.current = item
	v.page.reveal(item)
	v.page.Refresh()
}

// SetDrawing turns marking by dragging on or off.
func (v *TextView) SetDrawing(on bool) { v.page.drawing, v.page.from = on, -1; v.page.Refresh() }

// Top shows the beginning.
func (v *TextView) Top() { v.scroll.ScrollToTop() }

// Text is what is shown, in one string.
func (v *TextView) Text() string {
	var s string
	for _, t := range v.page.text {
		s += t.Text
	}
	return s
}

// Stretches are the pieces shown.
func (v *TextView) Stretches() []Stretch { return v.page.text }

// CreateRenderer implements fyne.Widget.
func (v *TextView) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(v.scroll)
}

// textPage is the sheet of paper inside the scroll.
type textPage struct {
	widget.BaseWidget
	view    *TextView
	text    []Stretch
	current int
	drawing bool
	from    int // of a mark being drawn: rune, or -1
	to      int

	broken float32 // the width that lines were broken for; 0: not yet
	lines  []textLine
	adv    *advances
}

// textLine is a line of pieces.
type textLine struct{ pieces []piece }

// piece is a part of a stretch on one line.
type piece struct {
	stretch    int
	text       string
	from       int // rune within the stretch
	x, w       float32
	head, tail bool // holds the stretch's beginning, end
}

const (
	sheetWidth  = 760
	sheetMargin = 40
	sheetTop    = 28
)

func (p *textPage) lineHeight() float32 { return theme.Current().Px(theme.Head) * 1.75 }

// sheet is the paper's place in the page.
func (p *textPage) sheet() (x, w float32) {
	w = min(p.Size().Width-2*theme.S12, theme.Current().Px(sheetWidth))
	return (p.Size().Width - w) / 2, w
}

const (
	markPad = 4 // room left and right of a marked stretch's text, inside its box
	markGap = 3 // room around the box, for the frame of the current one
)

// lay breaks the text into lines of the sheet's width.
func (p *textPage) lay() {
	_, w := p.sheet()
	w -= 2 * sheetMargin
	if w < 40 || p.broken == w {
		return
	}
	p.broken = w
	px := theme.Current().Px(theme.Head)
	if p.adv == nil || p.adv.px != px {
		p.adv = newAdvances(px, fyne.TextStyle{})
	}
	p.lines = nil
	var line textLine
	var x float32
	end := func() { p.lines = append(p.lines, line); line = textLine{}; x = 0 }
	for n, s := range p.text {
		rs := []rune(s.Text)
		extra := float32(0)
		if s.Item >= 0 {
			extra = 2 * (markPad + markGap)
		}
		// A label stands on one line: 客户A is one thing.
		if width := p.width(rs) + extra; s.Item >= 0 && s.Solid && x+width > w && width <= w && len(line.pieces) > 0 {
			end()
		}
		for from := 0; from < len(rs) || from == 0 && len(rs) > 0; {
			to, width, nl := p.fill(rs, from, w-x-extra, len(line.pieces) == 0)
			if to == from && !nl { // nothing fits here: a new line
				end()
				continue
			}
			if to > from {
				line.pieces = append(line.pieces, piece{n, string(rs[from:to]), from, x, width + extra, from == 0, to == len(rs)})
				x += width + extra
			}
			from = to
			if nl {
				from++
				end()
			} else if from < len(rs) {
				end()
			}
		}
	}
	end()
}

func (p *textPage) width(rs []rune) (w float32) {
	for _, r := range rs {
		w += p.adv.of(r)
	}
	return w
}

// fill takes runes from a stretch while they fit the room. It reports the end,
// the width, and whether a line end of the text stopped it.
func (p *textPage) fill(rs []rune, from int, room float32, empty bool) (to int, width float32, nl bool) {
	last, lastWidth := -1, float32(0)
	for i := from; i < len(rs); i++ {
		if rs[i] == '\n' {
			return i, width, true
		}
		if i > from && breakable(rs[i-1], rs[i]) {
			last, lastWidth = i, width
		}
		w := p.adv.of(rs[i])
		// A stop or comma behind a mark hangs over the edge rather than begin a line.
		hangs := i == from && !empty && strings.ContainsRune(noBegin, rs[i])
		if width+w > room && !unicode.IsSpace(rs[i]) && !hangs {
			switch {
			case last > from:
				return last, lastWidth, false
			case empty && i > from:
				return i, width, false
			case empty:
				return from + 1, w, false
			}
			return from, 0, false
		}
		width += w
	}
	return len(rs), width, false
}

func (p *textPage) reveal(item int) {
	p.lay()
	h := p.lineHeight()
	for i, l := range p.lines {
		for _, c := range l.pieces {
			if p.text[c.stretch].Item == item && item >= 0 {
				y := sheetTop + float32(i)*h
				off, room := p.view.scroll.Offset.Y, p.view.scroll.Size().Height
				if y < off+h || y > off+room-2*h {
					p.view.scroll.ScrollToOffset(fyne.NewPos(0, max(0, y-room/3)))
				}
				return
			}
		}
	}
}

// runeAt is the rune of the caller's text under a position, and the item there.
func (p *textPage) runeAt(pos fyne.Position) (at, item int) {
	x0, _ := p.sheet()
	n := int((pos.Y - sheetTop) / p.lineHeight())
	if pos.Y < sheetTop || n < 0 || n >= len(p.lines) {
		return -1, -1
	}
	x := pos.X - x0 - sheetMargin
	for _, c := range p.lines[n].pieces {
		if x < c.x || x >= c.x+c.w {
			continue
		}
		s := p.text[c.stretch]
		if s.Item >= 0 && s.Solid {
			return s.Start, s.Item
		}
		at := c.x
		for i, r := range []rune(c.text) {
			if at += p.adv.of(r); x < at {
				return s.Start + c.from + i, s.Item
			}
		}
		return s.Start + c.from + len([]rune(c.text)), s.Item
	}
	return -1, -1
}

// Tapped implements fyne.Tappable.
func (p *textPage) Tapped(e *fyne.PointEvent) {
	if _, item := p.runeAt(e.Position); item >= 0 && p.view.Chosen != nil {
		p.view.Chosen(item)
	}
}

// Dragged implements fyne.Draggable.
func (p *textPage) Dragged(e *fyne.DragEvent) {
	if !p.drawing {
		p.view.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: e.Dragged})
		return
	}
	at, _ := p.runeAt(e.Position)
	if at < 0 {
		return
	}
	if p.from < 0 {
		p.from = at
	}
	p.to = at
	p.Refresh()
}

// DragEnd implements fyne.Draggable.
func (p *textPage) DragEnd() {
	from, to := min(p.from, p.to), max(p.from, p.to)+1
	if p.drawing && p.from >= 0 && p.view.Drawn != nil {
		p.view.Drawn(from, to)
	}
	p.from = -1
	p.Refresh()
}

// Cursor implements desktop.Cursorable.
func (p *textPage) Cursor() desktop.Cursor {
	if p.drawing {
		return desktop.TextCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer implements fyne.Widget.
func (p *textPage) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{p: p, paper: Fill(theme.Paper)}
	for i := range r.ground {
		r.ground[i] = Fill(theme.Current().Canvas)
	}
	return r
}
