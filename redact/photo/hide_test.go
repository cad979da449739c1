package photo

import (
	"bytes"
	"image"
	"image/color"
	"math/rand/v2"
	"testing"

	"consentry/redact"
)

func order(kind redact.Kind, m redact.Method, x0, y0, x1, y1 int) redact.Redaction {
	return redact.Redaction{Kind: kind, Method: m, Region: redact.Region{Box: image.Rect(x0, y0, x1, y1)}}
}

func hidden(t testing.TB, m *image.NRGBA, rs ...redact.Redaction) *image.NRGBA {
	t.Helper()
	out := &image.NRGBA{Pix: bytes.Clone(m.Pix), Stride: m.Stride, Rect: m.Rect}
	list, err := areas(rs, m.Rect)
	if err != nil {
		t.Fatal(err)
	}
	hide(out, list)
	return out
}

// The hidden area is the box and a quarter of its size on each side, to the
// pixel; a drawn one is the box. Outside nothing changes, inside everything does.
func TestExtent(t *testing.T) {
	src := noise(200, 160)
	for _, m := range []redact.Method{redact.Solid, redact.Mosaic, redact.Blur, redact.Method(9)} {
		for kind, want := range map[redact.Kind]image.Rectangle{redact.Face: image.Rect(70, 45, 130, 115), redact.Other: image.Rect(70, 45, 130, 115), redact.Drawn: image.Rect(80, 57, 120, 103)} {
			out := hidden(t, src, order(kind, m, 80, 57, 120, 103))
			for y := range 160 {
				for x := range 200 {
					was, is := src.NRGBAAt(x, y), out.NRGBAAt(x, y)
					in := image.Pt(x, y).In(want)
					switch {
					case !in && was != is:
						t.Fatalf("%d %s: pixel %d,%d outside changed", m, kind, x, y)
					case in && (m == redact.Mosaic || m == redact.Blur) && (is.R < 10 || is.R > 245):
						t.Fatalf("%d %s: pixel %d,%d inside is still %v", m, kind, x, y, is)
					case in && m != redact.Mosaic && m != redact.Blur && is != (struct{ R, G, B, A uint8 }{0, 0, 0, 255}):
						t.Fatalf("%d %s: pixel %d,%d is %v, not filled", m, kind, x, y, is)
					}
				}
			}
		}
	}
}

// stripes of black and white, upright or lying, each of the given width.
func stripes(w, h, wide int, lying bool) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			at := x
			if lying {
				at = y
			}
			if v := uint8(255); at/wide%2 == 0 {
				m.SetNRGBA(x, y, color.NRGBA{v, v, v, 255})
			} else {
				m.SetNRGBA(x, y, color.NRGBA{0, 0, 0, 255})
			}
		}
	}
	return m
}

// contrast is the range of values in r.
func contrast(m *image.NRGBA, r image.Rectangle) int {
	lo, hi := 255, 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			v := int(m.NRGBAAt(x, y).R)
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	return hi - lo
}

// Detail of an eighth of the face's width is gone, and that of half of it
// nearly, whatever the face's size. A Gaussian of 0.30 of the width keeps 17 %
// of a wave as long as the face is wide, one of 0.20 keeps 45 %.
func TestBlurIsStrong(t *testing.T) {
	for _, w := range []int{12, 24, 60, 200, 600} {
		box := image.Rect(w/2, w/2, w/2+w, w/2+w)
		for wide, most := range map[int]int{max(1, w/8): 25, w / 2: 75} {
			out := hidden(t, stripes(2*w, 2*w, wide, false), order(redact.Face, redact.Blur, box.Min.X, box.Min.Y, box.Max.X, box.Max.Y))
			if c := contrast(out, box); c > most {
				t.Errorf("face %d pixels wide: stripes of %d keep %d, want at most %d", w, wide, c, most)
			}
		}
	}
}

// A narrow box, as of a face seen from the side or half covered, is blurred by
// its height.
func TestBlurOfNarrowBox(t *testing.T) {
	out := hidden(t, stripes(100, 400, 30, true), order(redact.Face, redact.Blur, 40, 80, 60, 320))
	if c := contrast(out, image.Rect(40, 80, 60, 320)); c > 25 {
		t.Errorf("stripes keep %d", c)
	}
}

// The detail of a large face does not show in a small area that reaches into
// it: stripes and their negative look alike there.
func TestLargeAreaIsHiddenFirst(t *testing.T) {
	a, b := stripes(700, 600, 60, true), stripes(700, 600, 60, true)
	for i := range b.Pix {
		if i%4 != 3 {
			b.Pix[i] ^= 255
		}
	}
	beside := image.Rect(600, 0, 700, 600)
	fill(a, beside, [4]byte{128, 128, 128, 255})
	fill(b, beside, [4]byte{128, 128, 128, 255})
	orders := []redact.Redaction{order(redact.Drawn, redact.Blur, 560, 200, 640, 280), order(redact.Face, redact.Blur, 100, 100, 500, 500)}
	x, y := hidden(t, a, orders...), hidden(t, b, orders...)
	for py := 200; py < 280; py++ {
		for px := 600; px < 640; px++ {
			if d := abs(int(x.NRGBAAt(px, py).R) - int(y.NRGBAAt(px, py).R)); d > 25 {
				t.Fatalf("pixel %d,%d differs by %d", px, py, d)
			}
		}
	}
}

