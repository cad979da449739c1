package codes

import (
	"cmp"
	"math"
	"slices"
)

// A pattern is a finder pattern of a QR code: a square in a ring in a ring, seen
// in pixels of a level.
type pattern struct {
	x, y   float64 // its middle
	module float64 // the width of one module
	seen   int     // on so many rows
	bright bool    // light on dark
}

// patterns are the places whose dark and light runs measure 1:1:3:1:1 across and
// down, as ZXing looks for them, on either ground.
func (l level) patterns(dark []bool) []pattern {
	var out []pattern
	for y := 1; y < l.h; y += 2 {
		row := dark[y*l.w : (y+1)*l.w]
		var runs [5]int
		n, start := 0, 0
		for x := 1; x <= l.w; x++ {
			if x < l.w && row[x] == row[x-1] {
				continue
			}
			runs = [5]int{runs[1], runs[2], runs[3], runs[4], x - start}
			start = x
			if n++; n < 5 || !finderLike(runs) {
				continue
			}
			mid := x - runs[4] - runs[3] - (runs[2]+1)/2
			total := runs[0] + runs[1] + runs[2] + runs[3] + runs[4]
			if p, ok := l.cross(dark, mid, y, total); ok {
				out = join(out, p)
			}
		}
	}
	return slices.DeleteFunc(out, func(p pattern) bool { return p.seen < 2 && p.module > 2 })
}

func finderLike(runs [5]int) bool {
	total := runs[0] + runs[1] + runs[2] + runs[3] + runs[4]
	if total < 7 {
		return false
	}
	m := float64(total) / 7
	for i, r := range runs {
		want := m
		if i == 2 {
			want = 3 * m
		}
		if math.Abs(float64(r)-want) >= want/2+0.3 {
			return false
		}
	}
	return true
}

// cross looks down the column and again along the row through the middle.
func (l level) cross(dark []bool, x, y, total int) (pattern, bool) {
	colour := dark[y*l.w+x]
	down, mid, ok := runsAt(func(i int) (bool, bool) {
		if i < 0 || i >= l.h {
			return false, false
		}
		return dark[i*l.w+x], true
	}, y, colour, total)
	if !ok || 5*abs(down-total) >= 2*total {
		return pattern{}, false
	}
	cy := mid
	row := min(max(int(cy), 0), l.h-1)
	if dark[row*l.w+x] != colour {
		return pattern{}, false
	}
	across, cx, ok := runsAt(func(i int) (bool, bool) {
		if i < 0 || i >= l.w {
			return false, false
		}
		return dark[row*l.w+i], true
	}, x, colour, total)
	if !ok || 5*abs(across-total) >= 2*total {
		return pattern{}, false
	}
	return pattern{x: cx, y: cy, module: float64(down+across) / 14, seen: 1, bright: !colour}, true
}

// runsAt measures the five runs around i and gives their sum and the middle.
func runsAt(at func(int) (bool, bool), i int, colour bool, total int) (sum int, mid float64, ok bool) {
	var runs [5]int
	walk := func(from, step int, order [3]int) bool {
		j, want := from, colour
		for k, r := range order {
			for {
				c, in := at(j)
				if !in {
					return k == 2 && runs[r] > 0
				}
				if c != want || runs[r] > total {
					break
				}
				runs[r]++
				j += step
			}
			want = !want
		}
		return true
	}
	if !walk(i, -1, [3]int{2, 1, 0}) {
		return 0, 0, false
	}
	up := runs[2]
	if !walk(i+1, 1, [3]int{2, 3, 4}) || !finderLike(runs) {
		return 0, 0, false
	}
	top := i - up + 1
	return runs[0] + runs[1] + runs[2] + runs[3] + runs[4], float64(top) + float64(runs[2])/2, true
}

// join adds a pattern, or counts it with one that is known.
func join(ps []pattern, p pattern) []pattern {
	for i := len(ps) - 1; i >= 0; i-- {
		q := &ps[i]
		if q.bright == p.bright && math.Abs(q.x-p.x) < 1.5*p.module && math.Abs(q.y-p.y) < 1.5*p.module && math.Abs(q.module-p.module) < max(1, q.module*0.6) {
			n := float64(q.seen)
			q.x, q.y, q.module = (q.x*n+p.x)/(n+1), (q.y*n+p.y)/(n+1), (q.module*n+p.module)/(n+1)
			q.seen++
			return ps
		}
	}
	return append(ps, p)
}

// A square is three patterns that stand like those of a QR code.
type square struct {
	corner, right, below pattern
	odd                  float64 // how far from a right angle of equal sides
}

const (
	mostPatterns = 80  // of one level: more is a texture
	oddest       = 0.8 // beyond, three patterns are no code
)

// squares groups patterns by threes, each in one code, the likeliest first.
func squares(ps []pattern) []square {
	slices.SortFunc(ps, func(a, b pattern) int { return cmp.Compare(b.seen, a.seen) })
	ps = ps[:min(len(ps), mostPatterns)]
	var all []square
	for i, c := range ps {
		for j, a := range ps {
			for k := j + 1; k < len(ps); k++ {
				b := ps[k]
				if i == j || i == k || a.bright != c.bright || b.bright != c.bright {
					continue
				}
				small, large := min(a.module, b.module, c.module), max(a.module, b.module, c.module)
				if large > 1.7*small {
					continue
				}
				ax, ay, bx, by := a.x-c.x, a.y-c.y, b.x-c.x, b.y-c.y
				la, lb := math.Hypot(ax, ay), math.Hypot(bx, by)
				m := (a.module + b.module + c.module) / 3
				// 21 to 177 modules a side; the patterns' middles are 7 fewer apart.
				// A turned pattern's runs are up to √2 longer than its modules.
				if min(la, lb) < 9*m || max(la, lb) > 180*m {
					continue
				}
				odd := math.Abs(math.Log(la/lb)) + math.Abs((ax*bx+ay*by)/(la*lb)) + 0.3*math.Log(large/small)
				if odd > oddest {
					continue
				}
				s := square{c, a, b, odd}
				if ax*by-ay*bx < 0 {
					s.right, s.below = b, a
				}
				all = append(all, s)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b square) int { return cmp.Compare(a.odd, b.odd) })
	var out []square
	used := map[pattern]bool{}
	for _, s := range all {
		if !used[s.corner] && !used[s.right] && !used[s.below] {
			used[s.corner], used[s.right], used[s.below] = true, true, true
			out = append(out, s)
		}
	}
	return out
}

func abs(n int) int { return max(n, -n) }
