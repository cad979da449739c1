package shown

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"consentry/redact/pdf/audit/raw"
)

// one is a file of one page with content and further entries of its resources;
// objects follow from number 5 on.
func one(content, resources string, objects ...string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n")
	fmt.Fprintf(&b, "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<<%s>>>>endobj\n4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n", resources, len(content), content)
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj %s endobj\n", 5+i, o)
	}
	b.WriteString("trailer<</Root 1 0 R>>")
	return []byte(b.String())
}

func stream(dict, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", dict, len(data), data)
}

func page(t *testing.T, b []byte) (*Page, *Reader) {
	t.Helper()
	r := NewReader(t.Context(), raw.Read(t.Context(), b))
	ps := r.Tree()
	if len(ps) != 1 {
		t.Fatalf("%d pages", len(ps))
	}
	r.Draw(ps[0])
	return ps[0], r
}

func text(p *Page) string {
	var b strings.Builder
	for i, g := range p.Glyphs {
		if g.Jump && i > 0 {
			b.WriteByte('|')
		}
		b.WriteString(g.Text)
	}
	return b.String()
}

const helv = "/Font<</F 5 0 R>>"
const helvFont = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"

func TestText(t *testing.T) {
	cmap := "1 begincodespacerange<00><FF>endcodespacerange 1 beginbfchar<01><0041>endbfchar 2 beginbfrange<02><03><0061><04><05>[<5F204F1F><0078>]endbfrange"
	for _, c := range []struct{ name, content, font, want string }{
		{"tj", "BT /F 10 Tf 5 5 Td(ab)Tj(c)Tj ET", helvFont, "abc"},
		{"apart", "BT /F 10 Tf 5 5 Td(ab)Tj 50 0 Td(c)Tj ET", helvFont, "ab|c"},
		{"array", "BT /F 10 Tf[(a)-20(b)-900(c)]TJ ET", helvFont, "ab|c"},
		{"lines", "BT /F 10 Tf 9 TL(a)Tj(b)' 1 2(c)\" ET", helvFont, "a|b|c"},
		{"win ansi", "BT /F 10 Tf(\\200\\344)Tj ET", helvFont, "€ä"},
		{"standard", "BT /F 10 Tf('\\256)Tj ET", "<</Subtype/Type1/BaseFont/Times>>", "’ﬁ"},
		{"differences", "BT /F 10 Tf(ab)Tj ET", "<</Subtype/Type1/Encoding<</Differences[97/Adieresis/uni5F20]>>>>", "Ä张"},
		{"to unicode", "BT /F 10 Tf<0102030405>Tj ET", "<</Subtype/Type1/ToUnicode 6 0 R>>", "Aab张伟x"},
		{"no font", "BT (ab)Tj ET", helvFont, "ab"},
		{"gbk", "BT /F 10 Tf<61D5C5CEB0>Tj ET", "<</Subtype/Type0/Encoding/GBK-EUC-H/DescendantFonts[<<>>]>>", "a张伟"},
		{"ucs2", "BT /F 10 Tf<5F204F1F>Tj ET", "<</Subtype/Type0/Encoding/UniGB-UCS2-H/DescendantFonts[<<>>]>>", "张伟"},
		{"form", "q /X Do Q BT /F 10 Tf(b)Tj ET", helvFont, "ab"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, _ := page(t, one(c.content, helv+"/XObject<</X 7 0 R>>", c.font, stream("", cmap), stream("/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</Font<</F 5 0 R>>>>", "BT /F 10 Tf(a)Tj ET")))
			if got := text(p); strings.ReplaceAll(got, "|", "") != strings.ReplaceAll(c.want, "|", "") || strings.Count(c.want, "|") > strings.Count(got, "|") {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	p, _ := page(t, one("q 2 0 0 2 10 20 cm BT /F 10 Tf 1 0 0 1 3 4 Tm(ab)Tj ET Q", helv, helvFont))
	a, b := p.Glyphs[0], p.Glyphs[1]
	if a.Origin.X != 16 || a.Origin.Y != 28 || math.Abs(b.Origin.X-16-5.56*2) > 1e-9 || a.Size != 20 {
		t.Errorf("at %v and %v in size %g", a.Origin, b.Origin, a.Size)
	}
}

func TestWhy(t *testing.T) {
	for _, c := range []struct {
		content string
		want    Why
	}{
		{"BT /F 10 Tf 5 5 Td(a)Tj ET", 0},
		{"BT /F 10 Tf 5 5 Td 3 Tr(a)Tj ET", Invisible},
		{"q 0 0 2 2 re W n BT /F 10 Tf 50 50 Td(a)Tj ET Q", Clipped},
		{"q 40 40 20 20 re W n BT /F 10 Tf 50 50 Td(a)Tj ET Q", 0},
		{"BT /F 10 Tf 500 5 Td(a)Tj ET", OffPage},
		{"/OC/L BDC BT /F 10 Tf 5 5 Td(a)Tj ET EMC", Layer},
		{"/OC/L BDC EMC BT /F 10 Tf 5 5 Td(a)Tj ET", 0},
		{"BT /F .1 Tf 5 5 Td(a)Tj ET", Tiny},
		{"/G gs BT /F 10 Tf 5 5 Td(a)Tj ET", See},
	} {
		b := one(c.content, helv+"/Properties<</L 6 0 R>>/ExtGState<</G<</ca 0>>>>", helvFont, "<</Type/OCG>>")
		b = []byte(strings.Replace(string(b), "/Pages 2 0 R", "/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>", 1))
		if p, _ := page(t, b); len(p.Glyphs) != 1 || p.Glyphs[0].Why != c.want {
			t.Errorf("%s: %d glyph(s), %v, want %v", c.content, len(p.Glyphs), p.Glyphs[0].Why, c.want)
		}
	}
}

func TestFills(t *testing.T) {
	for _, c := range []struct {
		content      string
		n            int
		rect, opaque bool
	}{
		{"10 10 50 20 re f", 1, true, true},
		{"10 10 m 60 10 l 60 30 l 10 30 l h f", 1, true, true},
		{"10 10 m 60 10 l 35 30 l h f", 1, false, true},
		{"10 10 50 20 re 70 10 20 20 re f", 2, true, true},
		{"20 w 10 20 m 60 20 l S", 1, true, true},
		{"10 10 50 20 re S", 1, false, false},
		{"/G gs 10 10 50 20 re f", 1, true, false},
		{"/M gs 10 10 50 20 re f", 1, true, false},
		{"10 10 50 20 re n", 0, false, false},
	} {
		p, _ := page(t, one(c.content, "/ExtGState<</G<</ca .5>>/M<</BM/Multiply>>>>"))
		if len(p.Fills) != c.n {
			t.Errorf("%s: %d fills", c.content, len(p.Fills))
			continue
		}
		for _, f := range p.Fills {
			if f.Rect != c.rect || f.Opaque != c.opaque || math.Abs(f.Box.Y0-10) > 0.01 || math.Abs(f.Box.Y1-30) > 0.01 && f.Rect {
				t.Errorf("%s: %+v", c.content, f)
			}
		}
	}
}

func TestRest(t *testing.T) {
	b := one("BT /F 10 Tf(seen)Tj ET", helv, helvFont, stream("/Type/XObject/Subtype/Form", "BT /F 10 Tf(unseen)Tj ET"))
	p, r := page(t, b)
	if text(p) != "seen" {
		t.Errorf("the page says %q", text(p))
	}
	if rest := r.Rest(); text(rest) != "unseen" || rest.Glyphs[0].Why&Undrawn == 0 {
		t.Errorf("the rest says %q", text(rest))
	}
}

// A form that draws itself, and forms that draw each other many times over, end.
func TestFormsWithoutEnd(t *testing.T) {
	many := strings.Repeat("/A Do /B Do ", 40)
	p, r := page(t, one(many, "/XObject<</A 5 0 R/B 6 0 R>>",
		stream("/Subtype/Form/Resources<</XObject<</A 5 0 R/B 6 0 R>>>>", many),
		stream("/Subtype/Form/Resources<</XObject<</A 5 0 R/B 6 0 R>>>>", many)))
	if len(p.Glyphs) != 0 || r.Cut() == nil {
		t.Errorf("%d glyphs, cut %v", len(p.Glyphs), r.Cut())
	}
}

func FuzzDraw(f *testing.F) {
	f.Add([]byte("q 1 0 0 1 2 3 cm BT /F 10 Tf[(a)-5<41>]TJ T*(b)' ET Q /X Do"), []byte("1 begincodespacerange<00><FF>endcodespacerange 1 beginbfrange<00><FF><0041>endbfrange"))
	f.Add([]byte("/Pattern cs /P scn 0 0 9 9 re f BI/W 1/H 1/BPC 8/CS/G ID x EI 3 Tr(a)Tj"), []byte("1 beginbfchar<01><0041>endbfchar 1 begincidrange<00><05>3 endcidrange"))
	f.Fuzz(func(t *testing.T, content, cmap []byte) {
		if len(content)+len(cmap) > 1<<14 {
			return
		}
		b := one(string(content), helv+"/XObject<</X 7 0 R>>/Pattern<</P 8 0 R>>", "<</Subtype/Type0/Encoding 6 0 R/ToUnicode 6 0 R/DescendantFonts[<</W[1[500]2 9 600]>>]>>", stream("", string(cmap)),
			stream("/Subtype/Form/Resources<</Font<</F 5 0 R>>/XObject<</X 7 0 R>>>>", string(content)), stream("/PatternType 1/Resources<</Font<</F 5 0 R>>>>", string(content)))
		r := NewReader(t.Context(), raw.Read(t.Context(), b))
		for _, p := range r.Tree() {
			r.Draw(p)
		}
		r.Rest()
	})
}
