package pdf

import (
	"image"
	"math"
	"slices"

	"consentry/redact/fold"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
)

// missed is a run of text that PDFium reads and we do not: a font or an operator
// that we understand differently. It is looked at like any other text; a page
// with something to hide in it becomes a picture.
type missed struct {
	text  string
	boxes []image.Rectangle
}

// missing compares PDFium's reading of a page with ours, glyph by glyph: of the
// same text, in nearly the same place.
func (p *page) missing(seen []engine.Glyph) (all []missed) {
	view, _, _ := p.object.View()
	at := map[image.Point][]rune{} // our runes by places of 8 pt
	for _, l := range p.lines {
		for _, r := range l.Runes {
			c := cell(r.Box)
			at[c] = append(at[c], r.R)
		}
	}
	near := func(g engine.Glyph, same func(rune) bool) bool {
		c := cell(g.Loose)
		if slices.ContainsFunc(at[c], same) { // nearly always
			return true
		}
		for dx := -2; dx <= 2; dx++ {
			for dy := -2; dy <= 2; dy++ {
				if slices.ContainsFunc(at[c.Add(image.Pt(dx, dy))], same) {
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
		m.boxes = append(m.boxes, outward(g.Loose))
	}
	return all
}

// plain is a rune as it is compared: folded, without spaces.
func plain(r rune) []rune { return []rune(fold.Key(string(r))) }

func cell(r geom.Rect) image.Point {
	c := r.Center()
	return image.Pt(int(math.Floor(c.X/8)), int(math.Floor(c.Y/8)))
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
