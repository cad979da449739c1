package ocr

import (
	"image"
)

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
