package content

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"pgregory.net/rapid"

	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
)

// scene is a page with fonts of one and two bytes, a form with and one without
// fonts of its own.
func scene(t testing.TB, src string) (*sheet, object.Page) {
	s := newSheet(t)
	two := s.add(types.Dict{
		"Type": types.Name("Font"), "Subtype": types.Name("Type0"), "BaseFont": types.Name("Two"), "Encoding": types.Name("Identity-H"),
		"DescendantFonts": types.Array{types.Dict{
			"Type": types.Name("Font"), "Subtype": types.Name("CIDFontType2"), "BaseFont": types.Name("Two"), "DW": types.Integer(700),
			"CIDSystemInfo": types.Dict{"Registry": types.StringLiteral("Adobe"), "Ordering": types.StringLiteral("Identity"), "Supplement": types.Integer(0)},
		}},
	})
	down := s.add(types.Dict{
		"Type": types.Name("Font"), "Subtype": types.Name("Type0"), "BaseFont": types.Name("Down"), "Encoding": types.Name("Identity-V"),
		"DescendantFonts": types.Array{types.Dict{
			"Type": types.Name("Font"), "Subtype": types.Name("CIDFontType2"), "BaseFont": types.Name("Down"),
			"CIDSystemInfo": types.Dict{"Registry": types.StringLiteral("Adobe"), "Ordering": types.StringLiteral("Identity"), "Supplement": types.Integer(0)},
		}},
	})
	fonts := types.Dict{"F1": s.font, "F2": two, "F3": down}
	x := s.form(types.Dict{"Font": fonts}, "BT /F2 7 Tf 3 Tc 4 5 Td (abcdef) Tj T* (gh) Tj ET")
	y := s.form(nil, "q 0 1 -1 0 3 3 cm BT 9 9 Td (inherit) Tj 2 Tw ( more) Tj ET Q")
	return s, s.page(types.Dict{"Font": fonts, "XObject": types.Dict{"X": x, "Y": y, "P": s.photo()}}, src)
}

// stream is content that mixes all that places text.
func stream(t *rapid.T) string {
	n := rapid.Float64Range(-40, 40)
	v := func() string { return fmt.Sprintf("%.3f", n.Draw(t, "n")) }
	str := rapid.StringMatching(`[A-Za-z .]{0,9}`)
	var b strings.Builder
	open, text := 0, false
	inside := func(want bool) { // q and Q stand outside of text objects, text within
		if text == want {
			return
		}
		if text = want; text {
			b.WriteString("BT ")
		} else {
			b.WriteString("ET ")
		}
	}
	for range rapid.IntRange(1, 30).Draw(t, "operators") {
		k := rapid.IntRange(0, 24).Draw(t, "operator")
		switch {
		case k < 2:
			inside(false)
		case k >= 13 && k < 23:
			inside(true)
		}
		switch k {
		case 0:
			b.WriteString("q ")
			open++
		case 1:
			if open > 0 {
				b.WriteString("Q ")
				open--
			}
		case 2:
			fmt.Fprintf(&b, "%s %s %s %s %s %s cm ", "1.1", "0.1", "-0.2", "0.9", v(), v())
		case 3, 4:
			inside(!text)
		case 5, 6:
			fmt.Fprintf(&b, "/F%d %d Tf ", rapid.IntRange(1, 3).Draw(t, "font"), rapid.IntRange(-3, 20).Draw(t, "size"))
		case 7:
			b.WriteString(v() + " Tc ")
		case 8:
			b.WriteString(v() + " Tw ")
		case 9:
			fmt.Fprintf(&b, "%d Tz ", rapid.IntRange(20, 300).Draw(t, "scale"))
		case 10:
			b.WriteString(v() + " TL ")
		case 11:
			b.WriteString(v() + " Ts ")
		case 12:
			fmt.Fprintf(&b, "%d Tr ", rapid.IntRange(0, 7).Draw(t, "mode"))
		case 13:
			b.WriteString(v() + " " + v() + " Td ")
		case 14:
			b.WriteString(v() + " " + v() + " TD ")
		case 15:
			b.WriteString("0.8 0.3 -0.3 0.7 " + v() + " " + v() + " Tm ")
		case 16:
			b.WriteString("T* ")
		case 17, 18:
			b.WriteString("(" + str.Draw(t, "s") + ") Tj ")
		case 19, 20:
			b.WriteString("[" + v() + "(" + str.Draw(t, "s") + ") " + v() + " (" + str.Draw(t, "s") + ")" + v() + "] TJ ")
		case 21:
			b.WriteString("(" + str.Draw(t, "s") + ") ' ")
		case 22:
			b.WriteString(v() + " " + v() + " (" + str.Draw(t, "s") + ") \" ")
		case 23:
			b.WriteString(rapid.SampledFrom([]string{"/X Do ", "/Y Do ", "0 0 9 9 re f ", "/Span <</ActualText (x)>> BDC ", "EMC ", "1 0 0 rg "}).Draw(t, "other"))
		case 24:
			b.WriteString("1 0 0 1 " + v() + " " + v() + " cm ")
		}
	}
	return "BT /F1 10 Tf ET " + b.String()
}

