package content

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
)

// A sheet is a file of loose pages.
type sheet struct {
	testing.TB
	f    *object.File
	font types.IndirectRef // Helvetica
}

func newSheet(t testing.TB) *sheet {
	size, none, free := 1, int64(0), types.FreeHeadGeneration
	x := &model.XRefTable{Table: map[int]*model.XRefTableEntry{0: {Free: true, Offset: &none, Generation: &free}}, Size: &size}
	x.RootDict = types.Dict{}
	s := &sheet{TB: t, f: &object.File{Context: &model.Context{XRefTable: x, Configuration: model.NewDefaultConfiguration()}}}
	s.font = s.add(types.Dict{"Type": types.Name("Font"), "Subtype": types.Name("Type1"), "BaseFont": types.Name("Helvetica")})
	return s
}

func (s *sheet) add(o types.Object) types.IndirectRef {
	s.Helper()
	ref, err := s.f.Add(o)
	if err != nil {
		s.Fatal(err)
	}
	return ref
}

func (s *sheet) stream(d types.Dict, content string) types.IndirectRef {
	s.Helper()
	ref, err := s.f.NewStream(d, []byte(content))
	if err != nil {
		s.Fatal(err)
	}
	return ref
}

// form is a form XObject of 600 × 600 with resources.
func (s *sheet) form(res types.Dict, content string) types.IndirectRef {
	d := types.Dict{"Type": types.Name("XObject"), "Subtype": types.Name("Form"), "BBox": rectOf(0, 0, 600, 600)}
	if res != nil {
		d["Resources"] = res
	}
	return s.stream(d, content)
}

// photo is an image of one grey pixel.
func (s *sheet) photo() types.IndirectRef {
	return s.stream(types.Dict{
		"Type": types.Name("XObject"), "Subtype": types.Name("Image"), "Width": types.Integer(1), "Height": types.Integer(1),
		"ColorSpace": types.Name("DeviceGray"), "BitsPerComponent": types.Integer(8),
	}, "\x80")
}

// with are resources with Helvetica as F1 and more.
func (s *sheet) with(more types.Dict) types.Dict {
	d := types.Dict{"Font": types.Dict{"F1": s.font}}
	for k, v := range more {
		d[k] = v
	}
	return d
}

func (s *sheet) page(res types.Dict, content string) object.Page {
	s.Helper()
	d := types.Dict{"Type": types.Name("Page"), "Contents": s.stream(types.Dict{}, content), "Resources": res}
	return object.Page{
		Dict: d, Ref: s.add(d), Resources: res, MediaBox: geom.Rect{X1: 600, Y1: 600}, CropBox: geom.Rect{X1: 600, Y1: 600},
	}
}

// again is the page as it is now.
func (s *sheet) again(p object.Page) object.Page {
	p.Resources = s.f.Dict(p.Dict["Resources"])
	return p
}

func (s *sheet) read(p object.Page) *Page {
	s.Helper()
	c, err := NewReader(s.f).Interpret(s.again(p))
	if err != nil {
		s.Fatal(err)
	}
	return c
}

func (s *sheet) rewrite(p object.Page, e Edit) *Page {
	s.Helper()
	if err := NewReader(s.f).Rewrite(s.again(p), e); err != nil {
		s.Fatal(err)
	}
	return s.read(p)
}

// source is the content of a page.
func (s *sheet) source(p object.Page) string {
	s.Helper()
	b, err := s.f.Content(s.again(p))
	if err != nil {
		s.Fatal(err)
	}
	return string(b)
}

// reachable is everything that can be got to from o: dictionaries as they would
// be written and streams decoded.
func (s *sheet) reachable(o types.Object) string {
	var b strings.Builder
	seen := map[int]bool{}
	var walk func(o types.Object)
	walk = func(o types.Object) {
		switch v := o.(type) {
		case types.IndirectRef:
			if n := v.ObjectNumber.Value(); !seen[n] {
				seen[n] = true
				walk(s.f.Get(v))
			}
		case types.Dict:
			for _, k := range sorted(v) {
				fmt.Fprintf(&b, "/%s ", k)
				walk(v[k])
			}
		case types.Array:
			for _, e := range v {
				walk(e)
			}
		case types.StreamDict:
			walk(v.Dict)
			if c, err := s.f.Decoded(v); err == nil {
				b.Write(c)
			}
		case nil:
		default:
			b.WriteString(v.PDFString() + " ")
		}
	}
	walk(o)
	return b.String()
}

func rectOf(v ...float64) types.Array {
	a := types.Array{}
	for _, n := range v {
		a = append(a, types.Float(n))
	}
	return a
}

// words is the text of a page.
func words(c *Page) string {
	var b strings.Builder
	for _, g := range c.Glyphs {
		b.WriteString(g.Text)
	}
	return b.String()
}

// glyphsOf are the places of a word in a page's glyphs, all of them.
func glyphsOf(t testing.TB, c *Page, word string) []int {
	t.Helper()
	text := words(c) // one byte a glyph
	if len(text) != len(c.Glyphs) {
		t.Fatalf("%d bytes for %d glyphs", len(text), len(c.Glyphs))
	}
	var out []int
	for at := 0; ; {
		k := strings.Index(text[at:], word)
		if k < 0 {
			break
		}
		for i := range len(word) {
			out = append(out, at+k+i)
		}
		at += k + len(word)
	}
	if len(out) == 0 {
		t.Fatal("the word is not there")
	}
	return out
}

// document is a whole file, each page with Helvetica as F1.
func document(pages ...string) []byte {
	var b bytes.Buffer
	var at []int
	put := func(s string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), s)
	}
	b.WriteString("%PDF-1.7\n")
	put("<</Type/Catalog/Pages 2 0 R>>")
	kids := ""
	for i := range pages {
		kids += fmt.Sprintf("%d 0 R ", 4+2*i)
	}
	put(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 600 600]/Resources<</Font<</F1 3 0 R>>>>>>", len(pages), kids))
	put("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
	for i, p := range pages {
		put(fmt.Sprintf("<</Type/Page/Parent 2 0 R/Contents %d 0 R>>", 5+2*i))
		put(fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(p), p))
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}
