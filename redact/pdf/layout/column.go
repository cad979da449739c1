package layout

import (
	"math"
	"slices"
	"sort"
)

// column is the index of the column that s stands in.
func column(cols []span, s *strip) int {
	n := sort.Search(len(cols), func(n int) bool { return cols[n].u1 >= s.u0 })
	return min(n, len(cols)-1)
}

// beside joins columns that stand beside each other by chance: a heading in the
// middle, and a short text below it at the left.
func beside(cols []span, ss []*strip) []span {
	type extent struct{ top, bottom float64 }
	ext := make([]extent, len(cols))
	for i := range ext {
		ext[i] = extent{math.Inf(1), math.Inf(-1)}
	}
	grow := func(a, b extent) extent { return extent{min(a.top, b.top), max(a.bottom, b.bottom)} }
	for _, s := range ss {
		c := column(cols, s)
		ext[c] = grow(ext[c], extent{s.top, s.bottom})
	}
	right := make([]extent, len(cols))
	right[len(cols)-1] = ext[len(cols)-1]
	for i := len(cols) - 2; i >= 0; i-- {
		right[i] = grow(ext[i], right[i+1])
	}
	out := []span{cols[0]}
	left := ext[0]
	for i := 1; i < len(cols); i++ {
		r := right[i]
		both := min(left.bottom, r.bottom) - max(left.top, r.top)
		if both >= 0.5*min(left.bottom-left.top, r.bottom-r.top) {
			out = append(out, cols[i])
		} else {
			out[len(out)-1].u1 = cols[i].u1
		}
		left = grow(left, ext[i])
	}
	return out
}

// columns orders a region that white space divides from top to bottom.
func (g region) columns(bs []band, cols []span) {
	at := func(s *strip) int { return column(cols, s) }
	parts := make([][]*strip, len(cols))
	for _, b := range bs {
		for _, s := range b.strips {
			parts[at(s)] = append(parts[at(s)], s)
		}
	}
	if !tabular(bs, parts, at) {
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

// tabular reports whether columns are those of a table, to be read row by row,
// rather than columns of text.
func tabular(bs []band, parts [][]*strip, at func(*strip) int) bool {
	if n := proses(parts); n >= 2 || n == len(parts) {
		return false
	}
	// In a row of a table lines stand on one height, or next to white space that
	// goes through from side to side.
	longest, rows := 0, 0
	for i, p := range parts {
		if len(p) > len(parts[longest]) {
			longest = i
		}
	}
	level := make([]int, len(parts))
	for i, b := range bs {
		several := false
		for _, s := range b.strips {
			several = several || at(s) != at(b.strips[0])
		}
		if several && len(b.strips) <= 4*len(parts) && (i == 0 || b.top-bs[i-1].bottom > 0.35*b.strips[0].em) {
			rows++
		}
		for _, s := range b.strips {
			for _, o := range b.strips {
				if at(o) != at(s) && math.Abs(o.v-s.v) <= 0.15*s.em {
					level[at(s)]++
					break
				}
			}
			if len(b.strips) > 64 {
				break // no row
			}
		}
	}
	if rows >= 2 && rows*10 >= len(bs)*6 {
		return true
	}
	lines, levels := 0, 0
	for i, p := range parts {
		if i != longest {
			lines, levels = lines+len(p), levels+level[i]
		}
	}
	return levels*10 >= lines*7
}

// proses counts the columns that are text.
func proses(parts [][]*strip) int {
	n := 0
	for _, p := range parts {
		if prosy(p) {
			n++
		}
	}
	return n
}

// prosy reports whether a column holds text rather than cells: long lines.
func prosy(ss []*strip) bool {
	long := 0
	for _, s := range ss {
		if s.u1-s.u0 >= 12*s.em {
			long++
		}
	}
	return long >= 3 && long*2 >= len(ss)
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
