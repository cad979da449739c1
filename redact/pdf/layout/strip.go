package layout

import (
	"cmp"
	"math"
	"slices"
)

// A strip is fragments that make one line.
type strip struct {
	frags  []*fragment
	u0, u1 float64
	v      float64 // of the baseline of most of it
	em     float64
	inked  int
	hidden bool
	edge   float64 // how far its last blanks reach
	blanks int
	row    int
	spaced float64 // em between its letters
	joined *strip  // what it became part of

	top, bottom float64 // of what it takes up across lines
	goes        bool    // its paragraph goes on in the next one
	wording
}

// compose puts a group's inks together to strips.
func (r *reading) compose(g group) []*strip {
	r.slack = 0.11
	if g.vertical {
		r.slack = 0.35 // middles of digits and letters may stand aside of those of Han
	}
	rs := rows(r.fragments(g), r.slack)
	r.mergeCopies(rs)
	var all []*strip
	for i := range rs {
		all = append(all, r.cut(i, rs[i].frags)...)
	}
	all = r.gutters(all)
	all = attach(all)
	for _, s := range all {
		s.top, s.bottom = s.v-0.75*s.em, s.v+0.2*s.em
		if g.vertical {
			s.v = r.middle(s)
			s.top, s.bottom = s.v-0.45*s.em, s.v+0.45*s.em
		}
		s.wording = r.wordingOf(s)
	}
	return all
}

// middle is where a line of vertical writing stands: as its first Han character
// does, for a digit may stand aside.
func (r *reading) middle(s *strip) float64 {
	for _, f := range s.frags {
		for i := f.from; i < f.to; i++ {
			if k := &r.inks[i]; k.kind == han && !k.copied {
				return k.v
			}
		}
	}
	return s.v
}

// cut lays a row's fragments into strips: a strip ends where the next fragment is
// far, or lies on it.
func (r *reading) cut(at int, fs []*fragment) []*strip {
	base := r.spacing(fs)
	next := math.Inf(1) // where the next fragment begins that is seen
	nexts := make([]float64, len(fs))
	for i := len(fs) - 1; i >= 0; i-- {
		nexts[i] = next
		if !fs[i].hidden && fs[i].inked > 0 {
			next = fs[i].u0
		}
	}
	var out, open []*strip
	for i, f := range fs {
		var best *strip
		for _, s := range open {
			if s.takes(f, base, nexts[i], func() float64 { return r.loose(fs, i) }) && (best == nil || s.u1 > best.u1) {
				best = s
			}
		}
		switch {
		case best != nil:
			best.add(f)
			continue
		case f.inked == 0:
			continue
		}
		s := &strip{v: f.v, em: f.em, hidden: true, u0: f.u0, u1: f.u1, row: at, spaced: base}
		s.add(f)
		out = append(out, s)
		if open = append(open, s); len(open) > 8 {
			open = open[1:]
		}
	}
	for _, s := range out {
		s.leftwards()
	}
	return out
}

// takes reports whether f goes on with the strip. next is where the fragment
// behind it begins that is seen; loose is how wide gaps may be in a line as it is
// justified there.
func (s *strip) takes(f *fragment, base, next float64, loose func() float64) bool {
	em := min(s.em, f.em)
	if max(s.em, f.em) > 2.2*em {
		return false
	}
	gap := f.u0 - s.u1
	if f.inked == 0 {
		return gap > -overlap*em && f.u0-max(s.edge, s.u1) < chained*em
	}
	if gap < -overlap*em || f.hidden && !s.hidden && f.u1 > next+0.1*em {
		return false
	}
	most := cell
	if max(s.em, f.em) > 1.15*em {
		return gap <= 0.7*em // a heading in the next column
	}
	if s.blanks == 1 && s.edge > f.u0-chained*em {
		most = stretched
	}
	return gap <= (most+base)*em || gap <= stretched*em && gap <= loose()*em
}

// loose is how wide a gap between words, in em, may be before fragment at of a
// row: a line of a narrow column that is justified has wide ones everywhere, and
// the widest behind the end of a sentence.
func (r *reading) loose(fs []*fragment, at int) float64 {
	var gaps []float64
	for i := max(0, at-6); i < min(len(fs), at+6); i++ {
		prev := -1
		for k := fs[i].from; k < fs[i].to; k++ {
			if r.inks[k].kind == blank || r.inks[k].copied {
				continue
			}
			if prev >= 0 {
				gaps = append(gaps, (r.inks[k].u0-r.inks[prev].u1)/fs[i].em)
			}
			prev = k
		}
		if i > max(0, at-6) {
			gaps = append(gaps, (fs[i].u0-fs[i-1].u1)/fs[i].em)
		}
	}
	gaps = slices.DeleteFunc(gaps, func(g float64) bool { return g < 0.15 })
	if len(gaps) < 4 {
		return 0
	}
	slices.Sort(gaps)
	if mid := gaps[len(gaps)/2]; mid > 0.4 && mid <= 0.8 {
		return 3.2 * mid
	}
	return 0
}

