package photo

import (
	"image"
	"math"

	"github.com/disintegration/imaging"
)

// How strong blur and mosaic are: see docs/evaluation/hiding.md.
const (
	blurWidth = 24          // pixels a face is wide when it is blurred
	blurSigma = 0.30 * 24.0 // of the Gaussian, in those pixels
	blocks    = 4           // of a mosaic, along the longer side
)

// solid, mosaic and blur compute the new pixels of an area from the whole of its
// place in the picture, and give them by place.

func solid(_ *image.NRGBA, a area) func(x, y int) [3]byte {
	return func(int, int) [3]byte { return [3]byte{a.fill, a.fill, a.fill} }
}

// mosaic is every block's mean colour. How large blocks are goes by the whole
// grown box or the width of the person, also where a part of it lies outside the
// picture; none is smaller, as the mean of a sliver would be nearly the original.
func mosaic(m *image.NRGBA, a area) func(x, y int) [3]byte {
	side := max(minBlock, (max(a.full.Dx(), a.full.Dy(), int(2*a.body.half))+blocks-1)/blocks)
	w, h := a.in.Dx(), a.in.Dy()
	nx, ny := max(1, w/side), max(1, h/side)
	means := make([][3]byte, nx*ny)
	for j := range ny {
		for i := range nx {
			means[j*nx+i] = mean(m, image.Rect(w*i/nx, h*j/ny, w*(i+1)/nx, h*(j+1)/ny).Add(a.in.Min))
		}
	}
	return func(x, y int) [3]byte {
		// The inverse of the blocks' bounds above: rounding down there is rounding up here.
		i := ((x-a.in.Min.X+1)*nx - 1) / w
		j := ((y-a.in.Min.Y+1)*ny - 1) / h
		return means[j*nx+i]
	}
}

// mean is the mean colour of r as seen on white.
func mean(m *image.NRGBA, r image.Rectangle) [3]byte {
	var sum [3]int
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := m.Pix[m.PixOffset(r.Min.X, y):][:4*r.Dx()]
		for i := 0; i < len(row); i += 4 {
			al := int(row[i+3])
			for k := range 3 {
				sum[k] += int(row[i+k])*al + 255*(255-al)
			}
		}
	}
	n := 255 * r.Dx() * r.Dy()
	return [3]byte{byte((sum[0] + n/2) / n), byte((sum[1] + n/2) / n), byte((sum[2] + n/2) / n)}
}

// blur shrinks the area so that the face is 24 pixels wide, blurs that, and
// enlarges it again: as strong as a wide Gaussian on the full size, and many
// times faster. Width and height shrink alike, so that nothing is stretched.
func blur(m *image.NRGBA, a area) func(x, y int) [3]byte {
	w, h := a.in.Dx(), a.in.Dy()
	k := min(1, blurWidth/a.face)
	small := imaging.Resize(onWhite(imaging.Crop(m, a.in)), max(1, int(math.Round(float64(w)*k))), max(1, int(math.Round(float64(h)*k))), imaging.Box)
	out := imaging.Resize(imaging.Blur(small, blurSigma), w, h, imaging.BSpline) // smooth: no steps between the small pixels
	return func(x, y int) [3]byte {
		return [3]byte(out.Pix[out.PixOffset(x-a.in.Min.X, y-a.in.Min.Y):])
	}
}
