// Package planes resizes pictures into the planes of numbers that networks take.
package planes

import (
	"image"
	"math"
)

// A Resizer shows parts of a picture as if all of it had been resized.
type Resizer struct {
	img          *image.NRGBA
	from         image.Rectangle
	across, down []tap
}

// New resizes the part from of a picture to w×h pixels, part by part as Tile asks.
func New(img *image.NRGBA, from image.Rectangle, w, h int) Resizer {
	return Resizer{img, from, taps(from.Dx(), w), taps(from.Dy(), h)}
}

// Tile writes the part r of the resized picture into the top left of three planes,
// red, green and blue from 0 to 255, of which a row has stride numbers. It works
// row by row: nothing as large as the picture is allocated.
func (z Resizer) Tile(r image.Rectangle, rgb [3][]float32, stride int) {
	across := z.across[r.Min.X:r.Max.X]
	last := across[len(across)-1]
	x0, x1 := across[0].first, last.first+len(last.weights)
	row := make([]float32, 3*(x1-x0)) // one output row, not yet resized across
	for y, down := range z.down[r.Min.Y:r.Max.Y] {
		clear(row)
		for k, weight := range down.weights {
			o := z.img.PixOffset(z.from.Min.X+x0, z.from.Min.Y+down.first+k)
			src := z.img.Pix[o : o+4*(x1-x0)]
			for dst := row; len(dst) >= 3 && len(src) >= 4; dst, src = dst[3:], src[4:] {
				dst[0] += weight * float32(src[0])
				dst[1] += weight * float32(src[1])
				dst[2] += weight * float32(src[2])
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
			i := y*stride + x
			rgb[0][i], rgb[1][i], rgb[2][i] = red, green, blue
		}
	}
}

// A tap is how one output pixel is made along one axis: weights over
// neighbouring source pixels from first on.
type tap struct {
	first   int
	weights []float32
}

// taps are those of a triangle filter from n source pixels to m output pixels,
// which is bilinear where it enlarges and averages all that it covers where it
// shrinks, so that small faces do not fall between samples.
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
