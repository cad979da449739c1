// Package logotest draws logos of invented organisations, puts them into scenes
// and scores a detector on them. Tests and benchmarks share it.
package logotest

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

type point struct{ x, y float64 }

// A canvas is a see-through picture with shapes filled in; lengths are in pixels.
type canvas struct {
	m    *image.NRGBA
	font *sfnt.Font
}

func newCanvas(w, h int, f *sfnt.Font) *canvas {
	return &canvas{image.NewNRGBA(image.Rect(0, 0, w, h)), f}
}

// shade gives a shape's colour at a place.
type shade func(x, y int) color.NRGBA

func flat(rgb uint32) shade {
	c := color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 255}
	return func(int, int) color.NRGBA { return c }
}

// gradient goes from one colour to another along a direction.
func gradient(from, to uint32, a, b point) shade {
	return func(x, y int) color.NRGBA {
		d := point{b.x - a.x, b.y - a.y}
		t := ((float64(x)-a.x)*d.x + (float64(y)-a.y)*d.y) / (d.x*d.x + d.y*d.y)
		t = min(max(t, 0), 1)
		mix := func(shift int) uint8 {
			return uint8(float64(from>>shift&0xff)*(1-t) + float64(to>>shift&0xff)*t)
		}
		return color.NRGBA{R: mix(16), G: mix(8), B: mix(0), A: 255}
	}
}

// fill paints closed outlines; one that runs the other way cuts a hole.
func (c *canvas) fill(s shade, outlines ...[]point) {
	r := vector.NewRasterizer(c.m.Rect.Dx(), c.m.Rect.Dy())
	for _, o := range outlines {
		for i, p := range o {
			if i == 0 {
				r.MoveTo(float32(p.x), float32(p.y))
			} else {
				r.LineTo(float32(p.x), float32(p.y))
			}
		}
		r.ClosePath()
	}
	c.paint(r, s)
}

func (c *canvas) paint(r *vector.Rasterizer, s shade) {
	mask := image.NewAlpha(c.m.Rect)
	r.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	for y := range c.m.Rect.Dy() {
		for x := range c.m.Rect.Dx() {
			if a := mask.AlphaAt(x, y).A; a > 0 {
				top := s(x, y)
				top.A = a
				c.m.SetNRGBA(x, y, over(top, c.m.NRGBAAt(x, y)))
			}
		}
	}
}

// over lays one colour on another.
func over(top, under color.NRGBA) color.NRGBA {
	a, b := float64(top.A)/255, float64(under.A)/255*(1-float64(top.A)/255)
	if a+b == 0 {
		return color.NRGBA{}
	}
	mix := func(t, u uint8) uint8 { return uint8((float64(t)*a+float64(u)*b)/(a+b) + 0.5) }
	return color.NRGBA{R: mix(top.R, under.R), G: mix(top.G, under.G), B: mix(top.B, under.B), A: uint8((a+b)*255 + 0.5)}
}

func reversed(o []point) []point {
	out := make([]point, len(o))
	for i, p := range o {
		out[len(o)-1-i] = p
	}
	return out
}

func ellipse(cx, cy, rx, ry, turn float64) []point {
	var o []point
	for i := range 96 {
		t := 2 * math.Pi * float64(i) / 96
		x, y := rx*math.Cos(t), ry*math.Sin(t)
		o = append(o, point{cx + x*math.Cos(turn) - y*math.Sin(turn), cy + x*math.Sin(turn) + y*math.Cos(turn)})
	}
	return o
}

func circle(cx, cy, r float64) []point { return ellipse(cx, cy, r, r, 0) }

func rect(x, y, w, h float64) []point {
	return []point{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}
}

// rounded is a rectangle with round corners.
func rounded(x, y, w, h, r float64) []point {
	var o []point
	for i, c := range []point{{x + w - r, y + h - r}, {x + r, y + h - r}, {x + r, y + r}, {x + w - r, y + r}} {
		for k := range 13 {
			t := math.Pi/2*float64(i) + math.Pi/24*float64(k)
			o = append(o, point{c.x + r*math.Cos(t), c.y + r*math.Sin(t)})
		}
	}
	return o
}

// ngon is a regular polygon; with inner below outer it is a star.
func ngon(n int, cx, cy, outer, inner, turn float64) []point {
	var o []point
	for i := range 2 * n {
		r := outer
		if i%2 == 1 {
			if inner == 0 {
				continue
			}
			r = inner
		}
		t := turn + math.Pi*float64(i)/float64(n)
		o = append(o, point{cx + r*math.Sin(t), cy - r*math.Cos(t)})
	}
	return o
}

// stroke is the outlines of a line of some width.
func stroke(line []point, width float64) [][]point {
	var out [][]point
	for i := range line {
		out = append(out, circle(line[i].x, line[i].y, width/2))
		if i == 0 {
			continue
		}
		a, b := line[i-1], line[i]
		l := math.Hypot(b.x-a.x, b.y-a.y)
		if l == 0 {
			continue
		}
		nx, ny := -(b.y-a.y)/l*width/2, (b.x-a.x)/l*width/2
		out = append(out, []point{{a.x - nx, a.y - ny}, {b.x - nx, b.y - ny}, {b.x + nx, b.y + ny}, {a.x + nx, a.y + ny}})
	}
	return out
}

// text writes from a base line's left end and returns where it ends.
func (c *canvas) text(s shade, words string, x, y, size float64) float64 {
	var buf sfnt.Buffer
	r := vector.NewRasterizer(c.m.Rect.Dx(), c.m.Rect.Dy())
	ppem := fixed.I(int(size))
	for _, ch := range words {
		g, err := c.font.GlyphIndex(&buf, ch)
		if err != nil {
			panic(err)
		}
		segs, err := c.font.LoadGlyph(&buf, g, ppem, nil)
		if err != nil {
			panic(err)
		}
		at := func(p fixed.Point26_6) (float32, float32) {
			return float32(x) + float32(p.X)/64, float32(y) + float32(p.Y)/64
		}
		for i, sg := range segs {
			x0, y0 := at(sg.Args[0])
			x1, y1 := at(sg.Args[1])
			x2, y2 := at(sg.Args[2])
			switch sg.Op {
			case sfnt.SegmentOpMoveTo:
				if i > 0 {
					r.ClosePath()
				}
				r.MoveTo(x0, y0)
			case sfnt.SegmentOpLineTo:
				r.LineTo(x0, y0)
			case sfnt.SegmentOpQuadTo:
				r.QuadTo(x0, y0, x1, y1)
			case sfnt.SegmentOpCubeTo:
				r.CubeTo(x0, y0, x1, y1, x2, y2)
			}
		}
		r.ClosePath()
		adv, err := c.font.GlyphAdvance(&buf, g, ppem, font.HintingNone)
		if err != nil {
			panic(err)
		}
		x += float64(adv) / 64
	}
	c.paint(r, s)
	return x
}
