// Package picture is about the pictures of PDF pages: what a reader of pixels has
// to look at, how any image XObject is decoded, how a picture is written again
// without some of what it shows, and how a whole page becomes a picture.
package picture

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/object"
)

// Bounds of what is decoded or painted at once. PDFium holds a picture as up to
// three bytes a pixel, in a memory of 512 MiB.
const (
	maxSide   = 1 << 16   // pixels
	maxStored = 240 << 20 // bytes in PDFium's memory
	maxPixels = 48 << 20  // of a picture once it is decoded: more than A4 at 600 dpi
)

var (
	errNoSize   = errors.New("the picture has no size")
	errTooLarge = errors.New("the picture is too large")
)

// header is what an image dictionary says of its samples (ISO 32000-2, 8.9.5).
type header struct {
	w, h    int // of what is decoded: as stored, divided by less where that is 1
	less    int
	bits    int // per component; 0 where the codec tells (JPX)
	stencil bool
	space   types.Object // may be nil
	filters []string     // from the outermost, by their full names
}

// headerOf reads an image dictionary.
func headerOf(f *object.File, d types.Dict) (header, error) {
	var h header
	w, _ := f.Number(d["Width"])
	y, _ := f.Number(d["Height"])
	b, _ := f.Number(d["BitsPerComponent"])
	if !(w >= 1 && y >= 1) {
		return h, errNoSize
	}
	if w > maxSide || y > maxSide {
		return h, fmt.Errorf("%w: %.0f × %.0f pixels", errTooLarge, w, y)
	}
	h.w, h.h, h.less = int(w), int(y), 1
	if b >= 1 && b <= 16 {
		h.bits = int(b)
	}
	if m, ok := f.Get(d["ImageMask"]).(types.Boolean); ok && bool(m) {
		h.stencil, h.bits = true, 1
	}
	h.space = f.Get(d["ColorSpace"])
	h.filters = filtersOf(f, d)
	size := h.w * h.h
	if h.bits == 1 {
		size /= 8
	} else if f.Name(h.space) != "DeviceGray" {
		size *= 3
	}
	if size > maxStored {
		return h, fmt.Errorf("%w: %d × %d pixels", errTooLarge, h.w, h.h)
	}
	for h.w/h.less*(h.h/h.less) > maxPixels {
		h.less++
	}
	h.w, h.h = (h.w+h.less-1)/h.less, (h.h+h.less-1)/h.less
	return h, nil
}

func filtersOf(f *object.File, d types.Dict) []string {
	if n := f.Name(d["Filter"]); n != "" {
		return []string{n}
	}
	var all []string
	for _, o := range f.Array(d["Filter"]) {
		all = append(all, f.Name(o))
	}
	return all
}

// last is the filter that decides what the samples are.
func (h header) last() string {
	if len(h.filters) == 0 {
		return ""
	}
	return h.filters[len(h.filters)-1]
}

// bilevel reports whether a sample is one bit, so that what is written instead
// should be, too.
func (h header) bilevel() bool {
	return h.stencil || h.bits == 1 || slices.Contains([]string{"CCITTFaxDecode", "JBIG2Decode"}, h.last())
}

// lossy reports whether the samples were stored with loss, as photographs are.
func (h header) lossy() bool { return h.last() == "DCTDecode" || h.last() == "JPXDecode" }
