package content

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/geom"
)

func TestGlyphPlaces(t *testing.T) {
	// Helvetica: H is 722, i 222, space 278 wide.
	for name, c := range map[string]struct {
		src  string
		want []geom.Point
	}{
		"Td and Tj":              {"BT /F1 10 Tf 50 60 Td (Hi) Tj ET", []geom.Point{{X: 50, Y: 60}, {X: 57.22, Y: 60}}},
		"TJ":                     {"BT /F1 10 Tf 50 60 Td [(H) -500 (i)] TJ ET", []geom.Point{{X: 50, Y: 60}, {X: 62.22, Y: 60}}},
		"Tc, Tw and Tz":          {"BT /F1 10 Tf 1 Tc 2 Tw 50 Tz 0 0 Td (H i) Tj ET", []geom.Point{{}, {X: 4.11}, {X: 4.11 + 2.89}}},
		"Ts":                     {"BT /F1 10 Tf 3 Ts 50 60 Td (H) Tj ET", []geom.Point{{X: 50, Y: 63}}},
		"T*, TL, ' and \"":       {"BT /F1 10 Tf 12 TL 50 60 Td (H) Tj T* (H) Tj (H) ' 0 1 (Hi) \" ET", []geom.Point{{X: 50, Y: 60}, {X: 50, Y: 48}, {X: 50, Y: 36}, {X: 50, Y: 24}, {X: 58.22, Y: 24}}},
		"TD sets the leading":    {"BT /F1 10 Tf 50 60 Td 0 -7 TD (H) Tj T* (H) Tj ET", []geom.Point{{X: 50, Y: 53}, {X: 50, Y: 46}}},
		"Tm under cm":            {"q 2 0 0 2 10 10 cm BT /F1 10 Tf 0 1 -1 0 5 5 Tm (Hi) Tj ET Q", []geom.Point{{X: 20, Y: 20}, {X: 20, Y: 34.44}}},
		"q and Q around a font":  {"/F1 10 Tf q /F1 20 Tf Q BT (Hi) Tj ET", []geom.Point{{}, {X: 7.22}}},
		"a form with a matrix":   {"q 1 0 0 1 5 5 cm /X Do Q", []geom.Point{{X: 105, Y: 5}}},
		"a font of the caller":   {"BT /F1 10 Tf ET /Y Do", []geom.Point{{X: 1, Y: 1}}},
		"no operands":            {"BT /F1 10 Tf Td Tm (H) Tj ET", []geom.Point{{}}},
		"a string in an array":   {"BT /F1 10 Tf [(H) /x [(no)] (H)] TJ ET", []geom.Point{{}, {X: 7.22}}},
		"the name of no font":    {"BT /F9 10 Tf (Hi) Tj ET", []geom.Point{{}, {X: 7.22}}},
		"a form within itself":   {"/Z Do", []geom.Point{{}}},
		"Q without q":            {"Q Q BT /F1 10 Tf (H) Tj ET Q", []geom.Point{{}}},
		"text outside of BT, ET": {"/F1 10 Tf 5 5 Td (H) Tj", []geom.Point{{X: 5, Y: 5}}},
	} {
		s := newSheet(t)
		x := types.Dict{"Font": types.Dict{"F1": s.font}}
		moved := s.form(x, "BT /F1 10 Tf (H) Tj ET")
		s.f.Dict(moved)["Matrix"] = rectOf(1, 0, 0, 1, 100, 0)
		self := types.Dict{}
		z := s.form(types.Dict{"Font": types.Dict{"F1": s.font}, "XObject": self}, "BT /F1 10 Tf (H) Tj ET /Z Do")
		self["Z"] = z
		got := s.read(s.page(s.with(types.Dict{"XObject": types.Dict{"X": moved, "Y": s.form(nil, "BT 1 1 Td (H) Tj ET"), "Z": z}}), c.src)).Glyphs
		if len(got) != len(c.want) {
			t.Errorf("%s: %d glyphs, not %d", name, len(got), len(c.want))
			continue
		}
		for i, g := range got {
			if math.Hypot(g.Origin.X-c.want[i].X, g.Origin.Y-c.want[i].Y) > 1e-6 {
				t.Errorf("%s: glyph %d is at %v, not %v", name, i, g.Origin, c.want[i])
			}
		}
	}
}

