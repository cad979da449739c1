package layout

import (
	"cmp"
	"slices"
	"sort"
)

// A band is the strips between two level cuts.
type band struct {
	strips      []*strip
	top, bottom float64
	covered     []span
}

// A span is a range across which there is text.
type span struct{ u0, u1 float64 }

// A region is a part of the page that is cut on its own.
type region struct {
	strips []*strip
	least  float64 // how wide white space between columns is at least
	depth  int
	out    *[]*strip
}

// deepest bounds the cuts within cuts.
const deepest = 24

// ordered puts strips into reading order and tells their blocks.
func ordered(ss []*strip) []*strip {
	if len(ss) == 0 {
		return nil
	}
	ems := make([]float64, len(ss))
	for i, s := range ss {
		ems[i] = s.em
	}
	slices.Sort(ems)
	out := make([]*strip, 0, len(ss))
	region{strips: ss, least: 0.45 * ems[len(ems)/2], out: &out}.order()
	return out
}

// order cuts a region and puts out its strips in reading order.
func (g region) order() {
	if len(g.strips) <= 1 || g.depth > deepest {
		g.leaf()
		return
	}
	runs := g.runs(g.bands())
	if len(runs) > 1 {
		for _, run := range runs {
			g.within(flat(run))
		}
		return
	}
	bs := runs[0]
	cols := g.covered(bs)
	if len(cols) < 2 {
		g.leaf()
		return
	}
	cols = beside(cols, g.strips)
	at := widest(bs)
	switch {
	case len(cols) > 1 && (at == 0 || !g.apart(bs, cols, at)):
		g.columns(bs, cols)
		return
	case at == 0:
		g.leaf()
		return
	}
	g.within(flat(bs[:at]))
	g.within(flat(bs[at:]))
}

// apart reports whether so much room is above band at that what is above and
// what is below are read one after the other: more than two em, or for columns of
// text more than eight, as where several pages are printed on one.
func (g region) apart(bs []band, cols []span, at int) bool {
	switch room := bs[at].top - bs[at-1].bottom; {
	case room < 5*g.least:
		return false
	case room > 18*g.least:
		return true
	}
	parts := make([][]*strip, len(cols))
	for _, s := range g.strips {
		c := column(cols, s)
		parts[c] = append(parts[c], s)
	}
	return proses(parts) < 2
}

// widest is the band above which there is most room; 0 where there is one band.
func widest(bs []band) int {
	if len(bs) < 2 {
		return 0
	}
	room := func(i int) float64 { return bs[i].top - bs[i-1].bottom }
	aside := func(i int) int { return max(2*i-len(bs), len(bs)-2*i) } // from the middle: of like ones the one there
	at := 1
	for i := 2; i < len(bs); i++ {
		if room(i) > 1.01*room(at) || room(i) > 0.99*room(at) && aside(i) < aside(at) {
			at = i
		}
	}
	return at
}

func (g region) within(ss []*strip) {
	region{strips: ss, least: g.least, depth: g.depth + 1, out: g.out}.order()
}

func flat(bs []band) []*strip {
	var out []*strip
	for _, b := range bs {
		out = append(out, b.strips...)
	}
	return out
}

// bands cuts strips wherever a level cut meets none.
func (g region) bands() []band {
	ss := g.strips
	slices.SortStableFunc(ss, func(a, b *strip) int { return cmp.Compare(a.top, b.top) })
	var out []band
	for _, s := range ss {
		if n := len(out); n > 0 && s.top < out[n-1].bottom {
			out[n-1].strips = append(out[n-1].strips, s)
			out[n-1].bottom = max(out[n-1].bottom, s.bottom)
			continue
		}
		out = append(out, band{strips: []*strip{s}, top: s.top, bottom: s.bottom})
	}
	for i := range out {
		out[i].covered = g.cover(out[i].strips)
	}
	return out
}

// cover is the ranges in which strips have text; those nearer than a gutter is
// wide are one.
func (g region) cover(ss []*strip) []span {
	out := make([]span, 0, len(ss))
	for _, s := range ss {
		out = append(out, span{s.u0, s.u1})
	}
	slices.SortFunc(out, func(a, b span) int { return cmp.Or(cmp.Compare(a.u0, b.u0), cmp.Compare(a.u1, b.u1)) })
	return fuse(out, g.least)
}

// fuse makes ranges, which are in order, one where less than least is between
// them.
func fuse(in []span, least float64) []span {
	out := in[:0]
	for _, s := range in {
		if n := len(out); n > 0 && s.u0-out[n-1].u1 < least {
			out[n-1].u1 = max(out[n-1].u1, s.u1)
			continue
		}
		out = append(out, s)
	}
	return out
}

// both are the ranges that a or b covers.
func (g region) both(a, b []span) []span {
	out := make([]span, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].u0 <= b[0].u0 {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return fuse(append(append(out, a...), b...), g.least)
}

// most bounds the columns that are told apart.
const most = 64

// runs joins bands that lie below each other as long as they share the white
// space between their columns, or have one column.
func (g region) runs(bs []band) [][]band {
	var out [][]band
	var all []span
	for i, b := range bs {
		if i > 0 {
			joint := g.both(all, b.covered)
			if len(joint) > 1 && len(joint) < most && !between(all, b.covered) || len(all) < 2 && len(b.covered) < 2 {
				out[len(out)-1] = append(out[len(out)-1], b)
				all = joint
				continue
			}
		}
		out = append(out, []band{b})
		all = b.covered
	}
	for i := len(out) - 1; i > 0; i-- {
		out[i-1], out[i] = g.resplit(out[i-1], out[i])
	}
	return slices.DeleteFunc(out, func(bs []band) bool { return len(bs) == 0 })
}

// between reports whether all of b lies in white space between ranges of a: a
// page number below two columns.
func between(a, b []span) bool {
	for _, s := range b {
		i := sort.Search(len(a), func(i int) bool { return a[i].u1 > s.u0 })
		if i == 0 || i == len(a) || a[i].u0 < s.u1 {
			return false
		}
	}
	return true
}

// resplit moves the end of a run to the one below where its columns are that
// one's too, and there is more room above it than below: a heading that leaves
// room at one side may seem to share a column's white space.
func (g region) resplit(a, b []band) (above, below []band) {
	all := g.covered(b)
	if len(all) < 2 {
		return a, b
	}
	gap := func(above, below band) float64 { return below.top - above.bottom }
	at, best := len(a), 1.15*gap(a[len(a)-1], b[0])
	for k := len(a) - 1; k > 0; k-- {
		if all = g.both(all, a[k].covered); len(all) < 2 || len(all) >= most {
			break
		}
		if room := gap(a[k-1], a[k]); room > best {
			at, best = k, room
		}
	}
	return a[:at:at], append(slices.Clone(a[at:]), b...)
}

// covered are the columns of bands: ranges without white space that goes all the
// way down.
func (g region) covered(bs []band) []span {
	var all []span
	for _, b := range bs {
		all = g.both(all, b.covered)
	}
	return all
}
