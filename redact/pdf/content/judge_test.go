package content

import (
	"bytes"
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/internal/pdftest"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
)

// pdfium reads the glyphs of a file's first page.
func pdfium(t *testing.T, e *engine.Engine, b []byte) []engine.Glyph {
	t.Helper()
	d, err := e.Open(b, "")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	p, err := d.Page(0)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	all, err := p.Glyphs()
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(g engine.Glyph) bool { return g.Generated || strings.ContainsRune(" \r\n", g.R) })
}

func judge(t *testing.T) *engine.Engine {
	t.Helper()
	m, err := pdftest.Engine(context.Background(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close(context.Background()) })
	e, err := m.New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// at looks for a character at a place, in view points.
func at(all []engine.Glyph, r rune, p geom.Point) bool {
	return slices.ContainsFunc(all, func(g engine.Glyph) bool {
		return g.R == r && math.Hypot(g.Origin.X-p.X, g.Origin.Y-p.Y) < 0.3
	})
}

// PDFium sees each glyph where this package sees it, and after a rewrite finds
// all that should be there and nothing of what was dropped.
func TestPDFiumAgrees(t *testing.T) {
	e := judge(t)
	for name, src := range map[string]string{
		"plain":          "BT /F1 12 Tf 50 500 Td (Hello brave NAME here) Tj 0 -20 Td (second line) Tj ET",
		"spacing":        "BT /F1 12 Tf 1 Tc 3 Tw 90 Tz 50 500 Td [(Hel) -200 (lo NAME) 100 ( here)] TJ T* (x) Tj ET",
		"turned":         "q .7 .7 -.7 .7 200 100 cm BT /F1 12 Tf 50 100 Td (up the NAME hill) Tj ET Q",
		"mirrored units": "q .1 0 0 -.1 0 600 cm BT /F1 1 Tf 120 0 0 -120 500 1000 Tm (Hello NAME there) Tj 30 TL ET Q",
		"next lines":     "BT /F1 12 Tf 14 TL 50 500 Td (one NAME) ' 2 1 (two words) \" 4 Ts (three) ' ET",
	} {
		t.Run(name, func(t *testing.T) {
			b := document(src)
			conf := model.NewDefaultConfiguration()
			conf.Offline = true
			ctx, err := api.ReadContext(bytes.NewReader(b), conf)
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
			before, err := NewReader(f).Interpret(p)
			if err != nil {
				t.Fatal(err)
			}
			view, _, _ := p.View()
			seen := pdfium(t, e, b)
			shown := 0
			for i, g := range before.Glyphs {
				if g.Text == " " {
					continue
				}
				shown++
				if !at(seen, []rune(g.Text)[0], view.Apply(g.Origin)) {
					t.Errorf("PDFium sees glyph %d elsewhere", i)
				}
			}
			if shown != len(seen) {
				t.Errorf("%d glyphs, PDFium sees %d", shown, len(seen))
			}

			edit := Edit{Drop: glyphsOf(t, before, "NAME"), Move: map[int]geom.Point{}}
			label, err := f.Add(types.Dict{"Type": types.Name("Font"), "Subtype": types.Name("Type1"), "BaseFont": types.Name("Courier")})
			if err != nil {
				t.Fatal(err)
			}
			edit.Text = []Text{{After: edit.Drop[0], Font: "Lb", FontRef: label, Codes: []byte("#"), Size: 8, Origin: geom.Point{X: 33, Y: 44}, Along: geom.Point{X: 1}}}
			for i := edit.Drop[3] + 1; i < min(edit.Drop[3]+5, len(before.Glyphs)); i++ {
				o := before.Glyphs[i].Origin
				edit.Move[i] = geom.Point{X: o.X + 20, Y: o.Y + 3}
			}
			if err := NewReader(f).Rewrite(p, edit); err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := api.WriteContext(ctx, &out); err != nil {
				t.Fatal(err)
			}
			now := pdfium(t, e, out.Bytes())
			want := 1
			if !at(now, '#', view.Apply(geom.Point{X: 33, Y: 44})) {
				t.Error("the label is not where it should be")
			}
			for i, g := range before.Glyphs {
				if g.Text == " " || slices.Contains(edit.Drop, i) {
					continue
				}
				want++
				o := g.Origin
				if to, ok := edit.Move[i]; ok {
					o = to
				}
				if !at(now, []rune(g.Text)[0], view.Apply(o)) {
					t.Errorf("glyph %d is not where it should be", i)
				}
			}
			if want != len(now) {
				t.Errorf("%d glyphs are left, not %d", len(now), want)
			}
		})
	}
}
