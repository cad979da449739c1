package layout

import (
	"cmp"
	"math"
	"slices"
	"unicode"

	"consentry/redact/pdf/content"
	"consentry/redact/pdf/geom"
)

// An ink is one glyph in the frame of its group: u runs along the line, v across
// it from one line to the next.
type ink struct {
	glyph  int
	u0, u1 float64 // begin and end of the advance
	v      float64 // of the baseline; of the middle in vertical writing
	em     float64
	first  rune // of its text; U+FFFD where it has none
	last   rune
	kind   kind
	copied bool // it is in another ink's also
}

type kind uint8

const (
	letter   kind = iota
	han           // Han, kana, and their punctuation: written without spaces
	blank         // white space
	mark          // combines with what stands before
	leftward      // of a script that runs from right to left
	nothing       // control characters
)

func kindOf(r rune) kind {
	switch {
	case r > ' ' && r < 0x7f:
		return letter
	case r == ' ', unicode.IsSpace(r), r == 0x200b:
		return blank
	case wide(r):
		return han
	case r < 0x300:
		return letter
	case r >= 0x590 && r < 0x900, r >= 0xfb1d && r < 0xfe00, r >= 0xfe70 && r < 0xff00:
		if !unicode.IsDigit(r) {
			return leftward
		}
	case unicode.Is(unicode.Mn, r):
		return mark
	}
	return letter
}

// wide reports whether r is of a script without spaces between its words.
func wide(r rune) bool {
	return r >= 0x2e80 && r < 0xa4d0 && r != 0x3000 && !(r >= 0x3130 && r < 0x3190) || r >= 0xf900 && r < 0xfb00 ||
		r >= 0xfe30 && r < 0xfe50 || r >= 0xff00 && r < 0xff61 || r >= 0x20000 && r < 0x3fffe
}

// far bounds coordinates, in points; a page is at most 14,400 wide.
const far = 1e7

func sane(vs ...float64) bool {
	for _, v := range vs {
		if !(math.Abs(v) <= far) {
			return false
		}
	}
	return true
}

// A group is what is written in one direction, by the page or by one annotation.
type group struct {
	annot    int
	along    geom.Point // unit vector, default user space
	vertical bool       // some of it is written upright, downwards
	from, to int        // in reading.inks
	weight   int        // glyphs in it
}

// down is from one line to the next.
func (g group) down() geom.Point { return geom.Point{X: g.along.Y, Y: -g.along.X} }

func dot(a, b geom.Point) float64 { return a.X*b.X + a.Y*b.Y }

// A heading is where a glyph is written to.
type heading struct {
	glyph    int
	annot    int
	degrees  float64 // [0, 360), anticlockwise from the x axis of user space
	vertical bool
	curve    int // text along a curve, or 0
}

// groups fills r.inks and tells the groups, the page's before those of
// annotations, of each the one with most glyphs first.
func (r *reading) groups() []group {
	heads := make([]heading, 0, len(r.page.Glyphs))
	for i := range r.page.Glyphs {
		g := &r.page.Glyphs[i]
		h, ok := headingOf(g)
		if !ok {
			r.lost = append(r.lost, i)
			continue
		}
		h.glyph = i
		heads = append(heads, h)
	}
	r.stacked(heads)
	for i := range heads {
		if heads[i].degrees != heads[0].degrees {
			r.curves(heads)
			break
		}
	}
	return r.bundle(heads)
}

func headingOf(g *content.Glyph) (heading, bool) {
	if !sane(g.Origin.X, g.Origin.Y, g.Advance.X, g.Advance.Y, g.Up.X, g.Up.Y, g.Box.X0, g.Box.Y0, g.Box.X1, g.Box.Y1, g.Size) {
		return heading{}, false
	}
	h := heading{annot: max(g.Annot, -1)}
	if g.Up.X == 0 && g.Up.Y > 0 && g.Advance.Y == 0 && g.Advance.X >= 0 { // most text
		return h, true
	}
	ahead, up := math.Hypot(g.Advance.X, g.Advance.Y), math.Hypot(g.Up.X, g.Up.Y)
	to := geom.Point{X: g.Up.Y, Y: -g.Up.X}
	switch {
	case up == 0 && ahead == 0:
		to = geom.Point{X: 1}
	case up == 0:
		to = g.Advance
	case ahead > up/100:
		if dot(g.Advance, g.Up) < -0.7*ahead*up {
			h.vertical = true
		}
		to = g.Advance
	}
	h.degrees = math.Atan2(to.Y, to.X) * 180 / math.Pi
	if h.degrees < -0.25 {
		h.degrees += 360
	}
	return h, true
}

// bundle sorts glyphs into groups of one direction, which may vary by a degree or
// so, as it does in pages that were scanned askew.
func (r *reading) bundle(heads []heading) []group {
	same := func(a, b heading) bool { return a.annot == b.annot && a.curve == b.curve && a.degrees == b.degrees }
	for i := range heads {
		if !same(heads[i], heads[0]) {
			slices.SortStableFunc(heads, func(a, b heading) int {
				if a.curve > 0 && a.curve == b.curve {
					return 0
				}
				return cmp.Or(cmp.Compare(a.annot, b.annot), cmp.Compare(a.curve, b.curve), cmp.Compare(a.degrees, b.degrees))
			})
			break
		}
	}
	var out []group
	r.inks = make([]ink, 0, len(heads))
	for i := 0; i < len(heads); {
		j := i + 1
		for j < len(heads) && heads[j].annot == heads[i].annot && heads[j].curve == heads[i].curve &&
			(heads[j].curve > 0 || heads[j].degrees-heads[j-1].degrees <= 0.3 && heads[j].degrees-heads[i].degrees <= 2) {
			j++
		}
		part := heads[i:j]
		sin, cos := math.Sincos(part[len(part)/2].degrees * math.Pi / 180)
		g := group{annot: part[0].annot, along: geom.Point{X: round(cos), Y: round(sin)}, from: len(r.inks), weight: len(part)}
		if part[0].degrees != part[len(part)-1].degrees {
			slices.SortFunc(part, func(a, b heading) int { return cmp.Compare(a.glyph, b.glyph) })
		}
		for _, h := range part {
			g.vertical = g.vertical || h.vertical
		}
		for _, h := range part {
			r.inks = append(r.inks, r.inkOf(h.glyph, &g))
		}
		g.to = len(r.inks)
		if part[0].curve > 0 {
			g.along = r.straighten(r.inks[g.from:])
		}
		out = append(out, g)
		i = j
	}
	slices.SortStableFunc(out, func(a, b group) int {
		return cmp.Or(cmp.Compare(a.annot, b.annot), cmp.Compare(b.weight, a.weight))
	})
	return out
}

