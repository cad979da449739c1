package audit

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"consentry/redact/pdf/audit/shown"
	"consentry/redact/pdf/geom"
)

// cell is the side of the squares by which fills are looked up, in points.
const cell = 48

// maxCells bounds how many squares one fill is noted in.
const maxCells = 4096

// A grid finds the fills over a place.
type grid struct {
	cells map[[2]int][]int
	wide  []int // those of many squares
}

func newGrid(fills []shown.Fill, use func(shown.Fill) bool) *grid {
	g := &grid{cells: map[[2]int][]int{}}
	for i, f := range fills {
		if f.Box.Empty() || !use(f) {
			continue
		}
		x0, y0, x1, y1 := square(f.Box.X0), square(f.Box.Y0), square(f.Box.X1), square(f.Box.Y1)
		if float64(x1-x0+1)*float64(y1-y0+1) > maxCells {
			g.wide = append(g.wide, i)
			continue
		}
		for x := x0; x <= x1; x++ {
			for y := y0; y <= y1; y++ {
				g.cells[[2]int{x, y}] = append(g.cells[[2]int{x, y}], i)
			}
		}
	}
	return g
}

func square(v float64) int { return int(math.Floor(min(max(v, -1e6), 1e6) / cell)) }

// over calls f with the fills that may be over a point until it returns false.
func (g *grid) over(p geom.Point, f func(i int) bool) {
	for _, i := range g.cells[[2]int{square(p.X), square(p.Y)}] {
		if !f(i) {
			return
		}
	}
	for _, i := range g.wide {
		if !f(i) {
			return
		}
	}
}

// least is how wide and high a box is that is taken to hide something, in points:
// thinner ones are rules.
const least = 4

// A covering is text that is drawn and then painted over.
type covering struct {
	glyphs []int
	fill   int
}

// The shares of a glyph's ink under a box: from which on it can hardly be read, and
// not at all. Of what was written only the second counts: a half-covered line was
// to be seen so.
const (
	mostly   = 0.6
	entirely = 0.85
)

// coverings are the runs of glyphs under opaque boxes that were painted later, the
// rule of x-ray (Free Law Project): nobody sees them, and everybody can copy them.
func coverings(p *shown.Page, share float64) []covering {
	return runs(p, hiders(p, share, func(f shown.Fill) bool {
		return f.Opaque && f.Rect && !f.Picture && f.Box.W() >= least && f.Box.H() >= least
	}))
}

// behind are those under opaque pictures.
func behind(p *shown.Page) []covering {
	return runs(p, hiders(p, mostly, func(f shown.Fill) bool { return f.Opaque && f.Picture }))
}

// hiders are the fills that cover at least a share of each glyph, or -1.
func hiders(p *shown.Page, share float64, use func(shown.Fill) bool) []int {
	g := newGrid(p.Fills, use)
	again := map[[2]int][]int{} // where glyphs stand, to find those that are drawn twice
	for i, gl := range p.Glyphs {
		c := gl.Box.Center()
		k := [2]int{square(c.X), square(c.Y)}
		again[k] = append(again[k], i)
	}
	out := make([]int, len(p.Glyphs))
	for i, gl := range p.Glyphs {
		out[i] = -1
		if gl.Why != 0 || strings.TrimSpace(gl.Text) == "" {
			continue
		}
		ink := inked(gl)
		c := ink.Center()
		g.over(c, func(k int) bool {
			if f := p.Fills[k]; f.Order > i && f.Box.Contains(c) && f.Box.Intersect(ink).Area() >= share*ink.Area() {
				out[i] = k
				return false
			}
			return true
		})
		if out[i] >= 0 {
			c := gl.Box.Center()
			for _, k := range again[[2]int{square(c.X), square(c.Y)}] {
				o := p.Glyphs[k]
				if k >= p.Fills[out[i]].Order && o.Text == gl.Text && o.Why == 0 && math.Hypot(o.Origin.X-gl.Origin.X, o.Origin.Y-gl.Origin.Y) < 0.3*gl.Size {
					out[i] = -1
					break
				}
			}
		}
	}
	return out
}

// inked is about where a glyph's ink is: its box without ascent and descent.
func inked(g shown.Glyph) geom.Rect {
	b := g.Box
	dy := b.H() * 0.24
	if math.Abs(g.Advance.X) < math.Abs(g.Advance.Y) {
		dx := b.W() * 0.24
		return geom.Rect{X0: b.X0 + dx, Y0: b.Y0, X1: b.X1 - dx, Y1: b.Y1}
	}
	return geom.Rect{X0: b.X0, Y0: b.Y0 + dy, X1: b.X1, Y1: b.Y1 - dy}
}

// runs puts glyphs that follow one another together, spaces between them too.
func runs(p *shown.Page, hider []int) (out []covering) {
	defer func() { out = slices.DeleteFunc(out, func(c covering) bool { return !telling(p, c) }) }()
	for i, k := range hider {
		if k < 0 {
			continue
		}
		if n := len(out); n > 0 {
			c := &out[n-1]
			last := c.glyphs[len(c.glyphs)-1]
			if i-last <= 2 && near(p.Glyphs[last], p.Glyphs[i]) {
				for j := last + 1; j <= i; j++ {
					c.glyphs = append(c.glyphs, j)
				}
				continue
			}
		}
		out = append(out, covering{[]int{i}, k})
	}
	return out
}

// telling reports whether a run holds a letter or a digit: dots and rules tell
// nothing.
func telling(p *shown.Page, c covering) bool {
	return slices.ContainsFunc(c.glyphs, func(i int) bool {
		return strings.ContainsFunc(p.Glyphs[i].Text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	})
}

// near reports whether b goes on with the line that a stands on.
func near(a, b shown.Glyph) bool {
	dir, ok := unit(a.Advance)
	if !ok {
		return true
	}
	on, off := along(a.Origin, b.Origin, dir)
	return math.Abs(off) < 0.5*a.Size && on > -0.5*a.Size && on < 6*a.Size
}

// alike are the glyphs in the colour of what is behind them: of the paper, or of
// the last thing painted there before; apart those on a box that is not white,
// where text is hidden as under one.
func alike(p *shown.Page) (white, boxed []int) {
	g := newGrid(p.Fills, func(f shown.Fill) bool { return f.Opaque })
	white, boxed = make([]int, len(p.Glyphs)), make([]int, len(p.Glyphs))
	paper := shown.Colour{R: 1, G: 1, B: 1, Known: true}
	for i, gl := range p.Glyphs {
		white[i], boxed[i] = -1, -1
		if gl.Why != 0 || !gl.Colour.Known || strings.TrimSpace(gl.Text) == "" {
			continue
		}
		ground, top, at := paper, -1, inked(gl).Center()
		g.over(at, func(k int) bool {
			if f := p.Fills[k]; f.Order <= i && k > top && f.Box.Contains(at) {
				ground, top = f.Colour, k
				ground.Known = ground.Known && !f.Picture && f.Rect
			}
			return true
		})
		switch {
		case !ground.Known || !same(ground, gl.Colour):
		case same(ground, paper):
			white[i] = 0
		default:
			boxed[i] = top
		}
	}
	return white, boxed
}

func same(a, b shown.Colour) bool {
	return math.Abs(a.R-b.R)+math.Abs(a.G-b.G)+math.Abs(a.B-b.B) < 0.03
}
