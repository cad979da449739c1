package layout

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"consentry/redact/pdf/content"
	"consentry/redact/pdf/geom"
)

// A failer is a test, also one of rapid's.
type failer interface {
	Helper()
	Fatalf(string, ...any)
}

// sound fails where what Lines promises does not hold.
func sound(t failer, p *content.Page, view geom.Matrix) {
	t.Helper()
	ls := Lines(p, view)
	everyGlyphOnce(t, "some page", p, ls)
	if again := Lines(p, view); !reflect.DeepEqual(ls, again) {
		t.Fatalf("the same page gives other lines")
	}
	block := 0
	for i, l := range ls {
		if len(l.Runes) == 0 {
			t.Fatalf("line %d is empty", i)
		}
		if l.Block != block && (i == 0 || l.Block != block+1 || ls[i-1].Goes) {
			t.Fatalf("line %d is of block %d, behind %d", i, l.Block, block)
		}
		if block = l.Block; l.Goes && (i+1 == len(ls) || ls[i+1].Block != block) {
			t.Fatalf("line %d goes on in none", i)
		}
		for k, r := range l.Runes {
			if r.Box.Empty() || !sane(r.Box.X0, r.Box.Y0, r.Box.X1, r.Box.Y1) && view == letterPage {
				t.Fatalf("rune %d of line %d stands at %v", k, i, r.Box)
			}
			if r.R < ' ' || r.Unknown != (r.R == unknown) {
				t.Fatalf("rune %d of line %d is %U, unknown: %v", k, i, r.R, r.Unknown)
			}
		}
		if l.Annot < 0 && i > 0 && ls[i-1].Annot >= 0 {
			t.Fatalf("line %d of the page is behind those of annotations", i)
		}
	}
	offset := 0
	for i, s := range Spans(ls) {
		n := len([]rune(s.Text))
		if s.ID != i || s.Offset < offset || s.Offset > offset+1 || len(s.Boxes) != n || n != len(ls[i].Runes) {
			t.Fatalf("span %d has %d boxes, %d runes at %d, behind %d", s.ID, len(s.Boxes), n, s.Offset, offset)
		}
		for _, b := range s.Boxes {
			if b.Empty() {
				t.Fatalf("span %d has an empty box", i)
			}
		}
		offset = s.Offset + n
	}
}

func TestAnyPage(t *testing.T) {
	texts := rapid.SampledFrom([]string{"a", "E", "l", " ", "王", "小", "，", "\u3000", "", "\x01", "ffi", "\u0301", "א", "ש", "-", ".", "1", "\ufb01", "⻢"})
	near := rapid.SampledFrom([]float64{0, 0.02, 0.1, 0.25, 0.5, 1, 1.2, 1.4, 5, -0.2, -1, -7})
	rapid.Check(t, func(t *rapid.T) {
		d := newDesk()
		at := geom.Point{X: 50, Y: 700}
		for range rapid.IntRange(0, 60).Draw(t, "glyphs") {
			switch rapid.IntRange(0, 19).Draw(t, "what") {
			case 0:
				d.size = rapid.SampledFrom([]float64{10, 10, 7, 16, 0, 0.2, 300}).Draw(t, "size")
			case 1:
				sin, cos := math.Sincos(rapid.SampledFrom([]float64{0, 0, 90, 180, 270, 0.2, 45}).Draw(t, "degrees") * math.Pi / 180)
				d.turn = geom.Matrix{A: cos, B: sin, C: -sin, D: cos, E: 20, F: 30}
			case 2:
				d.hidden = rapid.SampledFrom([]content.Hidden{0, 0, content.Clipped}).Draw(t, "hidden")
			case 3:
				d.annot = rapid.SampledFrom([]int{-1, -1, 0, 2}).Draw(t, "annot")
			case 4, 5:
				at = geom.Point{X: at.X + d.size*near.Draw(t, "dx"), Y: at.Y - d.size*near.Draw(t, "dy")}
			case 6:
				at = geom.Point{X: 50, Y: at.Y - 1.2*d.size}
			}
			step := geom.Point{X: d.size * rapid.SampledFrom([]float64{0.5, 0.25, 1, 0}).Draw(t, "width")}
			if rapid.IntRange(0, 15).Draw(t, "upright") == 0 {
				step = geom.Point{Y: -d.size}
			}
			d.glyph(texts.Draw(t, "text"), at, step, geom.Rect{X0: at.X, Y0: at.Y - d.size/5, X1: at.X + step.X, Y1: at.Y + d.size})
			at.X, at.Y = at.X+step.X, at.Y+step.Y
		}
		sound(t, &d.page, letterPage)
	})
}

