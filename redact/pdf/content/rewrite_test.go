package content

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/geom"
)

// kept checks that the glyphs of b are those of a that keep, each where it was.
func kept(t *testing.T, a, b *Page, keep func(i int) bool, tolerance float64) {
	t.Helper()
	k := 0
	for i, g := range a.Glyphs {
		if !keep(i) {
			continue
		}
		if k >= len(b.Glyphs) {
			t.Fatalf("%d glyphs are left", len(b.Glyphs))
		}
		h := b.Glyphs[k]
		if h.Code != g.Code || math.Hypot(h.Origin.X-g.Origin.X, h.Origin.Y-g.Origin.Y) > tolerance || math.Hypot(h.Up.X-g.Up.X, h.Up.Y-g.Up.Y) > 1e-3 ||
			math.Hypot(h.Advance.X-g.Advance.X, h.Advance.Y-g.Advance.Y) > 1e-3 {
			t.Fatalf("glyph %d: %x at %v, was %x at %v", i, h.Code, h.Origin, g.Code, g.Origin)
		}
		k++
	}
	if k != len(b.Glyphs) {
		t.Fatalf("%d glyphs are left, not %d", len(b.Glyphs), k)
	}
}

func TestDrop(t *testing.T) {
	for name, src := range map[string]string{
		"Tj":                     "BT /F1 10 Tf 50 60 Td (before NAME after) Tj (more) Tj ET",
		"TJ":                     "BT /F1 10 Tf 50 60 Td [(before N) 120 (AM) -30 (E) 40 ( after)] TJ [-100 (x)] TJ ET",
		"'":                      "BT /F1 10 Tf 12 TL 50 60 Td (NAME) ' (more) Tj (a NAME b) ' ET",
		"\"":                     "BT /F1 10 Tf 12 TL 50 60 Td 3 1 (NAME x) \" (y) ' ET",
		"unknown operators":      "BT /F1 10 Tf (NAME) zork 5 zork (NAME) Tj (x) Tj ET /NAME",
		"spacing":                "BT /F1 10 Tf 2 Tc 5 Tw 80 Tz 50 60 Td (a b NAME c d) Tj (e f) Tj ET",
		"hexadecimal":            "BT /F1 10 Tf <4e414d45> Tj (x) Tj ET",
		"all of a text object":   "BT /F1 10 Tf 14 TL 77.25 60 Td (NAME) Tj ET BT 9 9 Td (x) Tj T* (y) Tj ET",
		"a text object with TD":  "BT /F1 10 Tf 77.25 -14 TD (NAME) Tj ET BT 9 9 Td (x) Tj T* (y) Tj ET",
		"no font size":           "BT /F1 0 Tf (NAME) Tj /F1 9 Tf (x) Tj ET",
		"in a form":              "/X Do BT /F1 10 Tf 5 5 Td (x) Tj ET",
		"in a form without its":  "BT /F1 10 Tf 5 5 Td (y) Tj ET /Y Do",
		"a form in a form":       "/Z Do",
		"in an appearance":       "",
		"in a pattern":           "/Pattern cs /W scn 0 0 600 600 re f",
		"in a soft mask":         "/S gs 0 0 600 600 re f",
		"in a Type 3 glyph":      "BT /T3 20 Tf (a) Tj ET",
		"by the caller's spaces": "BT /F1 10 Tf 3 Tc ET /Y Do",
	} {
		t.Run(name, func(t *testing.T) {
			s := newSheet(t)
			named := "BT /F1 10 Tf 20 20 Td (a NAME b) Tj (c) Tj ET"
			x := s.form(s.with(nil), named)
			tile := s.stream(types.Dict{
				"PatternType": types.Integer(1), "BBox": rectOf(0, 0, 600, 600), "XStep": types.Integer(600), "YStep": types.Integer(600), "Resources": s.with(nil),
			}, named)
			type3 := s.add(types.Dict{
				"Type": types.Name("Font"), "Subtype": types.Name("Type3"), "FontMatrix": rectOf(.01, 0, 0, .01, 0, 0), "Resources": s.with(nil),
				"FirstChar": types.Integer(97), "LastChar": types.Integer(97), "Widths": rectOf(50), "FontBBox": rectOf(0, 0, 0, 0),
				"Encoding":  types.Dict{"Differences": types.Array{types.Integer(97), types.Name("a")}},
				"CharProcs": types.Dict{"a": s.stream(types.Dict{}, "50 0 d0 "+named)},
			})
			res := types.Dict{
				"Font": types.Dict{"F1": s.font, "T3": type3},
				"XObject": types.Dict{
					"X": x, "Y": s.form(nil, "BT 30 30 Td (NAMEd) Tj ET"), "Z": s.form(types.Dict{"XObject": types.Dict{"X": x}}, "1 0 0 1 9 9 cm /X Do"),
				},
				"Pattern":   types.Dict{"W": tile},
				"ExtGState": types.Dict{"S": types.Dict{"SMask": types.Dict{"S": types.Name("Luminosity"), "G": x}}},
			}
			p := s.page(res, src)
			if name == "in an appearance" {
				p.Dict["Annots"] = types.Array{types.Dict{"Rect": rectOf(50, 50, 90, 90), "AP": types.Dict{"N": x}}}
			}
			original := s.reachable(x)
			before := s.read(p)
			drop := glyphsOf(t, before, "NAME")
			after := s.rewrite(p, Edit{Drop: drop})
			kept(t, before, after, func(i int) bool { return !slices.Contains(drop, i) }, 1e-4)
			left := s.reachable(p.Dict)
			for _, trace := range []string{"NAME", "4e414d45", "77.25"} {
				if strings.Contains(left, trace) {
					t.Error("something of what was dropped can be got to")
				}
			}
			if s.reachable(x) != original {
				t.Error("the original form, which others may draw, was changed")
			}
		})
	}
}

