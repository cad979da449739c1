package layout

import (
	"math"
	"slices"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/pdf/content"
	"consentry/redact/pdf/font"
	"consentry/redact/pdf/geom"
)

// A desk sets pages by hand: Latin letters are half an em wide, i and l a
// quarter, Han characters one em.
type desk struct {
	page    content.Page
	turn    geom.Matrix // of what is set next
	size    float64
	spacing float64 // between letters, in em
	hidden  content.Hidden
	annot   int
	upright bool // vertical writing
	nospace bool // a space is a gap
}

func newDesk() *desk { return &desk{turn: geom.Identity, size: 10, annot: -1} }

var testFont = new(font.Font)

func advance(r rune) float64 {
	switch {
	case strings.ContainsRune("il.,;:", r):
		return 0.25
	case r == ' ':
		return 0.25
	case r >= 0x2e80:
		return 1
	case r >= 0x300 && r < 0x370:
		return 0
	}
	return 0.5
}

// put sets a text and gives where it ended.
func (d *desk) put(x, y float64, text string) float64 {
	at := geom.Point{X: x, Y: y}
	for _, r := range text {
		w := advance(r) * d.size
		step := geom.Point{X: w}
		box := geom.Rect{X0: at.X, Y0: at.Y - 0.2*d.size, X1: at.X + w, Y1: at.Y + 0.9*d.size}
		if d.upright {
			step = geom.Point{Y: -d.size}
			box = geom.Rect{X0: at.X - d.size/2, Y0: at.Y - 1.3*d.size, X1: at.X + d.size/2, Y1: at.Y + 0.2*d.size} // boxes of vertical fonts overlap
		}
		if !(r == ' ' && d.nospace) {
			d.glyph(string(r), at, step, box)
		}
		at.X += step.X
		at.Y += step.Y
		if d.upright {
			at.Y -= d.spacing * d.size
		} else {
			at.X += d.spacing * d.size
		}
	}
	return at.X
}

func (d *desk) glyph(text string, at, step geom.Point, box geom.Rect) {
	d.page.Glyphs = append(d.page.Glyphs, content.Glyph{
		Text: text, Font: testFont, Size: d.size, Origin: d.turn.Apply(at), Advance: d.turn.Vector(step),
		Up: d.turn.Vector(geom.Point{Y: d.size}), Box: box.Through(d.turn), Hidden: d.hidden, Mark: -1, Annot: d.annot,
	})
}

// letterPage maps user space of a page of 600 by 800 points to its view.
var letterPage = geom.Matrix{A: 1, D: -1, F: 800}

func (d *desk) lines() []Line { return Lines(&d.page, letterPage) }

func textOf(l Line) string {
	var b strings.Builder
	for _, r := range l.Runes {
		b.WriteRune(r.R)
	}
	return b.String()
}

// read is the page's lines; a line that goes on ends with ~.
func read(ls []Line) string {
	var out []string
	for _, l := range ls {
		s := textOf(l)
		if l.Goes {
			s += "~"
		}
		out = append(out, s)
	}
	return strings.Join(out, "|")
}

// passages is what detectors read.
func passages(ls []Line) string {
	p := redact.Page{Spans: Spans(ls)}
	var out []string
	for _, q := range p.Passages() {
		out = append(out, string(q.Text))
	}
	return strings.Join(out, "|")
}

