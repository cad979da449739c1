package logos

import (
	"image"
	"math"
)

// Orientations of edges are taken modulo 180 degrees, so that a logo looks the
// same on light and on dark ground.
const (
	bins     = 8  // of orientation, 22.5 degrees each
	flatBin  = 8  // the plane that says where nothing is
	saturate = 24 // contrast, in levels, at which an edge counts half
	weak     = 14 // contrast below which a pixel is flat
)

// A cell is what one pair of gradients stands for: the edge's direction as a
// vector of twice its angle, its energy, and the bins it falls into.
type cell struct {
	c, s int8
	e    uint8
	bits uint8
}

// cells are looked up by (gx+128)<<8 | gy+128, in units of half a level.
var cells = makeCells()

func makeCells() []cell {
	t := make([]cell, 1<<16)
	for gx := -128; gx < 128; gx++ {
		for gy := -128; gy < 128; gy++ {
			m := math.Hypot(float64(gx), float64(gy))
			if m == 0 {
				continue
			}
			k := m / (m + saturate)
			angle := math.Atan2(float64(gy), float64(gx))
			out := &t[(gx+128)<<8|(gy+128)]
			out.c = int8(math.Round(127 * k * math.Cos(2*angle)))
			out.s = int8(math.Round(127 * k * math.Sin(2*angle)))
			out.e = uint8(math.Round(255 * k * k))
			if m >= weak {
				out.bits = binsOf(angle)
			}
		}
	}
	return t
}

// binsOf is the bin of an angle, and its neighbour where that is near.
func binsOf(angle float64) uint8 {
	at := math.Mod(angle+2*math.Pi, math.Pi) / math.Pi * bins
	i := int(at) % bins
	bits := uint8(1) << i
	switch frac := at - math.Floor(at); {
	case frac < 0.3:
		bits |= 1 << ((i + bins - 1) % bins)
	case frac > 0.7:
		bits |= 1 << ((i + 1) % bins)
	}
	return bits
}

// planes are a picture's brightness, and how much redder than blue it is
// (128: grey), which tells apart what a black-and-white picture would not.
type planes struct {
	w, h int
	y, c []uint8
}

// split composes a picture over white.
func split(m *image.NRGBA) planes {
	p := planes{w: m.Rect.Dx(), h: m.Rect.Dy()}
	p.y, p.c = make([]uint8, p.w*p.h), make([]uint8, p.w*p.h)
	for y := range p.h {
		row := m.Pix[y*m.Stride : y*m.Stride+4*p.w]
		for x := range p.w {
			q := row[4*x : 4*x+4 : 4*x+4]
			r, g, b := int(q[0]), int(q[1]), int(q[2])
			if a := int(q[3]); a != 255 {
				r, g, b = 255+(r-255)*a/255, 255+(g-255)*a/255, 255+(b-255)*a/255
			}
			p.y[y*p.w+x] = uint8((2*r + 5*g + b) >> 3)
			p.c[y*p.w+x] = uint8((r-b)/2 + 128)
		}
	}
	return p
}

// half is the picture at half its size; an odd last row or column is left out.
func (p planes) half() planes {
	q := planes{w: p.w / 2, h: p.h / 2}
	q.y, q.c = halve(p.y, p.w, q.w, q.h), halve(p.c, p.w, q.w, q.h)
	return q
}

func halve(src []uint8, stride, w, h int) []uint8 {
	dst := make([]uint8, w*h)
	for y := range h {
		a := src[2*y*stride:][:2*w]
		b := src[(2*y+1)*stride:][:2*w]
		out := dst[y*w:][:w]
		for x := range out {
			out[x] = uint8((int(a[2*x]) + int(a[2*x+1]) + int(b[2*x]) + int(b[2*x+1]) + 2) >> 2)
		}
	}
	return dst
}

// A field is the edges of a picture: at each pixel, blurred a little, the
// direction as a vector of twice its angle (times 127) and the energy (times
// 255).
type field struct {
	w, h int
	c, s []int8
	e    []uint8
	bits []uint8 // bins of the pixel's own edge; nil once they are spread
	tone planes
}

func newField(p planes) *field {
	n := p.w * p.h
	f := &field{w: p.w, h: p.h, tone: p, c: make([]int8, n), s: make([]int8, n), e: make([]uint8, n), bits: make([]uint8, n)}
	if p.w < 3 || p.h < 3 {
		return f
	}
	parallel(p.h, func(from, to int) {
		f.gradients(p, max(from, 1), min(to, p.h-1))
	})
	f.smooth()
	return f
}

// gradients fills rows with the stronger gradient of the two planes (Sobel).
// Colour has to be clearly stronger, since JPEG keeps it coarsely.
func (f *field) gradients(p planes, from, to int) {
	w := p.w
	sy, dy, sc, dc := make([]int, w), make([]int, w), make([]int, w), make([]int, w)
	for y := from; y < to; y++ {
		sums(p.y, y, w, sy, dy)
		sums(p.c, y, w, sc, dc)
		o := y * w
		for x := 1; x < w-1; x++ {
			gx, gy := sy[x+1]-sy[x-1], dy[x-1]+2*dy[x]+dy[x+1]
			if cx, cy := sc[x+1]-sc[x-1], dc[x-1]+2*dc[x]+dc[x+1]; 2*(abs(cx)+abs(cy)) > 3*(abs(gx)+abs(gy)) {
				gx, gy = cx, cy
			}
			for abs(gx) >= 508 || abs(gy) >= 508 {
				gx, gy = gx/2, gy/2
			}
			v := cells[(gx/4+128)<<8|(gy/4+128)]
			f.c[o+x], f.s[o+x], f.e[o+x], f.bits[o+x] = v.c, v.s, v.e, v.bits
		}
	}
}

// sums are, for each column, the weighted sum and the difference of three rows.
func sums(src []uint8, y, w int, sum, diff []int) {
	a, b, c := src[(y-1)*w:][:w], src[y*w:][:w], src[(y+1)*w:][:w]
	sum, diff = sum[:w], diff[:w]
	for x := range a {
		sum[x] = int(a[x]) + 2*int(b[x]) + int(c[x])
		diff[x] = int(c[x]) - int(a[x])
	}
}

func abs(v int) int { return max(v, -v) }

// smooth blurs direction and energy by 1-2-1 in both ways, so that a place may
// be off by a pixel.
func (f *field) smooth() {
	blur(f.c, f.w, f.h)
	blur(f.s, f.w, f.h)
	blur(f.e, f.w, f.h)
}

func blur[T int8 | uint8](p []T, w, h int) {
	src := p
	dst := make([]T, len(p))
	parallel(h, func(from, to int) {
		sum := make([]int, w)
		for y := max(from, 1); y < min(to, h-1); y++ {
			a, b, c := src[(y-1)*w:][:w], src[y*w:][:w], src[(y+1)*w:][:w]
			for x := range sum {
				sum[x] = int(a[x]) + 2*int(b[x]) + int(c[x])
			}
			out := dst[y*w:][:w]
			for x := 1; x < w-1; x++ {
				out[x] = T((sum[x-1] + 2*sum[x] + sum[x+1]) / 16)
			}
		}
	})
	copy(p, dst)
}
