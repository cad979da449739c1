package picture

import (
	"image"
)

// frameWidth is that of the line around what was hidden in a picture of black and
// white, where a light ground cannot be told from paper.
const frameWidth = 2 // pixels

// isBilevel reports whether all pixels are black or white.
func isBilevel(m *image.NRGBA) bool {
	for i := 0; i < len(m.Pix); i += 4 {
		if c := rgb(m.Pix[i:]); c != 0 && c != 0xffffff {
			return false
		}
	}
	return true
}

// threshold makes every grey pixel black or white.
func threshold(m *image.NRGBA) {
	for i := 0; i < len(m.Pix); i += 4 {
		v := byte(0)
		if m.Pix[i] >= 0x80 {
			v = 0xff
		}
		m.Pix[i], m.Pix[i+1], m.Pix[i+2] = v, v, v
	}
}

// frame draws the inner edge of a box in black.
func frame(m *image.NRGBA, box image.Rectangle) {
	if box.Dx() < 6*frameWidth || box.Dy() < 6*frameWidth {
		return
	}
	in := box.Inset(frameWidth)
	r := box.Intersect(m.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if !image.Pt(x, y).In(in) {
				i := m.PixOffset(x, y)
				m.Pix[i], m.Pix[i+1], m.Pix[i+2] = 0, 0, 0
			}
		}
	}
}

// stencilOf writes a stencil mask that paints what is dark (ISO 32000-2, 8.9.6.2:
// a sample of 0 is painted).
func stencilOf(m *image.NRGBA) (encoded, error) {
	threshold(m)
	e, err := palettedOf(m, []uint32{0, 0xffffff})
	e.space = nil
	return e, err
}

// opaqueIn is a stencil or soft mask's own picture, opaque wherever hiding the
// regions would change a pixel: the shape of a mask tells as much as colours do.
func opaqueIn(m *image.NRGBA, changed []bool, opaque byte) {
	for i, c := range changed {
		if c {
			m.Pix[4*i], m.Pix[4*i+1], m.Pix[4*i+2] = opaque, opaque, opaque
		}
	}
}