// The moved line goes to new places, and nothing tells where it was.
func TestMove(t *testing.T) {
	const line = "BT /F1 10 Tf 0.123 Tc 1.777 Tw 97.7 Tz 51.515 60 Td [(My N) 33 (AME) 44 ( is)] TJ ( here) Tj -20.2 -14.141 Td 100 Tz 0 Tc 0 Tw (next) Tj ET"
	for name, src := range map[string]string{
		"plain":         line,
		"under cm":      "q 2 0 0 2 11.313 3 cm " + line + " Q",
		"two groups":    "q 1 0 0 1 11.313 3 cm q 1 0 0 -1 0 100 cm " + line + " Q Q",
		"marked":        "/P <</MCID 0>> BDC " + line + " EMC",
		"in a form":     "q 1 0 0 1 7 7 cm /X Do Q",
		"by the caller": "BT /F1 10 Tf 0.123 Tc ET /Y Do",
		"with a rule":   "q 0 0 600 600 re W n " + line + " Q 0 0 5 5 re f",
	} {
		t.Run(name, func(t *testing.T) {
			s := newSheet(t)
			p := s.page(s.with(types.Dict{"XObject": types.Dict{
				"X": s.form(s.with(nil), line), "Y": s.form(nil, strings.Replace(line, "/F1 10 Tf 0.123 Tc", "", 1)),
			}}), src)
			label := s.add(types.Dict{"Type": types.Name("Font"), "Subtype": types.Name("Type1"), "BaseFont": types.Name("Courier")})
			before := s.read(p)
			drop := glyphsOf(t, before, "NAME")
			rest := glyphsOf(t, before, "My ")
			rest = append(rest, glyphsOf(t, before, " is here")...)
			e := Edit{Drop: drop, Move: map[int]geom.Point{}}
			pen := geom.Point{X: 200, Y: 300.04}
			for _, i := range rest {
				e.Move[i] = pen
				pen.X, pen.Y = pen.X+before.Glyphs[i].Natural.X, pen.Y+before.Glyphs[i].Natural.Y
			}
			e.Text = []Text{{After: drop[0], Font: "Lb", FontRef: label, Codes: []byte("[x]"), Size: 8, Origin: geom.Point{X: 500, Y: 500}, Along: geom.Point{X: 1}, Actual: "某"}}
			after := s.rewrite(p, e)
			want := "My [x] is herenext"
			if words(after) != want {
				t.Fatalf("%d glyphs", len(after.Glyphs))
			}
			for k, i := range rest {
				g := after.Glyphs[k]
				if k >= 3 {
					g = after.Glyphs[k+3]
				}
				if w := e.Move[i]; math.Hypot(g.Origin.X-w.X, g.Origin.Y-w.Y) > 0.08 {
					t.Errorf("glyph %d is at %v, not %v", i, g.Origin, w)
				}
			}
			for k, g := range after.Glyphs[3:6] {
				if want := (geom.Point{X: 500 + 4.8*float64(k), Y: 500}); math.Hypot(g.Origin.X-want.X, g.Origin.Y-want.Y) > 1e-3 || math.Abs(g.Size-8) > 1e-3 {
					t.Errorf("the label is at %v", g.Origin)
				}
			}
			for k, i := range glyphsOf(t, before, "next") {
				g, h := before.Glyphs[i], after.Glyphs[len(after.Glyphs)-4+k]
				if math.Hypot(g.Origin.X-h.Origin.X, g.Origin.Y-h.Origin.Y) > 0.08 { // it settles on the grid
					t.Errorf("the next line went from %v to %v", g.Origin, h.Origin)
				}
			}
			if len(after.Marks) != 1 || after.Marks[0].Text[0] != "某" {
				t.Errorf("%d marks", len(after.Marks))
			}
			left := s.reachable(p.Dict)
			for _, trace := range []string{"51.515", "1.777", "97.7", "NAME", "33", "44", "11.313 3 cm"} {
				if name == "under cm" && strings.HasPrefix(trace, "11.313") {
					continue
				}
				if strings.Contains(left, trace) {
					t.Errorf("%q is left", trace)
				}
			}
			if strings.Count(left, "BDC")+strings.Count(left, "BMC") != strings.Count(left, "EMC") {
				t.Error("marks are not balanced")
			}
		})
	}
}