func TestHidden(t *testing.T) {
	const text = "BT /F1 10 Tf 100 100 Td (Hi) Tj ET "
	for name, c := range map[string]struct {
		src  string
		want Hidden
	}{
		"seen":                            {text, 0},
		"invisible":                       {"3 Tr " + text, Invisible},
		"used as a clip":                  {"7 Tr " + text, Invisible},
		"clipped":                         {"0 0 50 50 re W n " + text, Clipped},
		"within the clip":                 {"0 0 500 500 re W n " + text, 0},
		"off the page":                    {"1 0 0 1 800 0 cm " + text, OffPage},
		"white on white":                  {"1 g " + text, SameColour},
		"white on black":                  {"0 g 90 90 50 50 re f 1 1 1 rg " + text, 0},
		"black on black":                  {"0 g 90 90 50 50 re f " + text, SameColour},
		"white on a picture":              {"q 50 0 0 50 90 90 cm /P Do Q 1 g " + text, 0},
		"CMYK white":                      {"0 0 0 0 k " + text, SameColour},
		"indexed white":                   {"/I cs 1 sc " + text, SameColour},
		"covered":                         {text + "0.5 g 90 90 50 50 re f", Covered},
		"covered by a thick line":         {text + "20 w 90 105 m 150 105 l S", Covered},
		"covered by a bar with corners":   {text + "92 90 m 138 90 l 140 90 140 92 140 92 c 140 118 l 140 120 138 120 138 120 c 92 120 l 90 120 90 118 90 118 c 90 92 l h f", Covered},
		"under something transparent":     {text + "/T gs 90 90 50 50 re f", 0},
		"under a frame":                   {text + "90 90 50 50 re S", 0},
		"behind a picture":                {text + "q 50 0 0 50 90 90 cm /P Do Q", Behind},
		"tiny":                            {"BT /F1 .5 Tf 100 100 Td (Hi) Tj ET", Tiny},
		"a small size of large letters":   {"BT /D .24 Tf 100 100 Td (aa) Tj ET", 0},
		"a smaller one":                   {"BT /D .01 Tf 100 100 Td (aa) Tj ET", Tiny},
		"transparent":                     {"/N gs " + text, Tiny},
		"a layer that is off":             {"/OC /L BDC " + text + "EMC", Layer},
		"a layer that is on":              {"/OC /K BDC " + text + "EMC", 0},
		"a membership":                    {"/OC /M BDC " + text + "EMC", Layer},
		"an expression":                   {"/OC /V BDC " + text + "EMC", Layer},
		"a form in a layer that is off":   {"/X Do", Layer},
		"after a layer that is off":       {"/OC /L BDC EMC " + text, 0},
		"in a mark of a mark":             {"/OC /L BDC /Span BMC " + text + "EMC EMC", Layer},
		"covered in a layer that is off":  {text + "/OC /L BDC 0.5 g 90 90 50 50 re f EMC", 0},
		"clipped by a form":               {"q 1 0 0 1 700 0 cm /Y Do Q", Clipped | OffPage},
		"in the pattern of a white field": {"/Pattern cs /W scn 0 0 9 9 re f", 0},
	} {
		s := newSheet(t)
		off, on := s.add(types.Dict{"Type": types.Name("OCG")}), s.add(types.Dict{"Type": types.Name("OCG")})
		s.f.RootDict["OCProperties"] = types.Dict{"D": types.Dict{"OFF": types.Array{off}}}
		x := s.form(s.with(nil), text)
		s.f.Dict(x)["OC"] = off
		tile := s.stream(types.Dict{
			"PatternType": types.Integer(1), "BBox": rectOf(0, 0, 200, 200), "XStep": types.Integer(200), "YStep": types.Integer(200), "Resources": s.with(nil),
		}, text)
		dots := types.Dict{ // whose glyphs are 30 dots wide and 40 high
			"Type": types.Name("Font"), "Subtype": types.Name("Type3"), "FontMatrix": rectOf(1, 0, 0, 1, 0, 0), "FontBBox": rectOf(0, -10, 30, 30),
			"FirstChar": types.Integer(97), "LastChar": types.Integer(97), "Widths": rectOf(30),
			"Encoding":  types.Dict{"Differences": types.Array{types.Integer(97), types.Name("a")}},
			"CharProcs": types.Dict{"a": s.stream(types.Dict{}, "30 0 0 0 20 30 d1 0 0 20 30 re f")},
		}
		res := s.with(types.Dict{
			"Font":      types.Dict{"F1": s.font, "D": dots},
			"XObject":   types.Dict{"P": s.photo(), "X": x, "Y": s.form(s.with(nil), "BT /F1 10 Tf 700 0 Td (Hi) Tj ET")},
			"ExtGState": types.Dict{"T": types.Dict{"ca": types.Float(.4)}, "N": types.Dict{"ca": types.Integer(0)}},
			"ColorSpace": types.Dict{"I": types.Array{
				types.Name("Indexed"), types.Name("DeviceRGB"), types.Integer(1), types.HexLiteral("000000FFFFFF"),
			}},
			"Pattern": types.Dict{"W": tile},
			"Properties": types.Dict{
				"L": off, "K": on,
				"M": types.Dict{"Type": types.Name("OCMD"), "OCGs": types.Array{on, off}, "P": types.Name("AllOn")},
				"V": types.Dict{"Type": types.Name("OCMD"), "VE": types.Array{types.Name("And"), on, types.Array{types.Name("Not"), on}}},
			},
		})
		got := s.read(s.page(res, c.src)).Glyphs
		if len(got) != 2 {
			t.Errorf("%s: %d glyphs", name, len(got))
			continue
		}
		if got[0].Hidden != c.want {
			t.Errorf("%s: %b, not %b", name, got[0].Hidden, c.want)
		}
	}
}

