package setting

import (
	"math"

	"consentry/redact/pdf/geom"
)

// A shift is what became of a stretch of a row: from where it was drawn to where
// it is now.
type shift struct{ from0, from1, to0, to1 float64 }

// drawn draws the underlines, strike-throughs and grounds anew that were as wide
// as a moved text or a part of it: thin or line-high fills that begin and end with
// what stands there. What lay under a name lies under its label. One that has a
// twin elsewhere, or reaches further, is of the page and stays: the rule of a
// table, the ground of a cell, a blank to be filled in.
func (s *setter) drawn(f frame, moved []piece) {
	banded := make([]bool, len(moved))
	for i, fill := range s.page.Fills {
		b := f.span(fill.Box)
		for n, p := range moved {
			if !banded[n] && fill.Points > 5 && b.Overlaps(geom.Rect{X0: p.u0, X1: p.u1, Y0: f.v - 0.4*f.size, Y1: f.v + 0.7*f.size}) {
				// Of a path of many parts, those that are underlines or strike-throughs.
				banded[n] = true
				s.edit.Areas = append(s.edit.Areas,
					f.rect(p.u0-1, f.v-0.4*f.size, p.u1+1, f.v-0.02*f.size), f.rect(p.u0-1, f.v+0.15*f.size, p.u1+1, f.v+0.5*f.size))
			}
			if s.beneath(f, b) && f.hugs(b, p) && !s.twin(f, i, b) {
				s.edit.Fills[i] = s.redrawn(f, b)
				s.report.Fills = append(s.report.Fills, i)
				break
			}
		}
	}
}

// hugs reports whether a fill of this span begins or ends with a part of the
// piece, or lies closely around it.
func (f frame) hugs(b geom.Rect, p piece) bool {
	const about = 1.5 // em: how far grounds reach beyond their text
	return b.X0 > p.u0-0.3*f.size && b.X0 < p.u1 || b.X1 < p.u1+0.3*f.size && b.X1 > p.u0 ||
		b.H() >= 0.2*f.size && b.X0 > p.u0-about*f.size && b.X1 < p.u1+about*f.size
}

// redrawn is where a fill of this span lies now; empty where nothing is left of
// what it lay under.
func (s *setter) redrawn(f frame, b geom.Rect) geom.Rect {
	if math.Abs(f.along.X) < 0.9999 && math.Abs(f.along.Y) < 0.9999 { // a rectangle would not do
		return geom.Rect{}
	}
	from0, from1, to0, to1 := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, h := range s.shifts {
		if in := min(h.from1, b.X1) - max(h.from0, b.X0); in > 0.65*(h.from1-h.from0) || in > f.size {
			from0, from1 = min(from0, h.from0), max(from1, h.from1)
			to0, to1 = min(to0, h.to0), max(to1, h.to1)
		}
	}
	if to0 >= to1 {
		return geom.Rect{}
	}
	if b.H() >= 0.2*f.size { // a ground reaches beyond its text; by how much may be told in whole points
		to0 -= min(max(math.Round(from0-b.X0), 0), math.Round(1.5*f.size))
		to1 += min(max(math.Round(b.X1-from1), 0), math.Round(1.5*f.size))
	}
	return f.rect(round(to0), tidy(b.Y0), round(to1), tidy(b.Y1))
}

// beneath reports whether a fill of this span lies on the row as an underline, a
// strike-through or a ground does.
func (s *setter) beneath(f frame, b geom.Rect) bool {
	low, high := f.v-0.4*f.size, f.v+0.7*f.size
	if f.vertical {
		low, high = f.v-0.9*f.size, f.v+0.9*f.size
	}
	switch h := b.H(); {
	case b.W() < 0.3*f.size:
		return false
	case h < 0.2*f.size:
		return b.Y0 > low && b.Y1 < high
	case h < 2.5*f.size:
		return b.Y0 < f.v+0.3*f.size && b.Y1 > f.v+0.3*f.size
	}
	return false
}

// twin reports whether another fill, away from every touched row, reaches as far.
func (s *setter) twin(f frame, i int, b geom.Rect) bool {
	for j, fill := range s.page.Fills {
		o := f.span(fill.Box)
		if j == i || math.Abs(o.X0-b.X0) > 0.2 || math.Abs(o.X1-b.X1) > 0.2 || s.beneath(f, o) {
			continue
		}
		if math.Abs(o.Center().Y-f.v) > 1.2*f.size && !s.onTouched(fill.Box) {
			return true
		}
	}
	return false
}

// onTouched reports whether a box lies on a touched line.
func (s *setter) onTouched(b geom.Rect) bool {
	for i, l := range s.lines {
		if s.touched[i] {
			f := frameOf(l)
			if s.beneath(f, f.span(b)) {
				return true
			}
		}
	}
	return false
}