func TestLines(t *testing.T) {
	turned := func(degrees float64) geom.Matrix {
		sin, cos := math.Sincos(degrees * math.Pi / 180)
		return geom.Matrix{A: cos, B: sin, C: -sin, D: cos, E: 300, F: 400}
	}
	for _, c := range []struct {
		about string
		set   func(d *desk)
		want  string
	}{
		{"a line", func(d *desk) { d.put(50, 700, "Elena Petrova") }, "Elena Petrova"},
		{"no drawn spaces", func(d *desk) { d.nospace = true; d.put(50, 700, "Elena Petrova lives in Sofia") }, "Elena Petrova lives in Sofia"},
		{"letterspaced", func(d *desk) { d.spacing = 0.3; d.put(50, 700, "Elena Petrova") }, "Elena Petrova"},
		{"letterspaced, no drawn spaces", func(d *desk) { d.spacing, d.nospace = 0.3, true; d.put(50, 700, "Elena Petrova") }, "Elena Petrova"},
		{"letterspaced widely", func(d *desk) { d.spacing = 0.9; d.put(50, 700, "PETROVA") }, "PETROVA"},
		{"columns of single digits", func(d *desk) { d.spacing = 1.5; d.put(50, 700, "1234") }, "1|2|3|4"},
		{"Han", func(d *desk) { d.put(50, 700, "王小明在云岚科技") }, "王小明在云岚科技"},
		{"Han justified", func(d *desk) { d.spacing = 0.25; d.put(50, 700, "王小明在云岚") }, "王小明在云岚"},
		{"Han and Latin", func(d *desk) { x := d.put(50, 700, "王小明"); x = d.put(x+2, 700, "CEO"); d.put(x+2, 700, "云岚") }, "王小明CEO云岚"},
		{"Han and Latin apart", func(d *desk) { x := d.put(50, 700, "王小明"); d.put(x+4, 700, "CEO") }, "王小明 CEO"},
		{"a row of dots", func(d *desk) {
			d.nospace = true
			x := d.put(50, 700, "Research question")
			for range 30 {
				x = d.put(x+2.5, 700, ".")
			}
		}, "Research question" + strings.Repeat(" .", 30)},
		{"letters up and down", func(d *desk) {
			x := d.put(50, 700, "L")
			d.size = 7
			x = d.put(x-3.6, 702, "A")
			d.size = 10
			x = d.put(x-1.5, 700, "T")
			x = d.put(x-1.6, 697.8, "E")
			d.put(x-1.2, 700, "X support")
		}, "LATEX support"},
		{"spaces under Han", func(d *desk) {
			for i, r := range []rune("王小明") {
				d.put(50+10*float64(i), 700, string(r)+" ")
			}
		}, "王小明 "},
		{"cells", func(d *desk) { d.put(50, 700, "Elena"); d.put(200, 700, "Sofia"); d.put(300, 700, "42") }, "Elena|Sofia|42"},
		{"drawn out of order", func(d *desk) { d.put(50, 650, "third"); d.put(50, 700, "first"); d.put(50, 675, "second") }, "first|second|third"},
		{"glyphs drawn backwards", func(d *desk) { d.put(50, 700, "Petrova"); slices.Reverse(d.page.Glyphs) }, "Petrova"},
		{"a raised number", func(d *desk) {
			x := d.put(50, 700, "Elena Petrova")
			d.size = 6
			x = d.put(x, 704, "2")
			d.size = 10
			d.put(x+2.5, 700, "of Sofia")
		}, "Elena Petrova2 of Sofia"},
		{"a lowered number", func(d *desk) {
			x := d.put(50, 700, "H")
			d.size = 6
			x2 := d.put(x, 698, "2")
			d.size = 10
			d.put(x2, 700, "O")
		}, "H2O"},
		{"askew words", func(d *desk) { x := d.put(50, 700, "Elena"); d.put(x+3, 702, "Petrova") }, "Elena Petrova"},
		{"bold by drawing twice", func(d *desk) { d.put(50, 700, "Bella ill"); d.put(50.3, 700, "Bella ill") }, "Bella ill"},
		{"each letter twice", func(d *desk) {
			x := 50.0
			for _, r := range "Elena" {
				d.put(x, 700, string(r))
				x = d.put(x+0.2, 700, string(r)) - 0.2
			}
		}, "Elena"},
		{"a shadow", func(d *desk) { d.put(52, 698, "Bella ill"); d.put(50, 700, "Bella ill") }, "Bella ill"},
		{"unseen text over seen", func(d *desk) {
			d.hidden = content.Invisible
			d.put(50, 700, "Elena Petrova")
			d.hidden = 0
			d.put(50.5, 700, "Elena Petrova")
		}, "Elena Petrova"},
		{"double letters are no copies", func(d *desk) { d.put(50, 700, "ill will fill") }, "ill will fill"},
		{"other text on it", func(d *desk) { d.put(50, 700, "Elena"); d.put(51, 700, "Xaver") }, "Elena|Xaver"},
		{"hidden last", func(d *desk) {
			d.hidden = content.Covered
			d.put(50, 700, "under")
			d.hidden = 0
			d.put(50, 600, "seen")
		}, "seen|under"},
		{"hidden in a line", func(d *desk) {
			x := d.put(50, 700, "Elena ")
			d.hidden = content.Covered
			x = d.put(x, 700, "Petrova")
			d.hidden = 0
			d.put(x, 700, " of Sofia")
		}, "Elena Petrova of Sofia"},
		{"annotations last", func(d *desk) { d.annot = 3; d.put(50, 750, "note"); d.annot = -1; d.put(50, 700, "page") }, "page|note"},
		{"annotations apart", func(d *desk) { d.annot = 3; x := d.put(50, 750, "one"); d.annot = 4; d.put(x, 750, "two") }, "one|two"},
		{"turned left", func(d *desk) { d.turn = turned(90); d.put(0, 0, "Elena Petrova"); d.put(0, -15, "Sofia") }, "Elena Petrova|Sofia"},
		{"turned right", func(d *desk) { d.turn = turned(-90); d.put(0, 0, "Elena Petrova"); d.put(0, -15, "Sofia") }, "Elena Petrova|Sofia"},
		{"upside down", func(d *desk) { d.turn = turned(180); d.put(0, 0, "Elena Petrova"); d.put(0, -15, "Sofia") }, "Elena Petrova|Sofia"},
		{"slanting", func(d *desk) { d.turn = turned(37.2); d.put(0, 0, "Elena Petrova"); d.put(0, -15, "Sofia") }, "Elena Petrova|Sofia"},
		{"along a curve", func(d *desk) {
			d.put(50, 700, "Elena Petrova")
			for i, r := range []rune("云岚科技有限公司") {
				sin, cos := math.Sincos((140 - 40*float64(i)) * math.Pi / 180)
				d.turn = geom.Matrix{A: sin, B: -cos, C: cos, D: sin, E: 300 + 16*cos, F: 400 + 16*sin}
				d.put(-5, 0, string(r))
			}
		}, "Elena Petrova|云岚科技有限公司"},
		{"up and down", func(d *desk) {
			x := 50.0
			for i, r := range []rune("Ottoline") {
				x = d.put(x, 700+[]float64{0, 1.3, 2.6, 4, 4, 2.6, 1.3, 0}[i], string(r))
			}
		}, "Ottoline"},
		{"a stamp at the side", func(d *desk) {
			d.turn = turned(90)
			d.put(0, 0, "draft")
			d.turn = geom.Identity
			d.put(50, 700, "Elena Petrova")
		}, "Elena Petrova|draft"},
		{"vertical", func(d *desk) { d.upright = true; d.put(500, 700, "王小明在"); d.put(480, 700, "云岚科技") }, "王小明在|云岚科技"},
		{"vertical with turned Latin", func(d *desk) {
			d.upright = true
			d.put(500, 700, "王小明")
			d.upright = false
			d.turn = geom.Matrix{A: 0, B: -1, C: 1, D: 0, E: 496.5, F: 670}
			d.put(0, 0, "CEO")
			d.turn = geom.Identity
			d.upright = true
			d.put(500, 655, "云岚")
		}, "王小明CEO云岚"},
		{"stacked", func(d *desk) {
			for i, r := range []rune("王小明在") {
				d.put(500, 700-12*float64(i), string(r))
			}
			for i, r := range []rune("云岚科技") {
				d.put(485, 700-12*float64(i), string(r))
			}
		}, "王小明在|云岚科技"},
		{"a table", func(d *desk) {
			for i, row := range []string{"Elena,Sofia,Engineer", "Tobias,Graz,Manager", "Ji-woo,Seoul,Designer"} {
				for k, c := range strings.Split(row, ",") {
					d.put(50+120*float64(k), 700-20*float64(i), c)
				}
			}
		}, "Elena|Sofia|Engineer|Tobias|Graz|Manager|Ji-woo|Seoul|Designer"},
		{"a table with tall cells", func(d *desk) {
			d.put(50, 700, "Elena")
			d.put(150, 700, "leads the")
			d.put(150, 688, "project")
			d.put(50, 660, "Tobias")
			d.put(150, 660, "helps")
		}, "Elena|leads the|project|Tobias|helps"},
	} {
		d := newDesk()
		c.set(d)
		ls := d.lines()
		if got := read(ls); got != c.want {
			t.Errorf("%s: %q, want %q", c.about, got, c.want)
		}
		everyGlyphOnce(t, c.about, &d.page, ls)
	}
}

