package pdf

import (
	"image"
	"math"
	"slices"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/layout"
)

// missed is a run of text that PDFium reads and we do not: a font or an operator
// that we understand differently. It is looked at like any other text; a page
// with something to hide in it becomes a picture, but where it is drawn with glyphs
// of ours whose fonts do not tell us what they are (page.unread).
type missed struct {
	text  string
	boxes []image.Rectangle
	at    []geom.Point // beside boxes: where each character stands, in view points
}

// missing compares PDFium's reading of a page with ours, glyph by glyph: of the
// same text, in nearly the same place. That of a box depends on the height of a
// font, on which readers of damaged ones differ, so that of the origin will do too.
func (p *page) missing(seen []engine.Glyph) (all []missed) {
	view, _, _ := p.object.View()
	at := map[image.Point][]rune{}   // our runes by places of 8 pt
	from := map[image.Point][]rune{} // and by the places of origins, where those are others
	for _, l := range p.lines {
		for _, r := range l.Runes {
			c := cell(r.Box)
			at[c] = append(at[c], r.R)
			if r.Glyph >= 0 {
				if o := square(view.Apply(p.drawn.Glyphs[r.Glyph].Origin)); o != c {
					from[o] = append(from[o], r.R)
				}
			}
		}
	}
	near := func(g engine.Glyph, same func(rune) bool) bool {
		c, o := cell(g.Loose), square(g.Origin)
		if slices.ContainsFunc(at[c], same) { // nearly always
			return true
		}
		for dx := -2; dx <= 2; dx++ {
			for dy := -2; dy <= 2; dy++ {
				d := image.Pt(dx, dy)
				if slices.ContainsFunc(at[c.Add(d)], same) || slices.ContainsFunc(from[o.Add(d)], same) {
					return true
				}
			}
		}
		return false
	}
	known := func(g engine.Glyph) bool {
		if near(g, func(r rune) bool { return r == g.R }) {
			return true
		}
		for _, want := range plain(g.R) { // ligatures, widths, radicals
			if !near(g, func(r rune) bool { return slices.Contains(plain(r), want) }) {
				return false
			}
		}
		return true
	}
	last := -2
	for i, g := range seen {
		if g.Generated || g.Unmapped || g.R <= ' ' || g.R == 0xfffd || g.R == 0xfffe || g.R == 0xad || known(g) || p.says(g, view) {
			continue
		}
		if last != i-1 {
			all = append(all, missed{})
		}
		last = i
		m := &all[len(all)-1]
		m.text += string(g.R)
		m.boxes, m.at = append(m.boxes, outward(g.Loose)), append(m.at, g.Origin)
	}
	return all
}

// missedSpans are the texts that only PDFium reads, numbered on from those that marks say.
func (p *page) missedSpans() (spans []redact.Span) {
	before := append(slices.Clone(p.spans), p.saidSpans()...)
	offset := 0
	if n := len(before); n > 0 {
		offset = before[n-1].Offset + utf8.RuneCountInString(before[n-1].Text) + 1
	}
	for k, m := range p.more {
		spans = append(spans, redact.Span{ID: len(before) + k, Text: m.text, Offset: offset, Boxes: m.boxes})
		offset += len(m.boxes) + 1
	}
	return spans
}

// unread are our glyphs that a part of a missed text is drawn with: one without
// Unicode where each of its characters stands. PDFium has to find the text gone
// afterwards, as always. None where a character has no such glyph.
func (p *page) unread(m missed, from, to int) []int {
	const same = 0.3 // points
	view, _, _ := p.object.View()
	if p.blank == nil {
		p.blank = map[image.Point][]layout.Rune{}
		for _, l := range p.lines {
			for _, r := range l.Runes {
				if r.Unknown && r.Glyph >= 0 {
					o := square(view.Apply(p.drawn.Glyphs[r.Glyph].Origin))
					p.blank[o] = append(p.blank[o], r)
				}
			}
		}
	}
	var all []int
	for _, at := range m.at[from:to] {
		found := false
		for dx := -1; dx <= 1; dx++ {
			for dy := -1; dy <= 1; dy++ {
				for _, r := range p.blank[square(at).Add(image.Pt(dx, dy))] {
					if o := view.Apply(p.drawn.Glyphs[r.Glyph].Origin); math.Hypot(o.X-at.X, o.Y-at.Y) <= same {
						all = append(append(all, r.Glyph), r.Also...)
						found = true
					}
				}
			}
		}
		if !found {
			return nil
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// plain is a rune as it is compared: folded, without spaces.
func plain(r rune) []rune { return []rune(fold.Key(string(r))) }

func cell(r geom.Rect) image.Point { return square(r.Center()) }

// square is the place of 8 pt that a point is in.
func square(p geom.Point) image.Point {
	return image.Pt(int(math.Floor(p.X/8)), int(math.Floor(p.Y/8)))
}

// outward is a rectangle in whole points around another, never empty.
func outward(r geom.Rect) image.Rectangle {
	b := image.Rect(whole(math.Floor(r.X0)), whole(math.Floor(r.Y0)), whole(math.Ceil(r.X1)), whole(math.Ceil(r.Y1)))
	if b.Dx() == 0 {
		b.Max.X++
	}
	if b.Dy() == 0 {
		b.Max.Y++
	}
	return b
}

// whole is a number of points within what an answer can hold.
func whole(v float64) int {
	if !(math.Abs(v) < math.MaxInt16/2) {
		return math.MaxInt16 / 2
	}
	return int(v)
}
