package layout

import (
	"cmp"
	"math"
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
	if len(g.covered(runs[0])) < 2 {
		g.leaf()
		return
	}
	g.columns(runs[0])
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

// runs joins bands that lie below each other as long as they share the white
// space between their columns, or have one column.
func (g region) runs(bs []band) [][]band {
	const most = 256 // columns
	var out [][]band
	var all []span
	for i, b := range bs {
		if i > 0 {
			joint := g.both(all, b.covered)
			if len(joint) > 1 && len(joint) < most || len(all) < 2 && len(b.covered) < 2 {
				out[len(out)-1] = append(out[len(out)-1], b)
				all = joint
				continue
			}
		}
		out = append(out, []band{b})
		all = b.covered
	}
	return out
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

// columns orders a region that white space divides from top to bottom.
func (g region) columns(bs []band) {
	cols := g.covered(bs)
	at := func(s *strip) int {
		n := sort.Search(len(cols), func(n int) bool { return cols[n].u1 >= s.u0 })
		return min(n, len(cols)-1)
	}
	parts := make([][]*strip, len(cols))
	for _, b := range bs {
		for _, s := range b.strips {
			parts[at(s)] = append(parts[at(s)], s)
		}
	}
	proses := 0
	for i, c := range cols {
		if prosy(parts[i], c) {
			proses++
		}
	}
	if proses >= 2 || proses == len(cols) {
		for _, p := range parts {
			g.within(p)
		}
		return
	}
	for _, row := range tableRows(bs, at) {
		cells := make([][]*strip, len(cols))
		for _, b := range row {
			for _, s := range b.strips {
				cells[at(s)] = append(cells[at(s)], s)
			}
		}
		for _, c := range cells {
			if len(c) > 0 {
				g.within(c)
			}
		}
	}
}

// prosy reports whether a column holds text whose lines fill it, rather than
// cells.
func prosy(ss []*strip, c span) bool {
	full := 0
	for _, s := range ss {
		if s.u1-s.u0 >= 0.75*(c.u1-c.u0) && s.u1-s.u0 >= 9*s.em {
			full++
		}
	}
	return full >= 3 && full*2 >= len(ss)
}

// tableRows joins the bands of a table that are one row: the first has the first
// column, those that follow are lines that only some of its cells have.
func tableRows(bs []band, at func(*strip) int) [][]band {
	gaps := make([]float64, 0, len(bs))
	for i := 1; i < len(bs); i++ {
		gaps = append(gaps, bs[i].top-bs[i-1].bottom)
	}
	slices.Sort(gaps)
	wide := math.Inf(1)
	if len(gaps) > 0 {
		wide = max(1.3*gaps[len(gaps)/2], gaps[len(gaps)/2]+0.2*bs[0].strips[0].em)
	}
	var out [][]band
	for i, b := range bs {
		first, several := false, false
		for _, s := range b.strips {
			first = first || at(s) == 0
			several = several || at(s) != at(b.strips[0])
		}
		if i > 0 && !(first && several) && b.top-bs[i-1].bottom <= wide {
			out[len(out)-1] = append(out[len(out)-1], b)
			continue
		}
		out = append(out, []band{b})
	}
	return out
}
