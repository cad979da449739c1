package widgets

import (
	"image"
	"image/color"
	"math"
	"runtime"
	"sync"

	"golang.org/x/image/draw"
)

// Pyramid is a picture in halves: 1, 1/2, 1/4 … down to about 512 pixels, so
// that painting a viewport costs the same for any picture. It is not changed
// after NewPyramid and may be made on a worker.
type Pyramid struct {
	levels []image.Image // the first is the picture itself, the others are RGBA
	size   image.Point   // in page units, which places are told in
}

// NewPyramid makes a pyramid of a picture whose pixels are the page's units. The
// picture must not be changed any more.
func NewPyramid(src image.Image) *Pyramid { return NewPagePyramid(src, src.Bounds().Size()) }

// NewPagePyramid makes a pyramid of a picture of a page that measures size in its
// own units, such as points.
func NewPagePyramid(src image.Image, size image.Point) *Pyramid {
	base := ready(src)
	p := &Pyramid{[]image.Image{base}, size}
	for cur := base; cur.Bounds().Dx() > 512 && cur.Bounds().Dy() > 1; {
		half := image.NewRGBA(image.Rect(0, 0, cur.Bounds().Dx()/2, cur.Bounds().Dy()/2))
		inStrips(half, func(strip *image.RGBA) { draw.ApproxBiLinear.Scale(strip, half.Rect, cur, cur.Bounds(), draw.Src, nil) })
		p.levels, cur = append(p.levels, half), half
	}
	return p
}

// largePicture is how many pixels a picture has from which room is saved.
const largePicture = 8 << 20

// ready is a picture as it can be painted from quickly. A large one is kept as a
// JPEG keeps it, light for each pixel and colour for four, in three eighths of the
// room; what a JPEG was decoded into stays as it is.
func ready(src image.Image) image.Image {
	b := src.Bounds()
	if m, ok := src.(*image.NRGBA); ok && m.Opaque() {
		src = &image.RGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}
	}
	switch m := src.(type) {
	case *image.YCbCr:
		if b.Min == (image.Point{}) {
			return m
		}
	case *image.RGBA:
		if b.Dx()*b.Dy() > largePicture && m.Opaque() {
			return subsampled(m)
		}
		if b.Min == (image.Point{}) {
			return m
		}
	}
	base := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(base, base.Bounds(), src, b.Min, draw.Src)
	return base
}

// subsampled is an opaque picture with one colour, their mean, for each square of
// four pixels.
func subsampled(m *image.RGBA) *image.YCbCr {
	b := m.Rect
	y := image.NewYCbCr(image.Rect(0, 0, b.Dx(), b.Dy()), image.YCbCrSubsampleRatio420)
	inRows((b.Dy()+1)/2, func(from, to int) {
		for r := from; r < to; r++ {
			for c := range (b.Dx() + 1) / 2 {
				var red, green, blue, n int
				for k := range 4 {
					x, v := 2*c+k%2, 2*r+k/2
					if x >= b.Dx() || v >= b.Dy() {
						continue
					}
					px := m.Pix[m.PixOffset(b.Min.X+x, b.Min.Y+v):]
					y.Y[v*y.YStride+x], _, _ = color.RGBToYCbCr(px[0], px[1], px[2])
					red, green, blue, n = red+int(px[0]), green+int(px[1]), blue+int(px[2]), n+1
				}
				at := r*y.CStride + c
				_, y.Cb[at], y.Cr[at] = color.RGBToYCbCr(uint8(red/n), uint8(green/n), uint8(blue/n))
			}
		}
	})
	return y
}

// Pixels counts the pixels of the picture.
func (p *Pyramid) Pixels() int { b := p.levels[0].Bounds(); return b.Dx() * b.Dy() }

// Size is the picture's size in page units: pixels, but for the page of a
// document.
func (p *Pyramid) Size() image.Point { return p.size }

// paint draws the part around (cx, cy), in page units, into a view of w by h
// pixels; scale is view pixels per page unit. buf may be a part of the view only.
func (p *Pyramid) paint(buf *image.RGBA, wide, high int, cx, cy, scale float64, by draw.Scaler) {
	per := float64(p.levels[0].Bounds().Dx()) / float64(max(p.size.X, 1)) // picture pixels a page unit
	cx, cy, scale = cx*per, cy*per, scale/per
	lvl := 0
	for lvl < len(p.levels)-1 && scale*math.Pow(2, float64(lvl+1)) <= 1 {
		lvl++
	}
	f := math.Pow(2, float64(lvl))
	img, k := p.levels[lvl], scale*f
	w, h := float64(wide), float64(high)
	x0, y0 := cx/f-w/k/2, cy/f-h/k/2
	src := image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Ceil(x0+w/k)), int(math.Ceil(y0+h/k))).Intersect(img.Bounds())
	if src.Empty() {
		return
	}
	dst := image.Rect(
		int(math.Round((float64(src.Min.X)-x0)*k)), int(math.Round((float64(src.Min.Y)-y0)*k)),
		int(math.Round((float64(src.Max.X)-x0)*k)), int(math.Round((float64(src.Max.Y)-y0)*k)))
	by.Scale(buf, dst, img, src, draw.Src, nil)
}

// inStrips paints a picture in strips at once.
func inStrips(m *image.RGBA, paint func(strip *image.RGBA)) {
	inRows(m.Rect.Dy(), func(from, to int) {
		paint(m.SubImage(image.Rect(0, from, m.Rect.Dx(), to)).(*image.RGBA))
	})
}

// inRows divides rows among as many goroutines as there are processors.
func inRows(rows int, do func(from, to int)) {
	n := runtime.GOMAXPROCS(0)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { do(rows*i/n, rows*(i+1)/n) })
	}
	all.Wait()
}