// everyGlyphOnce fails where a glyph is missing or in two lines.
func everyGlyphOnce(t failer, about string, p *content.Page, ls []Line) {
	t.Helper()
	line := map[int]int{}
	for n, l := range ls {
		for k, r := range l.Runes {
			for _, g := range append([]int{r.Glyph}, r.Also...) {
				if g < 0 {
					continue
				}
				if at, ok := line[g]; ok && (at != n || g != l.Runes[k-1].Glyph && !slices.Contains(l.Runes[k-1].Also, g)) {
					t.Fatalf("%s: glyph %d is read twice", about, g)
				}
				line[g] = n
			}
		}
	}
	for i, g := range p.Glyphs {
		if _, ok := line[i]; !ok && strings.TrimSpace(g.Text) != "" {
			t.Fatalf("%s: glyph %d of %d is in no line", about, i, len(p.Glyphs))
		}
	}
}

// A line that crosses another takes no letter of it away, though one of them is the
// same and stands in the same place.
func TestLinesThatCross(t *testing.T) {
	for name, over := range map[string]string{"one letter": "proof oe no roe", "several": "proof or no a way"} {
		d := newDesk()
		d.put(100, 500, "Ronan Vole of Ely")
		d.put(101, 502, over)
		var got []string
		for _, l := range Lines(&d.page, geom.Matrix{A: 1, D: -1, F: 800}) {
			var b strings.Builder
			for _, r := range l.Runes {
				b.WriteRune(r.R)
			}
			got = append(got, b.String())
		}
		slices.Sort(got)
		if want := []string{"Ronan Vole of Ely", over}; !slices.Equal(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A line of which some letters were drawn before, as in strips of a page that was cut
// in pieces, is read once and whole.
func TestPartOfALineDrawnBefore(t *testing.T) {
	const text = "distributed by Doebler Hybrids"
	d := newDesk()
	for i, r := range text {
		if strings.ContainsRune("dbDlH", r) {
			at := 100.0
			for _, c := range text[:i] {
				at += advance(c) * d.size
			}
			d.put(at, 500, string(r))
		}
	}
	d.put(100, 500, text)
	ls := Lines(&d.page, geom.Matrix{A: 1, D: -1, F: 800})
	var b strings.Builder
	for _, r := range ls[0].Runes {
		b.WriteRune(r.R)
	}
	if len(ls) != 1 || b.String() != text {
		t.Errorf("%d lines, the first %q", len(ls), b.String())
	}
}
