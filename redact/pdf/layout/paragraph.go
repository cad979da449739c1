package layout

import (
	"cmp"
	"math"
	"slices"
)

// leaf orders the strips of a region that no cut divides, and finds in which the
// paragraph goes on.
func (g region) leaf() {
	ss := g.strips
	slices.SortStableFunc(ss, func(a, b *strip) int { return cmp.Compare(a.v, b.v) })
	for i := 0; i < len(ss); { // strips on one height
		j := i + 1
		for j < len(ss) && ss[j].v-ss[i].v < 0.3*min(ss[i].em, ss[j].em) {
			j++
		}
		slices.SortStableFunc(ss[i:j], func(a, b *strip) int { return cmp.Compare(a.u0, b.u0) })
		i = j
	}
	first := 0 // of the paragraph
	for i := range ss {
		if i+1 < len(ss) && goesOn(ss, first, i) {
			ss[i].goes = true
		} else {
			first = i + 1
		}
	}
	*g.out = append(*g.out, ss...)
}

// goesOn reports whether the paragraph that began with strip first goes on from
// strip i to the one below it.
func goesOn(ss []*strip, first, i int) bool {
	a, b := ss[i], ss[i+1]
	em := max(a.em, b.em)
	pitch := b.v - a.v
	if em > 1.12*min(a.em, b.em) || pitch < 0.6*em || pitch > 2.1*em || b.u0 > a.u1 || a.u0 > b.u1 {
		return false
	}
	if i > first && pitch > a.v-ss[i-1].v+0.25*em {
		return false
	}
	if i == first && i+2 < len(ss) && sameEm(ss[i+2], b) {
		// The first two lines of a paragraph are no farther apart than the next.
		if next := ss[i+2].v - b.v; next > 0.6*em && pitch > next+0.25*em {
			return false
		}
	}
	edge, full, right := margin(ss, i)
	room := edge - a.u1
	if room > 0.5*em && room >= b.firstWord+0.5*em {
		return false // the next word had room in this line
	}
	// A Han character at both sides of the break: words are divided anywhere.
	divided := a.hanLast && b.hanFirst && a.u1-a.u0 >= 6*em && b.u1 < a.u1-0.9*em
	if a.u1-a.u0 < 10*em && (full < 3 || a.u1-a.u0 < 5*em) && !divided {
		return false // labels, items of lists
	}
	if full < 2 && !a.prose && !divided || b.starts || a.leader || full < 3 && b.field {
		return false
	}
	switch indent := b.u0 - a.u0; {
	case math.Abs(indent) <= 0.6*em, right:
		return true
	case indent > 0: // a paragraph that begins farther right, or lines that hang
		if i > first || indent > 4.5*em {
			return false
		}
		return a.starts || i+2 < len(ss) && math.Abs(ss[i+2].u0-b.u0) < 0.3*em && pitchAlike(ss, i)
	default:
		return i == first && indent > -5*em
	}
}

// margin is how far the lines around strip i reach, how many of them reach that
// far, and whether all do but none begin where others do: they are set to the
// right.
func margin(ss []*strip, i int) (edge float64, full int, right bool) {
	const above, below = 3, 4
	a := ss[i]
	joined := func(s, t *strip) bool { return sameEm(s, a) && sameEm(t, a) && t.v-s.v < 2.1*a.em }
	from, to := i, i+1
	for from > max(0, i-above) && joined(ss[from-1], ss[from]) {
		from--
	}
	for to < min(len(ss), i+below+1) && joined(ss[to-1], ss[to]) {
		to++
	}
	edge = math.Inf(-1)
	for _, s := range ss[from:to] {
		edge = max(edge, s.u1)
	}
	flush, apart := 0, 0
	for k := from; k < to; k++ {
		if edge-ss[k].u1 < 1.1*a.em {
			full++
		}
		if edge-ss[k].u1 < 0.6*a.em {
			flush++
		}
		if k > from && math.Abs(ss[k].u0-ss[k-1].u0) > 0.2*a.em {
			apart++
		}
	}
	return edge, full, flush == to-from && apart >= 3 && apart == flush-1
}

func sameEm(a, b *strip) bool { return max(a.em, b.em) <= 1.12*min(a.em, b.em) }

func pitchAlike(ss []*strip, i int) bool {
	a, b := ss[i+1].v-ss[i].v, ss[i+2].v-ss[i+1].v
	return math.Abs(a-b) < 0.25*ss[i].em
}
