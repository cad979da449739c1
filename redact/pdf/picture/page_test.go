package picture_test

import (
	"fmt"
	"image"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
	"consentry/redact/pdf/picture"
)

// helvetica is a font that every reader has; its letters are taken as 0.5 em wide.
type helvetica struct{ used int }

func (h *helvetica) Encode(text string) ([]byte, float64) {
	h.used++
	return []byte(text), 0.5 * float64(len(text))
}

func (h *helvetica) Embed(f *object.File) (types.IndirectRef, error) {
	return f.Add(types.Dict{"Type": types.Name("Font"), "Subtype": types.Name("Type1"), "BaseFont": types.Name("Helvetica"), "Encoding": types.Name("WinAnsiEncoding")})
}

func photograph(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			i := m.PixOffset(x, y)
			m.Pix[i], m.Pix[i+1], m.Pix[i+2], m.Pix[i+3] = byte(x*255/w), byte(y*255/h), byte(128+100*math.Sin(float64(x*y)/900)), 255
		}
	}
	return m
}

// The page looks like the picture, in every rotation, and has nothing else.
func TestPageAsPicture(t *testing.T) {
	e := start(t)
	for _, rotate := range []int{0, 90, 180, 270} {
		t.Run(fmt.Sprint(rotate), func(t *testing.T) {
			f := read(t, build(
				fmt.Sprintf("/MediaBox[0 0 500 400]/CropBox[20 30 420 330]/Rotate %d/Resources<<>>/Annots[<</Type/Annot/Subtype/Square/Rect[50 50 90 90]/Contents(Jo Meyer)>>]/Metadata 5 0 R/Tabs/S", rotate),
				"BT (Jo Meyer) Tj ET", stream{"/Type/Metadata/Subtype/XML", []byte("<x/>")}))
			pg := pageOf(t, f)
			_, w, h := pg.View()
			want := photograph(int(w), int(h))
			font := &helvetica{}
			box := geom.Rect{X0: 60, Y0: 40, X1: 160, Y1: 60}
			words := []picture.Word{{Text: "Consent", Box: box}, {Text: "", Box: box}, {Text: "nowhere"}}
			if err := picture.PageAsPicture(f, pg, want, words, font); err != nil {
				t.Fatal(err)
			}
			for k := range pg.Dict {
				if !slices.Contains([]string{"Type", "Parent", "MediaBox", "CropBox", "Rotate", "Resources", "Contents"}, k) {
					t.Errorf("the page still has %s", k)
				}
			}
			file := write(t, f)
			if strings.Contains(string(file), "Meyer") {
				t.Error("what the page was is still there")
			}
			got := shown(t, e, file, 72)
			if got.Rect != want.Rect {
				t.Fatalf("%v pixels, want %v", got.Rect, want.Rect)
			}
			if d := furthest(got, want, everywhere); d > 60 {
				t.Errorf("differs by %d from the picture", d)
			}
			doc, err := e.Open(file, "")
			if err != nil {
				t.Fatal(err)
			}
			defer doc.Close()
			page, err := doc.Page(0)
			if err != nil {
				t.Fatal(err)
			}
			glyphs, err := page.Glyphs()
			if err != nil {
				t.Fatal(err)
			}
			var text strings.Builder
			for _, g := range glyphs {
				text.WriteRune(g.R)
				if !g.Generated && !box.Grow(8).Contains(g.Box.Center()) {
					t.Errorf("a letter at %v, want in %v", g.Box, box)
				}
			}
			if strings.TrimSpace(text.String()) != "Consent" {
				t.Errorf("the page reads %d runes, want the one word", text.Len())
			}
		})
	}
}

// Text and drawings stay without loss, photographs become JPEG; without words there
// is no font.
func TestPageEncoding(t *testing.T) {
	drawing := image.NewNRGBA(image.Rect(0, 0, 400, 300))
	for i := range drawing.Pix {
		drawing.Pix[i] = 255
	}
	for x := range 200 {
		drawing.Pix[drawing.PixOffset(x, x)] = 0
	}
	for _, tt := range []struct {
		m    *image.NRGBA
		want string
	}{{photograph(400, 300), "DCTDecode"}, {drawing, "FlateDecode"}} {
		f := read(t, build("/MediaBox[0 0 400 300]/Resources<<>>", ""))
		pg := pageOf(t, f)
		if err := picture.PageAsPicture(f, pg, tt.m, nil, &helvetica{}); err != nil {
			t.Fatal(err)
		}
		r := f.Dict(pg.Dict["Resources"])
		if got := f.Name(f.Dict(f.Dict(r["XObject"])["Page"])["Filter"]); got != tt.want {
			t.Errorf("written by %s, want %s", got, tt.want)
		}
		if r["Font"] != nil {
			t.Error("a font for nothing")
		}
	}
	f := read(t, build("/MediaBox[0 0 400 300]/Resources<<>>", ""))
	if err := picture.PageAsPicture(f, pageOf(t, f), image.NewNRGBA(image.Rectangle{}), nil, nil); err == nil {
		t.Error("a page without pixels is written")
	}
}

// An upright column of Chinese is written rune below rune.
func TestPageColumn(t *testing.T) {
	f := read(t, build("/MediaBox[0 0 400 300]/Resources<<>>", ""))
	font := &helvetica{}
	w := picture.Word{Text: "客户甲", Box: geom.Rect{X0: 10, Y0: 10, X1: 30, Y1: 70}}
	if err := picture.PageAsPicture(f, pageOf(t, f), photograph(40, 30), []picture.Word{w}, font); err != nil {
		t.Fatal(err)
	}
	if font.used != 3 {
		t.Errorf("%d strings, want 3", font.used)
	}
}
