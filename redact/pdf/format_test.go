package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"os"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/redacttest"
)

// sheet makes a PDF of these objects, the first of which is the catalogue.
func sheet(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

func stream(dict, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

// textSheet has one page for each content, in Helvetica.
func textSheet(contents ...string) []byte {
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"}
	var kids []string
	for _, c := range contents {
		n := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
		objects = append(objects, fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 300]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>", n+1), stream("", c))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), len(kids))
	return sheet(objects...)
}

// pictureSheet is one page that a picture fills, with some detail all over.
func pictureSheet() []byte {
	const w, h = 240, 160
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	var data strings.Builder
	for y := range h {
		for x := range w {
			c := color.RGBA{uint8(x * 7), uint8(y * 5), uint8((x/6 + y/6) % 2 * 200), 255}
			m.SetRGBA(x, y, c)
			data.Write([]byte{c.R, c.G, c.B})
		}
	}
	return sheet("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 240 160]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>",
		stream("", "q 240 0 0 160 0 0 cm /I Do Q"),
		stream("/Type/XObject/Subtype/Image/Width 240/Height 160/ColorSpace/DeviceRGB/BitsPerComponent 8", data.String()))
}

func TestFormat(t *testing.T) {
	redacttest.TestFormat(t, New(options(t)),
		redacttest.Sample{Name: "one.pdf", Type: Type, Body: textSheet("BT /F1 12 Tf 40 240 Td (Wendel Aschberg met the auditors) Tj ET")},
		redacttest.Sample{Name: "two.pdf", Type: Type, Body: textSheet(
			"BT /F1 12 Tf 40 240 Td (Wendel Aschberg met the auditors.) Tj 0 -16 Td (They agreed.) Tj ET",
			"BT /F1 12 Tf 40 240 Td (Later Wendel wrote to them.) Tj ET")},
		redacttest.Sample{Name: "picture.pdf", Type: Type, Body: pictureSheet()},
		redacttest.Sample{Name: "not.pdf", Type: Type, Body: []byte("%PDF-1.7\nnothing more"), Unreadable: true},
		redacttest.Sample{Name: "no-pages.pdf", Type: Type, Body: sheet("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"), Unreadable: true},
	)
}

// Two files that differ in a name only become the same bytes.
func TestEqualBytes(t *testing.T) {
	var first []byte
	for i, name := range []string{"Ida Lum", "Maximiliana Wuggenhorst", "Ole Ii"} {
		b := textSheet("BT /F1 12 Tf 40 240 Td (Interview with " + name + ") Tj ( in the spring) Tj 0 -16 Td (They agreed.) Tj ET")
		d := openPDF(t, b)
		var out bytes.Buffer
		if _, err := d.Rewrite(t.Context(), &out, everywhere(pagesOf(t, d), name)); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = out.Bytes()
		} else if !bytes.Equal(first, out.Bytes()) {
			t.Errorf("name %d makes another file", i)
		}
	}
}

// A protected file says so and opens with its password.
func TestProtected(t *testing.T) {
	b, err := os.ReadFile("testdata/protected.pdf") // AES-256; user password openme
	if err != nil {
		t.Fatal(err)
	}
	f := New(options(t))
	if _, err := f.Open(t.Context(), asset(b), bytes.NewReader(b)); !errors.Is(err, redact.ErrPassword) || !errors.Is(err, redact.ErrUnreadable) {
		t.Fatalf("without the password: %v", err)
	}
	o := options(t)
	o.Passwords = func() []string { return []string{"wrong", "openme"} }
	d, err := New(o).Open(t.Context(), asset(b), bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	pages := pagesOf(t, d)
	if len(pages) == 0 || len(pages[0].Spans) == 0 {
		t.Fatal("nothing was read")
	}
	var out bytes.Buffer
	if _, err := d.Rewrite(t.Context(), &out, everywhere(pages, "Aschberg")); err != nil {
		t.Fatal(err)
	}
	again := pagesOf(t, openPDF(t, out.Bytes())) // needs no password any more
	if s := again[0].Spans[0].Text; strings.Contains(s, "Aschberg") || !strings.Contains(s, "[X]") {
		t.Errorf("the written page reads %q", s)
	}
}

// A name that a hyphen divides at a line's end is read as one and goes as one, the
// hyphen with it.
func TestDividedName(t *testing.T) {
	b := textSheet("BT /F1 12 Tf 40 240 Td 14 TL (The auditors of the house had long expected that Wendel Asch-) Tj " +
		"T* (berg would leave the company in the spring, and so he did.) Tj T* (Nobody of the board was surprised by it when they met again.) Tj ET")
	d := openPDF(t, b)
	var found []redact.Finding
	for _, p := range pagesOf(t, d) {
		for _, q := range p.Passages() {
			if i := strings.Index(string(q.Text), "Aschberg"); i >= 0 {
				found = p.AppendFound(found, q, i, i+len("Aschberg"), redact.Finding{Kind: redact.Person})
			}
		}
	}
	if len(found) != 2 {
		t.Fatalf("the name is read in %d pieces, want 2", len(found))
	}
	var rs []redact.Redaction
	for _, f := range found {
		rs = append(rs, redact.Redaction{Region: f.Region, Kind: f.Kind, With: "[X]"})
	}
	var out bytes.Buffer
	if _, err := d.Rewrite(t.Context(), &out, rs); err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, s := range pagesOf(t, openPDF(t, out.Bytes()))[0].Spans {
		text.WriteString(s.Text)
	}
	if got := text.String(); !strings.Contains(got, "Wendel [X]") || strings.Count(got, "[X]") != 1 || strings.Contains(got, "-") || !strings.Contains(got, "would leave") {
		t.Errorf("written: %q", got)
	}
}