func TestMosaicIsCoarse(t *testing.T) {
	out := hidden(t, noise(400, 400), order(redact.Face, redact.Mosaic, 100, 100, 300, 260))
	colors := map[int]bool{} // changes along one row
	for x := 51; x < 350; x++ {
		if out.NRGBAAt(x, 180) != out.NRGBAAt(x-1, 180) {
			colors[x] = true
		}
	}
	if len(colors) == 0 || len(colors) > blocks-1 {
		t.Errorf("%d edges in a row, want at most %d", len(colors), blocks-1)
	}
}

// Whatever areas overlap, in whatever order they come, no pixel under any of
// them is an original one, and solid ones are solid.
func TestOverlapsProperty(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	src := noise(120, 90)
	for n := range 300 {
		var rs []redact.Redaction
		for range 1 + r.IntN(5) {
			x, y := r.IntN(118), r.IntN(88)
			kind := []redact.Kind{redact.Face, redact.Drawn}[r.IntN(2)]
			rs = append(rs, order(kind, redact.Method(r.IntN(3)), x-r.IntN(20), y-r.IntN(20), x+1+r.IntN(60), y+1+r.IntN(60)))
		}
		out := hidden(t, src, rs...)
		list, _ := areas(rs, src.Rect)
		for _, a := range list {
			for y := a.in.Min.Y; y < a.in.Max.Y; y++ {
				for x := a.in.Min.X; x < a.in.Max.X; x++ {
					v := out.NRGBAAt(x, y)
					solid := v.R == 0
					if a.method == redact.Solid && !solid {
						t.Fatalf("round %d: %d,%d not filled", n, x, y)
					}
					if v.R == 255 || v.A != 255 {
						t.Fatalf("round %d: %d,%d is %v", n, x, y, v)
					}
					if solid && !underSolid(list, x, y) {
						t.Fatalf("round %d: %d,%d is still black", n, x, y)
					}
				}
			}
		}
		for range 3 {
			r.Shuffle(len(rs), func(i, j int) { rs[i], rs[j] = rs[j], rs[i] })
			if !bytes.Equal(hidden(t, src, rs...).Pix, out.Pix) {
				t.Fatalf("round %d: another order gives other pixels", n)
			}
		}
	}
}

func underSolid(list []area, x, y int) bool {
	for _, a := range list {
		if a.method == redact.Solid && image.Pt(x, y).In(a.in) {
			return true
		}
	}
	return false
}

// Nothing of a solid area is smeared into a blurred neighbour.
func TestSolidDoesNotBleed(t *testing.T) {
	a, b := one255(0), one255(255)
	orders := []redact.Redaction{order(redact.Face, redact.Solid, 40, 20, 80, 60), order(redact.Face, redact.Blur, 10, 20, 50, 60), order(redact.Face, redact.Mosaic, 70, 20, 110, 60)}
	if !bytes.Equal(hidden(t, a, orders...).Pix, hidden(t, b, orders...).Pix) {
		t.Error("what stood under the solid area shows beside it")
	}
}

// one255 is a grey picture whose solid area to be (grown) has the value v.
func one255(v uint8) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, 130, 80))
	fill(m, m.Rect, [4]byte{90, 90, 90, 255})
	fill(m, image.Rect(30, 10, 90, 70), [4]byte{v, v, v, 255})
	return m
}

func TestAlphaUnderHiddenAreas(t *testing.T) {
	src := noise(100, 100)
	for i := 3; i < len(src.Pix); i += 4 {
		src.Pix[i] = 60
	}
	for _, m := range []redact.Method{redact.Solid, redact.Mosaic, redact.Blur} {
		out := hidden(t, src, order(redact.Drawn, m, 20, 20, 60, 60))
		if out.NRGBAAt(20, 20).A != 255 || out.NRGBAAt(59, 59).A != 255 || out.NRGBAAt(60, 59).A != 60 {
			t.Errorf("%s: alpha %d %d %d", m, out.NRGBAAt(20, 20).A, out.NRGBAAt(59, 59).A, out.NRGBAAt(60, 59).A)
		}
	}
}

func TestImpossibleRedactions(t *testing.T) {
	bounds := image.Rect(0, 0, 50, 40)
	box := image.Rect(1, 1, 9, 9)
	for name, r := range map[string]redact.Region{
		"outside":  {Box: image.Rect(50, 0, 60, 10)},
		"negative": {Box: image.Rect(-10, -10, 0, 0)},
		"empty":    {},
		"text":     {Start: 0, End: 4},
		"page":     {Box: box, Page: 1},
		"part":     {Box: box, Part: redact.PartName},
	} {
		if _, err := areas([]redact.Redaction{{Region: r}}, bounds); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	list, err := areas([]redact.Redaction{{Region: redact.Region{Part: redact.PartMetadata, Start: 0, End: 3}}, order(redact.Face, redact.Solid, -30, -30, 5, 5)}, bounds)
	if err != nil || len(list) != 1 || list[0].in != image.Rect(0, 0, 14, 14) {
		t.Errorf("%v, %v", list, err)
	}
}