// same tells whether a glyph is drawn as another was.
func same(g, h Glyph, tolerance float64) bool {
	return g.Code == h.Code && math.Hypot(g.Origin.X-h.Origin.X, g.Origin.Y-h.Origin.Y) <= tolerance &&
		math.Hypot(g.Up.X-h.Up.X, g.Up.Y-h.Up.Y) < 1e-3 && math.Hypot(g.Natural.X-h.Natural.X, g.Natural.Y-h.Natural.Y) < 1e-3
}

func TestDroppingLeavesTheRest(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s, p := scene(t, stream(r))
		before := s.read(p)
		gone := map[int]bool{}
		var e Edit
		for i := range before.Glyphs {
			if rapid.IntRange(0, 3).Draw(r, "drop") == 0 {
				gone[i] = true
				e.Drop = append(e.Drop, i)
			}
		}
		after := s.rewrite(p, e)
		k := 0
		for i, g := range before.Glyphs {
			if gone[i] {
				continue
			}
			if k >= len(after.Glyphs) || !same(g, after.Glyphs[k], 0.01) {
				r.Fatalf("glyph %d of %d was %v %v %v, is %v; now\n%s", i, len(before.Glyphs), g.Code, g.Origin, g.Advance, after.Glyphs[min(k, len(after.Glyphs)-1)], s.source(p))
			}
			k++
		}
		if k != len(after.Glyphs) {
			r.Fatalf("%d glyphs, not %d", len(after.Glyphs), k)
		}
	})
}

func TestMovingLeavesTheRest(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s, p := scene(t, stream(r))
		before := s.read(p)
		e := Edit{Move: map[int]geom.Point{}}
		gone := map[int]bool{}
		moving := false
		for i, g := range before.Glyphs {
			switch rapid.IntRange(0, 9).Draw(r, "what") {
			case 0:
				gone[i] = true
				e.Drop = append(e.Drop, i)
			case 1:
				moving = !moving
			case 2:
				e.Text = append(e.Text, Text{After: i, Font: "L", FontRef: s.font, Codes: []byte("#"), Size: 9, Origin: g.Origin, Along: geom.Point{X: 1}})
			}
			if moving && !gone[i] {
				e.Move[i] = geom.Point{X: g.Origin.X + 5, Y: g.Origin.Y - 7}
			}
		}
		after := s.rewrite(p, e)
		labels, k := 0, 0
		next := func() (Glyph, bool) {
			for ; k < len(after.Glyphs); k++ {
				if g := after.Glyphs[k]; g.Code == '#' {
					labels++
					continue
				}
				k++
				return after.Glyphs[k-1], true
			}
			return Glyph{}, false
		}
		for i, g := range before.Glyphs {
			if gone[i] {
				continue
			}
			h, ok := next()
			tolerance := 0.3 // what stands behind what moves may settle beside other text
			if to, moved := e.Move[i]; moved {
				g.Origin, tolerance = to, 0.13
			}
			if !ok || !same(g, h, tolerance) {
				r.Fatalf("glyph %d of %d is at %v, not %v; now\n%s", i, len(before.Glyphs), h.Origin, g.Origin, s.source(p))
			}
		}
		if _, more := next(); more || labels != len(e.Text) {
			r.Fatalf("%d labels, not %d; more glyphs: %v", labels, len(e.Text), more)
		}
	})
}

var seeds = []string{
	"BT /F1 10 Tf 50 60 Td (Hello) Tj [(a) -5 (b)] TJ T* (c) ' 1 2 (d) \" ET",
	"q 1 0 0 1 5 5 cm /X Do Q /Y Do", "q 9 0 0 9 0 0 cm /P Do BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q",
	"0 0 m 5 5 l 1 1 2 2 3 3 c h W n 1 g f 3 Tr", "/Span <</ActualText (x)>> BDC EMC /OC /L BDC", "BT [(x) Tc (y)] TJ /F3 9 Tf (ab) Tj",
	"1e999 0 0 1 0 0 cm 99999999999999999999 0 Td /F1 1e9 Tf (a) Tj", "Q Q Q EMC ET ET q q q",
}

func FuzzInterpret(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, p := scene(t, string(b))
		for _, g := range s.read(p).Glyphs {
			if g.Font == nil || math.IsNaN(g.Origin.X) || math.IsNaN(g.Origin.Y) {
				t.Fatal("a glyph without a font or a place")
			}
		}
	})
}

// What is dropped is gone, and all else is there, whatever the stream.
func FuzzRewrite(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s), uint8(3), true)
		f.Add([]byte(s), uint8(2), false)
	}
	f.Fuzz(func(t *testing.T, b []byte, every uint8, anew bool) {
		s, p := scene(t, string(b))
		before := s.read(p)
		e := Edit{Areas: []geom.Rect{{X0: 1, Y0: 1, X1: 300, Y1: 300}}, Move: map[int]geom.Point{}}
		var want, got []uint32
		for i, g := range before.Glyphs {
			if i%(int(every)+1) == 0 {
				e.Drop = append(e.Drop, i)
				continue
			}
			want = append(want, g.Code)
			if anew && i%5 == 0 {
				e.Move[i] = geom.Point{X: 77, Y: float64(i)}
			}
		}
		if err := NewReader(s.f).Rewrite(s.again(p), e); err != nil {
			return
		}
		for _, g := range s.read(p).Glyphs {
			got = append(got, g.Code)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%v, not %v; now\n%s", got, want, s.source(p))
		}
	})
}
