package engine

import (
	"fmt"
	"image"

	"consentry/redact/pdf/geom"
)

// An Image is a picture that the page draws, in drawing order, also inside form
// XObjects. It is of use until its page is closed.
type Image struct {
	Matrix        geom.Matrix // from the unit square to view points
	Width, Height int         // pixels as stored; 0 where PDFium does not tell
	p             *Page
	handle        uint64
}

// Bounds of what is looked at for pictures.
const (
	maxObjects = 1 << 20
	maxDepth   = 16
)

// Images are the pictures that the page draws.
func (p *Page) Images() ([]Image, error) {
	if err := p.use(); err != nil {
		return nil, fmt.Errorf("list pictures: %w", err)
	}
	e := p.d.e
	w := walk{p: p, left: maxObjects}
	n := e.integer(countObjects, p.handle)
	for i := 0; i < n && w.left > 0; i++ {
		w.visit(e.handle(objectAt, p.handle, uint64(i)), p.view, maxDepth)
	}
	switch {
	case e.failure(nil) != nil:
		return nil, fmt.Errorf("list pictures: %w", e.failure(nil))
	case w.left <= 0:
		return nil, fmt.Errorf("list pictures of a page: %w", ErrTooLarge)
	}
	return w.found, nil
}

// A walk goes through the objects of a page and its form XObjects.
type walk struct {
	p     *Page
	found []Image
	left  int // objects that may still be looked at
}

// visit takes an object that is drawn under m.
func (w *walk) visit(object uint64, m geom.Matrix, depth int) {
	const picture, form = 3, 5
	e := w.p.d.e
	if w.left--; w.left <= 0 || object == 0 || depth == 0 {
		return
	}
	kind := e.integer(objectType, object)
	if kind != picture && kind != form {
		return
	}
	if e.integer(objectMatrix, object, uint64(e.scratch)) != 0 {
		f := e.floats(6)
		m = geom.Matrix{A: f[0], B: f[1], C: f[2], D: f[3], E: f[4], F: f[5]}.Then(m)
	}
	if kind == picture {
		img := Image{Matrix: m, p: w.p, handle: object}
		if !m.Finite() {
			img.Matrix = geom.Matrix{}
		}
		if e.integer(imageSize, object, uint64(e.scratch), uint64(e.scratch+4)) != 0 {
			if b := e.view(e.scratch, 8); b != nil {
				img.Width, img.Height = int(b[0])|int(b[1])<<8|int(b[2])<<16|int(b[3])<<24, int(b[4])|int(b[5])<<8|int(b[6])<<16|int(b[7])<<24
			}
		}
		w.found = append(w.found, img)
		return
	}
	n := e.integer(countInForm, object)
	for i := 0; i < n && w.left > 0; i++ {
		w.visit(e.handle(objectInForm, object, uint64(i)), m, depth-1)
	}
}

// Pixels are those of the picture as stored, decoded and in sRGB, without its
// masks; those of a stencil mask are black and white. ErrDamaged where PDFium
// cannot decode them.
func (i Image) Pixels() (*image.NRGBA, error) {
	if err := i.p.use(); err != nil {
		return nil, fmt.Errorf("decode picture: %w", err)
	}
	if i.Width > 0 && i.Height > MaxPixels/i.Width {
		return nil, fmt.Errorf("decode picture of %d × %d: %w", i.Width, i.Height, ErrTooLarge)
	}
	e := i.p.d.e
	bitmap := e.handle(imageBitmap, i.handle)
	defer e.do(destroyBitmap, bitmap)
	var wrong error
	if bitmap == 0 {
		wrong = ErrDamaged
	}
	if err := e.failure(wrong); err != nil {
		return nil, fmt.Errorf("decode picture: %w", err)
	}
	return e.picture(bitmap)
}

// picture copies a bitmap of a decoded picture.
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
		default:
			for x := 0; x < len(to); x += 4 {
				to[x], to[x+1], to[x+2], to[x+3] = row[x+2], row[x+1], row[x], row[x+3]
				if format == bgrx {
					to[x+3] = 0xff
				}
			}
		}
	}
	return img, nil
}
