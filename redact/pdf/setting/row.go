package setting

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/layout"
)

// A frame is a baseline: places on it are u along and v to the left of it, in
// points from the origin of default user space.
type frame struct {
	along    geom.Point
	v        float64
	size     float64 // of its text
	vertical bool
}

func (f frame) u(p geom.Point) float64 { return p.X*f.along.X + p.Y*f.along.Y }

func (f frame) across(p geom.Point) float64 { return p.Y*f.along.X - p.X*f.along.Y }

func (f frame) point(u, v float64) geom.Point {
	return geom.Point{X: tidy(u*f.along.X - v*f.along.Y), Y: tidy(u*f.along.Y + v*f.along.X)}
}

// rect is the hull of what lies from u0 to u1 and v0 to v1.
func (f frame) rect(u0, v0, u1, v1 float64) geom.Rect {
	return geom.Rect{X0: u0, Y0: v0, X1: u1, Y1: v1}.Through(geom.Matrix{A: f.along.X, B: f.along.Y, C: -f.along.Y, D: f.along.X})
}

// span is how far r reaches along and across.
func (f frame) span(r geom.Rect) geom.Rect {
	return r.Through(geom.Matrix{A: f.along.X, B: -f.along.Y, C: f.along.Y, D: f.along.X})
}

func (f frame) parallel(o frame) bool {
	return f.along.X*o.along.X+f.along.Y*o.along.Y > 0.9999 && f.vertical == o.vertical
}

// grid is the step of all places on lines that are set anew, in points.
const grid = 0.1

func round(v float64) float64 { return math.Round(v/grid) / (1 / grid) }

// tidy takes away what only the order of additions made.
func tidy(v float64) float64 { return math.Round(v*1e6) / 1e6 }

func frameOf(l layout.Line) frame {
	f := frame{along: l.Along, size: l.Size, vertical: l.Vertical}
	if n := math.Hypot(f.along.X, f.along.Y); !(n > 0) || math.IsInf(n, 0) {
		f.along = geom.Point{X: 1}
	} else {
		f.along = geom.Point{X: tidy(f.along.X / n), Y: tidy(f.along.Y / n)}
	}
	f.v = f.across(l.Origin)
	return f
}

// An item is a glyph on a row.
type item struct {
	glyph    int
	also     []int   // drawn over it
	u, v     float64 // v from the row's baseline
	wide     float64 // its advance, as drawn
	natural  float64 // and as it is where it is set anew
	size     float64
	text     string
	line     int // or -1
	cut      int // or -1
	word     bool
	space    bool
	han      bool
	gap      float64 // before it, in points
	class    gap
	over     bool // stands on the one before: an accent, a shadow
	dropped  bool // not of a cut, but not kept either
	boundary bool // of a line, before it
	led      bool // to by a leader
}

func (it *item) kept() bool { return it.cut < 0 && !it.dropped }

// collect is the row of line i: all that stands on its baseline, but for what is
// written over it or under it, such as a watermark: that is a row of its own.
func (s *setter) collect(i int) (frame, []item) {
	base := s.lines[i]
	f := frameOf(base)
	items := s.items(f, i)
	s.taken[i] = true
	hull := s.extents[i]
	across := map[int]bool{}
	for again := true; again; { // what adjoins what adjoins it
		again = false
		for j := range s.lines {
			l, e := &s.lines[j], &s.extents[j]
			if s.taken[j] || across[j] || l.Annot != base.Annot || (l.Hidden == 0) != (base.Hidden == 0) || !f.parallel(e.frame) ||
				!f.level(e.v, e.size) && !(f.raised(e.v, e.size) && e.u0 < hull.u1+f.size && e.u1 > hull.u0-f.size) {
				continue
			}
			more := s.items(f, j)
			if across[j] = overlap(items, more) > f.leeway(e.v, e.size); across[j] {
				continue
			}
			s.taken[j] = true
			items = append(items, more...)
			if e.u0 < hull.u1+most*f.size && e.u1 > hull.u0-most*f.size {
				hull.u0, hull.u1, again = min(hull.u0, e.u0), max(hull.u1, e.u1), true
			}
		}
	}
	for g := range s.page.Glyphs { // white space that stands alone
		gl := &s.page.Glyphs[g]
		if !s.lined[g] && gl.Annot == base.Annot && (gl.Hidden == 0) == (base.Hidden == 0) && f.follows(gl.Advance) && f.level(f.across(gl.Origin), gl.Size) {
			if it := s.item(f, g, -1); finite(it) {
				items = append(items, it)
			}
		}
	}
	slices.SortStableFunc(items, func(a, b item) int { return cmp.Or(cmp.Compare(a.u, b.u), cmp.Compare(a.glyph, b.glyph)) })
	f.v = baseline(f, items)
	for k := range items {
		it := &items[k]
		if it.v -= f.v; math.Abs(it.v) < 0.02*it.size {
			it.v = 0
		}
	}
	return f, items
}

