package layout

import (
	"math"

	"consentry/redact/pdf/content"
	"consentry/redact/pdf/geom"
)

// curves finds text that is written along a curve, as in seals and logos: glyphs
// drawn one after the other, each where the one before ends, that turn as they
// go. It numbers them from 1.
func (r *reading) curves(hs []heading) {
	number, from, turns := 0, 0, 0
	all := 0.0 // degrees; words of a page that was scanned askew turn by few
	end := func(to int) {
		if n := to - from; n >= 3 && turns >= 2 && all >= 10 {
			number++
			for i := from; i < to; i++ {
				hs[i].curve = number
			}
		}
		from, turns, all = to, 0, 0
	}
	for i := 1; i < len(hs); i++ {
		a, b := &hs[i-1], &hs[i]
		turn := math.Abs(math.Remainder(a.degrees-b.degrees, 360))
		if a.annot != b.annot || a.vertical || b.vertical || turn > 45 || !touch(&r.page.Glyphs[a.glyph], &r.page.Glyphs[b.glyph]) {
			end(i)
		} else if turn > 0.3 {
			turns++
			all += turn
		}
	}
	end(len(hs))
}

// touch reports whether b begins about where a ends.
func touch(a, b *content.Glyph) bool {
	dx, dy := b.Origin.X-a.Origin.X-a.Advance.X, b.Origin.Y-a.Origin.Y-a.Advance.Y
	em := min(emOf(a), emOf(b))
	return dx*dx+dy*dy <= 0.25*em*em
}

// straighten lays the inks of a curve out in a line, and tells in which direction
// the curve leads as a whole.
func (r *reading) straighten(inks []ink) (along geom.Point) {
	u := 0.0
	for i := range inks {
		c := &r.page.Glyphs[inks[i].glyph]
		if i > 0 {
			p := &r.page.Glyphs[inks[i-1].glyph]
			u += math.Hypot(c.Origin.X-p.Origin.X, c.Origin.Y-p.Origin.Y)
		}
		inks[i].u0, inks[i].u1, inks[i].v = u, u+math.Hypot(c.Advance.X, c.Advance.Y), 0
	}
	first, last := &r.page.Glyphs[inks[0].glyph], &r.page.Glyphs[inks[len(inks)-1].glyph]
	to := geom.Point{X: last.Origin.X - first.Origin.X, Y: last.Origin.Y - first.Origin.Y}
	if n := math.Hypot(to.X, to.Y); n > 0 {
		return geom.Point{X: round(to.X / n), Y: round(to.Y / n)}
	}
	return geom.Point{X: 1} // all around
}
