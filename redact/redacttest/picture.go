package redacttest

import (
	"image"
	"testing"

	"consentry/redact"
)

// redactPicture hides the middle of the first page's picture by each method and
// looks at the pixels. plain are the pages of a rewrite without redactions. The
// sample's middle must have some detail.
func redactPicture(t *testing.T, f redact.Format, d redact.Document, s Sample, pages, plain []redact.Page) bool {
	t.Helper()
	if len(pages[0].Pictures) == 0 {
		return false
	}
	b := pages[0].Bounds
	if b.Empty() {
		t.Error("a page with a picture has no bounds")
		return true
	}
	w, h := b.Dx()/8, b.Dy()/8
	mid := image.Pt((b.Min.X+b.Max.X)/2, (b.Min.Y+b.Max.Y)/2)
	box := image.Rect(mid.X-w, mid.Y-h, mid.X+w, mid.Y+h)
	want := load(t, plain[0].Pictures[0])
	for _, m := range []redact.Method{redact.Solid, redact.Mosaic, redact.Blur} {
		rs := []redact.Redaction{{Region: redact.Region{Part: pages[0].Part, Page: pages[0].Index, Box: box}, Kind: redact.Face, Method: m}}
		got := load(t, rewrite(t, f, d, s.Name, rs)[0].Pictures[0])
		if got.Bounds().Size() != want.Bounds().Size() {
			t.Fatalf("%v: the picture's size changed from %v to %v", m, want.Bounds(), got.Bounds())
		}
		if n := difference(got, want, box.Intersect(want.Bounds())); n < 1 {
			t.Errorf("%v: the region did not change (mean difference %.2f)", m, n)
		}
		// A writer may widen a region by half its size; beyond, only the noise of
		// a lossy encoder is allowed.
		far := image.Rect(b.Min.X, b.Min.Y, b.Max.X, box.Min.Y-h)
		if n := difference(got, want, far); n > 3 {
			t.Errorf("%v: the picture changed far from the region (mean difference %.2f)", m, n)
		}
	}
	return true
}

func load(t *testing.T, p redact.Picture) *image.NRGBA {
	t.Helper()
	img, err := p.Load(t.Context())
	if err != nil {
		t.Fatalf("load picture: %v", err)
	}
	if _, err := p.Load(cancelled()); err == nil {
		t.Error("Load went on after its context was cancelled")
	}
	return img
}

// difference is the mean absolute difference of the channels within r, 0 to 255.
func difference(a, b *image.NRGBA, r image.Rectangle) float64 {
	sum, n := 0, 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			p, q := a.NRGBAAt(x, y), b.NRGBAAt(x, y)
			for _, v := range [3]int{int(p.R) - int(q.R), int(p.G) - int(q.G), int(p.B) - int(q.B)} {
				sum += max(v, -v)
			}
			n += 3
		}
	}
	if n == 0 {
		return 0
	}
	return float64(sum) / float64(n)
}
