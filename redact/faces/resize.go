package faces

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

// resample writes part of a picture into three planes (red, green, blue; 0 to
// 255) of width pw, using the top left w×h of each. It works row by row: nothing
// as large as the picture is allocated.
func resample(img *image.NRGBA, from image.Rectangle, w, h int, planes [3][]float32, pw int) {
	n := from.Dx()
	row := make([]float32, 3*n) // one output row, not yet resized across
	across := taps(n, w)
	for y, down := range taps(from.Dy(), h) {
		clear(row)
		for k, weight := range down.weights {
			o := img.PixOffset(from.Min.X, from.Min.Y+down.first+k)
			src := img.Pix[o : o+4*n]
			for dst := row; len(dst) >= 3 && len(src) >= 4; dst, src = dst[3:], src[4:] {
				dst[0] += weight * float32(src[0])
				dst[1] += weight * float32(src[1])
				dst[2] += weight * float32(src[2])
			}
		}
		for x, t := range across {
			var r, g, b float32
			src := row[3*t.first:]
			for _, weight := range t.weights {
				r += weight * src[0]
				g += weight * src[1]
				b += weight * src[2]
				src = src[3:]
			}
			i := y*pw + x
			planes[0][i], planes[1][i], planes[2][i] = r, g, b
		}
	}
}
