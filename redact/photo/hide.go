package photo

import (
	"cmp"
	"fmt"
	"image"
	"math"
	"slices"

	"github.com/disintegration/imaging"

	"consentry/redact"
)

const (
	grow      = 0.25        // of the box's width and height, on each side
	blurWidth = 24          // pixels a face is wide when it is blurred
	blurSigma = 0.30 * 24.0 // of the Gaussian, in those pixels
	blocks    = 6           // of a mosaic, along the longer side
	minBlock  = 8           // pixels: a small region is not one block a pixel
)

// An area is one region to hide.
type area struct {
	box    image.Rectangle // as ordered, without growth; may reach outside
	full   image.Rectangle // grown
	in     image.Rectangle // full, inside the picture
	method redact.Method
}

// areas checks the redactions of the body against the picture's bounds and puts
// them in the order in which they are applied, whatever order they came in.
func areas(rs []redact.Redaction, bounds image.Rectangle) ([]area, error) {
	var list []area
	for i, r := range rs {
		g := r.Region
		switch {
		case g.Part == redact.PartMetadata:
			continue // dropped as a whole
		case g.Part != redact.PartBody:
			return nil, fmt.Errorf("redaction %d: a photo has no part %q", i, g.Part)
		case g.IsText() && g.Box.Empty():
			return nil, fmt.Errorf("redaction %d: text without a place in the photo", i)
		case g.Page != 0:
			return nil, fmt.Errorf("redaction %d: a photo has no page %d", i, g.Page)
		case g.Box.Intersect(bounds).Empty():
			return nil, fmt.Errorf("redaction %d: box %v is outside the picture", i, g.Box)
		}
		a := area{box: g.Box, full: g.Box, method: r.Method}
		if r.Kind != redact.Drawn {
			dx, dy := int(math.Ceil(grow*float64(g.Box.Dx()))), int(math.Ceil(grow*float64(g.Box.Dy())))
			a.full.Min = a.full.Min.Sub(image.Pt(dx, dy))
			a.full.Max = a.full.Max.Add(image.Pt(dx, dy))
		}
		a.in = a.full.Intersect(bounds)
		if a.in.Dx()*a.in.Dy() < minBlock*minBlock {
			a.method = redact.Solid // nothing to take a mean of
		}
		list = append(list, a)
	}
	// Large ones first: what a small blur then smears is already hidden, and
	// the weaker blur of a small box never meets the face of a large one.
	slices.SortFunc(list, func(a, b area) int {
		return cmp.Or(
			cmp.Compare(b.in.Dx()*b.in.Dy(), a.in.Dx()*a.in.Dy()),
			cmp.Compare(a.in.Min.Y, b.in.Min.Y), cmp.Compare(a.in.Min.X, b.in.Min.X), cmp.Compare(a.in.Dx(), b.in.Dx()),
			cmp.Compare(a.full.Dx(), b.full.Dx()), cmp.Compare(a.box.Min.Y, b.box.Min.Y), cmp.Compare(a.box.Min.X, b.box.Min.X), cmp.Compare(a.box.Dx(), b.box.Dx()), cmp.Compare(a.box.Dy(), b.box.Dy()))
	})
	return list, nil
}

// hide destroys the pixels of all areas. Each step works on what the steps
// before it left, so that no pixel of an area is an original one, whichever
// areas overlap. Solid areas go first, so that nothing of them is smeared into
// a neighbour, and last, so that they end up solid.
func hide(m *image.NRGBA, list []area) {
	for _, method := range []redact.Method{redact.Solid, redact.Mosaic, redact.Blur, redact.Solid} {
		for _, a := range list {
			switch {
			case a.method == redact.Mosaic && method == redact.Mosaic:
				mosaic(m, a)
			case a.method == redact.Blur && method == redact.Blur:
				blur(m, a)
			case a.method != redact.Mosaic && a.method != redact.Blur && method == redact.Solid: // an unknown method too
				solid(m, a.in)
			}
		}
	}
}

func solid(m *image.NRGBA, r image.Rectangle) { fill(m, r, [4]byte{0, 0, 0, 255}) }

func fill(m *image.NRGBA, r image.Rectangle, c [4]byte) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := m.Pix[m.PixOffset(r.Min.X, y):][:4*r.Dx()]
		for i := 0; i < len(row); i += 4 {
			*(*[4]byte)(row[i:]) = c
		}
	}
}

// mosaic paints every block in its mean colour. How large blocks are goes by
// the whole grown box, also where a part of it lies outside the picture; none
// is smaller, as the mean of a sliver would be nearly the original.
func mosaic(m *image.NRGBA, a area) {
	side := max(minBlock, (max(a.full.Dx(), a.full.Dy())+blocks-1)/blocks)
	nx, ny := max(1, a.in.Dx()/side), max(1, a.in.Dy()/side)
	for j := range ny {
		for i := range nx {
			b := image.Rect(a.in.Dx()*i/nx, a.in.Dy()*j/ny, a.in.Dx()*(i+1)/nx, a.in.Dy()*(j+1)/ny).Add(a.in.Min)
			fill(m, b, mean(m, b))
		}
	}
}

// mean is the mean colour of r as seen on white.
func mean(m *image.NRGBA, r image.Rectangle) [4]byte {
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
	return [4]byte{byte((sum[0] + n/2) / n), byte((sum[1] + n/2) / n), byte((sum[2] + n/2) / n), 255}
}

// blur shrinks the area so that the face is 24 pixels wide, blurs that, and
// enlarges it again: as strong as a wide Gaussian on the full size, and many
// times faster. A box much higher than a face counts as wide as a face of that
// height. All of the area is replaced: there is no soft edge.
func blur(m *image.NRGBA, a area) {
	crop := onWhite(imaging.Crop(m, a.in))
	w, h := a.in.Dx(), a.in.Dy()
	k := min(1, blurWidth/max(float64(a.box.Dx()), 0.75*float64(a.box.Dy())))
	small := imaging.Resize(crop, max(1, int(math.Round(float64(w)*k))), max(1, int(math.Round(float64(h)*k))), imaging.Box)
	crop = imaging.Resize(imaging.Blur(small, blurSigma), w, h, imaging.Linear)
	for y := range h {
		row := m.Pix[m.PixOffset(a.in.Min.X, a.in.Min.Y+y):][:4*w]
		copy(row, crop.Pix[y*crop.Stride:])
		for i := 3; i < len(row); i += 4 {
			row[i] = 255
		}
	}
}