// round takes away what is left of a quarter turn: cos 90° is 6e-17.
func round(v float64) float64 { return math.Round(v*1e9) / 1e9 }

func (r *reading) inkOf(i int, g *group) ink {
	c := &r.page.Glyphs[i]
	end := geom.Point{X: c.Origin.X + c.Advance.X, Y: c.Origin.Y + c.Advance.Y}
	k := ink{glyph: i, u0: dot(c.Origin, g.along), u1: dot(end, g.along), v: dot(c.Origin, g.down()), em: emOf(c)}
	if g.vertical {
		k.u0, k.u1, k.v = standing(c, *g)
	}
	if k.u1 < k.u0 {
		k.u0, k.u1 = k.u1, k.u0
	}
	k.first, k.last = ends(c.Text)
	k.kind = kindOf(k.first)
	if k.first == 0 {
		k.kind = nothing
	}
	return k
}

// emOf is the size of a glyph as it looks: fonts that are drawn as pictures may
// state any.
func emOf(c *content.Glyph) float64 {
	em := c.Size
	if !(em > 0) {
		em = math.Hypot(c.Up.X, c.Up.Y)
	}
	if high := min(c.Box.W(), c.Box.H()); high > 0 && em > 8*high {
		em = 1.5 * max(c.Box.W(), c.Box.H())
	}
	return max(em, 0.5)
}

// standing places a glyph in vertical writing, by its middle: fonts for it have
// their pen there, letters that are turned or set one by one have not.
func standing(c *content.Glyph, g group) (u0, u1, v float64) {
	end := geom.Point{X: c.Origin.X + c.Advance.X, Y: c.Origin.Y + c.Advance.Y}
	u0, u1, v = dot(c.Origin, g.along), dot(end, g.along), dot(c.Origin, g.down())
	em, down := emOf(c), g.down()
	switch {
	case !upright(c, g):
		return u0, u1, v + 0.38*dot(c.Up, down)
	case math.Abs(u1-u0) < 0.1*em: // of a font for level lines
		const ascent = 0.88
		return u0 - ascent*em, u0 + (1-ascent)*em, v + dot(c.Advance, down)/2
	}
	return u0, u1, v
}

// upright reports whether a glyph stands on the line it is written along.
func upright(c *content.Glyph, g group) bool {
	return dot(c.Up, g.along) < -0.7*math.Hypot(c.Up.X, c.Up.Y)
}

// stacked turns upright Han characters, and digits or letters between them, that
// were set one by one below each other to what they are: vertical writing. Two
// are left as they are; they may be two cells.
func (r *reading) stacked(hs []heading) {
	from, n, hans := 0, 0, 0 // a run that may be one
	var prev *content.Glyph
	pitch := 0.0
	end := func(to int) {
		if n >= 3 && hans >= 2 && hans*2 >= n {
			for i := from; i < to; i++ {
				hs[i].vertical = true
				if hs[i].degrees -= 90; hs[i].degrees < -0.25 {
					hs[i].degrees += 360
				}
			}
		}
		n, hans = 0, 0
	}
	for i := range hs {
		g := &r.page.Glyphs[hs[i].glyph]
		first, last := ends(g.Text)
		if n > 0 && first == last && kindOf(first) == blank {
			continue
		}
		h := 0
		if wide(first) {
			h = 1
		}
		if n > 0 && first == last && !hs[i].vertical && hs[i].annot == hs[from].annot && hs[i].degrees == hs[from].degrees {
			if down, ok := below(prev, g, hs[i].degrees); ok && (n == 1 || math.Abs(down-pitch) < 0.12*emOf(g)) {
				n, hans, prev, pitch = n+1, hans+h, g, down
				continue
			}
		}
		end(i)
		if first == last && !hs[i].vertical {
			from, n, hans, prev = i, 1, h, g
		}
	}
	end(len(hs))
}

// below tells how far glyph b stands below a, and whether it does as in vertical
// writing; degrees is where both are written to.
func below(a, b *content.Glyph, degrees float64) (down float64, ok bool) {
	em := emOf(b)
	if a.Origin.Y == b.Origin.Y && degrees == 0 { // most text
		return 0, false
	}
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	d := geom.Point{X: b.Origin.X - a.Origin.X, Y: b.Origin.Y - a.Origin.Y}
	mid := geom.Point{X: d.X + (b.Advance.X-a.Advance.X)/2, Y: d.Y + (b.Advance.Y-a.Advance.Y)/2}
	down = d.X*sin - d.Y*cos
	aside := min(math.Abs(d.X*cos+d.Y*sin), math.Abs(mid.X*cos+mid.Y*sin))
	return down, aside < 0.15*em && down > 0.8*em && down < 1.7*em
}
