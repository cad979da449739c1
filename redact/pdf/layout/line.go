package layout

import (
	"math"
	"slices"
	"unicode"

	"consentry/redact/pdf/content"
	"consentry/redact/pdf/geom"
)

// lines writes strips, which are in reading order, out.
func (r *reading) lines(ss []*strip, g group) []Line {
	out := make([]Line, 0, len(ss))
	for i, s := range ss {
		l := r.line(s, g)
		if s.goes {
			last, next := l.Runes[len(l.Runes)-1].R, r.firstRune(ss[i+1])
			if !l.Vertical && last != ' ' && last != '-' && last != '‐' && !spaceless(last) && !spaceless(next) {
				l.Runes = append(l.Runes, r.spaceBehind(l, g))
			}
			l.Goes = true
		}
		for _, c := range l.Runes {
			l.Box = l.Box.Union(c.Box)
		}
		out = append(out, l)
	}
	return out
}

func (r *reading) firstRune(s *strip) rune {
	for _, f := range s.frags {
		for i := f.from; i < f.to; i++ {
			if k := &r.inks[i]; !k.copied && k.kind != blank {
				return k.first
			}
		}
	}
	return 0
}

func (r *reading) line(s *strip, g group) Line {
	var ks []int
	n := 0
	for _, f := range s.frags {
		n += f.to - f.from
	}
	ks = make([]int, 0, n)
	for _, f := range s.frags {
		for i := f.from; i < f.to; i++ {
			if !r.inks[i].copied {
				ks = append(ks, i)
			}
		}
	}
	ks = r.withoutUnseenSpaces(ks)
	l := Line{Along: g.along, Size: s.em, Annot: g.annot, Runes: make([]Rune, 0, n+n/8)}
	first := &r.page.Glyphs[r.inks[ks[0]].glyph]
	l.Origin = first.Origin
	base := r.base(ks)
	var seen bool
	prev := -1
	for _, i := range ks {
		k := &r.inks[i]
		c := &r.page.Glyphs[k.glyph]
		if prev >= 0 && r.spaceBetween(&r.inks[prev], k, base) {
			l.Runes = append(l.Runes, Rune{R: ' ', Glyph: -1, Box: r.gap(r.inks[prev].glyph, k.glyph)})
		}
		l.Runes = r.runes(l.Runes, i, g)
		if c.Hidden != 0 {
			l.Hidden |= c.Hidden
		} else if k.kind != blank {
			seen = true
		}
		l.Vertical = l.Vertical || g.vertical && k.kind != blank && upright(c, g)
		prev = i
	}
	if seen {
		l.Hidden = 0
	}
	return l
}

// withoutUnseenSpaces leaves out blanks between Han characters where there is no
// room for them: some writers draw one behind each.
func (r *reading) withoutUnseenSpaces(ks []int) []int {
	out := ks[:0]
	for n, i := range ks {
		if k := &r.inks[i]; k.kind == blank && len(out) > 0 && n+1 < len(ks) {
			a, b := &r.inks[out[len(out)-1]], &r.inks[ks[n+1]]
			if a.kind == han && b.kind == han && b.u0-a.u1 < 0.3*b.em {
				r.copy(out[len(out)-1], i)
				continue
			}
		}
		out = append(out, i)
	}
	return out
}

// base is how far letters of one word are set apart in a line, in em: the middle
// of all gaps where there are enough.
func (r *reading) base(ks []int) float64 {
	var few [64]float64
	gaps := few[:0]
	for n := 1; n < len(ks); n++ {
		a, b := &r.inks[ks[n-1]], &r.inks[ks[n]]
		if wordy(a) && wordy(b) {
			gaps = append(gaps, (b.u0-a.u1)/max(a.em, b.em))
		}
	}
	if len(gaps) < 3 {
		return 0
	}
	slices.Sort(gaps)
	mid := gaps[len(gaps)/2]
	// Lines of short words without drawn spaces have many gaps between words.
	if low := gaps[len(gaps)/4]; low < 0.05 && mid > 0.12 {
		mid = low
	}
	return min(max(mid, -0.6), 1)
}

// wordy reports whether an ink is part of a word: rows of dots stand apart as they
// like.
func wordy(k *ink) bool {
	return k.kind == han || k.kind == letter && (unicode.IsLetter(k.first) || unicode.IsDigit(k.first))
}

// spaceBetween reports whether a reader sees a space between two inks that stand
// beside each other. base is the line's distance of letters.
func (r *reading) spaceBetween(a, b *ink, base float64) bool {
	if a.kind == blank || b.kind == blank || b.kind == mark {
		return false
	}
	em := min(max(a.em, b.em), 1.5*min(a.em, b.em))
	gap := (b.u0 - a.u1) / em
	if a.kind == leftward || b.kind == leftward {
		gap = max(gap, (a.u0-b.u1)/em)
		base = 0
	}
	gap -= base
	switch {
	case a.kind == han && b.kind == han:
		return gap > 0.6
	case a.kind == han || b.kind == han:
		return gap > 0.3
	}
	return gap > max(0.13, 0.3*base)
}

