package layout

import "slices"

// A gutter is white space that goes down between columns that are too near for
// the gap alone to tell.
type gutter struct {
	u0, u1 float64
	last   float64 // baseline of the last row it was seen in
	rows   int
	cuts   []gapAt
}

// A gapAt is a gap in a strip, before one of its fragments.
type gapAt struct {
	s *strip
	f int
}

// gutters cuts strips where gaps of at least half an em stand below each other in
// four rows or more.
func (r *reading) gutters(all []*strip) []*strip {
	const least, enough, most = 0.5, 4, 64
	var open []*gutter
	cuts := map[*strip][]int{}
	closed := func(g *gutter) {
		if g.rows >= enough {
			for _, c := range g.cuts {
				cuts[c.s] = append(cuts[c.s], c.f)
			}
		}
	}
	for i := 0; i < len(all); {
		j := i
		for j < len(all) && all[j].row == all[i].row {
			j++
		}
		line := all[i:j]
		v := line[0].v
		i = j
		open = slices.DeleteFunc(open, func(g *gutter) bool {
			for _, s := range line {
				s.narrow(g)
			}
			if g.u1-g.u0 >= least*line[0].em && v-g.last <= 3.5*line[0].em {
				return false
			}
			closed(g)
			return true
		})
		note := func(u0, u1, em float64, c gapAt) {
			for _, g := range open {
				if a, b := max(u0, g.u0), min(u1, g.u1); b-a >= least*em {
					if g.u0, g.u1 = a, b; g.last < v || g.rows == 0 {
						g.rows++
					}
					g.last = v
					if c.s != nil {
						g.cuts = append(g.cuts, c)
					}
					return
				}
			}
			if len(open) < most {
				g := &gutter{u0: u0, u1: u1, last: v, rows: 1}
				if c.s != nil {
					g.cuts = []gapAt{c}
				}
				open = append(open, g)
			}
		}
		for n, s := range line {
			left := s.u0 - cell*s.em // a line that stands alone beside a column's edge counts too
			if n > 0 {
				left = max(left, line[n-1].u1)
			}
			if s.u0-left >= least*s.em {
				note(left, s.u0, s.em, gapAt{})
			}
			for k := 1; k < len(s.frags); k++ {
				a, b := s.frags[k-1], s.frags[k]
				if end := max(a.u1, a.end); a.inked > 0 && b.inked > 0 && b.u0-end >= least*s.em {
					note(end, b.u0, s.em, gapAt{s, k})
				}
			}
		}
	}
	for _, g := range open {
		closed(g)
	}
	if len(cuts) == 0 {
		return all
	}
	var out []*strip
	for _, s := range all {
		at := cuts[s]
		slices.Sort(at)
		from := 0
		for _, k := range append(slices.Compact(at), len(s.frags)) {
			part := s
			if len(at) > 0 {
				f := s.frags[from]
				part = &strip{v: f.v, em: f.em, hidden: true, u0: f.u0, u1: f.u1, row: s.row, spaced: s.spaced}
				for _, f := range s.frags[from:k] {
					part.add(f)
				}
			}
			out = append(out, part)
			from = k
		}
	}
	return out
}

// narrow takes from a gutter what fragments of s cover.
func (s *strip) narrow(g *gutter) {
	if s.u1 <= g.u0 || s.u0 >= g.u1 {
		return
	}
	for _, f := range s.frags {
		switch {
		case f.inked == 0 || f.u1 <= g.u0 || f.u0 >= g.u1:
		case f.u0 <= g.u0:
			g.u0 = f.u1
		default:
			g.u1 = f.u0
		}
	}
}
