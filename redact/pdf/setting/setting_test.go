package setting

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"consentry/redact/pdf/content"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/layout"
	"consentry/redact/pdf/object"
)

// made is a page, read.
type made struct {
	page  object.Page
	read  *content.Page
	lines []layout.Line
}

func read(t testing.TB, file []byte) made {
	t.Helper()
	f, _, err := object.Read(file, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	var m made
	if m.page, err = f.Page(0); err != nil {
		t.Fatal(err)
	}
	if m.read, err = content.NewReader(f).Interpret(m.page); err != nil {
		t.Fatal(err)
	}
	view, _, _ := m.page.View()
	m.lines = layout.Lines(m.read, view)
	return m
}

// texts are the lines of a page without the spaces at their ends.
func (m made) texts() []string {
	var out []string
	for _, l := range m.lines {
		var b strings.Builder
		for _, r := range l.Runes {
			b.WriteRune(r.R)
		}
		out = append(out, strings.TrimSpace(b.String()))
	}
	return out
}

// sheetOf is a page of these lines in Helvetica, 12 points large, 17 apart.
func sheetOf(t testing.TB, ttf []byte, lines ...string) []byte {
	s := &sheet{t: t, noto: newLabel(t, ttf), simple: true}
	for i, l := range lines {
		oneTj(s, marginL, 700-17*float64(i), 12, l, 0)
	}
	return s.bytes()
}

func TestWhatIsRead(t *testing.T) {
	ttf := notoBytes(t)
	for name, tc := range map[string]struct {
		lines      []string
		name, with string
		want       []string
	}{
		"in the middle":     {[]string{"So it was.", "Then Anna Vole (from Ely) spoke.", "They left."}, "Anna Vole", "Person A", []string{"So it was.", "Then Person A (from Ely) spoke.", "They left."}},
		"all of a line":     {[]string{"So it was.", "Anna Vole", "They left."}, "Anna Vole", "Person A", []string{"So it was.", "Person A", "They left."}},
		"no label":          {[]string{"So it was.", "Then Anna Vole spoke.", "They left."}, "Anna Vole", "", []string{"So it was.", "Then spoke.", "They left."}},
		"many spaces":       {[]string{"So it was.", "Then Anna Vole        spoke.", "They left."}, "Anna Vole", "Person A", []string{"So it was.", "Then Person A  spoke.", "They left."}},
		"a long leader":     {[]string{"So it was.", "Anna Vole ................... 12", "They left."}, "Anna Vole", "Person A", []string{"So it was.", "Person A ... 12", "They left."}},
		"twice on one line": {[]string{"Anna Vole met Anna Vole, twice."}, "Anna Vole", "Person A", []string{"Person A met Person A, twice."}},
		"Chinese label":     {[]string{"So it was.", "Then Anna Vole spoke."}, "Anna Vole", "客户A", []string{"So it was.", "Then 客户A spoke."}},
	} {
		t.Run(name, func(t *testing.T) {
			r := redact(t, ttf, sheetOf(t, ttf, tc.lines...), tc.name, tc.with, Labels)
			if got := read(t, r.bytes(t)).texts(); !reflect.DeepEqual(got, tc.want) {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

// A name that is broken over two lines has its label on the first; nothing of it,
// its hyphen included, is on the second, which begins where its neighbours do.
func TestBrokenOverLines(t *testing.T) {
	ttf := notoBytes(t)
	m := read(t, sheetOf(t, ttf, "In the end the report was read by Maxi-", "milian Vole, who thought it good, and", "then by everybody else in the house."))
	var g []int
	for i, l := range m.lines[:2] {
		part := []string{"Maxi", "milian Vole"}[i]
		found := find([]layout.Line{l}, part)
		if len(found) != 1 {
			t.Fatal("a part of the name is not there")
		}
		g = append(g, found[0]...)
	}
	l := newLabel(t, ttf)
	e, report := Plan(m.read, m.lines, []Cut{{Glyphs: g, With: "Person A"}}, l, Options{Box: m.page.CropBox})
	if len(e.Text) != 1 || math.Abs(e.Text[0].Origin.Y-700) > 0.1 {
		t.Fatalf("%d labels", len(e.Text))
	}
	dropped := ""
	for _, i := range e.Drop {
		dropped += m.read.Glyphs[i].Text
	}
	if dropped != "Maxi-milian Vole" {
		t.Errorf("%q goes", dropped)
	}
	comma := find(m.lines, ", who")[0][0]
	if at := e.Move[comma]; at != (geom.Point{X: marginL, Y: 683}) {
		t.Errorf("the second line begins at %v", at)
	}
	if len(report.Rows) != 2 {
		t.Errorf("%d rows", len(report.Rows))
	}
}

// In Snap mode what follows moves as one, by as much as makes the gap a multiple
// of 4 em.
func TestSnap(t *testing.T) {
	ttf := notoBytes(t)
	file := sheetOf(t, ttf, "So it was.", "Then Anna Vole spoke, and AVATo.", "They left.")
	m := read(t, file)
	g := find(m.lines, "Anna Vole")[0]
	l := newLabel(t, ttf)
	e, _ := Plan(m.read, m.lines, []Cut{{Glyphs: g, With: "Person A"}}, l, Options{Mode: Snap, Box: m.page.CropBox})
	start, next := m.read.Glyphs[g[0]].Origin.X, g[len(g)-1]+1
	if gap := e.Move[next].X - start; math.Abs(gap-96) > 0.06 && math.Abs(gap-48) > 0.06 {
		t.Errorf("a gap of %.2f pt", gap)
	}
	by := e.Move[next].X - m.read.Glyphs[next].Origin.X
	for i := next; i < next+18; i++ {
		if math.Abs(e.Move[i].X-m.read.Glyphs[i].Origin.X-by) > 1e-3 {
			t.Errorf("glyph %d went %.3f pt, not %.3f", i, e.Move[i].X-m.read.Glyphs[i].Origin.X, by)
		}
	}
	if len(e.Text) != 1 || e.Text[0].Origin.X < start-0.1 {
		t.Error("the label is not in the gap")
	}
}

// A line that gets longer keeps within its cell: the label gives way first.
func TestKeepsToItsCell(t *testing.T) {
	ttf := notoBytes(t)
	s := &sheet{t: t, noto: newLabel(t, ttf), simple: true}
	oneTj(s, 100, 700, 12, "Li Wu, nurse", 0)
	oneTj(s, 100, 680, 12, "Ed Yew, cook", 0)
	for _, x := range []float64{95, 180} {
		s.op("%g 600 0.5 200 re f", x)
	}
	m := read(t, s.bytes())
	l := newLabel(t, ttf)
	e, report := Plan(m.read, m.lines, []Cut{{Glyphs: find(m.lines, "Li Wu")[0], With: "Person A"}}, l, Options{Box: m.page.CropBox})
	end := 0.0
	for g, at := range e.Move {
		end = max(end, at.X+m.read.Glyphs[g].Natural.X)
	}
	if len(e.Move) != 7 || end > 180 || report.Tight != 0 {
		t.Errorf("%d glyphs end at %.1f; %d tight", len(e.Move), end, report.Tight)
	}
	if e.Text[0].Size >= 12*latinSize {
		t.Error("the label has its full size")
	}
	e, report = Plan(m.read, m.lines, []Cut{{Glyphs: find(m.lines, "Li Wu")[0], With: "Persons A, B, C and all the others"}}, l, Options{Box: m.page.CropBox})
	if report.Tight != 1 || len(e.Text) != 1 {
		t.Error("what cannot fit is not told")
	}
}

// What a link's rectangle becomes does not depend on the name, and holds the line.
func TestRowsHoldWhatIsSet(t *testing.T) {
	ttf := notoBytes(t)
	m := read(t, sheetOf(t, ttf, "So it was.", "Then Anna Vole spoke.", "They left."))
	e, report := Plan(m.read, m.lines, []Cut{{Glyphs: find(m.lines, "Anna Vole")[0], With: "Person A"}}, newLabel(t, ttf), Options{})
	if len(report.Rows) != 1 {
		t.Fatalf("%d rows", len(report.Rows))
	}
	row := report.Rows[0]
	for g, at := range e.Move {
		if !row.New.Contains(at) || !row.Old.Contains(m.read.Glyphs[g].Origin) {
			t.Errorf("glyph %d is outside of its row", g)
		}
	}
	if row.Old.Y0 > 683-2 || row.Old.Y1 < 683+8 || row.Old.Y1 > 700 {
		t.Errorf("the row reaches from %.1f to %.1f", row.Old.Y0, row.Old.Y1)
	}
}

func TestNothingToCut(t *testing.T) {
	ttf := notoBytes(t)
	m := read(t, sheetOf(t, ttf, "So it was."))
	for _, cuts := range [][]Cut{nil, {{With: "Person A"}}, {{Glyphs: []int{-1, 1 << 40}, With: "Person A"}}} {
		if e, report := Plan(m.read, m.lines, cuts, newLabel(t, ttf), Options{}); !e.Empty() || len(report.Rows) > 0 {
			t.Errorf("%d cuts: something is changed", len(cuts))
		}
	}
}

// Glyphs may stand anywhere.
func FuzzPlan(f *testing.F) {
	ttf := notoBytes(f)
	m := read(f, sheetOf(f, ttf, "So it was.", "Then Anna Vole spoke.", "They left."))
	f.Add(uint8(3), uint8(5), 12.0, 3.0, 1.0, 0.0)
	f.Add(uint8(12), uint8(1), math.NaN(), math.Inf(1), 1e300, -1.0)
	f.Fuzz(func(t *testing.T, from, n uint8, x, y, size, turn float64) {
		p := *m.read
		p.Glyphs = append([]content.Glyph(nil), p.Glyphs...)
		for i := range p.Glyphs {
			if i%5 == int(from)%5 {
				g := &p.Glyphs[i]
				g.Origin, g.Size = geom.Point{X: x * float64(i), Y: y}, g.Size*size
				g.Advance = geom.Point{X: g.Advance.X * math.Cos(turn), Y: g.Advance.X * math.Sin(turn)}
				g.Box = geom.Rect{X0: g.Origin.X, Y0: g.Origin.Y, X1: g.Origin.X + 5, Y1: g.Origin.Y + 9}
			}
		}
		var cut []int
		for i := int(from); i < int(from)+int(n); i++ {
			cut = append(cut, i)
		}
		view, _, _ := m.page.View()
		lines := layout.Lines(&p, view)
		a, _ := Plan(&p, lines, []Cut{{Glyphs: cut, With: "Person A"}}, newLabel(t, ttf), Options{Mode: Mode(n % 2), Box: m.page.CropBox})
		b, _ := Plan(&p, lines, []Cut{{Glyphs: cut, With: "Person A"}}, newLabel(t, ttf), Options{Mode: Mode(n % 2), Box: m.page.CropBox})
		if !reflect.DeepEqual(a, b) {
			t.Error("two plans for one page")
		}
		for g, at := range a.Move {
			if math.IsNaN(at.X+at.Y) || math.IsInf(at.X+at.Y, 0) {
				t.Errorf("glyph %d goes to %v", g, at)
			}
		}
	})
}

// A label in a vertical line stands upright in it and is read with it.
func TestVertical(t *testing.T) {
	ttf := notoBytes(t)
	s := &sheet{t: t, noto: newLabel(t, ttf)}
	vertical(s, "王小明")
	r := redact(t, ttf, s.bytes(), "王小明", "客户A", Labels)
	if got := read(t, r.bytes(t)).texts(); len(got) != 3 || !strings.HasPrefix(got[1], "个案管理员客户A与两位同事") {
		t.Errorf("%d lines, the second is not what was written", len(got))
	}
}

// The underline of a name becomes that of its label, the ground of a word goes
// with the word, and the rule of a table stays.
func TestUnderlines(t *testing.T) {
	ttf := notoBytes(t)
	s := &sheet{t: t, noto: newLabel(t, ttf), simple: true}
	oneTj(s, marginL, 700, 12, "Then Anna Vole spoke.", 0)
	at := func(text string) float64 { return marginL + 12*s.width(text) }
	s.op("%g 697.5 %g 0.6 re f", at("Then "), at("Anna Vole")-marginL)
	s.op("1 1 0 rg %g 697 %g 13 re f", at("Then Anna Vole ")-2, at("spoke")-marginL+4)
	s.op("0 g 50 696 400 0.5 re f")
	m := read(t, s.bytes())
	e, report := Plan(m.read, m.lines, []Cut{{Glyphs: find(m.lines, "Anna Vole")[0], With: "Person A"}}, newLabel(t, ttf), Options{Box: m.page.CropBox})
	if !reflect.DeepEqual(report.Fills, []int{0, 1}) || len(e.Fills) != 2 {
		t.Fatalf("fills %v of %d", report.Fills, len(m.read.Fills))
	}
	_, em := newLabel(t, ttf).Encode("Person A")
	line, ground := e.Fills[0], e.Fills[1]
	if math.Abs(line.X0-at("Then ")) > 0.1 || math.Abs(line.W()-em*12*latinSize) > 0.2 || math.Abs(line.H()-0.6) > 1e-6 {
		t.Errorf("the underline is at %v", line)
	}
	word := e.Move[find(m.lines, "spoke")[0][0]].X
	if math.Abs(ground.X0-word+2) > 0.2 || math.Abs(ground.W()-12*s.width("spoke")-4) > 0.3 {
		t.Errorf("the ground is at %v, the word at %.1f", ground, word)
	}
}

// A watermark over a line of text is no part of it, whether it stands on the same
// baseline or is large enough for the line to be an index of it: neither moves with
// the other.
func TestWatermark(t *testing.T) {
	ttf := notoBytes(t)
	for name, y := range map[string]float64{"on the baseline": 683, "nearly": 681, "below it": 671} {
		t.Run(name, func(t *testing.T) {
			s := &sheet{t: t, noto: newLabel(t, ttf), simple: true}
			for i, l := range []string{"So it was.", "Then Anna Vole spoke of the weather and of other things.", "They left."} {
				oneTj(s, marginL, 700-17*float64(i), 12, l, 0)
			}
			oneTj(s, marginL+30, y, 40, "Draft of May", 0)
			m := read(t, s.bytes())
			e, _ := Plan(m.read, m.lines, []Cut{{Glyphs: find(m.lines, "Anna Vole")[0], With: "Person A"}}, newLabel(t, ttf), Options{Box: m.page.CropBox})
			for _, g := range find(m.lines, "Draft of May")[0] {
				if at, moves := e.Move[g]; moves {
					t.Fatalf("the watermark moves to %v", at)
				}
			}
			next := find(m.lines, " spoke of")[0][1]
			if at := e.Move[next]; at.X < marginL+60 || at.X > marginL+110 {
				t.Errorf("the line goes on at %v", at)
			}
			e, _ = Plan(m.read, m.lines, []Cut{{Glyphs: find(m.lines, "Draft")[0], With: "Person A"}}, newLabel(t, ttf), Options{Box: m.page.CropBox})
			for _, g := range find(m.lines, "Then Anna Vole spoke")[0] {
				if at, moves := e.Move[g]; moves {
					t.Fatalf("the text moves to %v", at)
				}
			}
		})
	}
}