func TestHiddenLayersOfAFile(t *testing.T) {
	s := newSheet(t)
	g := s.add(types.Dict{"Type": types.Name("OCG")})
	s.f.RootDict["OCProperties"] = types.Dict{"D": types.Dict{"BaseState": types.Name("OFF")}}
	p := s.page(s.with(types.Dict{"Properties": types.Dict{"L": g}}), "/OC /L BDC BT /F1 10 Tf (H) Tj ET EMC")
	if c := s.read(p); c.Glyphs[0].Hidden&Layer == 0 {
		t.Error("a group of which the configuration says nothing is shown")
	}
}

func TestMarks(t *testing.T) {
	s := newSheet(t)
	p := s.page(s.with(types.Dict{"Properties": types.Dict{"P": types.Dict{"Alt": types.HexLiteral("FEFF4F60")}}}),
		"BT /F1 10 Tf /Span <</ActualText (a)/E (b)>> BDC (H) Tj /X BMC /Fig /P BDC (i) Tj EMC EMC (H) Tj EMC (i) Tj ET")
	c := s.read(p)
	if got := fmt.Sprint(c.Marks); got != "[{[a b] -1} {[你] 0}]" {
		t.Error(got)
	}
	var of []int
	for _, g := range c.Glyphs {
		of = append(of, g.Mark)
	}
	if got := fmt.Sprint(of); got != "[0 1 0 -1]" {
		t.Error(got)
	}
}

func TestAnnotations(t *testing.T) {
	s := newSheet(t)
	yes, no := s.form(s.with(nil), "BT /F1 300 Tf 0 0 Td (Y) Tj ET"), s.form(s.with(nil), "BT /F1 300 Tf (N) Tj ET")
	p := s.page(s.with(nil), "")
	p.Dict["Annots"] = types.Array{
		types.Dict{"Rect": rectOf(0, 0, 9, 9)},
		types.Dict{"Rect": rectOf(100, 100, 160, 160), "AS": types.Name("Yes"), "AP": types.Dict{"N": types.Dict{"Yes": yes, "No": no}}},
		types.Dict{"Rect": rectOf(100, 100, 160, 160), "F": types.Integer(2), "AP": types.Dict{"N": no}},
	}
	c := s.read(p)
	if words(c) != "YNN" {
		t.Fatal(len(c.Glyphs))
	}
	for i, want := range []struct {
		annot  int
		hidden Hidden
	}{{1, 0}, {1, Undrawn}, {2, Layer}} {
		if g := c.Glyphs[i]; g.Annot != want.annot || g.Hidden != want.hidden || g.Origin != (geom.Point{X: 100, Y: 100}) || math.Abs(g.Size-30) > 1e-9 {
			t.Errorf("glyph %d: annotation %d, hidden %d, at %v, %v pt", i, g.Annot, g.Hidden, g.Origin, g.Size)
		}
	}
}

