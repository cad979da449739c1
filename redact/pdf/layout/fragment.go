package layout

import "math"

// A fragment is what was drawn in one go: each ink right beside the one before.
type fragment struct {
	from, to int     // in reading.inks; copies among them do not count
	u0, u1   float64 // of what is seen; of the blanks where nothing is
	v        float64
	em       float64
	inked    int  // inks that are not blank
	hidden   bool // all of it
	leftward bool
	end      float64 // where its blanks end
	blanks   int     // that it ends with
	dead     bool    // all its inks are copies
}

// Gaps, in em. A gap of more than cell ends a line, one of more than stretched
// does so where a space is drawn in it: narrow columns are justified that much.
const (
	chained   = 0.5
	cell      = 1.2
	stretched = 2.2
	overlap   = 0.35 // letters may overlap by this: kerning, italics, wrong widths
)

// fragments cuts a group's inks, in drawing order.
func (r *reading) fragments(g group) []*fragment {
	var out []*fragment
	var f *fragment
	prev := -1 // the ink before, copies left out
	for i := g.from; i < g.to; i++ {
		k := &r.inks[i]
		if k.kind == nothing {
			// One such glyph beside a letter is no loss. More may be text whose font
			// tells nothing of use.
			if f != nil && f.inked > 0 && prev == i-1 && r.follows(f, prev, i) {
				r.copy(prev, i)
				f.to = i + 1
				continue
			}
			k.kind, k.first, k.last = letter, unknown, unknown
		}
		if f != nil && f.inked > 0 && r.again(prev, i) {
			r.copy(prev, i)
			f.to = i + 1
			continue
		}
		if f == nil || !r.follows(f, prev, i) {
			f = &fragment{from: i, v: k.v, em: k.em, hidden: true, u0: k.u0, u1: k.u1}
			out = append(out, f)
		}
		r.extend(f, i)
		prev = i
	}
	return out
}

func (r *reading) extend(f *fragment, i int) {
	k := &r.inks[i]
	f.to = i + 1
	if k.kind == blank {
		f.end = max(k.u1, f.end)
		if f.inked == 0 {
			f.u0, f.u1, f.end = min(f.u0, k.u0), max(f.u1, k.u1), max(f.u1, k.u1)
			f.hidden = f.hidden && r.page.Glyphs[k.glyph].Hidden != 0
		} else {
			f.blanks++
		}
		return
	}
	if f.inked == 0 {
		f.u0, f.u1, f.v, f.em, f.hidden = k.u0, k.u1, k.v, k.em, true
	}
	f.u0, f.u1 = min(f.u0, k.u0), max(f.u1, k.u1)
	f.end, f.blanks = f.u1, 0
	f.inked++
	f.hidden = f.hidden && r.page.Glyphs[k.glyph].Hidden != 0
	f.leftward = f.leftward || k.kind == leftward
}

// follows reports whether ink i goes on with the fragment that ends with prev.
func (r *reading) follows(f *fragment, prev, i int) bool {
	p, k := &r.inks[prev], &r.inks[i]
	em := min(f.em, k.em)
	if k.em == p.em && math.Abs(k.v-p.v) <= 0.25*em && math.Abs(k.u0-p.u1) < 0.03*em {
		return true // right behind it: at most a step of letters that dance
	}
	if math.Abs(k.v-f.v) > r.slack*em || max(f.em, k.em) > 1.3*em {
		return k.kind == mark && p.kind != blank && math.Abs(k.v-f.v) < em && k.u0 > p.u0-em && k.u0 < p.u1+em
	}
	switch {
	case k.kind == mark:
		return k.u0 > p.u0-em && k.u0 < p.u1+em
	case k.kind == blank:
		return math.Abs(k.u0-p.u1) <= chained*em || f.leftward && math.Abs(k.u1-p.u0) <= chained*em
	case f.inked == 0:
		return k.u0 >= p.u1-overlap*em && k.u0-p.u1 <= chained*em
	}
	gap := k.u0 - f.u1
	switch {
	case k.u0 > p.u0-0.1*em && k.u1 < p.u1+0.1*em && p.kind != blank: // an accent that is drawn on its letter
		return true
	case gap >= -overlap*em && k.u0 > p.u0-0.02*em:
		switch f.blanks {
		case 0:
			return gap <= chained*em
		case 1:
			return gap <= stretched*em
		}
		return gap <= cell*em
	case k.kind == leftward || p.kind == leftward || f.leftward:
		gap = f.u0 - k.u1
		return gap >= -overlap*em && gap <= cell*em
	}
	return false
}

// again reports whether ink i shows what prev shows, where prev does.
func (r *reading) again(prev, i int) bool {
	p, k := &r.inks[prev], &r.inks[i]
	if p.kind != k.kind || p.first != k.first || p.last != k.last || k.kind == blank || k.em <= 0.5 {
		return false
	}
	near := max(min(0.3*k.em, 0.4*(k.u1-k.u0)), 0.02*k.em)
	return math.Abs(p.u0-k.u0) <= near && math.Abs(p.v-k.v) <= 0.3*k.em && max(p.em, k.em) <= 1.15*min(p.em, k.em)
}

// copy makes ink i one that is the same to a reader as ink as.
func (r *reading) copy(as, i int) {
	if r.also == nil {
		r.also = map[int][]int{}
	}
	r.also[as] = append(append(r.also[as], r.inks[i].glyph), r.also[i]...)
	delete(r.also, i)
	r.inks[i].copied = true
}