// FuzzLines reads glyphs with any numbers: places that are none, fonts of any
// size, directions that turn from glyph to glyph.
func FuzzLines(f *testing.F) {
	glyph := func(vs ...float32) (b []byte) {
		for _, v := range vs {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
		return append(b, 0, 0)
	}
	inf := float32(math.Inf(1))
	f.Add("Elena", append(glyph(10, 50, 700, 5, 0, 0, 10), glyph(10, 55, 700, 5, 0, 0, 10)...))
	f.Add("王小明", append(glyph(10, 50, 700, 0, -10, 0, 10), glyph(0, 0, 0, 0, 0, 0, 0)...))
	f.Add("a\x00 ", append(glyph(inf, 1e30, 700, 0, -10, 0, 10), glyph(1e6, 1e6, -1e6, -1e-9, 3, 1e6, 1e6)...))
	f.Fuzz(func(t *testing.T, text string, b []byte) {
		const size = 7*4 + 2
		rs := []rune(text)
		var p content.Page
		for i := 0; len(b) >= size && i < 200; i++ {
			var v [7]float64
			for k := range v {
				v[k] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*k:])))
			}
			g := content.Glyph{Size: v[0], Origin: geom.Point{X: v[1], Y: v[2]}, Advance: geom.Point{X: v[3], Y: v[4]}, Up: geom.Point{X: v[5], Y: v[6]}, Annot: int(b[28]%4) - 1, Hidden: content.Hidden(b[29] % 3), Font: testFont}
			g.Box = geom.Rect{X0: v[1], Y0: v[2], X1: v[1] + v[3] + v[5], Y1: v[2] + v[4] + v[6]}.Canon()
			if len(rs) > 0 && b[28] < 200 {
				g.Text = string(rs[i%len(rs)])
			}
			p.Glyphs = append(p.Glyphs, g)
			b = b[size:]
		}
		sound(t, &p, letterPage)
	})
}

func TestViewThatIsNone(t *testing.T) {
	d := newDesk()
	d.put(50, 700, "Elena")
	sound(t, &d.page, geom.Matrix{A: math.NaN()})
	sound(t, &d.page, geom.Matrix{})
	sound(t, &d.page, geom.Matrix{A: 1e300, D: 1e300})
}

// Pages that are made to take long take no longer than others of their size, but
// for a factor.
func TestLargePages(t *testing.T) {
	const n = 100000
	random := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct {
		about string
		at    func(i int) geom.Point
		text  string
	}{
		{"all in one place", func(int) geom.Point { return geom.Point{X: 50, Y: 700} }, "ab"},
		{"the same in one place", func(int) geom.Point { return geom.Point{X: 50, Y: 700} }, "a"},
		{"in one row, from the right", func(i int) geom.Point { return geom.Point{X: float64(n-i) * 5, Y: 700} }, "Ele na"},
		{"in one row, far apart", func(i int) geom.Point { return geom.Point{X: float64(i%1000)*40 + float64(i/1000), Y: 700} }, "Elena"},
		{"on a slope", func(i int) geom.Point { return geom.Point{X: float64(i) * 5, Y: 700 - float64(i)*1.3} }, "Elena"},
		{"down stairs", func(i int) geom.Point { return geom.Point{X: float64(i) * 20, Y: float64(-i) * 20} }, "王小明"},
		{"on a grid", func(i int) geom.Point { return geom.Point{X: float64(i%300) * 30, Y: float64(i / 300 * 20)} }, "王小明"},
		{"anywhere", func(int) geom.Point { return geom.Point{X: random.Float64() * 600, Y: random.Float64() * 800} }, "Elena 王"},
		{"two long rows on each other", func(i int) geom.Point { return geom.Point{X: float64(i%(n/2)) * 5, Y: 700 - 2*float64(i/(n/2))} }, "ab"},
	} {
		d := newDesk()
		rs := []rune(c.text)
		for i := range n {
			at := c.at(i)
			d.glyph(string(rs[i%len(rs)]), at, geom.Point{X: 5}, geom.Rect{X0: at.X, Y0: at.Y - 2, X1: at.X + 5, Y1: at.Y + 9})
		}
		start := time.Now()
		ls := d.lines()
		took := time.Since(start)
		t.Logf("%s: %v", c.about, took)
		if took > 30*time.Second {
			t.Errorf("%s: %v", c.about, took)
		}
		everyGlyphOnce(t, c.about, &d.page, ls)
	}
}

// ordinary is a page of two columns in letters of 10 points.
func ordinary() *content.Page {
	d := newDesk()
	const line = "The project in East China is led by our Elena Petr"
	for i := range 55 {
		d.put(50, 750-12*float64(i), line)
		d.put(300, 750-12*float64(i), line)
	}
	return &d.page
}

func BenchmarkLines(b *testing.B) {
	p := ordinary()
	b.ReportAllocs()
	for b.Loop() {
		Lines(p, letterPage)
	}
	b.ReportMetric(float64(len(p.Glyphs)), "glyphs")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}
