package setting

import (
	"math"

	"consentry/redact/pdf/geom"
)

// drawn notes the underlines, strike-throughs and grounds that were as wide as a
// text on the row or a part of it: thin or line-high fills that begin and end with
// what stands there. One that has a twin elsewhere, or reaches further, is of the
// page: the rule of a table, the ground of a cell, a blank to be filled in.
func (s *setter) drawn(f frame, old geom.Rect, items []item) {
	for i, fill := range s.page.Fills {
		b := f.span(fill.Box)
		if !s.beneath(f, b) {
			continue
		}
		const about = 1.5 // em: how far grounds reach beyond their text
		inside := b.X0 > old.X0-0.3*f.size && b.X0 < old.X1 || b.X1 < old.X1+0.3*f.size && b.X1 > old.X0
		around := b.X0 > old.X0-about*f.size && b.X1 < old.X1+about*f.size
		if (inside || around) && !s.twin(f, i, b) {
			s.report.Fills = append(s.report.Fills, i)
		}
	}
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
