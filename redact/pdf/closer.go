package pdf

import (
	"image"
	"math"

	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
)

// How pages are compared that seem to differ from afar.
const (
	closeDPI    = 200
	closePixels = 6e6
	closeMost   = 4 * otherMost // as long a line as otherMost pixels are, and a quarter of the area
)

// sameCloser compares two pages that seem to differ at lookDPI, finely: a line that
// was put on the grid of its page, by a tenth of a point, is drawn with other shades
// at its edges, which are half of what is left of letters when they are drawn small.
// Each pixel has to have a shade that lies among those within 0.4 points of its place
// on the other page, and the other way round.
func sameCloser(before, after *engine.Page, zones []geom.Rect) (bool, error) {
	w, h := before.Size()
	dpi := min(closeDPI, 72*math.Sqrt(closePixels/max(w*h, 1)))
	if dpi < closeDPI*3/4 {
		return false, nil
	}
	a, err := before.Render(dpi, geom.Rect{})
	if err != nil {
		return false, err
	}
	b, err := after.Render(dpi, geom.Rect{})
	if err != nil || a.Rect != b.Rect {
		return false, err
	}
	blank(a, zones, dpi, image.Point{})
	blank(b, zones, dpi, image.Point{})
	other := 0
	for y := range a.Rect.Dy() {
		for x := range a.Rect.Dx() {
			i := a.PixOffset(x, y)
			if !alike(a.Pix[i:], b.Pix[i:]) && !(among(a.Pix[i:], b, x, y) && among(b.Pix[i:], a, x, y)) {
				other++
			}
		}
	}
	return other <= closeMost, nil
}

// blank makes the zones of a picture alike. Its first pixel is that at from of the
// whole page.
func blank(m *image.NRGBA, zones []geom.Rect, dpi float64, from image.Point) {
	k := dpi / 72
	for _, z := range zones {
		z = z.Grow(beside)
		box := image.Rect(whole(math.Floor(z.X0*k)), whole(math.Floor(z.Y0*k)), whole(math.Ceil(z.X1*k)), whole(math.Ceil(z.Y1*k))).Sub(from).Intersect(m.Rect)
		for y := box.Min.Y; y < box.Max.Y; y++ {
			clear(m.Pix[m.PixOffset(box.Min.X, y):][:4*box.Dx()])
		}
	}
}

// among reports whether a pixel's shade lies between those of m at a place and right
// beside it.
func among(p []byte, m *image.NRGBA, x, y int) bool {
	for c := range 3 {
		low, high := 255, 0
		for v := max(0, y-1); v <= min(m.Rect.Dy()-1, y+1); v++ {
			for u := max(0, x-1); u <= min(m.Rect.Dx()-1, x+1); u++ {
				q := int(m.Pix[m.PixOffset(u, v)+c])
				low, high = min(low, q), max(high, q)
			}
		}
		if int(p[c]) < low-shade || int(p[c]) > high+shade {
			return false
		}
	}
	return true
}
