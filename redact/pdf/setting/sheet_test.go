package setting

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/assets"
	"consentry/redact/pdf/label"
	"consentry/redact/pdf/object"
)

// notoBytes is the font of labels, and of Chinese text in the pages that tests
// make.
func notoBytes(t testing.TB) []byte {
	t.Helper()
	dir, err := assets.Dir()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "fonts", "NotoSansSC-Regular.ttf"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func newLabel(t testing.TB, ttf []byte) *label.Font {
	t.Helper()
	f, err := label.New(ttf)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// A sheet is a page in the making: content that a maker of PDFs would write.
type sheet struct {
	t       testing.TB
	body    bytes.Buffer
	form    bytes.Buffer // the content of /Fm0, where there is any
	noto    *label.Font
	upright bool // Chinese text is written downwards
	rotate  int
	simple  bool // Latin text is in Helvetica
}

const pageW, pageH = 595.0, 842.0

// helvetica are the widths of Helvetica from the space to the tilde, in
// thousandths of an em.
var helvetica = [...]int{278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
	333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584}

// A char is one rune as it is drawn.
type char struct {
	r    rune
	font string // H or N
	code string // hexadecimal
	wide float64
}

// chars are the runes of a text, Latin ones in Helvetica where the sheet says so.
func (s *sheet) chars(text string) []char {
	var out []char
	for _, r := range text {
		if s.simple && r >= ' ' && r <= '~' {
			out = append(out, char{r, "H", fmt.Sprintf("%02X", r), float64(helvetica[r-' ']) / 1000})
			continue
		}
		codes, em := s.noto.Encode(string(r))
		out = append(out, char{r, "N", fmt.Sprintf("%04X", binary.BigEndian.Uint16(codes)), em})
	}
	return out
}

// kern is made up, but as a font's: between two Latin letters, by what they are.
func kern(a, b rune) float64 {
	if !unicode.In(a, unicode.Latin) || b > 0x2000 || b == ' ' {
		return 0
	}
	return -float64((int(a)*7+int(b)*13)%5) * 0.012
}

// width is a text's natural width in em.
func (s *sheet) width(text string) (w float64) {
	for _, c := range s.chars(text) {
		w += c.wide
	}
	return w
}

// kerned is a text's width in em with kerning.
func (s *sheet) kerned(text string) (w float64) {
	cs := s.chars(text)
	for i, c := range cs {
		if w += c.wide; i+1 < len(cs) {
			w += kern(c.r, cs[i+1].r)
		}
	}
	return w
}

func (s *sheet) op(format string, args ...any) { fmt.Fprintf(&s.body, format+"\n", args...) }

// stretches are a text's longest parts in one font.
func stretches(cs []char) [][]char {
	var out [][]char
	for i, c := range cs {
		if i == 0 || c.font != cs[i-1].font {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], c)
	}
	return out
}

func hex(cs []char) string {
	var b strings.Builder
	for _, c := range cs {
		b.WriteString(c.code)
	}
	return "<" + b.String() + ">"
}

// bytes is the file. also are texts that its font holds without showing them, so
// that two sheets have the same font.
func (s *sheet) bytes(also ...string) []byte {
	for _, a := range also {
		s.noto.Encode(a)
	}
	f, _, err := object.Read(empty(), "", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	n, err := s.noto.Embed(f)
	if err != nil {
		s.t.Fatal(err)
	}
	if s.upright {
		d := f.Dict(n)
		d["Encoding"] = types.Name("Identity-V")
	}
	var widths types.Array
	for _, w := range helvetica {
		widths = append(widths, types.Integer(w))
	}
	h, err := f.Add(types.Dict{"Type": types.Name("Font"), "Subtype": types.Name("Type1"), "BaseFont": types.Name("Helvetica"),
		"Encoding": types.Name("WinAnsiEncoding"), "FirstChar": types.Integer(32), "LastChar": types.Integer(126), "Widths": widths})
	if err != nil {
		s.t.Fatal(err)
	}
	res := types.Dict{"Font": types.Dict{"H": h, "N": n}}
	if s.form.Len() > 0 {
		fm, err := f.NewStream(types.Dict{"Type": types.Name("XObject"), "Subtype": types.Name("Form"), "FormType": types.Integer(1),
			"BBox": types.Array{types.Integer(0), types.Integer(0), types.Integer(600), types.Integer(850)}, "Resources": types.Dict{"Font": types.Dict{"H": h, "N": n}}}, s.form.Bytes())
		if err != nil {
			s.t.Fatal(err)
		}
		res["XObject"] = types.Dict{"Fm0": fm}
	}
	content, err := f.NewStream(types.Dict{}, s.body.Bytes())
	if err != nil {
		s.t.Fatal(err)
	}
	p, err := f.Page(0)
	if err != nil {
		s.t.Fatal(err)
	}
	p.Dict["Resources"], p.Dict["Contents"], p.Dict["Rotate"] = res, content, types.Integer(s.rotate)
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		s.t.Fatal(err)
	}
	return out.Bytes()
}

// empty is a file of one page with nothing on it.
func empty() []byte {
	var b bytes.Buffer
	var at []int
	b.WriteString("%PDF-1.7\n")
	for i, o := range []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		fmt.Sprintf("<</Type/Page/Parent 2 0 R/Resources<<>>/MediaBox[0 0 %g %g]>>", pageW, pageH),
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}
