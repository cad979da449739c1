package letters

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"testing"

	"consentry/authz"
	"consentry/internal/pdftest"
	"consentry/redact/codes"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
)

// A reading reads PDF files with PDFium.
type reading struct{ m *engine.Module }

func pdfReader(t *testing.T) reading {
	t.Helper()
	m, err := pdftest.Engine(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close(context.Background()) })
	return reading{m}
}

// pages opens a file and visits its pages.
func (r reading) pages(t *testing.T, pdf []byte, visit func(p *engine.Page)) {
	t.Helper()
	e, err := r.m.New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	d, err := e.Open(pdf, "")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for i := range d.Pages() {
		p, err := d.Page(i)
		if err != nil {
			t.Fatal(err)
		}
		visit(p)
		p.Close()
	}
}

// texts are the texts of the pages.
func (r reading) texts(t *testing.T, pdf []byte) []string {
	t.Helper()
	var out []string
	r.pages(t, pdf, func(p *engine.Page) {
		gs, err := p.Glyphs()
		if err != nil {
			t.Fatal(err)
		}
		var rs []rune
		for _, g := range gs {
			if g.Unmapped {
				t.Error("a glyph without a character")
			}
			rs = append(rs, g.R)
		}
		out = append(out, string(rs))
	})
	return out
}

// scanned is a picture as a scanner or a telephone gives it: turned, noisy, JPEG.
func scanned(t *testing.T, img *image.NRGBA, degrees float64, noise int, quality int) *image.NRGBA {
	t.Helper()
	rng := rand.New(rand.NewPCG(1, uint64(noise)))
	b := img.Rect
	out := image.NewNRGBA(b)
	if degrees == 90 {
		out = image.NewNRGBA(image.Rect(0, 0, b.Dy(), b.Dx()))
	}
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := float64(b.Dx())/2, float64(b.Dy())/2
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			u, v := float64(x)-float64(out.Rect.Dx())/2, float64(y)-float64(out.Rect.Dy())/2
			sx, sy := int(u*cos+v*sin+cx), int(-u*sin+v*cos+cy)
			shade := 235.0
			if image.Pt(sx, sy).In(b) {
				shade = float64(img.NRGBAAt(sx, sy).G)*0.85 + 20
			}
			shade += float64(rng.IntN(2*noise+1) - noise)
			s := uint8(min(max(shade, 0), 255))
			out.SetNRGBA(x, y, color.NRGBA{s, s, s, 255})
		}
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, out, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	back, err := jpeg.Decode(&buf)
	if err != nil {
		t.Fatal(err)
	}
	draw.Draw(out, out.Rect, back, image.Point{}, draw.Src)
	return out
}

// The code of every page of a form that was printed, scanned and sent back names the
// request.
func TestScanNamesRequest(t *testing.T) {
	reader := pdfReader(t)
	r := sample(t, Zh, authz.Person)
	f, _ := made(t, r).File(RoleForm, MediaPDF)
	page := 0
	reader.pages(t, f.Bytes, func(p *engine.Page) {
		page++
		if page != 1 && page != 4 {
			return
		}
		w, h := p.Size()
		img, err := p.Render(150, geom.Rect{X1: w, Y1: h})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			degrees        float64
			noise, quality int
		}{{1.5, 20, 60}, {-4, 30, 40}, {181, 20, 50}, {90, 15, 70}} {
			if page > 1 && c.noise != 30 {
				continue
			}
			id := ""
			_, err := codes.Detector{}.Read(t.Context(), scanned(t, img, c.degrees, c.noise, c.quality), func(s string) (ours bool) {
				id, ours = ParseCode(s)
				return ours
			})
			if err != nil || id != r.ID {
				t.Errorf("page %d, %+v: the code names %q: %v", page, c, id, err)
			}
		}
	})
	if page < 4 {
		t.Errorf("%d pages", page)
	}
}
