package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"consentry/ui/theme"
)

// A Span is a bar of a [Timeline]. Its places are parts of the width, from 0 to 1.
type Span struct {
	Label    string // before the bar
	Text     string // in it
	From, To float32
	// Ended is where the bar is hollow from; a bar that was not ended has its To here.
	Ended  float32
	Hollow string // in the hollow part
	Over   bool   // what it covers is past: it shows nothing today
}

// A Tick is a line over all bars with a word above it. Year stands before the word of the
// first of a year that is written.
type Tick struct {
	At         float32
	Text, Year string
}

// Timeline draws periods as bars under one another, with today as a line.
type Timeline struct {
	widget.BaseWidget
	spans []Span
	ticks []Tick
	today Tick
}

// NewTimeline is a timeline; today is the tick that is marked.
func NewTimeline(spans []Span, ticks []Tick, today Tick) *Timeline {
	l := &Timeline{spans: spans, ticks: ticks, today: today}
	l.ExtendBaseWidget(l)
	return l
}

// Measures at 100 %.
const (
	spanHeight = 20
	spanRow    = 26
	spanLabel  = 84
	tickHead   = 24
)

// CreateRenderer implements fyne.Widget.
func (l *Timeline) CreateRenderer() fyne.WidgetRenderer { return &timelineRenderer{l: l} }

type timelineRenderer struct {
	l  *Timeline
	os []fyne.CanvasObject
}

func (r *timelineRenderer) Destroy()                     {}
func (r *timelineRenderer) Objects() []fyne.CanvasObject { return r.os }

func (r *timelineRenderer) MinSize() fyne.Size {
	t := theme.Current()
	return fyne.NewSize(t.Px(spanLabel)+120, t.Px(tickHead+spanRow*float32(len(r.l.spans))+4))
}

func (r *timelineRenderer) Refresh() { r.Layout(r.l.Size()) }

// Layout draws all anew: there are a few bars, and their words depend on the width.
func (r *timelineRenderer) Layout(s fyne.Size) {
	t := theme.Current()
	r.os = nil
	left, head := t.Px(spanLabel), t.Px(tickHead)
	at := func(part float32) float32 { return left + part*(s.Width-left-2) }
	text := func(words string, x, y, width float32, bold bool, c color.Color) float32 {
		o := canvas.NewText("", c)
		o.TextSize, o.TextStyle.Bold = t.Px(theme.Note), bold
		o.Text = Fit(words, width, o.TextSize, o.TextStyle)
		m := o.MinSize()
		if m.Width > width {
			return 0 // three dots alone say nothing
		}
		o.Move(fyne.NewPos(x, y-m.Height/2-rise))
		o.Resize(m)
		r.os = append(r.os, o)
		return m.Width
	}
	line := func(x float32, c color.Color, wide float32) {
		o := canvas.NewRectangle(c)
		o.Move(fyne.NewPos(x-wide/2, head))
		o.Resize(fyne.NewSize(wide, s.Height-head))
		r.os = append(r.os, o)
	}
	now := at(r.l.today.At)
	// beside is where words in a bar go that the line of today would cross: before it if they
	// fit there or more of them do, else after it.
	beside := func(words string, a, z float32, bold bool) (float32, float32) {
		w := fyne.MeasureText(words, t.Px(theme.Note), fyne.TextStyle{Bold: bold}).Width
		before, after := now-theme.S8-a, z-now-theme.S8
		switch {
		case now <= a || now >= min(a+w, z)+theme.S8 || before >= w:
			return a, z - a
		case after >= w || after > before:
			return now + theme.S8, after
		}
		return a, before
	}
	// The word of today goes before those of the months that it would cover.
	wide := fyne.MeasureText(r.l.today.Text, t.Px(theme.Note), fyne.TextStyle{Bold: true}).Width
	from := max(left, min(now-wide/2, s.Width-wide))
	end, year := left, ""
	for _, k := range r.l.ticks {
		x, words := at(k.At), k.Text
		line(x, t.Line, t.LineWidth())
		if k.Year != year {
			words = k.Year + k.Text
		}
		w := fyne.MeasureText(words, t.Px(theme.Note), fyne.TextStyle{}).Width
		if x+w < from-theme.S8 && x >= end || x > from+wide+theme.S8 && x >= end && x+w <= s.Width {
			end, year = x+text(words, x, head/2, w+1, false, t.Muted)+theme.S8, k.Year
		}
	}
	for i, b := range r.l.spans {
		y := head + t.Px(spanRow*float32(i)+spanRow/2)
		text(b.Label, 0, y, left-theme.S8, false, t.Text)
		tone := t.Show
		if b.Over {
			tone = t.Hide
		}
		bar := func(a, z float32, words string, hollow bool) {
			if z-a < 1 {
				return
			}
			o := canvas.NewRectangle(tone.Ground)
			o.StrokeColor, o.StrokeWidth, o.CornerRadius = tone.Line, 1.5, 3
			c := color.Color(tone.Text)
			if hollow {
				o.FillColor, o.StrokeColor, c = t.Surface, t.Edge, t.Muted
			}
			o.Move(fyne.NewPos(a, y-t.Px(spanHeight)/2))
			o.Resize(fyne.NewSize(z-a, t.Px(spanHeight)))
			r.os = append(r.os, o)
			x, room := beside(words, a+theme.S8, z-theme.S8, !hollow)
			text(words, x, y, room, !hollow, c)
		}
		bar(at(b.Ended), at(b.To), b.Hollow, true)
		bar(at(b.From), at(b.Ended), b.Text, false)
	}
	line(now, t.Focus, 2)
	text(r.l.today.Text, from, head/2, wide+1, true, t.Focus)
}
