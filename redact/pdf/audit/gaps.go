package audit

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"consentry/redact/pdf/audit/shown"
	"consentry/redact/pdf/geom"
	"consentry/redact/removed"
)

// sameGap is how near two widths must be to be one, in em.
const sameGap = 0.02

// gaps compares the lines of a written page with those of its source: where the
// text on both sides of a removed one still stands as far apart as before, the
// width tells it, against a list of names (Bland, Iyer and Levchenko, Story Beyond
// the Eye, PETS 2023). What fills a gap by its own width, a label, tells nothing,
// and neither does a gap of a multiple of 4 em, to which gaps are widened.
func (h *hunt) gaps(src, out *shown.Page) {
	text, at := joinedText(src.Glyphs)
	if text == "" {
		return
	}
	v := h.view("gap")
	lines := newLines(out.Glyphs)
	v.search.Each(text, func(t *removed.Text, lo, hi int) {
		first, last := at[lo], at[hi-1]
		if first < 1 || last+1 >= len(src.Glyphs) {
			return
		}
		if lines.keeps(src.Glyphs, first-1, last+1) {
			t.Done = true
			h.tell(t, "gap", fmt.Sprintf("page %d, the width of a gap", out.Index+1))
		}
	})
}

// joinedText is what glyphs say in drawing order, and the glyph of each byte.
func joinedText(glyphs []shown.Glyph) (string, []int) {
	var b []byte
	var at []int
	for i, g := range glyphs {
		s := g.Text
		if g.Jump {
			s = "\n" + s
		}
		b = append(b, s...)
		for range len(s) {
			at = append(at, i)
		}
	}
	return string(b), at
}

// lines are the glyphs of a page, sorted by baseline.
type lines struct {
	glyphs []shown.Glyph
	order  []int
}

func newLines(glyphs []shown.Glyph) *lines {
	l := &lines{glyphs: glyphs}
	for i, g := range glyphs {
		if g.Text != "" {
			l.order = append(l.order, i)
		}
	}
	slices.SortStableFunc(l.order, func(a, b int) int { return cmp.Compare(glyphs[a].Origin.Y, glyphs[b].Origin.Y) })
	return l
}

// along is how far q is from p in the direction of a unit vector, and how far
// beside it.
func along(p, q, dir geom.Point) (on, off float64) {
	d := geom.Point{X: q.X - p.X, Y: q.Y - p.Y}
	return d.X*dir.X + d.Y*dir.Y, d.X*dir.Y - d.Y*dir.X
}

func ended(g shown.Glyph) geom.Point {
	return geom.Point{X: g.Origin.X + g.Advance.X, Y: g.Origin.Y + g.Advance.Y}
}

func unit(p geom.Point) (geom.Point, bool) {
	n := math.Hypot(p.X, p.Y)
	if !(n > 0) || math.IsInf(n, 0) {
		return geom.Point{}, false
	}
	return geom.Point{X: p.X / n, Y: p.Y / n}, true
}

// keeps reports whether the glyphs b and a of the source, which stand before and
// after what was removed, are as far apart in the output, with nothing between
// them that is as wide by itself.
func (l *lines) keeps(src []shown.Glyph, b, a int) bool {
	before, after := src[b], src[a]
	dir, ok := unit(before.Advance)
	if !ok || before.Size <= 0 || after.Size <= 0 {
		return false
	}
	em := min(before.Size, after.Size)
	gap, off := along(ended(before), after.Origin, dir)
	if math.Abs(off) > 0.3*em || gap < 0.3*em || gap > 60*em {
		return false // not on one line
	}
	// Text that stands apart, in another column, tells nothing by where it is.
	if lead, _ := along(ended(before), src[b+1].Origin, dir); lead > em {
		return false
	}
	if trail, _ := along(ended(src[a-1]), after.Origin, dir); trail > em {
		return false
	}
	line := l.on(before, dir)
	for k, i := range line {
		g := l.glyphs[i]
		if on, _ := along(before.Origin, g.Origin, dir); g.Text != before.Text || math.Abs(on) > 3*em || !l.leads(src, b, line, k) {
			continue
		}
		for m := k + 1; m < len(line) && m < k+200; m++ {
			n := l.glyphs[line[m]]
			on, _ := along(ended(g), n.Origin, dir)
			if on > gap+em {
				break
			}
			if n.Text == after.Text && math.Abs(on-gap) < sameGap*em && !l.filled(line[k:m+1], dir, em) && !widened(on/em) {
				return true
			}
		}
	}
	return false
}

// lead is how many glyphs before a gap must be the same for it to be the same
// gap.
const lead = 4

// leads reports whether what comes before the k-th glyph of a line is what comes
// before glyph b of the source, as far as both lines go.
func (l *lines) leads(src []shown.Glyph, b int, line []int, k int) bool {
	for n := 1; n < lead && k >= n && b >= n; n++ {
		was, is := src[b-n], l.glyphs[line[k-n]]
		if math.Abs(was.Origin.Y-src[b].Origin.Y) > was.Size {
			return true // another line
		}
		if was.Text != is.Text {
			return false
		}
	}
	return true
}

// on are the glyphs on the baseline of g, in its direction.
func (l *lines) on(g shown.Glyph, dir geom.Point) []int {
	reach := 0.3 * g.Size
	from, to := 0, len(l.order)
	if math.Abs(dir.Y) < 0.01 { // upright: only those of nearly the same height
		from, _ = slices.BinarySearchFunc(l.order, g.Origin.Y-2*reach, func(i int, y float64) int { return cmp.Compare(l.glyphs[i].Origin.Y, y) })
		to, _ = slices.BinarySearchFunc(l.order, g.Origin.Y+2*reach, func(i int, y float64) int { return cmp.Compare(l.glyphs[i].Origin.Y, y) })
	}
	var line []int
	for _, i := range l.order[from:to] {
		if _, off := along(g.Origin, l.glyphs[i].Origin, dir); math.Abs(off) < reach {
			line = append(line, i)
		}
	}
	slices.SortStableFunc(line, func(a, b int) int {
		x, _ := along(g.Origin, l.glyphs[a].Origin, dir)
		y, _ := along(g.Origin, l.glyphs[b].Origin, dir)
		return cmp.Compare(x, y)
	})
	return line
}

// filled reports whether the glyphs from the first to the last stand one after the
// other, so that the gap is only as wide as they are; or as words of a line do that
// is stretched to a margin, with the same room between all of them: that tells how
// wide the column is.
func (l *lines) filled(line []int, dir geom.Point, em float64) bool {
	least, most, n := math.Inf(1), 0.0, 0
	for k := 1; k < len(line); k++ {
		on, _ := along(ended(l.glyphs[line[k-1]]), l.glyphs[line[k]].Origin, dir)
		if on > 0.15*em {
			least, most, n = min(least, on), max(most, on), n+1
		}
	}
	switch {
	case len(line) <= 2:
		return false
	case most <= 0.35*em: // a space
		return true
	}
	return n >= 2 && most-least < 0.05*em
}

// widened reports whether a width in em is a multiple of 4.
func widened(w float64) bool {
	return w > 3 && math.Abs(w/4-math.Round(w/4))*4 < sameGap
}