func TestPictures(t *testing.T) {
	s := newSheet(t)
	p := s.page(s.with(types.Dict{"XObject": types.Dict{"P": s.photo()}}),
		"0 0 50 600 re W n q 100 0 0 100 0 0 cm /P Do Q BT /F1 9 Tf (H) Tj ET q 10 0 0 10 20 20 cm BI /W 2 /H 1 /CS /G /BPC 8 /F /AHx ID 00ff> EI Q")
	c := s.read(p)
	if len(c.Pictures) != 2 {
		t.Fatal(len(c.Pictures))
	}
	a, b := c.Pictures[0], c.Pictures[1]
	if a.Ref == nil || a.Box != (geom.Rect{X1: 50, Y1: 100}) || a.Order != 0 {
		t.Errorf("%v %v %d", a.Ref, a.Box, a.Order)
	}
	if !b.Inline || b.Box != (geom.Rect{X0: 20, Y0: 20, X1: 30, Y1: 30}) || b.Order != 1 || s.f.Name(b.Stream.Dict["ColorSpace"]) != "DeviceGray" {
		t.Errorf("%v %v %d %v", b.Inline, b.Box, b.Order, b.Stream.Dict)
	}
	if px, err := s.f.Decoded(b.Stream); err != nil || string(px) != "\x00\xff" {
		t.Errorf("%x %v", px, err)
	}
}

func TestFills(t *testing.T) {
	s := newSheet(t)
	c := s.read(s.page(s.with(nil), "1 0 0 rg 10 10 20 20 re f 0 0 m 5 0 l 5 5 l h f 0 0 1 RG 1 1 2 2 re S"))
	if len(c.Fills) != 3 {
		t.Fatal(len(c.Fills))
	}
	if f := c.Fills[0]; !f.Rect || !f.Opaque || !f.Flat || f.Colour != [3]float64{1, 0, 0} || f.Box != (geom.Rect{X0: 10, Y0: 10, X1: 30, Y1: 30}) {
		t.Errorf("%+v", f)
	}
	if f := c.Fills[1]; f.Rect || f.Points != 3 {
		t.Errorf("%+v", f)
	}
	if f := c.Fills[2]; f.Colour != [3]float64{0, 0, 1} || f.Box != (geom.Rect{X0: .5, Y0: .5, X1: 3.5, Y1: 3.5}) {
		t.Errorf("%+v", f)
	}
}

// A form that draws another ten times, and so on, ends with a doubt.
func TestFormBombEnds(t *testing.T) {
	s := newSheet(t)
	next := s.form(s.with(nil), "BT /F1 9 Tf "+strings.Repeat("(H) Tj ", 100)+"ET")
	for range 10 {
		next = s.form(types.Dict{"XObject": types.Dict{"X": next}}, strings.Repeat("/X Do ", 10))
	}
	p := s.page(types.Dict{"XObject": types.Dict{"X": next}}, "/X Do")
	c := s.read(p)
	if !c.Partial || len(c.Doubts) == 0 || len(c.Glyphs) > maxGlyphs+1000 {
		t.Errorf("%v, %d glyphs", c.Doubts, len(c.Glyphs))
	}
	if err := NewReader(s.f).Rewrite(p, Edit{Drop: []int{0}}); err == nil {
		t.Error("a page that is not read to its end was rewritten")
	}
}

func TestNaturalScale(t *testing.T) {
	for scale, want := range map[float64]float64{1: 1, 0.9: 1, 1.1: 1, 0.8: 0.75, 0: 0.25, 2: 2, -1: -1, 1e9: 100} {
		if got := natural(scale); got != want {
			t.Errorf("%v: %v, not %v", scale, got, want)
		}
	}
}
