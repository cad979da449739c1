package font_test

import (
	"bytes"
	"context"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/assets"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/font"
	"consentry/redact/pdf/font/fonttest"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
)

// asset reads a file of the models.
func asset(t *testing.T, name string) []byte {
	t.Helper()
	dir, err := assets.Dir()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// page is a file of one page with this content, and the page's resources.
func page(t *testing.T, content string) (*object.File, types.Dict) {
	t.Helper()
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 60]/Contents 4 0 R/Resources<</Font<<>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content)}
	b := bytes.NewBufferString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(b, "%d 0 obj%s endobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(b, "trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF", len(at)+1, xref)
	conf := model.NewDefaultConfiguration()
	conf.Offline = true
	ctx, err := api.ReadContext(bytes.NewReader(b.Bytes()), conf)
	if err != nil {
		t.Fatal(err)
	}
	if err := api.ValidateContext(ctx); err != nil {
		t.Fatal(err)
	}
	f := &object.File{Context: ctx}
	p, err := f.Page(0)
	if err != nil {
		t.Fatal(err)
	}
	return f, f.Dict(p.Resources["Font"])
}

func program(t *testing.T, f *object.File, subtype string, b []byte) types.IndirectRef {
	t.Helper()
	d := types.Dict{"Length1": types.Integer(len(b))}
	if subtype != "" {
		d = types.Dict{"Subtype": types.Name(subtype)}
	}
	ref, err := f.NewStream(d, b)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func descriptor(key string, ref types.IndirectRef) types.Dict {
	return types.Dict{"Type": types.Name("FontDescriptor"), "FontName": types.Name("QWERTY+Squares"), "Flags": types.Integer(4), "ItalicAngle": types.Integer(0),
		"Ascent": types.Integer(800), "Descent": types.Integer(-200), "CapHeight": types.Integer(700), "StemV": types.Integer(80),
		"FontBBox": types.NewIntegerArray(0, -200, 1000, 800), key: ref}
}

func simple(kind string, g []fonttest.Glyph, desc types.Dict) types.Dict {
	widths := types.Array{}
	for _, l := range g[1:] {
		widths = append(widths, types.Integer(l.Width))
	}
	return types.Dict{"Type": types.Name("Font"), "Subtype": types.Name(kind), "BaseFont": types.Name("QWERTY+Squares"), "FirstChar": types.Integer('A'),
		"LastChar": types.Integer('A' + len(widths) - 1), "Widths": widths, "FontDescriptor": desc}
}

func composite(kind string, desc types.Dict) types.Dict {
	return types.Dict{"Type": types.Name("Font"), "Subtype": types.Name("Type0"), "BaseFont": types.Name("QWERTY+Squares"), "Encoding": types.Name("Identity-H"),
		"DescendantFonts": types.Array{types.Dict{"Type": types.Name("Font"), "Subtype": types.Name(kind), "BaseFont": types.Name("QWERTY+Squares"),
			"CIDSystemInfo":  types.Dict{"Registry": types.StringLiteral("Adobe"), "Ordering": types.StringLiteral("Identity"), "Supplement": types.Integer(0)},
			"FontDescriptor": desc}}}
}

// drawn renders the page; dark is how many pixels are.
func drawn(t *testing.T, e *engine.Engine, f *object.File) (pix []byte, dark int) {
	t.Helper()
	var b bytes.Buffer
	if err := api.WriteContext(f.Context, &b); err != nil {
		t.Fatal(err)
	}
	d, err := e.Open(b.Bytes(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	p, err := d.Page(0)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	img, err := p.Render(144, geom.Rect{})
	if err != nil {
		t.Fatal(err)
	}
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if img.NRGBAAt(x, y) == (color.NRGBA{A: 255}) {
				dark++
			}
		}
	}
	return img.Pix, dark
}

// What is still shown looks the same to PDFium after the rest is gone.
func TestPrunedFontsLookTheSame(t *testing.T) {
	m, err := engine.Compile(context.Background(), asset(t, "pdfium/pdfium.wasm"), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close(context.Background())
	e, err := m.New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	g := fonttest.Letters("ABCDEFGH")
	accented := append(fonttest.Letters("ABCDEFGH"), fonttest.Glyph{Name: "Z", Rune: 'I', Width: 600, Parts: []int{3, 5}})
	noto := asset(t, "fonts/NotoSansSC-Regular.ttf")
	for _, test := range []struct {
		name, text string
		codes      []uint32
		font       func(f *object.File) types.Dict
	}{
		{"TrueType", "(ACE)", []uint32{'A', 'C', 'E'}, func(f *object.File) types.Dict {
			return simple("TrueType", g, descriptor("FontFile2", program(t, f, "", fonttest.TrueType(g))))
		}},
		{"composite glyph", "(AI)", []uint32{'A', 'I'}, func(f *object.File) types.Dict {
			return simple("TrueType", accented, descriptor("FontFile2", program(t, f, "", fonttest.TrueType(accented))))
		}},
		{"Type1", "(ACE)", []uint32{'A', 'C', 'E'}, func(f *object.File) types.Dict {
			return simple("Type1", g, descriptor("FontFile", program(t, f, "", fonttest.Type1(g))))
		}},
		{"Type1C", "(ACE)", []uint32{'A', 'C', 'E'}, func(f *object.File) types.Dict {
			return simple("Type1", g, descriptor("FontFile3", program(t, f, "Type1C", fonttest.CFF(g, false))))
		}},
		{"CIDFontType0", "<00A500A700A9>", []uint32{0xa5, 0xa7, 0xa9}, func(f *object.File) types.Dict {
			return composite("CIDFontType0", descriptor("FontFile3", program(t, f, "CIDFontType0C", fonttest.CFF(g, true))))
		}},
		{"CIDFontType2", "<000100030005>", []uint32{1, 3, 5}, func(f *object.File) types.Dict {
			return composite("CIDFontType2", descriptor("FontFile2", program(t, f, "", fonttest.TrueType(g))))
		}},
		{"Noto Sans SC", "<1B581B591B5A>", []uint32{0x1b58, 0x1b59, 0x1b5a}, func(f *object.File) types.Dict {
			return composite("CIDFontType2", descriptor("FontFile2", program(t, f, "", noto)))
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			// pdfcpu writes a file once only, so it is made twice.
			draw := func(used map[uint32]bool) (pix []byte, dark int) {
				f, fonts := page(t, "BT /F 30 Tf 10 10 Td "+test.text+" Tj ET")
				d := test.font(f)
				ref, err := f.Add(d)
				if err != nil {
					t.Fatal(err)
				}
				fonts["F"] = ref
				if used != nil {
					if err := font.Prune(f, d, used); err != nil {
						t.Fatal(err)
					}
				}
				return drawn(t, e, f)
			}
			used := map[uint32]bool{}
			for _, c := range test.codes {
				used[c] = true
			}
			before, dark := draw(nil)
			if dark < 500 {
				t.Errorf("only %d dark pixels", dark)
			}
			if after, _ := draw(used); !bytes.Equal(before, after) {
				t.Error("the pruned font looks otherwise")
			}
			delete(used, test.codes[0])
			if after, _ := draw(used); bytes.Equal(before, after) {
				t.Error("a glyph that is gone is still drawn")
			}
		})
	}
}

// A whole font without a map to Unicode: its own table tells, also when it is
// pruned, and little of it is left then.
func TestNotoSansSC(t *testing.T) {
	f, _ := page(t, "")
	b := asset(t, "fonts/NotoSansSC-Regular.ttf")
	d := composite("CIDFontType2", descriptor("FontFile2", program(t, f, "", b)))
	shown := []byte{0x1b, 0x58, 0x00, 0x22}
	before := font.Load(f, d).Codes(shown)
	for _, c := range before {
		if c.Text == "" {
			t.Errorf("glyph %d has no text", c.CID)
		}
	}
	if err := font.Prune(f, d, map[uint32]bool{0x1b58: true, 0x22: true}); err != nil {
		t.Fatal(err)
	}
	after := font.Load(f, d)
	for i, c := range after.Codes(shown) {
		if c != before[i] {
			t.Errorf("%v, not %v", c, before[i])
		}
	}
	if c := after.Codes([]byte{0x1b, 0x59}); c[0].Text != "" {
		t.Errorf("a glyph that is gone is still %q", c[0].Text)
	}
	left, err := f.Decoded(f.Dict(f.Dict(f.Array(d["DescendantFonts"])[0])["FontDescriptor"])["FontFile2"])
	if err != nil || len(left) > len(b)/20 {
		t.Errorf("%d bytes of %d, %v", len(left), len(b), err)
	}
}