// level reports whether text of that size at v stands on the baseline.
func (f frame) level(v, size float64) bool { return math.Abs(v-f.v) < 0.3*min(size, f.size) }

// raised reports whether it may stand above or below it, as indices do.
func (f frame) raised(v, size float64) bool {
	return min(size, f.size) < 0.85*max(size, f.size) && math.Abs(v-f.v) < 0.6*max(size, f.size)
}

// leeway is how far, in points, a line of that size at v may overlap with a row that
// it is of: letters whose widths are wrong, indices below one another.
func (f frame) leeway(v, size float64) float64 {
	if f.level(v, size) {
		return min(size, f.size)
	}
	return 3 * min(size, f.size)
}

// overlap is how much of what is drawn of b lies where something of a does, along
// the line.
func overlap(a, b []item) (sum float64) {
	for i := range b {
		if b[i].space {
			continue
		}
		covered := 0.0
		for k := range a {
			if !a[k].space {
				covered = max(covered, min(a[k].u+a[k].wide, b[i].u+b[i].wide)-max(a[k].u, b[i].u))
			}
		}
		sum += covered
	}
	return sum
}

// follows reports whether a glyph that advances so is written along the baseline.
func (f frame) follows(advance geom.Point) bool {
	return f.vertical || f.u(advance) > 0 && math.Abs(f.across(advance)) < 0.02*f.u(advance)
}

// baseline is where most of the letters that are kept stand.
func baseline(f frame, items []item) float64 {
	count := map[float64]int{}
	best := f.v
	for _, kept := range []bool{true, false} {
		for _, it := range items {
			if it.kept() != kept || it.space {
				continue
			}
			v := round(it.v)
			if count[v]++; count[v] > count[best] {
				best = v
			}
		}
		if len(count) > 0 {
			break
		}
	}
	return round(best)
}

// items are those of line j, in the order in which they are read.
func (s *setter) items(f frame, j int) []item {
	var out []item
	at := map[int]bool{}
	word := false
	for _, r := range s.lines[j].Runes {
		if r.Glyph < 0 {
			word = true
			continue
		}
		if at[r.Glyph] {
			continue
		}
		at[r.Glyph] = true
		it := s.item(f, r.Glyph, j)
		if !finite(it) { // there is no such place
			continue
		}
		it.word, word = word, false
		for _, g := range r.Also {
			if g >= 0 && !at[g] {
				at[g] = true
				it.also = append(it.also, g)
			}
		}
		out = append(out, it)
	}
	return out
}

func (s *setter) item(f frame, g, line int) item {
	gl := &s.page.Glyphs[g]
	it := item{glyph: g, line: line, cut: -1, u: f.u(gl.Origin), v: f.across(gl.Origin), size: gl.Size, text: gl.Text}
	if c, ok := s.cut[g]; ok {
		it.cut = c
	}
	it.wide, it.natural = f.u(gl.Advance), f.u(gl.Natural)
	if gl.Natural == (geom.Point{}) {
		it.natural = it.wide
	}
	if f.vertical && math.Abs(it.wide) < 0.05*gl.Size { // a font for horizontal text
		it.wide, it.natural = gl.Size, gl.Size
	}
	it.wide, it.natural = max(it.wide, 0), max(it.natural, 0)
	it.space = it.text != "" && strings.TrimSpace(it.text) == ""
	for _, r := range it.text {
		it.han = wide(r)
		break
	}
	return it
}

func finite(it item) bool {
	const far = 1e7
	return math.Abs(it.u) < far && math.Abs(it.v) < far && it.wide < far && it.natural < far && it.size > 0 && it.size < far
}

// wide reports whether r is written without spaces between words.
func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r < 0x3040 || r >= 0xFF00 && r < 0xFFF0
}
