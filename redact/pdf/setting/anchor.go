package setting

import (
	"math"

	"consentry/redact/pdf/layout"
)

// An extent is where an untouched piece of text begins and ends: what the place
// of a touched one may be known from.
type extent struct {
	frame
	line   int
	u0, u1 float64
}

// extent is that of a line without the white space at its ends.
func (s *setter) extent(i int, l layout.Line) extent {
	e := extent{frame: frameOf(l), line: i, u0: math.Inf(1), u1: math.Inf(-1)}
	for _, it := range s.items(e.frame, i) {
		if !it.space {
			e.u0, e.u1 = min(e.u0, it.u), max(e.u1, it.u+it.wide)
		}
	}
	return e
}

// near is how far apart places may be that are meant to be the same, in points.
const near = 0.5

func same(a, b float64) bool { return math.Abs(a-b) <= near }

// witnesses are the lines in the direction of f that stand on other baselines and
// are not touched, and those that are.
func (s *setter) witnesses(f frame) (untouched, touched []extent) {
	for _, e := range s.extents {
		switch {
		case !(e.u0 < e.u1) || !f.parallel(e.frame) || math.Abs(e.v-f.v) <= 0.3*f.size:
		case s.touched[e.line]:
			touched = append(touched, e)
		default:
			untouched = append(untouched, e)
		}
	}
	return untouched, touched
}

// An edge is what of a piece of text stays in its place.
type edge int

const (
	left edge = iota
	centre
	right
)

// firstGlyph is the glyph of line i that is read first.
func (s *setter) firstGlyph(i int) int {
	for _, r := range s.lines[i].Runes {
		if r.Glyph >= 0 {
			return r.Glyph
		}
	}
	return math.MaxInt
}

// A vote is for one edge: how many lines are aligned at it.
type vote struct {
	count int
	close bool    // one of them is near
	at    float64 // where the first one is
}

func (v *vote) add(f frame, e extent, at float64) {
	if v.count++; v.count == 1 {
		v.at = at
	}
	v.close = v.close || math.Abs(e.v-f.v) < 6*f.size
}

// weight is zero where it may be chance.
func (v vote) weight() int {
	if v.close || v.count > 1 {
		return v.count
	}
	return 0
}

// anchor says what of a piece stays in its place, and where that is: never a place
// that only the piece itself tells.
func (s *setter) anchor(f frame, p piece, untouched, touched []extent) (edge, float64) {
	u0, u1 := p.u0, p.u1
	var lefts, centres, rights vote
	margin := u0 // as the first line that was drawn has it
	drawn := p.items[0].glyph
	text := u1 - u0
	for _, e := range untouched {
		text = max(text, e.u1-e.u0)
	}
	for n, e := range append(untouched[:len(untouched):len(untouched)], touched...) {
		l, r := math.Abs(e.u0-u0) < near/2, same(e.u1, u1) // text is set from its beginning: that is the more exact
		switch {
		case l && r && n >= len(untouched): // the same name, perhaps
		case l:
			lefts.add(f, e, u0)
			if first := s.firstGlyph(e.line); first < drawn {
				drawn, margin = first, e.u0
			}
		case r:
			// The first line of a justified paragraph begins a little to the right of
			// the others, or they hang.
			if math.Abs(e.u0-u0) <= 4.5*f.size && e.u1-e.u0 > 0.55*text && e.u1-e.u0 > 12*f.size {
				lefts.add(f, e, u0)
			} else {
				rights.add(f, e, e.u1)
			}
		case same((e.u0+e.u1)/2, (u0+u1)/2):
			centres.add(f, e, (e.u0+e.u1)/2)
		}
	}
	switch l, c, r := lefts.count, centres.weight(), rights.weight(); {
	case l > 0 && l >= c && l >= r:
		if math.Abs(margin-u0) < 0.2 { // its own may hold what was rounded off on the way to it
			return left, margin
		}
		return left, u0
	case c > 0 && c >= r:
		return centre, centres.at
	case r > 0:
		return right, rights.at
	}
	if a, b, ok := s.cell(f, u0, u1); ok {
		before, after := u0-a, b-u1
		switch {
		case before > 0.75*f.size && math.Abs(before-after) < 2*near:
			return centre, (a + b) / 2
		case after < 0.5*before && after < f.size:
			return right, u1
		}
		return left, u0
	}
	if box := f.span(s.options.Box); !s.options.Box.Empty() && math.Abs(box.Center().X-(u0+u1)/2) < 2*near {
		return centre, box.Center().X
	}
	return left, u0
}

// fixed reports whether something else than the text before it tells where a
// piece of text stands: other lines that begin, end or are
// centred there, a rule before it, or a gap too wide for running text.
func (s *setter) fixed(f frame, before float64, p piece, untouched []extent) bool {
	u0, u1 := p.u0, p.u1
	if u0-before > farAway*min(f.size, p.items[0].size) {
		return true
	}
	var rights, centres int
	margin := math.Inf(-1)
	for _, e := range untouched {
		if margin = max(margin, e.u1); same(e.u0, u0) {
			return true
		}
		if same(e.u1, u1) {
			rights++
		}
		if same((e.u0+e.u1)/2, (u0+u1)/2) {
			centres++
		}
	}
	if rights > 1 || centres > 1 || same(margin, u1) {
		return true
	}
	for _, r := range s.upright(f) {
		if x := r.Center().X; x > before-near && x < u0+near {
			return true
		}
	}
	return false
}
