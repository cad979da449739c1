package ocr

import (
	"cmp"
	"math"
	"slices"
)

// ordered puts lines into reading order: rows from top to bottom, in a row from
// left to right, as seen by a reader who holds the picture so that most of its
// text is level. Lines are in one row where the middle of each lies beside the
// other.
func ordered(ls []line) []line {
	type placed struct {
		line
		left, top, bottom float64
		row               int
	}
	var along vec
	for _, l := range ls {
		along = along.add(l.along.times(float64(len(l.letters))))
	}
	if along.length() < 1e-6 {
		along = vec{1, 0}
	}
	along = along.times(1 / along.length())
	all := make([]placed, len(ls))
	for i, l := range ls {
		p := placed{line: l, left: math.Inf(1), top: math.Inf(1), bottom: math.Inf(-1)}
		for _, c := range l.letters {
			mid := vec{float64(c.box.Min.X+c.box.Max.X) / 2, float64(c.box.Min.Y+c.box.Max.Y) / 2}
			half := min(float64(c.box.Dx()), float64(c.box.Dy())) / 2
			x, y := mid.dot(along), mid.dot(along.right())
			p.left, p.top, p.bottom = min(p.left, x), min(p.top, y-half), max(p.bottom, y+half)
		}
		all[i] = p
	}
	mid := func(p placed) float64 { return (p.top + p.bottom) / 2 }
	slices.SortStableFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(mid(a), mid(b)), cmp.Compare(a.left, b.left))
	})
	row, head := 0, 0
	for i, p := range all {
		h := all[head]
		if i > 0 && !(mid(p) < h.bottom && mid(p) >= h.top && mid(h) < p.bottom && mid(h) >= p.top) {
			row, head = row+1, i
		}
		all[i].row = row
	}
	slices.SortStableFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.left, b.left), cmp.Compare(a.top, b.top))
	})
	out := make([]line, len(all))
	for i, p := range all {
		out[i] = p.line
	}
	return out
}
