package pdf

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"testing"

	"consentry/redact"
	"consentry/redact/pdf/audit"
	"consentry/redact/pdf/content"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
)

// inside opens a file as the child does.
func inside(t *testing.T, b []byte) *reader {
	t.Helper()
	wasm, err := os.ReadFile(models + "pdfium/pdfium.wasm")
	if err != nil {
		t.Fatal(err)
	}
	m, err := engine.Compile(t.Context(), wasm, cache())
	if err != nil {
		t.Fatal(err)
	}
	e, err := m.New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	r := &reader{ctx: t.Context(), module: m, eng: e, hide: hides}
	if _, err := r.open(b, nil); err != nil {
		t.Fatal(err)
	}
	return r
}

// written makes one attempt at a file without a name.
func (r *reader) written(t *testing.T, b []byte, name string, drawn map[int]string) *edition {
	t.Helper()
	ttf, err := os.ReadFile(models + "fonts/NotoSansSC-Regular.ttf")
	if err != nil {
		t.Fatal(err)
	}
	r.ttf = ttf
	e, err := r.write(orders{rs: everywhere(pagesOf(t, openPDF(t, b)), name)}, drawn)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// exact fails where the file without a name differs from its source elsewhere.
func exact(t *testing.T, b []byte, name string) {
	t.Helper()
	r := inside(t, b)
	doubts, err := r.verify(r.written(t, b, name, map[int]string{}), map[int]redact.Digest{})
	if err != nil {
		t.Fatal(err)
	}
	for i, why := range doubts {
		t.Errorf("page %d: %s", i+1, why)
	}
}

// Letters that stand right behind a touched line are of it, also where the font has
// no widths by which we would know how far it reaches.
func TestExactWithoutWidths(t *testing.T) {
	exact(t, sheet("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 300]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"+
			"/F2<</Type/Font/Subtype/TrueType/BaseFont/Tahoma/FirstChar 32/LastChar 255>>>>>>>>",
		stream("", "BT /F2 20 Tf 40 200 Td (Wendel Aschberg!) Tj /F1 12 Tf 0 -40 Td (They agreed.) Tj ET")), "Aschberg")
}

// What is drawn through the letters of a name does not cover the page without them.
func TestExactWhereTheNameClips(t *testing.T) {
	exact(t, sheet("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 300]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
		stream("", "BT /F1 12 Tf 40 40 Td (They agreed.) Tj ET q 7 Tr BT /F1 20 Tf 40 200 Td (Aschberg) Tj ET 1 0 0 rg 0 0 420 300 re f Q")), "Aschberg")
}

func TestStay(t *testing.T) {
	at := func(r rune, x float64) engine.Glyph {
		return engine.Glyph{R: r, Size: 10, Origin: geom.Point{X: x, Y: 100}, Loose: geom.Rect{X0: x, Y0: 92, X1: x + 5, Y1: 102}}
	}
	zones := []geom.Rect{{X0: 0, Y0: 90, X1: 14, Y1: 105}}
	was := []engine.Glyph{at('a', 0), at('b', 5), at('c', 10), at('d', 15), at('e', 20), at('\u00a0', 35), at('f', 40)}
	for _, c := range []struct {
		is   []engine.Glyph
		want bool
	}{
		{was, true},
		{[]engine.Glyph{at('f', 40)}, true}, // d and e go on where c ends; nobody sees white space
		{[]engine.Glyph{at('d', 15), at('e', 20)}, false},
		{[]engine.Glyph{at('f', 41)}, false},
		{[]engine.Glyph{at('x', 40)}, false},
	} {
		if got := stay(was, c.is, append(behind(was, zones), zones...)); got != c.want {
			t.Errorf("%d glyphs: %v", len(c.is), got)
		}
	}
}

// The border of a ground that is drawn anew may look otherwise as it may.
func TestRedrawn(t *testing.T) {
	inner, outer := geom.Rect{X0: 10, Y0: 10, X1: 50, Y1: 30}, geom.Rect{X0: 6, Y0: 6, X1: 54, Y1: 34}
	fills := []content.Fill{{Box: inner, Points: 4, Order: 2}, {Box: inner, Points: 5, Order: 3}, {Box: outer, Points: 5, Order: 3}}
	now := geom.Rect{X0: 10, Y0: 10, X1: 30, Y1: 30}
	if got, want := redrawn(fills, 1, now), []geom.Rect{inner, now, outer, now.Grow(4)}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := redrawn(fills, 0, geom.Rect{}); !slices.Equal(got, []geom.Rect{inner}) {
		t.Errorf("%v", got)
	}
}

// signed is a page with a signature's look, which is also a resource of the form.
func signed() []byte {
	return sheet("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]/DR<</XObject<</FRM 5 0 R>>>>/DA(/Helv 0 Tf 0 g)/SigFlags 3>>>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<<>>/Annots[6 0 R]>>",
		stream("", "0.9 g 10 10 20 20 re f"),
		stream("/Type/XObject/Subtype/Form/BBox[0 0 200 60]/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>",
			"BT /F1 9 Tf 4 44 Td (Signed by the office in the spring of the year,) Tj 0 -14 Td (by Wendel Aschberg) Tj 0 -14 Td (and with all that belongs to it, willingly) Tj ET"),
		"<</Type/Annot/Subtype/Widget/FT/Sig/T(sign)/F 4/Rect[40 60 240 120]/P 3 0 R/V<</Type/Sig/Name(Wendel Aschberg)>>/AP<</N 5 0 R>>>>")
}

// A signature's look becomes a stamp, which PDFium draws with the page instead of
// with the form, and that makes no difference.
func TestSignature(t *testing.T) {
	b := signed()
	exact(t, b, "Aschberg")
	img, err := render(eyes(t), b)(0, geom.Rect{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if r, g, b, _ := img.At(x, y).RGBA(); r != g || g != b {
				t.Fatalf("black text has colour at %d, %d", x, y)
			}
		}
	}
}

// Of a page that is a picture nothing is left in the form: no look of a field, no
// resource that only looks need.
func TestLooksOfPictures(t *testing.T) {
	b := signed()
	r := inside(t, b)
	e := r.written(t, b, "Aschberg", map[int]string{0: whyPixels})
	leaks, err := audit.Attack{}.Try(t.Context(), redact.Released{
		Asset: asset(e.bytes), Body: bytes.NewReader(e.bytes), Removed: []redact.Finding{{Text: "Aschberg", Kind: redact.Person}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range leaks {
		t.Errorf("left: %s", l.Where)
	}
}

// A page keeps all of its resources where a mask that it paints through has none of
// its own, but no font that nothing is written in any more.
func TestIdleFonts(t *testing.T) {
	b := sheet("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</ExtGState<</G<</SMask<</S/Luminosity/G 5 0 R>>>>>>/Font<</F1 6 0 R/F2 7 0 R>>>>>>",
		stream("", "q /G gs 0.5 g 10 10 50 50 re f Q BT /F1 12 Tf 40 120 Td <0102030405060708> Tj /F2 12 Tf 0 -30 Td (They agreed.) Tj ET"),
		stream("/Type/XObject/Subtype/Form/BBox[0 0 300 200]/Group<</S/Transparency/CS/DeviceGray>>", "1 g 0 0 300 200 re f"),
		"<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Own/FirstChar 1/LastChar 8/Widths[500 500 500 500 500 500 500 500]/ToUnicode 8 0 R>>",
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
		stream("", "begincmap 1 begincodespacerange <00> <ff> endcodespacerange 8 beginbfchar <01> <0041> <02> <0073> <03> <0063> <04> <0068> <05> <0062> <06> <0065> <07> <0072> <08> <0067> endbfchar endcmap"))
	e := inside(t, b).written(t, b, "Aschberg", map[int]string{})
	if bytes.Contains(e.bytes, []byte("ABCDEF+Own")) {
		t.Error("the font is left")
	}
	leaks, err := audit.Attack{}.Try(t.Context(), redact.Released{
		Asset: asset(e.bytes), Body: bytes.NewReader(e.bytes), Removed: []redact.Finding{{Text: "Aschberg", Kind: redact.Person}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range leaks {
		t.Errorf("left: %s", l.Where)
	}
}

// Seen closer, text that moved by a tenth of a point is the same; text that moved by
// a point, another letter, another shade, a line that is gone or new are not.
func TestSameCloser(t *testing.T) {
	content := func(x float64, text, shade, more string) string {
		return fmt.Sprintf("%s g BT /F1 9 Tf %.2f 200 Td 11 TL (%s) Tj T* (They agreed on it at once.) Tj T* (Nobody else was there.) Tj ET %s", shade, x, text, more)
	}
	const text, line = "The auditors met in the spring.", "0.5 w 40 100 m 300 100 l S"
	for name, c := range map[string]struct {
		content string
		want    bool
	}{
		"a tenth of a point":  {content(40.12, text, "0", line), true},
		"a point":             {content(41, text, "0", line), false},
		"a word":              {content(40, "The auditors met in the summer.", "0", line), false},
		"a shade":             {content(40, text, "0.4", line), false},
		"a line that is gone": {content(40, text, "0", ""), false},
		"a new line":          {content(40, text, "0", line+" 40 90 m 300 90 l S"), false},
		"a longer line":       {content(40, text, "0", "0.5 w 40 100 m 360 100 l S"), false},
	} {
		e := eyes(t)
		page := func(c string) *engine.Page {
			d, err := e.Open(textSheet(c), "")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { d.Close() })
			p, err := d.Page(0)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		got, err := sameCloser(page(content(40, text, "0", line)), page(c.content), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// A sheet of five metres is compared in bands, and what differs in one of them is
// seen, but for what lies in a zone.
func TestSamePixelsOfASheet(t *testing.T) {
	open := func(drawing string) *engine.Page {
		t.Helper()
		d := inside(t, []byte(ofSize(14400, 2880, drawing))).doc
		p, err := d.Page(0)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(p.Close)
		return p
	}
	lines := "0 0 14400 2 re f 100 1440 200 200 re f 7000 2000 30 30 re f "
	for _, c := range []struct {
		name, other string
		zones       []geom.Rect
		want        bool
	}{
		{"the same", lines, nil, true},
		{"more at the top", lines + "9000 2860 15 15 re f", nil, false},
		{"more at the bottom", lines + "9000 5 15 15 re f", nil, false},
		{"more between two bands", lines + "9000 2304 15 15 re f", nil, false},
		{"more in a zone", lines + "9000 500 15 15 re f", []geom.Rect{{X0: 8990, Y0: 2360, X1: 9020, Y1: 2385}}, true},
		{"more beside a zone", lines + "9000 500 15 15 re f", []geom.Rect{{X0: 8990, Y0: 490, X1: 9020, Y1: 520}}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := samePixels(open(lines), open(c.other), c.zones)
			if err != nil || got != c.want {
				t.Errorf("same: %v, %v", got, err)
			}
		})
	}
}

// ofSize is a file of one page.
func ofSize(w, h int, drawing string) string {
	return fmt.Sprintf("%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj "+
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R>>endobj 4 0 obj<</Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>", w, h, len(drawing), drawing)
}
