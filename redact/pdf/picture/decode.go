package picture

import (
	"bytes"
	"fmt"
	"image"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
)

// band is how many pixels PDFium renders at once.
const band = 16 << 20

// Decode gives the pixels of an image XObject or inline image as they are stored:
// upright in the picture's own space, in sRGB, opaque, without its masks. Whatever
// a stencil mask paints is black on white. Plain samples are read here; all else,
// with every filter and colour space, PDFium decodes from a file that holds the
// picture alone. One of more than 48 Mpx comes at a half, a third … of its width and
// height; one that PDFium has no room for is an error.
func Decode(f *object.File, s types.StreamDict, eng *engine.Engine) (*image.NRGBA, error) {
	h, err := headerOf(f, s.Dict)
	if err != nil {
		return nil, err
	}
	if m := plain(f, s, h); m != nil {
		return m, nil
	}
	return render(f, s, h, eng, false, 1)
}

// render decodes by PDFium, on a ground of a grey.
func render(f *object.File, s types.StreamDict, h header, eng *engine.Engine, keyed bool, ground float64) (*image.NRGBA, error) {
	file, err := single(f, s, h, keyed, ground)
	if err != nil {
		return nil, err
	}
	doc, err := eng.Open(file, "")
	if err != nil {
		return nil, fmt.Errorf("decode picture: %w", err)
	}
	defer doc.Close()
	page, err := doc.Page(0)
	if err != nil {
		return nil, fmt.Errorf("decode picture: %w", err)
	}
	defer page.Close()
	m := image.NewNRGBA(image.Rect(0, 0, h.w, h.h))
	rows := max(1, band/h.w)
	for y := 0; y < h.h; y += rows {
		n := min(rows, h.h-y)
		part, err := page.Render(72, geom.Rect{Y0: float64(y), X1: float64(h.w), Y1: float64(y + n)})
		if err != nil {
			return nil, fmt.Errorf("decode picture: %w", err)
		}
		if part.Rect.Dx() != h.w || part.Rect.Dy() != n {
			return nil, fmt.Errorf("decode picture: got %v pixels for %d × %d", part.Rect.Size(), h.w, n)
		}
		for i := range n {
			copy(m.Pix[(y+i)*m.Stride:][:4*h.w], part.Pix[i*part.Stride:])
		}
	}
	return m, nil
}

// plain reads samples of 8 bits in DeviceGray or DeviceRGB that no picture codec
// holds; nil where they are otherwise.
func plain(f *object.File, s types.StreamDict, h header) *image.NRGBA {
	n := map[string]int{"DeviceGray": 1, "G": 1, "DeviceRGB": 3, "RGB": 3}[f.Name(h.space)]
	if n == 0 || h.bits != 8 || h.less != 1 || h.stencil || h.lossy() || h.bilevel() || !slices.Equal(f.Numbers(s.Dict["Decode"]), nil) {
		return nil
	}
	if len(h.filters) != len(s.FilterPipeline) {
		return nil // an inline image, perhaps: PDFium knows
	}
	b, err := f.Decoded(s)
	if err != nil || len(b) < n*h.w*h.h {
		return nil
	}
	m := image.NewNRGBA(image.Rect(0, 0, h.w, h.h))
	for i, at := 0, 0; at < len(m.Pix); i, at = i+n, at+4 {
		p, v := m.Pix[at:at+4:at+4], b[i:i+n:i+n]
		p[0], p[1], p[2], p[3] = v[0], v[n/2], v[n-1], 0xff
	}
	return m
}

// keyedAlpha is the coverage that a colour key or JPX data give a picture, from
// how it looks on white and on black; nil where all of it is opaque.
func keyedAlpha(f *object.File, s types.StreamDict, h header, eng *engine.Engine) (*image.Gray, error) {
	if f.Array(s.Dict["Mask"]) == nil && f.Get(s.Dict["SMaskInData"]) == nil {
		return nil, nil
	}
	white, err := render(f, s, h, eng, true, 1)
	if err != nil {
		return nil, err
	}
	black, err := render(f, s, h, eng, true, 0)
	if err != nil {
		return nil, err
	}
	if bytes.Equal(white.Pix, black.Pix) {
		return nil, nil
	}
	a := image.NewGray(white.Rect)
	for i := range a.Pix {
		d := 0
		for k := range 3 {
			d = max(d, int(white.Pix[4*i+k])-int(black.Pix[4*i+k]))
		}
		a.Pix[i] = byte(255 - max(0, d))
	}
	return a, nil
}
