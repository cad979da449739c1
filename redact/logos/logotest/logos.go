package logotest

import (
	"fmt"
	"image"
	"math"

	"golang.org/x/image/font/sfnt"
)

// A Logo is an invented organisation's mark.
type Logo struct {
	Name  string
	Kind  string // shape, letters, emblem, line, gradient, Chinese
	Image *image.NRGBA
}

// Logos draws the 36 invented logos. regular and bold are TrueType fonts with
// Latin and Chinese glyphs. All are see-through around the mark but every fifth,
// which stands on white.
func Logos(regular, bold []byte) ([]Logo, error) {
	thin, err := sfnt.Parse(regular)
	if err != nil {
		return nil, fmt.Errorf("parse font: %w", err)
	}
	fat, err := sfnt.Parse(bold)
	if err != nil {
		return nil, fmt.Errorf("parse font: %w", err)
	}
	var all []Logo
	for i, d := range drawings {
		f := thin
		if d.bold {
			f = fat
		}
		c := newCanvas(d.w, d.h, f)
		d.draw(c)
		if i%5 == 4 {
			for k := 0; k < len(c.m.Pix); k += 4 {
				a := int(c.m.Pix[k+3])
				for ch := range 3 {
					c.m.Pix[k+ch] = uint8((int(c.m.Pix[k+ch])*a + 255*(255-a)) / 255)
				}
				c.m.Pix[k+3] = 255
			}
		}
		all = append(all, Logo{d.name, d.kind, c.m})
	}
	return all, nil
}

type drawing struct {
	name, kind string
	w, h       int
	bold       bool
	draw       func(c *canvas)
}

func wave(y, amp float64, from, to float64) (line []point) {
	for x := from; x <= to; x += 4 {
		line = append(line, point{x, y + amp*math.Sin(x/30)})
	}
	return line
}

func curve(n int, f func(t float64) point) (line []point) {
	for i := range n + 1 {
		line = append(line, f(float64(i)/float64(n)))
	}
	return line
}