// gap is the box of a space between two glyphs.
func (r *reading) gap(i, j int) geom.Rect {
	a, b := &r.page.Glyphs[i], &r.page.Glyphs[j]
	end := geom.Point{X: a.Origin.X + a.Advance.X, Y: a.Origin.Y + a.Advance.Y}
	return r.hull(end, b.Origin, a.Up)
}

// hull is the box, in view points, between two places on a baseline, from a
// little below it to the height of capitals.
func (r *reading) hull(p, q, up geom.Point) geom.Rect {
	b := geom.Rect{X0: math.Inf(1), Y0: math.Inf(1), X1: math.Inf(-1), Y1: math.Inf(-1)}
	for _, o := range [...]geom.Point{p, q} {
		for _, t := range [...]float64{-0.2, 0.8} {
			v := r.view.Apply(geom.Point{X: o.X + t*up.X, Y: o.Y + t*up.Y})
			b = geom.Rect{X0: min(b.X0, v.X), Y0: min(b.Y0, v.Y), X1: max(b.X1, v.X), Y1: max(b.Y1, v.Y)}
		}
	}
	return solid(b)
}

// solid is b, or where it has no area a little more.
func solid(b geom.Rect) geom.Rect {
	const least = 0.1 // points
	if !sane(b.X0, b.Y0, b.X1, b.Y1) {
		b = geom.Rect{}
	}
	if b.X1-b.X0 < least {
		b.X0, b.X1 = b.X0-least/2, b.X1+least/2
	}
	if b.Y1-b.Y0 < least {
		b.Y0, b.Y1 = b.Y0-least/2, b.Y1+least/2
	}
	return b
}

// spaceBehind is the space between a line and the next one.
func (r *reading) spaceBehind(l Line, g group) Rune {
	last := l.Runes[len(l.Runes)-1]
	b := last.Box
	to := r.view.Vector(g.along)
	switch d := 0.25 * l.Size; {
	case math.Abs(to.X) >= math.Abs(to.Y) && to.X >= 0:
		b.X0, b.X1 = b.X1, b.X1+d
	case math.Abs(to.X) >= math.Abs(to.Y):
		b.X0, b.X1 = b.X0-d, b.X0
	case to.Y >= 0:
		b.Y0, b.Y1 = b.Y1, b.Y1+d
	default:
		b.Y0, b.Y1 = b.Y0-d, b.Y0
	}
	return Rune{R: ' ', Glyph: -1, Box: solid(b)}
}

// runes appends what is read in ink i.
func (r *reading) runes(to []Rune, i int, g group) []Rune {
	k := &r.inks[i]
	c := &r.page.Glyphs[k.glyph]
	box := solid(r.seen(c.Box))
	also := r.also[i]
	if k.kind == nothing || len(c.Text) == 1 || c.Text == "" || k.first == unknown {
		return append(to, Rune{R: k.first, Glyph: k.glyph, Also: also, Box: box, Unknown: k.first == unknown})
	}
	var buf [8]rune
	rs := plain(buf[:0], c.Text)
	for n, x := range rs {
		to = append(to, Rune{R: x, Glyph: k.glyph, Also: also, Box: r.part(box, g, n, len(rs)), Unknown: x == unknown})
	}
	return to
}

// seen is a box in view points.
func (r *reading) seen(b geom.Rect) geom.Rect {
	if m := &r.view; m.B == 0 && m.C == 0 { // most pages
		return geom.Rect{X0: m.A*b.X0 + m.E, Y0: m.D*b.Y0 + m.F, X1: m.A*b.X1 + m.E, Y1: m.D*b.Y1 + m.F}.Canon()
	}
	return b.Through(r.view)
}

// part is the n-th of count parts of a box, along the line where that is level or
// upright as seen.
func (r *reading) part(b geom.Rect, g group, n, count int) geom.Rect {
	if count < 2 {
		return b
	}
	to := r.view.Vector(g.along)
	from, until := float64(n)/float64(count), float64(n+1)/float64(count)
	switch x, y := math.Abs(to.X), math.Abs(to.Y); {
	case y < 0.01*x:
		if to.X < 0 {
			from, until = 1-until, 1-from
		}
		b.X0, b.X1 = b.X0+from*b.W(), b.X0+until*b.W()
	case x < 0.01*y:
		if to.Y < 0 {
			from, until = 1-until, 1-from
		}
		b.Y0, b.Y1 = b.Y0+from*b.H(), b.Y0+until*b.H()
	}
	return solid(b)
}

// placeless are lines of glyphs whose place is no place, as they were drawn.
func (r *reading) placeless() []Line {
	var out []Line
	for n, i := range r.lost {
		c := &r.page.Glyphs[i]
		if n == 0 || r.lost[n-1] != i-1 || r.page.Glyphs[i-1].Annot != c.Annot {
			out = append(out, Line{Along: geom.Point{X: 1}, Size: 1, Annot: max(c.Annot, -1), Hidden: content.OffPage})
		}
		l := &out[len(out)-1]
		var buf [8]rune
		rs := plain(buf[:0], c.Text)
		if len(rs) == 0 {
			rs = append(rs, unknown)
		}
		for _, x := range rs {
			l.Runes = append(l.Runes, Rune{R: x, Glyph: i, Box: solid(geom.Rect{}), Unknown: x == unknown})
		}
		l.Box = solid(geom.Rect{})
	}
	return out
}
