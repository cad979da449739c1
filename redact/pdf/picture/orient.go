package picture

import (
	"image"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"

	"consentry/redact/pdf/geom"
)

// skew is how far off a right angle a picture may stand and keep its pixels; by
// more, what is found at one end would be looked for some pixels beside it.
const skew = 5e-4

// oriented turns a picture's pixels as the picture stands on the page, filling the
// hull of its unit square mapped by m to view points. One that is turned by a
// right angle or flipped keeps its pixels; any other is resampled on white.
func oriented(p *image.NRGBA, m geom.Matrix) *image.NRGBA {
	wide, high := math.Hypot(m.A, m.B), math.Hypot(m.C, m.D)
	// Along a row of pixels the unit square's x grows, along a column its y falls.
	switch {
	case wide == 0 || high == 0:
		return p
	case math.Abs(m.B) <= skew*wide && math.Abs(m.C) <= skew*high:
		return turned(p, false, m.A < 0, m.D > 0)
	case math.Abs(m.A) <= skew*wide && math.Abs(m.D) <= skew*high:
		return turned(p, true, m.C > 0, m.B < 0)
	}
	return resampled(p, m)
}

// turned swaps rows and columns and then flips.
func turned(p *image.NRGBA, swap, flipX, flipY bool) *image.NRGBA {
	if !swap && !flipX && !flipY {
		return p
	}
	w, h := p.Rect.Dx(), p.Rect.Dy()
	if swap {
		w, h = h, w
	}
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			u, v := x, y
			if flipX {
				u = w - 1 - x
			}
			if flipY {
				v = h - 1 - y
			}
			if swap {
				u, v = v, u
			}
			copy(out.Pix[4*(y*w+x):][:4], p.Pix[v*p.Stride+4*u:])
		}
	}
	return out
}

// resampled draws the picture into its hull, a pixel about as large as before.
func resampled(p *image.NRGBA, m geom.Matrix) *image.NRGBA {
	hull := geom.Rect{X1: 1, Y1: 1}.Through(m)
	w, h := float64(p.Rect.Dx()), float64(p.Rect.Dy())
	k := min(max(w/math.Hypot(m.A, m.B), h/math.Hypot(m.C, m.D)), math.Sqrt(shotLimit/max(hull.Area(), 1e-6)))
	out := image.NewNRGBA(image.Rect(0, 0, max(1, int(math.Ceil(hull.W()*k))), max(1, int(math.Ceil(hull.H()*k)))))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	to := geom.Matrix{A: 1 / w, D: -1 / h, F: 1}.Then(m).Then(geom.Translate(-hull.X0, -hull.Y0)).Then(geom.Scale(k, k))
	draw.BiLinear.Transform(out, f64.Aff3{to.A, to.C, to.E, to.B, to.D, to.F}, p, p.Rect, draw.Over, nil)
	return out
}
