package engine

import (
	"encoding/binary"
	"fmt"
	"image"
	"math"

	"consentry/redact/pdf/geom"
)

// MaxPixels bounds a rendered picture: an A0 sheet at 150 dpi has 35 million.
const MaxPixels = 36_000_000

// MaxDPI bounds the resolution of a rendered picture.
const MaxDPI = 2400

// Pixels is the part of a page, in pixels of the whole page at dpi, that Render
// shows for clip: clip grown to whole pixels, within the page. It may be empty.
func (p *Page) Pixels(dpi float64, clip geom.Rect) image.Rectangle {
	s := dpi / 72
	whole := geom.Rect{X1: p.w, Y1: p.h}
	if clip != (geom.Rect{}) {
		whole = whole.Intersect(clip)
	}
	if !(s > 0 && dpi <= MaxDPI) || whole.Empty() || !within(whole) {
		return image.Rectangle{}
	}
	// A thousandth of a pixel is the noise of sizes given as 32-bit floats.
	const noise = 1e-3
	r := image.Rect(int(math.Floor(whole.X0*s+noise)), int(math.Floor(whole.Y0*s+noise)), int(math.Ceil(whole.X1*s-noise)), int(math.Ceil(whole.Y1*s-noise)))
	r.Max.X, r.Max.Y = max(r.Max.X, r.Min.X+1), max(r.Max.Y, r.Min.Y+1)
	return r
}

// Fits is the highest resolution up to dpi at which the whole page can be
// rendered: less where it would have more than MaxPixels.
func (p *Page) Fits(dpi float64) float64 {
	dpi = min(dpi, MaxDPI)
	most := math.Sqrt(MaxPixels/(p.w*p.h)) * 72
	for r := p.Pixels(min(dpi, most), geom.Rect{}); r.Dy() > 0 && r.Dx() > MaxPixels/r.Dy(); r = p.Pixels(min(dpi, most), geom.Rect{}) {
		most *= 0.999
	}
	return min(dpi, most)
}

// Render draws the page with its annotations and form fields on white at dpi
// pixels an inch: all of it, or the part clip (view points; zero: all). Pixel
// (0, 0) of the picture is the first of Pixels. ErrTooLarge where the picture
// would have more than MaxPixels.
func (p *Page) Render(dpi float64, clip geom.Rect) (*image.NRGBA, error) {
	if err := p.use(); err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	part := p.Pixels(dpi, clip)
	w, h := part.Dx(), part.Dy()
	switch {
	case part.Empty():
		return nil, fmt.Errorf("render: nothing of the page at %g dpi", dpi)
	case w > MaxPixels/h:
		return nil, fmt.Errorf("render %d × %d pixels: %w", w, h, ErrTooLarge)
	}
	e := p.d.e
	const bgrx, bgra, white = 3, 4, 0xffffffff
	format := uint64(bgrx)
	if p.d.formFiller() != 0 { // it smooths letters in colours where it takes the picture for a screen's
		format = bgra
	}
	bitmap := e.handle(createBitmap, uint64(w), uint64(h), format, 0, 0)
	if bitmap == 0 {
		return nil, fmt.Errorf("render %d × %d pixels: %w", w, h, e.failure(ErrTooLarge))
	}
	defer e.do(destroyBitmap, bitmap)
	e.do(fillBitmap, bitmap, 0, 0, uint64(w), uint64(h), white)
	p.draw(bitmap, part, dpi/72)
	if err := e.failure(nil); err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	return e.rendered(bitmap, w, h)
}

// draw draws the part of the page, at s pixels a point.
func (p *Page) draw(bitmap uint64, part image.Rectangle, s float64) {
	const annotations, rgbOrder = 1, 16
	e := p.d.e
	x, y, w, h := float64(part.Min.X), float64(part.Min.Y), float64(part.Dx()), float64(part.Dy())
	e.putFloats(0, s, 0, 0, s, -x, -y)
	e.putFloats(32, 0, 0, w, h)
	e.do(renderPage, bitmap, p.handle, uint64(e.scratch), uint64(e.scratch+32), annotations|rgbOrder)
	forms := p.d.formFiller()
	if forms == 0 {
		return
	}
	if !p.formed {
		e.do(formsAfterLoad, p.handle, forms)
		p.formed = true
	}
	e.do(drawForms, forms, bitmap, p.handle, int32Arg(-part.Min.X), int32Arg(-part.Min.Y),
		int32Arg(int(math.Round(p.w*s))), int32Arg(int(math.Round(p.h*s))), 0, annotations|rgbOrder)
}

func int32Arg(v int) uint64 { return uint64(uint32(int32(v))) }

// rendered copies a bitmap that was drawn in the order red, green, blue. The
// fourth byte has no meaning in it.
func (e *Engine) rendered(bitmap uint64, w, h int) (*image.NRGBA, error) {
	stride := e.integer(bitmapStride, bitmap)
	src := e.view(uint32(e.handle(bitmapBuffer, bitmap)), stride*h)
	if e.err != nil || src == nil || stride < 4*w {
		return nil, fmt.Errorf("render: %w", e.failure(ErrDamaged))
	}
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	const opaque = 0xff000000
	for y := range h {
		row, to := src[y*stride:y*stride+4*w], img.Pix[y*img.Stride:y*img.Stride+4*w]
		for len(row) >= 8 && len(to) >= 8 {
			binary.LittleEndian.PutUint64(to, binary.LittleEndian.Uint64(row)|opaque<<32|opaque)
			row, to = row[8:], to[8:]
		}
		if len(row) >= 4 && len(to) >= 4 {
			binary.LittleEndian.PutUint32(to, binary.LittleEndian.Uint32(row)|opaque)
		}
	}
	return img, nil
}
