package logotest

import (
	"image"
	"math"
	"math/rand/v2"
)

// warp draws a picture into a quadrangle (upper left, upper right, lower right,
// lower left) of another, in perspective.
func warp(dst, src *image.NRGBA, q [4]point) {
	t := toUnit(q)
	w, h := float64(src.Rect.Dx()), float64(src.Rect.Dy())
	box := hull(q).Intersect(dst.Rect)
	n := int(math.Ceil(max(w/math.Hypot(q[1].x-q[0].x, q[1].y-q[0].y), h/math.Hypot(q[3].x-q[0].x, q[3].y-q[0].y), 3)))
	n = min(n, 12) // samples each way
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			var r, g, b, a float64
			for j := range n {
				for i := range n {
					u, v := t.at(float64(x)+(float64(i)+0.5)/float64(n), float64(y)+(float64(j)+0.5)/float64(n))
					if u < 0 || v < 0 || u >= 1 || v >= 1 {
						continue
					}
					c := src.NRGBAAt(src.Rect.Min.X+int(u*w), src.Rect.Min.Y+int(v*h))
					k := float64(c.A)
					r, g, b, a = r+float64(c.R)*k, g+float64(c.G)*k, b+float64(c.B)*k, a+k
				}
			}
			if a == 0 {
				continue
			}
			k := a / float64(n*n) / 255
			old := dst.NRGBAAt(x, y)
			old.R = uint8(r/a*k + float64(old.R)*(1-k) + 0.5)
			old.G = uint8(g/a*k + float64(old.G)*(1-k) + 0.5)
			old.B = uint8(b/a*k + float64(old.B)*(1-k) + 0.5)
			dst.SetNRGBA(x, y, old)
		}
	}
}

// A homography in three rows.
type homography [9]float64

func (m homography) at(x, y float64) (float64, float64) {
	k := m[6]*x + m[7]*y + m[8]
	return (m[0]*x + m[1]*y + m[2]) / k, (m[3]*x + m[4]*y + m[5]) / k
}

// toUnit takes a quadrangle to the unit square (Heckbert 1989, section 2.2.3).
func toUnit(q [4]point) homography {
	dx1, dx2, dx3 := q[1].x-q[2].x, q[3].x-q[2].x, q[0].x-q[1].x+q[2].x-q[3].x
	dy1, dy2, dy3 := q[1].y-q[2].y, q[3].y-q[2].y, q[0].y-q[1].y+q[2].y-q[3].y
	det := dx1*dy2 - dx2*dy1
	g, h := (dx3*dy2-dx2*dy3)/det, (dx1*dy3-dx3*dy1)/det
	a, b, c := q[1].x-q[0].x+g*q[1].x, q[3].x-q[0].x+h*q[3].x, q[0].x
	d, e, f := q[1].y-q[0].y+g*q[1].y, q[3].y-q[0].y+h*q[3].y, q[0].y
	// The adjoint of the square-to-quadrangle matrix is its inverse, up to scale.
	return homography{
		e - f*h, c*h - b, b*f - c*e,
		f*g - d, a - c*g, c*d - a*f,
		d*h - e*g, b*g - a*h, a*e - b*d,
	}
}

// spoil blurs, dims and adds noise.
func spoil(m *image.NRGBA, sigma, noise, gain float64, r *rand.Rand) {
	if sigma > 0 {
		soften(m, sigma)
	}
	for i := range m.Pix {
		if i%4 == 3 {
			continue
		}
		v := float64(m.Pix[i])*gain + noise*r.NormFloat64()
		m.Pix[i] = uint8(min(max(v, 0), 255))
	}
}

// soften is a Gaussian blur.
func soften(m *image.NRGBA, sigma float64) {
	n := int(math.Ceil(3 * sigma))
	k := make([]float64, 2*n+1)
	sum := 0.0
	for i := range k {
		k[i] = math.Exp(-float64((i-n)*(i-n)) / (2 * sigma * sigma))
		sum += k[i]
	}
	for i := range k {
		k[i] /= sum
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	pass := func(count, length, step, next int) {
		line := make([]float64, length)
		for c := range count {
			for ch := range 3 {
				for i := range length {
					v := 0.0
					for j, f := range k {
						v += f * float64(m.Pix[c*next+min(max(i+j-n, 0), length-1)*step+ch])
					}
					line[i] = v
				}
				for i, v := range line {
					m.Pix[c*next+i*step+ch] = uint8(v + 0.5)
				}
			}
		}
	}
	pass(h, w, 4, m.Stride)
	pass(w, h, m.Stride, 4)
}
