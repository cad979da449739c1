package widgets

import (
	"image"
	"math"

	"golang.org/x/image/draw"
)

// Pyramid is a picture in halves: 1, 1/2, 1/4 … down to about 512 pixels, so
// that painting a viewport costs the same for any picture. It is not changed
// after NewPyramid and may be made on a worker.
type Pyramid struct {
	levels []*image.RGBA
	size   image.Point // in page units, which places are told in
}

// NewPyramid makes a pyramid of a picture whose pixels are the page's units.
func NewPyramid(src image.Image) *Pyramid { return NewPagePyramid(src, src.Bounds().Size()) }

// NewPagePyramid makes a pyramid of a picture of a page that measures size in its
// own units, such as points.
func NewPagePyramid(src image.Image, size image.Point) *Pyramid {
	b := src.Bounds()
	base := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(base, base.Bounds(), src, b.Min, draw.Src)
	p := &Pyramid{[]*image.RGBA{base}, size}
	for cur := base; cur.Bounds().Dx() > 512 && cur.Bounds().Dy() > 1; {
		half := image.NewRGBA(image.Rect(0, 0, cur.Bounds().Dx()/2, cur.Bounds().Dy()/2))
		draw.ApproxBiLinear.Scale(half, half.Bounds(), cur, cur.Bounds(), draw.Src, nil)
		p.levels, cur = append(p.levels, half), half
	}
	return p
}

// Pixels counts the pixels of the picture.
func (p *Pyramid) Pixels() int { return p.levels[0].Rect.Dx() * p.levels[0].Rect.Dy() }

// Size is the picture's size in page units: pixels, but for the page of a
// document.
func (p *Pyramid) Size() image.Point { return p.size }

// paint draws the part around (cx, cy), in page units, into a view of w by h
// pixels; scale is view pixels per page unit. buf may be the left part of the view
// only.
func (p *Pyramid) paint(buf *image.RGBA, wide, high int, cx, cy, scale float64) {
	per := float64(p.levels[0].Rect.Dx()) / float64(max(p.size.X, 1)) // picture pixels a page unit
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
	draw.ApproxBiLinear.Scale(buf, dst, img, src, draw.Src, nil)
}