func (s *strip) add(f *fragment) {
	s.frags = append(s.frags, f)
	if f.inked == 0 {
		s.blanks++
		s.edge = max(s.edge, f.u1)
		return
	}
	if f.inked > s.inked && f.em >= s.em || f.em > 1.2*s.em {
		s.v, s.em = f.v, f.em
	}
	s.u0, s.u1 = min(s.u0, f.u0), max(s.u1, f.u1)
	s.edge, s.blanks = max(f.end, f.u1), f.blanks
	s.inked += f.inked
	s.hidden = s.hidden && f.hidden
}

// leftwards leaves the fragments of a script that runs to the left as they were
// drawn, where they were drawn so.
func (s *strip) leftwards() {
	n, back := 0, 0
	for i, f := range s.frags {
		if f.leftward {
			n++
		}
		if i > 0 && f.from < s.frags[i-1].from {
			back++
		}
	}
	if n*2 > len(s.frags) && back*2 > len(s.frags)-1 {
		slices.SortStableFunc(s.frags, func(a, b *fragment) int { return cmp.Compare(a.from, b.from) })
	}
}

// spacing is how far the letters of a row are set apart, in em: zero, but for
// text that is letterspaced wide enough that each letter was a fragment.
func (r *reading) spacing(fs []*fragment) float64 {
	if len(fs) < 4 {
		return 0
	}
	var gaps []float64
	single := 0
	for i, f := range fs {
		if f.inked == 1 {
			single++
		}
		if i > 0 && f.inked > 0 && fs[i-1].inked > 0 {
			gaps = append(gaps, (f.u0-fs[i-1].u1)/f.em)
		}
	}
	if len(gaps) < 3 || single*4 < len(fs)*3 {
		return 0
	}
	slices.Sort(gaps)
	mid, near := gaps[len(gaps)/2], 0
	for _, g := range gaps {
		if math.Abs(g-mid) <= 0.25 {
			near++
		}
	}
	if near*4 < len(gaps)*3 || mid > 1 {
		return 0
	}
	return max(mid, 0)
}

// attach joins to a strip what belongs to its line though it stands on another
// baseline: what is raised or lowered and smaller, and words of scans that were
// read askew.
func attach(all []*strip) []*strip {
	slices.SortStableFunc(all, func(a, b *strip) int { return cmp.Compare(a.v, b.v) })
	const looked = 200
	changed := false
	for i, s := range all {
		var best *strip
		near := math.Inf(1)
		for _, step := range [2]int{-1, 1} {
			for k := i + step; k >= 0 && k < len(all) && k > i-looked && k < i+looked; k += step {
				t := all[k]
				if math.Abs(t.v-s.v) > 0.75*max(s.em, 1.2*s.em, t.em) {
					if math.Abs(t.v-s.v) > 40 || t.em < 1.2*s.em {
						break
					}
					continue
				}
				t = t.root()
				if t == s || s.joined != nil || t.row == s.row && t.hidden != s.hidden {
					continue
				}
				if d := s.besides(t); d < near {
					best, near = t, d
				}
			}
		}
		if best != nil {
			best.absorb(s)
			changed = true
		}
	}
	if changed {
		all = slices.DeleteFunc(all, func(s *strip) bool { return s.joined != nil })
	}
	return all
}

// root is the strip that s became part of.
func (s *strip) root() *strip {
	for s.joined != nil {
		if s.joined.joined != nil {
			s.joined = s.joined.joined // the way is shorter next time
		}
		s = s.joined
	}
	return s
}

// besides is how far s stands from t, of whose line it is; infinite where it is
// of another.
func (s *strip) besides(t *strip) float64 {
	const most = 2000 // fragments; no line has more
	never := math.Inf(1)
	em, rise := t.em, t.v-s.v
	gap := max(s.u0-t.u1, t.u0-s.u1)
	switch {
	case s.hidden != t.hidden, len(s.frags)+len(t.frags) > most:
		return never
	case s.em <= 0.85*em && rise <= 0.75*em && rise >= -0.45*em && math.Abs(rise) > 0.05*em:
		if gap > 0.35*em {
			return never
		}
		if gap < -0.2*em && !t.room(s, 0.4) {
			return never
		}
	case s.inked <= t.inked && max(s.em, em) <= 1.25*min(s.em, em) && math.Abs(rise) <= 0.3*em:
		if gap > 0.9*em || s.row == t.row && gap > overlap*em || gap < -0.2*em && !t.room(s, 0.2) {
			return never
		}
	default:
		return never
	}
	return max(gap, 0) + math.Abs(rise)
}

// room reports whether s fits between the fragments of t, but for so many em.
func (t *strip) room(s *strip, lap float64) bool {
	for _, f := range t.frags {
		if f.inked > 0 && f.u1 > s.u0+lap*t.em && f.u0 < s.u1-lap*t.em {
			return false
		}
	}
	return true
}

func (t *strip) absorb(s *strip) {
	s.joined = t
	t.frags = append(t.frags, s.frags...)
	slices.SortStableFunc(t.frags, func(a, b *fragment) int { return cmp.Compare(a.u0, b.u0) })
	t.u0, t.u1, t.edge = min(t.u0, s.u0), max(t.u1, s.u1), max(t.edge, s.edge)
	if s.inked > t.inked && s.em > t.em {
		t.v, t.em = s.v, s.em
	}
	t.inked += s.inked
}