var drawings = []drawing{
	{"slashed disc", "shape", 300, 300, false, func(c *canvas) {
		c.fill(flat(0x0b5fa5), circle(150, 150, 140))
		c.fill(flat(0xffffff), []point{{60, 250}, {200, 20}, {240, 20}, {100, 250}})
	}},
	{"ring and dot", "shape", 300, 300, false, func(c *canvas) {
		c.fill(flat(0xd0342c), circle(150, 150, 140), reversed(circle(150, 150, 95)))
		c.fill(flat(0xd0342c), circle(190, 130, 40))
	}},
	{"rising bars", "shape", 320, 300, false, func(c *canvas) {
		for i := range 4 {
			h := 70 + 65*float64(i)
			c.fill(flat(0x1f7a4d), rect(20+75*float64(i), 285-h, 52, h))
		}
	}},
	{"stacked triangles", "shape", 300, 320, false, func(c *canvas) {
		for i, rgb := range []uint32{0x5b2a86, 0x7785ac, 0x9ac6c5} {
			y := 20 + 90*float64(i)
			c.fill(flat(rgb), []point{{150, y}, {280, y + 110}, {20, y + 110}})
		}
	}},
	{"hexagons", "shape", 300, 320, false, func(c *canvas) {
		c.fill(flat(0x222222), ngon(6, 150, 160, 150, 0, 0), reversed(ngon(6, 150, 160, 110, 0, 0)))
		c.fill(flat(0xe8a317), ngon(6, 150, 160, 75, 0, math.Pi/6))
	}},
	{"petals", "gradient", 320, 320, false, func(c *canvas) {
		for i := range 6 {
			t := math.Pi / 3 * float64(i)
			s := gradient(0xf72585, 0x4361ee, point{0, 0}, point{320, 320})
			c.fill(s, ellipse(160+85*math.Sin(t), 160-85*math.Cos(t), 32, 70, t))
		}
	}},
	{"waves in a disc", "shape", 320, 320, false, func(c *canvas) {
		c.fill(flat(0x006d77), circle(160, 160, 150))
		for _, y := range []float64{110, 165, 220} {
			c.fill(flat(0xffffff), stroke(wave(y, 14, 60, 260), 20)...)
		}
	}},
	{"shield", "emblem", 300, 340, false, func(c *canvas) {
		out := []point{{150, 10}, {285, 50}, {275, 200}, {150, 330}, {25, 200}, {15, 50}}
		in := []point{{150, 40}, {257, 70}, {250, 190}, {150, 295}, {50, 190}, {43, 70}}
		c.fill(flat(0x7b1e1e), out, reversed(in))
		c.fill(flat(0x7b1e1e), rect(132, 80, 36, 170))
		c.fill(flat(0x7b1e1e), rect(85, 120, 130, 36))
	}},
	{"two leaves", "shape", 320, 300, false, func(c *canvas) {
		c.fill(flat(0x4c9f38), curve(60, func(t float64) point {
			return point{160 - 150*math.Sin(math.Pi*t), 280 - 260*t + 40*math.Sin(2*math.Pi*t)}
		}))
		c.fill(flat(0x8cc63f), curve(60, func(t float64) point {
			return point{165 + 120*math.Sin(math.Pi*t), 280 - 190*t - 30*math.Sin(2*math.Pi*t)}
		}))
	}},
	{"arrow in a square", "shape", 300, 300, false, func(c *canvas) {
		c.fill(flat(0xff6b00), rounded(10, 10, 280, 280, 60))
		c.fill(flat(0xffffff), []point{{150, 60}, {235, 150}, {180, 150}, {180, 240}, {120, 240}, {120, 150}, {65, 150}})
	}},
	{"cube", "shape", 300, 330, false, func(c *canvas) {
		c.fill(flat(0x74c0fc), []point{{150, 15}, {285, 90}, {150, 165}, {15, 90}})
		c.fill(flat(0x1c7ed6), []point{{15, 100}, {145, 172}, {145, 320}, {15, 245}})
		c.fill(flat(0x0b3d70), []point{{285, 100}, {155, 172}, {155, 320}, {285, 245}})
	}},
	{"loop", "line", 420, 220, false, func(c *canvas) {
		c.fill(flat(0x333333), stroke(curve(120, func(t float64) point {
			a := 2 * math.Pi * t
			return point{210 + 180*math.Cos(a), 110 + 85*math.Sin(2*a)}
		}), 14)...)
	}},
	{"spiral", "line", 300, 300, false, func(c *canvas) {
		c.fill(flat(0x3a0ca3), stroke(curve(200, func(t float64) point {
			a := 6 * math.Pi * t
			return point{150 + 135*t*math.Cos(a), 150 + 135*t*math.Sin(a)}
		}), 13)...)
	}},
	{"peaks", "emblem", 320, 320, false, func(c *canvas) {
		c.fill(flat(0x264653), circle(160, 160, 150), reversed(circle(160, 160, 132)))
		c.fill(flat(0x264653), []point{{50, 225}, {125, 95}, {165, 160}, {195, 120}, {270, 225}})
		c.fill(flat(0xe9c46a), circle(215, 90, 22))
	}},
	{"sunburst", "shape", 320, 320, false, func(c *canvas) {
		c.fill(flat(0xf4a100), ngon(14, 160, 160, 150, 95, 0))
		c.fill(flat(0xffffff), circle(160, 160, 60))
	}},
	{"crescent and star", "shape", 320, 300, false, func(c *canvas) {
		c.fill(flat(0x00563f), curve(80, func(t float64) point {
			if t < 0.5 {
				a := math.Pi * (0.25 + 3*t)
				return point{140 + 130*math.Cos(a), 150 + 130*math.Sin(a)}
			}
			a := math.Pi * (1.68 - 2.72*(t-0.5))
			return point{175 + 105*math.Cos(a), 150 + 105*math.Sin(a)}
		}))
		c.fill(flat(0x00563f), ngon(5, 240, 150, 60, 24, 0.3))
	}},
	{"pixel block", "shape", 300, 300, false, func(c *canvas) {
		for i, bit := range []byte("1011010110011101101010111") {
			if bit == '1' {
				c.fill(flat(0x6a4c93), rect(10+56*float64(i%5), 10+56*float64(i/5), 56, 56))
			}
		}
	}},
	{"linked rings", "shape", 420, 240, false, func(c *canvas) {
		for i, rgb := range []uint32{0xe63946, 0x457b9d, 0x2a9d8f} {
			x := 110 + 100*float64(i)
			c.fill(flat(rgb), circle(x, 120, 100), reversed(circle(x, 120, 76)))
		}
	}},
	{"monogram N", "letters", 300, 300, false, func(c *canvas) {
		c.fill(flat(0x111111), []point{{30, 280}, {30, 20}, {95, 20}, {205, 180}, {205, 20}, {270, 20}, {270, 280}, {205, 280}, {95, 120}, {95, 280}})
	}},
	{"Qv in a disc", "letters", 320, 320, true, func(c *canvas) {
		c.fill(flat(0x9d0208), circle(160, 160, 150))
		c.text(flat(0xffffff), "Qv", 55, 215, 160)
	}},
	{"Norvik", "letters", 620, 190, false, func(c *canvas) { c.text(flat(0x14213d), "Norvik", 10, 150, 180) }},
	{"HALDEN GROUP", "letters", 900, 190, true, func(c *canvas) {
		end := c.text(flat(0x003049), "HALDEN", 10, 120, 120)
		c.text(flat(0xd62828), "GROUP", end+20, 120, 120)
		c.fill(flat(0xd62828), rect(10, 150, 860, 16))
	}},
	{"lumora with a drop", "letters", 760, 220, true, func(c *canvas) {
		c.fill(gradient(0x00b4d8, 0x03045e, point{0, 20}, point{0, 200}), curve(60, func(t float64) point {
			a := 2 * math.Pi * t
			return point{100 + 75*math.Sin(a)*math.Sin(a/2), 110 - 90*math.Cos(a)}
		}))
		c.text(flat(0x03045e), "lumora", 200, 160, 150)
	}},
	{"云岚科技", "Chinese", 680, 190, true, func(c *canvas) { c.text(flat(0x005f73), "云岚科技", 10, 145, 160) }},
	{"seal 慎", "Chinese", 300, 300, true, func(c *canvas) {
		c.fill(flat(0xb7161c), rounded(10, 10, 280, 280, 24), reversed(rounded(28, 28, 244, 244, 14)))
		c.text(flat(0xb7161c), "慎", 45, 228, 210)
	}},
	{"启明 QIMING", "Chinese", 480, 320, true, func(c *canvas) {
		c.text(flat(0x1d3557), "启明集团", 20, 150, 108)
		c.text(flat(0xe63946), "QIMING", 40, 270, 104)
	}},
	{"guild emblem", "emblem", 340, 340, true, func(c *canvas) {
		c.fill(flat(0x3c2f2f), circle(170, 170, 165), reversed(circle(170, 170, 152)))
		c.fill(flat(0x3c2f2f), circle(170, 170, 110), reversed(circle(170, 170, 102)))
		for i := range 24 {
			t := math.Pi / 12 * float64(i)
			c.fill(flat(0xb08968), circle(170+131*math.Sin(t), 170-131*math.Cos(t), 9))
		}
		c.fill(flat(0x3c2f2f), ngon(5, 170, 150, 62, 25, 0))
		c.text(flat(0x3c2f2f), "1987", 120, 245, 44)
	}},
	{"globe", "gradient", 320, 320, false, func(c *canvas) {
		c.fill(gradient(0xa0e9ff, 0x003566, point{80, 60}, point{260, 290}), circle(160, 160, 150))
		for _, rx := range []float64{55, 110} {
			c.fill(flat(0xffffff), ellipse(160, 160, rx+5, 150, 0), reversed(ellipse(160, 160, rx-5, 146, 0)))
		}
		c.fill(flat(0xffffff), rect(12, 154, 296, 12))
	}},
	{"swoosh", "gradient", 440, 220, false, func(c *canvas) {
		c.fill(gradient(0xffb703, 0xfb5607, point{0, 0}, point{440, 0}), append(
			curve(60, func(t float64) point { return point{20 + 400*t, 190 - 150*t*t - 40*math.Sin(math.Pi*t)} }),
			curve(60, func(t float64) point {
				return point{420 - 400*t, 40 + 150*(1-(1-t)*(1-t)) + 25*math.Sin(math.Pi*t)}
			})...))
	}},
	{"house in lines", "line", 320, 300, false, func(c *canvas) {
		c.fill(flat(0x2f3e46), stroke([]point{{20, 150}, {160, 25}, {300, 150}}, 10)...)
		c.fill(flat(0x2f3e46), stroke([]point{{60, 120}, {60, 280}, {260, 280}, {260, 120}}, 10)...)
		c.fill(flat(0x2f3e46), stroke([]point{{130, 280}, {130, 190}, {190, 190}, {190, 280}}, 10)...)
	}},
	{"atom", "line", 320, 320, false, func(c *canvas) {
		for i := range 3 {
			t := math.Pi / 3 * float64(i)
			c.fill(flat(0x0077b6), stroke(append(ellipse(160, 160, 145, 55, t), ellipse(160, 160, 145, 55, t)[0]), 9)...)
		}
		c.fill(flat(0xef476f), circle(160, 160, 24))
	}},
	{"gear and bolt", "emblem", 320, 320, false, func(c *canvas) {
		var teeth []point
		for i := range 10 {
			t := math.Pi / 5 * float64(i)
			for _, k := range []point{{-0.17, 118}, {-0.12, 152}, {0.12, 152}, {0.17, 118}} {
				teeth = append(teeth, point{160 + k.y*math.Sin(t+k.x), 160 - k.y*math.Cos(t+k.x)})
			}
		}
		c.fill(flat(0x495057), teeth)
		c.fill(flat(0xffd43b), []point{{180, 65}, {105, 175}, {150, 175}, {135, 255}, {215, 140}, {168, 140}})
	}},
	{"bird", "shape", 400, 280, false, func(c *canvas) {
		c.fill(flat(0x118ab2), []point{{15, 60}, {150, 110}, {200, 30}, {260, 90}, {330, 80}, {390, 110}, {325, 125}, {290, 190}, {190, 245}, {80, 230}, {165, 190}})
		c.fill(flat(0xffffff), circle(315, 100, 9))
	}},
	{"eye", "line", 420, 240, false, func(c *canvas) {
		lid := func(sign float64) []point {
			return curve(60, func(t float64) point { return point{20 + 380*t, 120 + sign*95*math.Sin(math.Pi*t)} })
		}
		c.fill(flat(0x5f0f40), stroke(lid(1), 12)...)
		c.fill(flat(0x5f0f40), stroke(lid(-1), 12)...)
		c.fill(flat(0x5f0f40), circle(210, 120, 62), reversed(circle(210, 120, 30)))
	}},
	{"ribbon S", "letters", 300, 340, false, func(c *canvas) {
		s := curve(80, func(t float64) point {
			a := math.Pi * (0.1 + 1.4*2*t)
			if t > 0.5 {
				a = math.Pi * (1.5 + 0.0)
				b := math.Pi * (1.4 * 2 * (t - 0.5))
				return point{150 + 75*math.Cos(a+b), 245 + 75*math.Sin(a+b)}
			}
			return point{150 + 75*math.Cos(-a), 95 + 75*math.Sin(-a)}
		})
		c.fill(flat(0x2b9348), stroke(s[:41], 42)...)
		c.fill(flat(0x80b918), stroke(s[41:], 42)...)
	}},
	{"stripes", "shape", 360, 260, false, func(c *canvas) {
		for i, w := range []float64{14, 40, 22, 58, 14, 30} {
			x := 20 + 55*float64(i)
			c.fill(flat(0x212529), []point{{x + 30, 20}, {x + 30 + w*0.7, 20}, {x + w*0.7, 240}, {x, 240}})
		}
	}},
}
