package engine

import (
	"fmt"
	"image"
	"math"

	"consentry/redact/pdf/geom"
)

// MaxPixels bounds a rendered picture.
const MaxPixels = 40_000_000

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

// Render draws the page with its annotations and form fields on white at dpi
// pixels an inch: all of it, or the part clip (view points; zero: all). Pixel
// (0, 0) of the picture is the first of Pixels. ErrTooLarge where the picture
// would have more than MaxPixels.
func (p *Page) Render(dpi float64, clip geom.Rect) (*image.NRGBA, error) {
	if err := p.open(); err != nil {
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
	const bgrx, white = 3, 0xffffffff
	bitmap := e.handle(createBitmap, uint64(w), uint64(h), bgrx, 0, 0)
	if bitmap == 0 {
		return nil, fmt.Errorf("render %d × %d pixels: %w", w, h, e.failure(ErrTooLarge))
	}
	defer e.do(destroyBitmap, bitmap)
	e.do(fillBitmap, bitmap, 0, 0, uint64(w), uint64(h), white)
	p.draw(bitmap, part, dpi/72)
	if e.err != nil {
		return nil, fmt.Errorf("render: %w", e.err)
	}
	return e.picture(bitmap)
}

// draw draws the part of the page, at s pixels a point.
func (p *Page) draw(bitmap uint64, part image.Rectangle, s float64) {
	const annotations = 1
	e := p.d.e
	x, y, w, h := float64(part.Min.X), float64(part.Min.Y), float64(part.Dx()), float64(part.Dy())
	e.putFloats(0, s, 0, 0, s, -x, -y)
	e.putFloats(32, 0, 0, w, h)
	e.do(renderPage, bitmap, p.handle, uint64(e.scratch), uint64(e.scratch+32), annotations)
	forms := p.d.formFiller()
	if forms == 0 {
		return
	}
	if !p.formed {
		e.do(formsAfterLoad, p.handle, forms)
		p.formed = true
	}
	e.do(drawForms, forms, bitmap, p.handle, int32Arg(-part.Min.X), int32Arg(-part.Min.Y),
		int32Arg(int(math.Round(p.w*s))), int32Arg(int(math.Round(p.h*s))), 0, annotations)
}

func int32Arg(v int) uint64 { return uint64(uint32(int32(v))) }

// picture copies a bitmap of PDFium.
func (e *Engine) picture(bitmap uint64) (*image.NRGBA, error) {
	const gray, bgr, bgrx, bgra = 1, 2, 3, 4
	w, h := e.integer(bitmapWidth, bitmap), e.integer(bitmapHeight, bitmap)
	stride, format := e.integer(bitmapStride, bitmap), e.integer(bitmapFormat, bitmap)
	at := uint32(e.handle(bitmapBuffer, bitmap))
	size := map[int]int{gray: 1, bgr: 3, bgrx: 4, bgra: 4}[format]
	if w <= 0 || h <= 0 || w > MaxPixels/h || size == 0 || stride < w*size {
		return nil, fmt.Errorf("copy a bitmap of %d × %d: %w", w, h, e.failure(ErrTooLarge))
	}
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		row := e.view(at+uint32(y*stride), w*size)
		if row == nil {
			return nil, fmt.Errorf("copy a bitmap: %w", e.failure(ErrDamaged))
		}
		to := img.Pix[y*img.Stride : y*img.Stride+4*w]
		switch format {
		case gray:
			for x, v := range row {
				to[4*x], to[4*x+1], to[4*x+2], to[4*x+3] = v, v, v, 0xff
			}
		case bgr:
			for x := range w {
				to[4*x], to[4*x+1], to[4*x+2], to[4*x+3] = row[3*x+2], row[3*x+1], row[3*x], 0xff
			}
		case bgrx:
			for x := 0; x+4 <= len(row) && x+4 <= len(to); x += 4 {
				to[x], to[x+1], to[x+2], to[x+3] = row[x+2], row[x+1], row[x], 0xff
			}
		default:
			for x := 0; x+4 <= len(row) && x+4 <= len(to); x += 4 {
				to[x], to[x+1], to[x+2], to[x+3] = row[x+2], row[x+1], row[x], row[x+3]
			}
		}
	}
	return img, nil
}