// Two pages that differ in the name alone, and in all that its width did to the
// line, become the same.
func TestNothingOfTheNameIsLeft(t *testing.T) {
	var out []string
	for _, c := range []struct {
		name          string
		tail, spacing float64
	}{{"WWWWMMMM", 100.25, 0.31}, {"iljt", 31.5, 1.77}} {
		s := newSheet(t)
		p := s.page(s.with(nil), fmt.Sprintf(
			"q 1 0 0 1 50 500 cm BT /F1 10 Tf %v Tw 0 0 Td (Dear %s) Tj %v 0 Td (, thank you) Tj %v -20 Td 0 Tw (Bye) Tj ET Q", c.spacing, c.name, c.tail, -c.tail))
		before := s.read(p)
		label := s.add(types.Dict{"Type": types.Name("Font"), "Subtype": types.Name("Type1"), "BaseFont": types.Name("Courier")})
		e := Edit{Drop: glyphsOf(t, before, c.name), Move: map[int]geom.Point{}}
		e.Text = []Text{{After: e.Drop[0], Font: "Lb", FontRef: label, Codes: []byte("[person]"), Size: 8, Origin: geom.Point{X: 80, Y: 500}, Along: geom.Point{X: 1}}}
		place := func(word string, x float64) {
			for _, i := range glyphsOf(t, before, word) {
				e.Move[i] = geom.Point{X: x, Y: 500}
				x += before.Glyphs[i].Natural.X
			}
		}
		place("Dear ", 50)
		place(", thank you", 120)
		s.rewrite(p, e)
		out = append(out, s.source(p))
	}
	if out[0] != out[1] {
		t.Errorf("they differ:\n%s\n%s", out[0], out[1])
	}
}

