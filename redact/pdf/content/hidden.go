package content

import (
	"math"

	"consentry/redact/pdf/geom"
)

// An ink is what a glyph is painted with; flat where the colour is known.
type ink struct {
	rgb  [3]float32
	flat bool
}

func inkOf(g *state) ink {
	p, alpha := &g.fill, g.fillAlpha
	if m := g.text.mode & 3; m == 1 {
		p, alpha = &g.stroke, g.strokeAlpha
	}
	return ink{[3]float32{float32(p.rgb[0]), float32(p.rgb[1]), float32(p.rgb[2])}, p.flat && alpha > 0.5 && g.plain}
}

// same allows for rounding: what differs by less is not told apart by eye.
func (i ink) same(rgb [3]float64) bool {
	for k, v := range rgb {
		if math.Abs(float64(i.rgb[k])-v) > 0.03 {
			return false
		}
	}
	return true
}

// textHidden is what hides all glyphs of a string. em is 1 em upwards.
func (x *interpreter) textHidden(g *state, em, right geom.Point) Hidden {
	h := x.hide
	if g.text.mode == 3 || g.text.mode == 7 {
		h |= Invisible
	}
	alpha := g.fillAlpha
	if g.text.mode&3 == 1 {
		alpha = g.strokeAlpha
	}
	if math.Hypot(em.X, em.Y) < 1 || math.Hypot(right.X, right.Y) < 0.2 || alpha < 0.05 {
		h |= Tiny
	}
	return h
}

// placeHidden is what hides something at a place.
func (x *interpreter) placeHidden(g *state, b geom.Rect) Hidden {
	var h Hidden
	if !meets(b, g.clip) {
		h |= Clipped
	}
	if !meets(b, x.crop) {
		h |= OffPage
	}
	return h
}

// meets reports whether at least a tenth of b is within r: a glyph's box is
// larger than the glyph.
func meets(b, r geom.Rect) bool {
	in := b.Intersect(r)
	if b.Empty() {
		return r.Contains(b.Center())
	}
	return in.Area() > b.Area()*0.1
}

// A cover is something opaque that was painted.
type cover struct {
	box     geom.Rect
	order   int
	picture bool
	ground  bool // it may be seen through: no more than a ground of unknown colour
	flat    bool
	rgb     [3]float64
}

// cells is a grid over the page that tells which covers are near.
type cells struct {
	area geom.Rect
	at   [grid * grid][]int32
}

const grid = 24

func (c *cells) span(b geom.Rect) (x0, y0, x1, y1 int) {
	k := func(v, from, size float64) int {
		return int(min(max((v-from)/size*grid, 0), grid-1))
	}
	return k(b.X0, c.area.X0, c.area.W()), k(b.Y0, c.area.Y0, c.area.H()), k(b.X1, c.area.X0, c.area.W()), k(b.Y1, c.area.Y0, c.area.H())
}

// maxCompared bounds the covers that one glyph is compared with, latest first.
const maxCompared = 512

// finish tells which glyphs lie under or on something of their own colour.
// hides is the share of a glyph's ink from which on what is painted over it hides
// it; less than audit asks for, so that nothing is left for it to find.
const hides = 0.55

// ink is about where a glyph's ink is: its box without a quarter at the top and at
// the bottom.
func (g *Glyph) ink() geom.Rect {
	b := g.Box
	if math.Abs(g.Up.Y) >= math.Abs(g.Up.X) {
		b.Y0, b.Y1 = b.Y0+0.24*b.H(), b.Y1-0.24*b.H()
	} else {
		b.X0, b.X1 = b.X0+0.24*b.W(), b.X1-0.24*b.W()
	}
	return b
}

func (x *interpreter) finish() {
	if len(x.page.Glyphs) == 0 {
		return
	}
	c := &cells{area: x.crop}
	for i, v := range x.covers {
		x0, y0, x1, y1 := c.span(v.box)
		for y := y0; y <= y1; y++ {
			for k := x0; k <= x1; k++ {
				c.at[y*grid+k] = append(c.at[y*grid+k], int32(i))
			}
		}
	}
	for i := range x.page.Glyphs {
		g := &x.page.Glyphs[i]
		mid := g.Box.Center()
		x0, y0, _, _ := c.span(geom.Rect{X0: mid.X, Y0: mid.Y, X1: mid.X, Y1: mid.Y})
		near := c.at[y0*grid+x0]
		ground, known := [3]float64{1, 1, 1}, true
		for k := len(near) - 1; k >= max(0, len(near)-maxCompared); k-- {
			v := &x.covers[near[k]]
			if v.order <= i { // painted before
				if v.box.Contains(mid) {
					ground, known = v.rgb, v.flat && !v.ground
					break
				}
				continue
			}
			if ink := g.ink(); !v.ground && v.box.Intersect(ink).Area() >= hides*ink.Area() && !ink.Empty() {
				if v.picture {
					g.Hidden |= Behind
				} else {
					g.Hidden |= Covered
				}
			}
		}
		if known && g.colour.flat && !g.Picture && g.colour.same(ground) {
			g.Hidden |= SameColour
		}
	}
}
