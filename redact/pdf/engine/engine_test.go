package engine_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"os"
	"slices"
	"testing"

	"consentry/internal/pdftest"
	"consentry/internal/sandbox"
	"consentry/redact"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
)

var (
	module *engine.Module
	cache  string // folder of compiled modules
)

func TestMain(m *testing.M) {
	sandbox.Main(nil, services)
	os.Exit(func() int {
		var err error
		if cache, err = os.MkdirTemp("", "pdfium-"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(cache)
		if module, err = pdftest.Engine(context.Background(), cache); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer module.Close(context.Background())
		return m.Run()
	}())
}

func start(t testing.TB) *engine.Engine {
	t.Helper()
	e, err := module.New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func open(t testing.TB, e *engine.Engine, pdf []byte) *engine.Document {
	t.Helper()
	d, err := e.Open(pdf, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func first(t testing.TB, d *engine.Document) *engine.Page {
	t.Helper()
	p, err := d.Page(0)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// file writes a PDF file of numbered objects, the first being the catalog.
func file(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	at := make([]int, len(objects))
	for i, o := range objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return b.Bytes()
}

func stream(dict, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

// onePage has a page of 200 × 100 pt with the entries and content given.
func onePage(entries, content string, more ...string) []byte {
	return file(append([]string{
		"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</I 7 0 R/X 8 0 R>>/Pattern<</P 6 0 R>>>>" + entries + ">>",
		stream("", content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	}, more...)...)
}

const words = "BT /F 10 Tf 20 50 Td (Li Wei) Tj 3 Tr 0 -20 Td (x) Tj ET 1 0 0 rg 100 60 20 10 re f"

func TestGlyphs(t *testing.T) {
	for _, c := range []struct {
		name, entries string
		w, h          float64
		first         geom.Point // origin of the first glyph
	}{
		{"plain", "", 200, 100, geom.Point{X: 20, Y: 50}},
		{"cropped", "/CropBox[10 20 110 90]", 100, 70, geom.Point{X: 10, Y: 40}},
		{"turned", "/Rotate 90", 100, 200, geom.Point{X: 50, Y: 20}},
		{"upside down", "/Rotate 180", 200, 100, geom.Point{X: 180, Y: 50}},
		{"turned back", "/Rotate 270/CropBox[10 20 110 90]", 70, 100, geom.Point{X: 40, Y: 90}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := first(t, open(t, start(t), onePage(c.entries, words)))
			if w, h := p.Size(); w != c.w || h != c.h {
				t.Errorf("%g × %g", w, h)
			}
			glyphs, err := p.Glyphs()
			if err != nil {
				t.Fatal(err)
			}
			byRune := map[rune]engine.Glyph{}
			for _, g := range glyphs {
				if !g.Generated {
					byRune[g.R] = g
				}
			}
			if len(byRune) != 6 { // L i space W e x
				t.Fatalf("%d different characters", len(byRune))
			}
			g, hidden := byRune['L'], byRune['x']
			if math.Hypot(g.Origin.X-c.first.X, g.Origin.Y-c.first.Y) > 0.01 || !g.Box.Grow(1).Contains(g.Origin) || math.Abs(g.Size-10) > 0.01 || g.Invisible || g.Object != byRune['W'].Object {
				t.Errorf("%+v", g)
			}
			if !hidden.Invisible || hidden.Object == g.Object {
				t.Errorf("%+v", hidden)
			}
		})
	}
}

// PDFium reads text that is not seen, but none of patterns and annotations.
func TestGlyphsNotSeen(t *testing.T) {
	p := first(t, open(t, start(t), onePage("/Annots[7 0 R]",
		"BT /F 10 Tf 20 50 Td (a) Tj ET BT /F 10 Tf 400 50 Td (b) Tj ET q 0 0 5 5 re W n BT /F 10 Tf 40 50 Td (c) Tj ET Q 1 g BT /F 10 Tf 60 50 Td (d) Tj ET /X Do /OC /O BDC BT /F 10 Tf 80 50 Td (f) Tj ET EMC /Pattern cs /P scn 0 0 200 100 re f",
		stream("/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 50 50]/XStep 50/YStep 50/Resources<</Font<</F 5 0 R>>>>", "BT /F 10 Tf 5 5 Td (g) Tj ET"),
		"<</Type/Annot/Subtype/Stamp/Rect[160 60 180 70]/F 4/AP<</N 9 0 R>>>>",
		stream("/Subtype/Form/BBox[0 0 200 100]/Resources<</Font<</F 5 0 R>>>>", "BT /F 10 Tf 100 50 Td (e) Tj ET"),
		stream("/Subtype/Form/BBox[0 0 20 10]/Resources<</Font<</F 5 0 R>>>>", "BT /F 10 Tf 5 5 Td (h) Tj ET"))))
	glyphs, err := p.Glyphs()
	if err != nil {
		t.Fatal(err)
	}
	var read []rune
	for _, g := range glyphs {
		if !g.Generated {
			read = append(read, g.R)
		}
	}
	slices.Sort(read)
	if string(read) != "abcdef" {
		t.Errorf("read %q", string(read))
	}
}

func TestPassword(t *testing.T) {
	b, err := os.ReadFile("testdata/encrypted.pdf") // made by qpdf --encrypt open own 256
	if err != nil {
		t.Fatal(err)
	}
	e := start(t)
	for _, wrong := range []string{"", "guess", "open\x00", "密码"} {
		if _, err := e.Open(b, wrong); !errors.Is(err, engine.ErrPassword) || !errors.Is(err, redact.ErrUnreadable) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	for _, right := range []string{"open", "own"} {
		d, err := e.Open(b, right)
		if err != nil {
			t.Fatalf("%s: %v", right, err)
		}
		saved, err := d.Save()
		if err != nil {
			t.Fatal(err)
		}
		glyphs, err := first(t, open(t, e, saved)).Glyphs()
		if err != nil || len(glyphs) < 6 || bytes.Contains(saved, []byte("/Encrypt")) {
			t.Errorf("saved: %d characters, %v", len(glyphs), err)
		}
		d.Close()
	}
}

// FuzzOpen tries that no file makes the engine's own code panic or its answers
// absurd.
func FuzzOpen(f *testing.F) {
	f.Add(onePage("/Rotate 90", words))
	f.Add(onePage("/MediaBox[1e9 0 nan 1]/CropBox[9 9 1 1]/Rotate 45", words))
	f.Add(onePage("/MediaBox[0 0 99999999 1]", words))
	f.Fuzz(func(t *testing.T, pdf []byte) {
		e := start(t)
		d, err := e.Open(pdf, "")
		if err != nil {
			return
		}
		p, err := d.Page(0)
		if err != nil {
			return
		}
		w, h := p.Size()
		img, err := p.Render(p.Fits(36), geom.Rect{})
		if err == nil && (img.Rect.Empty() || math.Abs(float64(img.Rect.Dx())-w*p.Fits(36)/72) > 1 || math.Abs(float64(img.Rect.Dy())-h*p.Fits(36)/72) > 1) {
			t.Errorf("a page of %g × %g became %v", w, h, img.Rect)
		}
		glyphs, _ := p.Glyphs() // of a page that cannot be read there are none
		for _, g := range glyphs {
			for _, v := range []float64{g.Box.X0, g.Box.Y1, g.Origin.X, g.Loose.X1, g.Size} {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Fatal("a glyph at no place")
				}
			}
		}
		images, err := p.Images()
		if err == nil && len(images) > 0 {
			images[0].Pixels()
		}
		d.Save()
		d.Close()
	})
}

func near(a, b color.NRGBA) bool {
	d := func(x, y uint8) bool { return x-y < 8 || y-x < 8 }
	return d(a.R, b.R) && d(a.G, b.G) && d(a.B, b.B) && a.A == b.A
}

var (
	red   = color.NRGBA{255, 0, 0, 255}
	green = color.NRGBA{0, 255, 0, 255}
	blue  = color.NRGBA{0, 0, 255, 255}
	white = color.NRGBA{255, 255, 255, 255}
)

// The page shows its own content, an annotation and a form field, in whole and
// in part.
func TestRender(t *testing.T) {
	const look = "/Subtype/Form/BBox[0 0 20 10]"
	pdf := onePage("/Annots[6 0 R 9 0 R]", words,
		"<</Type/Annot/Subtype/Widget/FT/Tx/T(f)/V()/Rect[130 60 150 70]/F 4/AP<</N 7 0 R>>>>",
		stream(look, "0 1 0 rg 0 0 20 10 re f"),
		stream(look, "0 0 1 rg 0 0 20 10 re f"),
		"<</Type/Annot/Subtype/Stamp/Rect[160 60 180 70]/F 4/AP<</N 8 0 R>>>>")
	p := first(t, open(t, start(t), pdf))
	whole, err := p.Render(144, geom.Rect{})
	if err != nil {
		t.Fatal(err)
	}
	if whole.Rect != image.Rect(0, 0, 400, 200) {
		t.Fatal(whole.Rect)
	}
	for _, c := range []struct {
		x, y int // view points
		want color.NRGBA
	}{{5, 5, white}, {110, 35, red}, {140, 35, green}, {170, 35, blue}} {
		if got := whole.NRGBAAt(2*c.x, 2*c.y); !near(got, c.want) {
			t.Errorf("at %d, %d: %v, want %v", c.x, c.y, got, c.want)
		}
	}
	clip := geom.Rect{X0: 105.3, Y0: 28, X1: 175, Y1: 38}
	part, err := p.Render(144, clip)
	if err != nil {
		t.Fatal(err)
	}
	at := p.Pixels(144, clip)
	if part.Rect.Size() != at.Size() || at.Min != image.Pt(210, 56) {
		t.Fatalf("%v for %v", part.Rect, at)
	}
	for y := range at.Dy() {
		for x := range at.Dx() {
			if a, b := part.NRGBAAt(x, y), whole.NRGBAAt(x+at.Min.X, y+at.Min.Y); !near(a, b) {
				t.Fatalf("pixel %d, %d of the part is %v, of the whole %v", x, y, a, b)
			}
		}
	}
}

func TestRenderLimits(t *testing.T) {
	p := first(t, open(t, start(t), onePage("", words)))
	if _, err := p.Render(p.Fits(2400), geom.Rect{}); err != nil {
		t.Errorf("the most that is allowed: %v", err)
	}
	for _, dpi := range []float64{0, -1, math.NaN(), math.Inf(1), 1e9} {
		if _, err := p.Render(dpi, geom.Rect{}); err == nil {
			t.Errorf("%g dpi", dpi)
		}
	}
	if _, err := p.Render(72, geom.Rect{X0: 300, X1: 400, Y1: 10}); err == nil {
		t.Error("a part beside the page")
	}
	huge := first(t, open(t, start(t), onePage("/MediaBox[0 0 14400 14400]", words)))
	if _, err := huge.Render(150, geom.Rect{}); !errors.Is(err, redact.ErrTooLarge) {
		t.Errorf("30,000 × 30,000 pixels: %v", err)
	}
	for name, page := range map[string]*engine.Page{"huge": huge, "small": p} {
		dpi := page.Fits(150)
		if r := page.Pixels(dpi, geom.Rect{}); r.Empty() || r.Dx()*r.Dy() > engine.MaxPixels || (name == "small") != (dpi == 150) || dpi < 30 {
			t.Errorf("%s: %g dpi, %v", name, dpi, r)
		}
	}
}

// What PDFium leaves out where memory lacks is not taken for an empty page.
func TestRenderWithoutMemory(t *testing.T) {
	e := start(t)
	more := []string{"null", "null"} // transparency groups within one another, each with a bitmap of its own
	for i := range 6 {
		more = append(more, stream(fmt.Sprintf("/Subtype/Form/BBox[0 0 200 100]/Group<</S/Transparency/I true>>/Resources<</XObject<</X %d 0 R>>/ExtGState<</G<</ca .5/BM/Multiply>>>>>>", 9+i), "/G gs /X Do 0 1 0 rg 0 0 200 100 re f"))
	}
	p := first(t, open(t, e, onePage("", "/X Do", append(more, stream("/Subtype/Form/BBox[0 0 200 100]", "1 0 0 rg 0 0 200 100 re f"))...)))
	if _, err := p.Render(2400, geom.Rect{}); !errors.Is(err, redact.ErrTooLarge) || errors.Is(err, engine.ErrAborted) {
		t.Errorf("got %v with %d MiB", err, e.Memory()>>20)
	}
	if _, err := p.Render(72, geom.Rect{}); err != nil {
		t.Errorf("smaller: %v", err)
	}
}

func TestImages(t *testing.T) {
	p := first(t, open(t, start(t), onePage("", "q 20 0 0 10 100 60 cm /I Do Q q 1 0 0 1 5 5 cm /X Do Q",
		"null",
		stream("/Subtype/Image/Width 2/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB", "\xff\x00\x00\x00\xff\x00"),
		stream("/Subtype/Form/BBox[0 0 99 99]/Matrix[2 0 0 2 0 0]/Resources<</XObject<</I 7 0 R>>>>", "q 10 0 0 10 1 1 cm /I Do Q"))))
	images, err := p.Images()
	if err != nil || len(images) != 2 {
		t.Fatalf("%d pictures, %v", len(images), err)
	}
	for i, want := range []geom.Rect{{X0: 100, Y0: 30, X1: 120, Y1: 40}, {X0: 7, Y0: 73, X1: 27, Y1: 93}} {
		got := geom.Rect{X1: 1, Y1: 1}.Through(images[i].Matrix)
		if math.Abs(got.X0-want.X0)+math.Abs(got.Y0-want.Y0)+math.Abs(got.X1-want.X1)+math.Abs(got.Y1-want.Y1) > 1e-3 {
			t.Errorf("picture %d at %v", i, got)
		}
		img, err := images[i].Pixels()
		if err != nil {
			t.Fatal(err)
		}
		if img.Rect != image.Rect(0, 0, 2, 1) || !near(img.NRGBAAt(0, 0), red) || !near(img.NRGBAAt(1, 0), green) {
			t.Errorf("picture %d: %v", i, img)
		}
	}
}

func TestSave(t *testing.T) {
	e := start(t)
	whole := onePage("", words)
	cut := bytes.Replace(whole, []byte("xref\n0"), []byte("lost\n0"), 1) // no cross-reference table
	for _, pdf := range [][]byte{whole, cut} {
		saved, err := open(t, e, pdf).Save()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(saved, []byte("%PDF-")) || !bytes.Contains(saved, []byte("startxref")) {
			t.Errorf("%d bytes that are no PDF file", len(saved))
		}
		d := open(t, e, saved)
		glyphs, err := first(t, d).Glyphs()
		if err != nil || len(glyphs) < 7 {
			t.Errorf("%d characters, %v", len(glyphs), err)
		}
		again, err := open(t, e, pdf).Save()
		if err != nil || !bytes.Equal(again, saved) {
			t.Errorf("saved twice: %d and %d bytes, %v", len(saved), len(again), err)
		}
	}
}

func TestBadFiles(t *testing.T) {
	e := start(t)
	for name, pdf := range map[string][]byte{"empty": nil, "text": []byte("no PDF file at all"), "head": []byte("%PDF-1.7\n")} {
		if _, err := e.Open(pdf, ""); !errors.Is(err, engine.ErrDamaged) || !errors.Is(err, redact.ErrUnreadable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	d := open(t, e, onePage("", words))
	for _, i := range []int{-1, 1, math.MaxInt} {
		if _, err := d.Page(i); !errors.Is(err, engine.ErrDamaged) {
			t.Errorf("page %d: %v", i, err)
		}
	}
}

func TestClosed(t *testing.T) {
	e := start(t)
	d := open(t, e, onePage("", words))
	p := first(t, d)
	d.Close()
	if _, err := p.Glyphs(); !errors.Is(err, engine.ErrClosed) {
		t.Errorf("page of a closed document: %v", err)
	}
	if _, err := d.Page(0); !errors.Is(err, engine.ErrClosed) {
		t.Errorf("closed document: %v", err)
	}
	e.Close()
	if _, err := e.Open(onePage("", words), ""); !errors.Is(err, engine.ErrClosed) {
		t.Errorf("closed engine: %v", err)
	}
	p.Close()
	d.Close()
}

func TestTwoEngines(t *testing.T) {
	a, b := start(t), start(t)
	pa, pb := first(t, open(t, a, onePage("", words))), first(t, open(t, b, onePage("/Rotate 90", words)))
	a.Close()
	if _, err := pb.Glyphs(); err != nil {
		t.Error(err)
	}
	if _, err := pa.Glyphs(); err == nil {
		t.Error("a page of a closed engine was read")
	}
}