func TestEmptyEdit(t *testing.T) {
	s := newSheet(t)
	x := s.form(s.with(nil), "BT /F1 9 Tf (SECRET) Tj ET")
	y := s.form(types.Dict{"XObject": types.Dict{"Unused": x}, "Font": types.Dict{"F1": s.font}}, "BT /F1 9 Tf (H) Tj ET")
	shared := s.with(types.Dict{"XObject": types.Dict{"X": x, "Y": y}, "ColorSpace": types.Dict{"DefaultRGB": types.Name("DeviceRGB"), "C": types.Name("DeviceRGB")}})
	p := s.page(shared, "  /Y  Do % as it was\n")
	content := p.Dict["Contents"]
	s.rewrite(p, Edit{})
	if p.Dict["Contents"] != content {
		t.Error("the content was written anew")
	}
	left := s.reachable(p.Dict)
	if strings.Contains(left, "SECRET") {
		t.Error("a form that nothing draws can be got to")
	}
	if !strings.Contains(left, "DefaultRGB") || strings.Contains(left, "/C ") {
		t.Error("colour spaces were not pruned as they should be")
	}
	if len(s.f.Dict(shared["XObject"])) != 2 {
		t.Error("resources that others share were changed")
	}
}

func TestSharedForm(t *testing.T) {
	s := newSheet(t)
	x := s.form(s.with(nil), "BT /F1 9 Tf 5 5 Td (a NAME) Tj ET")
	res := s.with(types.Dict{"XObject": types.Dict{"X": x}})
	p, q := s.page(res, "/X Do q 1 0 0 1 0 50 cm /X Do Q"), s.page(res, "/X Do")
	r := NewReader(s.f)
	c, err := r.Interpret(p)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Rewrite(p, Edit{Drop: glyphsOf(t, c, "NAME")}); err != nil {
		t.Fatal(err)
	}
	if got := words(s.read(p)); got != "a a " {
		t.Error(len(got))
	}
	if got := words(s.read(q)); got != "a NAME" {
		t.Error("the other page changed")
	}
	if n := len(s.f.Dict(s.f.Dict(p.Dict["Resources"])["XObject"])); n != 1 {
		t.Errorf("%d copies of one form", n)
	}
}

func TestMarksLoseTheirTexts(t *testing.T) {
	s := newSheet(t)
	list := types.Dict{"ActualText": types.StringLiteral("NAME"), "MCID": types.Integer(7)}
	p := s.page(s.with(types.Dict{"Properties": types.Dict{"P": s.add(list)}}), "BT /F1 9 Tf "+
		"/Span <</ActualText (NAME)/Lang (en)/Alt (NAME)/MCID 3>> BDC /Q <</E (NAME)>> BDC (NA) Tj EMC EMC /Span /P BDC (ME) Tj EMC /Span <</ActualText (stays)>> BDC (x) Tj EMC "+
		"/Span <</ActualText (NAME)>> BDC (y) Tj EMC ET")
	before := s.read(p)
	s.rewrite(p, Edit{Drop: glyphsOf(t, before, "NAME"), Strip: map[int]bool{4: true}})
	left := s.reachable(p.Dict)
	if strings.Contains(left, "NAME") {
		t.Error("a mark kept its text")
	}
	for _, want := range []string{"/Lang (en)", "/MCID 3", "/MCID 7", "(stays)"} {
		if !strings.Contains(left, want) {
			t.Errorf("%s is gone", want)
		}
	}
	if list["ActualText"] == nil {
		t.Error("a property list that others share was changed")
	}
}

