package ocr

import (
	"image"
	"math"
)

// A tap is how one output pixel is made along one axis: weights over
// neighbouring source pixels from first on.
type tap struct {
	first   int
	weights []float32
}

// taps are those of a triangle filter from n source pixels to m output pixels:
// bilinear where it enlarges, an average of all it covers where it shrinks.
func taps(n, m int) []tap {
	scale := float64(n) / float64(m)
	support := max(1, scale)
	out := make([]tap, m)
	for i := range out {
		centre := (float64(i)+0.5)*scale - 0.5
		first := max(0, int(math.Floor(centre-support))+1)
		last := min(n-1, int(math.Ceil(centre+support))-1)
		w := make([]float32, last-first+1)
		var sum float32
		for k := range w {
			w[k] = float32(1 - math.Abs(float64(first+k)-centre)/support)
			sum += w[k]
		}
		for k := range w {
			w[k] /= sum
		}
		out[i] = tap{first, w}
	}
	return out
}

// A resizer shows parts of a picture as if all of it had been resized.
type resizer struct {
	img          *image.NRGBA
	across, down []tap
}

func newResizer(img *image.NRGBA, w, h int) resizer {
	return resizer{img, taps(img.Rect.Dx(), w), taps(img.Rect.Dy(), h)}
}

// tile writes the part r of the resized picture into the top left of dst, which
// holds blue, green and red of w×h each, from -1 to 1. Nothing as large as the
// picture is allocated.
func (z resizer) tile(r image.Rectangle, dst []float32, w, h int) {
	across := z.across[r.Min.X:r.Max.X]
	last := across[len(across)-1]
	x0, x1 := across[0].first, last.first+len(last.weights)
	row := make([]float32, 3*(x1-x0))
	for y, down := range z.down[r.Min.Y:r.Max.Y] {
		clear(row)
		for k, weight := range down.weights {
			o := z.img.PixOffset(z.img.Rect.Min.X+x0, z.img.Rect.Min.Y+down.first+k)
			src := z.img.Pix[o : o+4*(x1-x0)]
			for to := row; len(to) >= 3 && len(src) >= 4; to, src = to[3:], src[4:] {
				to[0] += weight * float32(src[0])
				to[1] += weight * float32(src[1])
				to[2] += weight * float32(src[2])
			}
		}
		for x, t := range across {
			var red, green, blue float32
			src := row[3*(t.first-x0):]
			for _, weight := range t.weights {
				red += weight * src[0]
				green += weight * src[1]
				blue += weight * src[2]
				src = src[3:]
			}
			i := y*w + x
			dst[i], dst[w*h+i], dst[2*w*h+i] = blue/127.5-1, green/127.5-1, red/127.5-1
		}
	}
}

// sample is the mean colour (0 to 255) of a small parallelogram around p, whose
// sides are a and b, from n×n places between its pixels.
func sample(img *image.NRGBA, p, a, b vec, n int) (red, green, blue float32) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	for i := range n {
		for j := range n {
			q := p.add(a.times((float64(i)+.5)/float64(n) - .5)).add(b.times((float64(j)+.5)/float64(n) - .5))
			x := min(max(q.x-.5, 0), float64(w-1))
			y := min(max(q.y-.5, 0), float64(h-1))
			x0, y0 := int(x), int(y)
			fx, fy := float32(x-float64(x0)), float32(y-float64(y0))
			right, below := 4, img.Stride
			if x0 == w-1 {
				right = 0
			}
			if y0 == h-1 {
				below = 0
			}
			o := y0*img.Stride + 4*x0
			for _, c := range [4]struct {
				o int
				w float32
			}{{o, (1 - fx) * (1 - fy)}, {o + right, fx * (1 - fy)}, {o + below, (1 - fx) * fy}, {o + right + below, fx * fy}} {
				red += c.w * float32(img.Pix[c.o])
				green += c.w * float32(img.Pix[c.o+1])
				blue += c.w * float32(img.Pix[c.o+2])
			}
		}
	}
	f := 1 / float32(n*n)
	return red * f, green * f, blue * f
}
