package photo

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
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
// pixel; a drawn one is the box, text and codes have a little more. Inside
// everything changes; around it the picture comes back over a soft edge, but for
// text and codes, which end where they end; beyond nothing changes.
func TestExtent(t *testing.T) {
	src := noise(220, 180)
	box := image.Rect(90, 67, 130, 113)
	text := redact.Region{Box: box, Start: 3, End: 7}
	for _, tt := range []struct {
		kind   redact.Kind
		region redact.Region
		core   image.Rectangle
		filled bool // whatever was asked, and light
	}{
		{redact.Face, redact.Region{Box: box}, image.Rect(80, 55, 140, 125), false},
		{redact.Other, redact.Region{Box: box}, image.Rect(80, 55, 140, 125), false},
		{redact.Logo, redact.Region{Box: box}, image.Rect(80, 55, 140, 125), false},
		{redact.Drawn, redact.Region{Box: box}, box, false},
		{redact.Code, redact.Region{Box: box}, box.Inset(-7), true},
		{redact.Person, text, box.Inset(-7), true},
		{redact.Drawn, text, box.Inset(-7), true},
	} {
		for _, m := range []redact.Method{redact.Solid, redact.Mosaic, redact.Blur, redact.Method(9)} {
			out := hidden(t, src, redact.Redaction{Kind: tt.kind, Method: m, Region: tt.region})
			filled := tt.filled || m != redact.Mosaic && m != redact.Blur
			soft, fill := 0, uint8(Grey)
			if !tt.filled {
				fill = Dark
				soft = int(softEdge(tt.core, m))
			}
			last := 0 // the contrast of one column after the other, outwards from the core
			for y := range 180 {
				for x := range 220 {
					was, is := src.NRGBAAt(x, y), out.NRGBAAt(x, y)
					switch at := image.Pt(x, y); {
					case !at.In(tt.core.Inset(-soft)) && was != is:
						t.Fatalf("%d %s: pixel %d,%d outside changed", m, tt.kind, x, y)
					case at.In(tt.core) && filled && is != (color.NRGBA{fill, fill, fill, 255}):
						t.Fatalf("%d %s: pixel %d,%d is %v, not filled", m, tt.kind, x, y, is)
					case at.In(tt.core) && (is.R < 10 || is.R > 245):
						t.Fatalf("%d %s: pixel %d,%d inside is still %v", m, tt.kind, x, y, is)
					}
				}
			}
			for x := tt.core.Max.X; x < tt.core.Max.X+soft; x++ {
				c := contrast(out, image.Rect(x, tt.core.Min.Y, x+1, tt.core.Max.Y))
				if c < last {
					t.Errorf("%d %s: the soft edge hides more at %d than before it", m, tt.kind, x)
				}
				last = c
			}
			if soft > 0 && last < 128 {
				t.Errorf("%d %s: the soft edge ends at a contrast of %d, want nearly the picture's", m, tt.kind, last)
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
	fillGrey(a, beside, 128)
	fillGrey(b, beside, 128)
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
			core := a.full.Intersect(src.Rect)
			for y := core.Min.Y; y < core.Max.Y; y++ {
				for x := core.Min.X; x < core.Max.X; x++ {
					v := out.NRGBAAt(x, y)
					solid := v.R == Dark && v.G == Dark && v.B == Dark
					if a.method == redact.Solid && !solid {
						t.Fatalf("round %d: %d,%d not filled", n, x, y)
					}
					if v.R == 255 || v.A != 255 {
						t.Fatalf("round %d: %d,%d is %v", n, x, y, v)
					}
					if v.R == 0 {
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

// A text's place is light and even, whatever lies around and over it.
func TestTextOverAll(t *testing.T) {
	text := redact.Redaction{Kind: redact.Person, Method: redact.Blur, Region: redact.Region{Box: image.Rect(50, 50, 90, 60), Start: 1, End: 4}}
	for _, m := range []redact.Method{redact.Solid, redact.Mosaic, redact.Blur} {
		for _, rs := range [][]redact.Redaction{
			{order(redact.Face, m, 40, 30, 80, 80), text}, {text, order(redact.Face, m, 60, 40, 130, 140)}, {text, order(redact.Drawn, m, 85, 55, 99, 99)},
		} {
			out := hidden(t, noise(150, 150), rs...)
			if c := contrast(out, image.Rect(48, 48, 92, 62)); c != 0 || out.NRGBAAt(50, 50).R != Grey {
				t.Errorf("%s: contrast %d at %d", m, c, out.NRGBAAt(50, 50).R)
			}
		}
	}
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
	fillGrey(m, m.Rect, 90)
	fillGrey(m, image.Rect(30, 10, 90, 70), v)
	return m
}

func fillGrey(m *image.NRGBA, r image.Rectangle, v uint8) {
	draw.Draw(m, r, image.NewUniform(color.NRGBA{v, v, v, 255}), image.Point{}, draw.Src)
}

func TestAlphaUnderHiddenAreas(t *testing.T) {
	src := noise(100, 100)
	for i := 3; i < len(src.Pix); i += 4 {
		src.Pix[i] = 60
	}
	for _, m := range []redact.Method{redact.Solid, redact.Mosaic, redact.Blur} {
		out := hidden(t, src, order(redact.Drawn, m, 20, 20, 60, 60))
		in, corner, edge, beyond := out.NRGBAAt(20, 20).A, out.NRGBAAt(59, 59).A, out.NRGBAAt(60, 59).A, out.NRGBAAt(67, 59).A
		if in != 255 || corner != 255 || edge <= 60 || edge == 255 || beyond != 60 {
			t.Errorf("%s: alpha %d %d %d %d", m, in, corner, edge, beyond)
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
		"part":     {Box: box, Part: redact.PartName},
	} {
		if _, err := areas([]redact.Redaction{{Region: r}}, bounds); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	list, err := areas([]redact.Redaction{{Region: redact.Region{Part: redact.PartMetadata, Start: 0, End: 3}}, order(redact.Face, redact.Solid, -30, -30, 5, 5)}, bounds)
	if err != nil || len(list) != 1 || list[0].full.Intersect(bounds) != image.Rect(0, 0, 14, 14) {
		t.Errorf("%v, %v", list, err)
	}
}

// A whole person is hidden from the crown down, three heads wide and seven and a
// half high or to the picture's edge, along the line from eyes to mouth, whatever
// that line's angle. What is beside stays.
func TestBody(t *testing.T) {
	src := noise(400, 400)
	upright := [][2]float32{{190, 50}, {210, 50}, {200, 60}, {192, 70}, {208, 70}}
	lying := [][2]float32{{350, 190}, {350, 210}, {340, 200}, {330, 192}, {330, 208}} // the mouth to the left of the eyes
	for _, tt := range []struct {
		name      string
		box       image.Rectangle
		landmarks [][2]float32
		in, out   []image.Point
	}{
		{"upright", image.Rect(185, 40, 215, 80), upright,
			[]image.Point{{200, 36}, {200, 200}, {130, 200}, {270, 380}}, []image.Point{{200, 20}, {100, 200}, {300, 200}}},
		{"no landmarks", image.Rect(185, 40, 215, 80), nil,
			[]image.Point{{200, 200}, {130, 200}}, []image.Point{{100, 200}, {300, 200}}},
		{"lying", image.Rect(320, 180, 360, 220), lying,
			[]image.Point{{100, 200}, {200, 130}, {200, 270}}, []image.Point{{340, 320}, {340, 80}, {200, 320}}},
		{"at the lower edge", image.Rect(185, 340, 215, 380), nil,
			[]image.Point{{200, 399}, {130, 399}}, []image.Point{{200, 300}, {90, 399}}},
		{"feet before the edge", image.Rect(195, 10, 205, 30), nil,
			[]image.Point{{200, 180}}, []image.Point{{200, 220}, {150, 100}}},
	} {
		for _, m := range []redact.Method{redact.Solid, redact.Mosaic, redact.Blur} {
			out := hidden(t, src, redact.Redaction{Kind: redact.Face, Method: m, Region: redact.Region{Box: tt.box}, Body: true, Landmarks: tt.landmarks})
			for _, p := range tt.in {
				if v := out.NRGBAAt(p.X, p.Y); v.R < 10 || v.R > 245 {
					t.Errorf("%s, %s: %v is still %d", tt.name, m, p, v.R)
				}
			}
			for _, p := range tt.out {
				if out.NRGBAAt(p.X, p.Y) != src.NRGBAAt(p.X, p.Y) {
					t.Errorf("%s, %s: %v beside the person changed", tt.name, m, p)
				}
			}
		}
	}
}

// The smallest and the largest faces, whole and cut off by the picture's edge,
// are hidden, and a colour stays where it was: nothing is stretched or moved.
func TestSizesAndEdges(t *testing.T) {
	for _, w := range []int{3, 12, 200, 1500} {
		for _, at := range []image.Point{{w, w}, {-w / 2, w}, {w, -w / 2}, {-w / 2, -w / 2}} {
			src := image.NewNRGBA(image.Rect(0, 0, 3*w, 3*w))
			fillGrey(src, src.Rect, 100)
			box := image.Rect(0, 0, w, w).Add(at)
			cross := image.Rect(box.Min.X, box.Min.Y+w/3, box.Max.X, box.Max.Y-w/3)
			fillGrey(src, cross, 255)
			for _, m := range []redact.Method{redact.Mosaic, redact.Blur} {
				out := hidden(t, src, redact.Redaction{Kind: redact.Face, Method: m, Region: redact.Region{Box: box}})
				in := box.Intersect(src.Rect)
				if c := contrast(out, in); c > 110 {
					t.Errorf("%d pixels at %v, %s: contrast %d of 155", w, at, m, c)
				}
				for y := range 3 * w {
					if l, r := out.NRGBAAt(w, y).R, out.NRGBAAt(2*w-1, y).R; at.X == w && w > 12 && abs(int(l)-int(r)) > 12 {
						t.Fatalf("%d pixels at %v, %s: row %d is %d at the left, %d at the right", w, at, m, y, l, r)
					}
				}
			}
		}
	}
}

// A picture hidden by Hide alone is, to the byte, what Rewrite makes of the photo.
func TestHideIsRewrite(t *testing.T) {
	src := noise(220, 180)
	rs := []redact.Redaction{
		order(redact.Face, redact.Blur, 20, 20, 70, 80),
		order(redact.Logo, redact.Mosaic, 120, 10, 200, 60),
		words(image.Rect(30, 130, 170, 160), "客户A"),
	}
	f := New(nil, labelFont)
	var file, out bytes.Buffer
	if err := png.Encode(&file, src); err != nil {
		t.Fatal(err)
	}
	d, err := f.Open(t.Context(), redact.Asset{Size: int64(file.Len())}, bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Rewrite(t.Context(), &out, rs); err != nil {
		t.Fatal(err)
	}
	written, err := Decode(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	labelled, bare := clone(src), clone(src)
	if err := f.Hide(labelled, rs); err != nil {
		t.Fatal(err)
	}
	if err := Hide(bare, rs); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(labelled.Pix, written.Pix.Pix) {
		t.Error("Format.Hide hides otherwise than Rewrite")
	}
	if box := difference(bare, labelled); box.Empty() || !box.In(rs[2].Region.Box) {
		t.Errorf("with and without labels differ in %v, want in the label's box", box)
	}
	if err := Hide(bare, []redact.Redaction{order(redact.Face, redact.Solid, 300, 0, 320, 20)}); err == nil {
		t.Error("a region outside the picture is hidden in silence")
	}
}

func clone(m *image.NRGBA) *image.NRGBA {
	return &image.NRGBA{Pix: bytes.Clone(m.Pix), Stride: m.Stride, Rect: m.Rect}
}