func TestAreas(t *testing.T) {
	const outline = "100 100 m 110 100 110 110 100 110 c h 103 103 m 105 103 105 107 103 107 c h "
	for name, c := range map[string]struct{ src, want string }{
		"text as outlines":            {"1 g " + outline + "f 0 g", "1 g\n0 g\n"},
		"one of two":                  {outline + "300 300 m 310 300 310 310 300 310 c h f", "300 300 m\n310 300 310 310 300 310 c\nh\nf\n"},
		"an underline":                {"100 98 m 130 98 l S", ""},
		"a rule across":               {"0 105 m 600 105 l S", "0 105 m\n600 105 l\nS\n"},
		"a large background":          {"0 0 600 600 re f", "0 0 600 600 re\nf\n"},
		"a box":                       {"q 96 96 40 20 re f Q 1 w", "1 w\n"},
		"a clip of outlines":          {"q " + outline + "W n /Sh sh Q", "q\n0 0 0 0 re\nW\nn\n/Sh sh\nQ\n"},
		"a clip that is a rectangle":  {"q 96 96 40 20 re W n /Sh sh Q", "q\n96 96 40 20 re\nW\nn\n/Sh sh\nQ\n"},
		"a box that clips and paints": {"q 96 96 40 20 re W f /Sh sh Q", "q\n96 96 40 20 re\nW\nn\n/Sh sh\nQ\n"},
	} {
		s := newSheet(t)
		p := s.page(s.with(types.Dict{"Shading": types.Dict{"Sh": types.Dict{}}}), c.src)
		was := p.Dict["Contents"]
		s.rewrite(p, Edit{Areas: []geom.Rect{{X0: 95, Y0: 95, X1: 140, Y1: 120}}})
		if p.Dict["Contents"] == was {
			if got := strings.Join(strings.Fields(s.source(p)), " "); got != strings.Join(strings.Fields(c.want), " ") {
				t.Errorf("%s: nothing changed", name)
			}
			continue
		}
		if got := s.source(p); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestPaint(t *testing.T) {
	s := newSheet(t)
	photo, painted := s.photo(), s.photo()
	x := s.form(types.Dict{"XObject": types.Dict{"P": photo}}, "q 10 0 0 10 5 5 cm /P Do Q q 10 0 0 10 300 300 cm /P Do Q")
	p := s.page(types.Dict{"XObject": types.Dict{"P": photo, "X": x}},
		"q 10 0 0 10 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q q 10 0 0 10 9 9 cm /P Do Q /X Do q 10 0 0 10 8 8 cm /P Do Q")
	asked := 0
	c := s.rewrite(p, Edit{Areas: []geom.Rect{{X1: 20, Y1: 20}}, Paint: func(pic Picture) (types.IndirectRef, bool, error) {
		asked++
		switch {
		case pic.Inline:
			return painted, true, nil
		case pic.Box.X0 == 9:
			return types.IndirectRef{}, true, nil
		case pic.Box.X0 == 5:
			return painted, true, nil
		}
		return types.IndirectRef{}, false, nil
	}})
	if asked != 4 {
		t.Errorf("asked for %d pictures", asked)
	}
	var got []string
	for _, pic := range c.Pictures {
		got = append(got, fmt.Sprint(pic.Ref.ObjectNumber == painted.ObjectNumber, pic.Box.X0))
	}
	if want := "[true 0 true 5 false 300 false 8]"; fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
	if strings.Contains(s.source(p), "BI") {
		t.Error("the inline image is still there")
	}
}

func TestRefused(t *testing.T) {
	s := newSheet(t)
	p := s.page(s.with(nil), "BT /F1 9 Tf (H) Tj ET")
	was := p.Dict["Contents"]
	if err := NewReader(s.f).Rewrite(p, Edit{Text: []Text{{After: 5}}}); err == nil {
		t.Error("a label for a glyph that is not there was taken")
	}
	if err := NewReader(s.f).Rewrite(p, Edit{Drop: []int{-1, 1 << 40}}); err != nil {
		t.Error(err)
	}
	if p.Dict["Contents"] != was {
		t.Error("the page changed")
	}
}
