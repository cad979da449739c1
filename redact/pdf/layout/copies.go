package layout

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// A row is the fragments on one baseline, from left to right.
type row struct {
	v     float64
	frags []*fragment
}

// rows sorts fragments into rows; baselines in one are at most slack apart, in em.
func rows(fs []*fragment, slack float64) []row {
	slices.SortStableFunc(fs, func(a, b *fragment) int { return cmp.Compare(a.v, b.v) })
	var out []row
	em := 0.0
	for _, f := range fs {
		if n := len(out); n > 0 && f.v-out[n-1].v <= slack*min(em, f.em) {
			out[n-1].frags = append(out[n-1].frags, f)
			continue
		}
		out, em = append(out, row{f.v, []*fragment{f}}), f.em
	}
	for _, r := range out {
		slices.SortStableFunc(r.frags, func(a, b *fragment) int {
			return cmp.Or(cmp.Compare(a.u0, b.u0), cmp.Compare(a.from, b.from))
		})
	}
	return out
}

// mergeCopies finds what is drawn twice, within 0.3 em: bold type and shadows
// that are made so, and text that lies once more unseen over the text that is
// seen.
func (r *reading) mergeCopies(rs []row) {
	const looked = 12                 // rows and fragments before, where many lie on one place
	work := 1000000 + 100*len(r.inks) // inks looked at; pages that are made to take long are not worth more
	for i := range rs {
		most := 0.0
		for _, f := range rs[i].frags {
			most = max(most, f.em)
		}
		for k := i; k >= 0 && k > i-looked && rs[i].v-rs[k].v <= 0.3*most; k-- {
			for at, f := range rs[i].frags {
				if rs[i].v-rs[k].v > 0.3*f.em || f.inked == 0 {
					continue
				}
				others := rs[k].frags
				end := at
				if k < i {
					end = sort.Search(len(others), func(n int) bool { return others[n].u0 > f.u0+0.3*f.em })
				}
				for n := end - 1; n >= max(0, end-looked) && !f.dead; n-- {
					if o := others[n]; !o.dead && o.inked > 0 && o.u1 > f.u0 && work > 0 {
						work -= o.to - o.from + f.to - f.from
						r.mergeCopy(o, f)
					}
				}
			}
		}
	}
	for i := range rs {
		rs[i].frags = slices.DeleteFunc(rs[i].frags, func(f *fragment) bool { return f.dead })
	}
}

// mergeCopy merges two fragments that lie on each other as far as they say the
// same. What stays is what is seen, or else what was drawn first.
func (r *reading) mergeCopy(a, b *fragment) {
	if max(a.em, b.em) > 1.15*min(a.em, b.em) {
		return
	}
	if a.hidden && !b.hidden || a.hidden == b.hidden && b.from < a.from {
		a, b = b, a
	}
	as, bs := r.shown(a), r.shown(b)
	if len(as) > 2 && len(as) == len(bs) {
		same := r.onPlace(as[0], bs[0], 0.3) && r.onPlace(as[len(as)-1], bs[len(bs)-1], 0.3)
		for i := 0; same && i < len(as); i++ {
			same = r.sameText(as[i], bs[i])
		}
		if same {
			for i := range as {
				r.copy(as[i], bs[i])
			}
			b.dead = true
			return
		}
	}
	// Of lines that cross each other, as a watermark and what is below it, a few
	// letters are the same by chance: they are letters of both.
	var pairs [][2]int
	at, over := 0, 0
	for _, i := range bs {
		if mid := (r.inks[i].u0 + r.inks[i].u1) / 2; mid > a.u0 && mid < a.u1 {
			over++
		}
		for at > 0 && r.inks[as[at-1]].u0 > r.inks[i].u0-0.3*b.em {
			at--
		}
		for k := at; k < len(as) && k < at+8; k++ {
			near := max(min(0.3, 0.4*(r.inks[i].u1-r.inks[i].u0)/r.inks[i].em), 0.02)
			if r.sameText(as[k], i) && r.onPlace(as[k], i, near) {
				pairs = append(pairs, [2]int{as[k], i})
				at = k + 1
				break
			}
		}
		for at < len(as) && r.inks[as[at]].u1 < r.inks[i].u0 {
			at++
		}
	}
	if 2*len(pairs) < over {
		return
	}
	if len(pairs) == len(as) && len(as) < len(bs) && (a.hidden || !b.hidden) { // a part of a line, and then all of it
		for _, p := range pairs {
			r.copy(p[1], p[0])
		}
		a.dead = true
		return
	}
	for _, p := range pairs {
		r.copy(p[0], p[1])
	}
	switch {
	case len(pairs) == len(bs):
		b.dead = true
	case len(pairs) > 0:
		r.measure(b)
	}
}

// shown are the inks of a fragment that are no blanks and no copies.
func (r *reading) shown(f *fragment) []int {
	out := make([]int, 0, f.inked)
	for i := f.from; i < f.to; i++ {
		if k := &r.inks[i]; !k.copied && k.kind != blank {
			out = append(out, i)
		}
	}
	return out
}

// measure finds the extent of a fragment anew, after some of it turned out to be
// copies.
func (r *reading) measure(f *fragment) {
	n := fragment{from: f.from, to: f.to, v: f.v, em: f.em, hidden: true}
	for i := f.from; i < f.to; i++ {
		if !r.inks[i].copied {
			r.extend(&n, i)
		}
	}
	n.from, n.to, n.v, n.em = f.from, f.to, f.v, f.em
	*f = n
}

func (r *reading) sameText(i, j int) bool {
	a, b := &r.inks[i], &r.inks[j]
	if a.first != b.first || a.last != b.last || a.em <= 0.5 {
		return false
	}
	return a.first == a.last || r.page.Glyphs[a.glyph].Text == r.page.Glyphs[b.glyph].Text
}

// onPlace reports whether two inks begin within em of each other.
func (r *reading) onPlace(i, j int, em float64) bool {
	a, b := &r.inks[i], &r.inks[j]
	return math.Abs(a.u0-b.u0) <= em*b.em && math.Abs(a.v-b.v) <= 0.3*b.em
}
