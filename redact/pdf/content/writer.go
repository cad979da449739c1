package content

import (
	"encoding/hex"
	"math"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/syntax"
)

// A writer writes a stream in which lines are set anew. None of the old
// positions is left in it: operators that move or space text are taken out, and
// each show gets a place of its own where it does not simply go on. What is not
// touched stays where it was.
type writer struct {
	*edits
	x       *interpreter
	r       *run
	out     []item
	now     written
	stack   []written
	follows bool // the text position is where the source has it
	absorb  map[int]bool
	settler
}

// written is the graphics state as the new stream has set it.
type written struct {
	ctm   geom.Matrix
	text  text
	known params // those of text that are certain
	inner params // those that are still as inherited
}

func (w *writer) write() []item {
	t := w.r.trace
	w.now = written{ctm: w.r.base, text: t.start, known: (allParams | paramLeading) &^ t.start.inherited, inner: t.start.inherited}
	w.absorb = w.r.absorbed(w.x)
	joined := w.joined(w.r)
	show, draw := 0, 0
	for i := range w.r.s.Ops {
		op := &w.r.s.Ops[i]
		if joined[i] {
			w.follows, w.chained, w.some = false, false, false
			continue
		}
		switch op.Name {
		case "Tm":
			w.chained, w.some = false, false
			continue
		case "Tc", "Tw", "Tz", "TL", "Ts", "Tr", "Tf", "Td", "TD", "T*":
			continue
		case "Tj", "TJ", "'", "\"":
			if show < len(t.shows) && t.shows[show].op == i {
				w.show(&t.shows[show], op)
				show++
			}
			continue
		case "cm":
			if w.absorb[i] {
				continue
			}
			w.concat(op)
		case "q":
			w.stack = append(w.stack, w.now)
		case "Q":
			if k := len(w.stack); k > 0 {
				w.now, w.stack = w.stack[k-1], w.stack[:k-1]
			}
			w.follows = false
		case "BT", "ET":
			w.follows, w.chained, w.some = false, false, false
		case "gs": // may set the font
			w.now.known &^= paramFont
		case "Do":
			if draw < len(t.draws) && t.draws[draw].op == i {
				w.sync(&t.draws[draw].text, t.draws[draw].needs)
				draw++
			}
		}
		b, replaced := t.replaced[i]
		replaced = replaced || w.r.useless(op)
		k := kindOf(op.Name)
		if !replaced {
			b = w.r.s.Raw(op)
		} else if len(b) == 0 {
			k = emptied
		}
		w.out = append(w.out, item{k, b, i})
	}
	return w.out
}

func (w *writer) concat(op *syntax.Op) {
	var n [6]float64
	if w.r.numbers(op, n[:]) {
		if m := (geom.Matrix{A: n[0], B: n[1], C: n[2], D: n[3], E: n[4], F: n[5]}).Then(w.now.ctm); m.Finite() {
			w.now.ctm = m
		}
	}
	w.follows = false
}

func (w *writer) put(k itemKind, b []byte) { w.out = append(w.out, item{k, b, -1}) }

// sync sets those parameters that differ from t, as far as they are wanted.
func (w *writer) sync(t *text, want params) {
	one := func(p params, was *float64, is, factor float64, operator string) {
		if want&p == 0 || w.now.inner&t.inherited&p != 0 || w.now.known&p != 0 && *was == is {
			return
		}
		*was = is
		w.now.known |= p
		w.now.inner &^= p
		w.put(other, append(append(syntax.AppendFactor(nil, is*factor), ' '), operator...))
	}
	one(paramChar, &w.now.text.char, t.char, 1, "Tc")
	one(paramWord, &w.now.text.word, t.word, 1, "Tw")
	one(paramScale, &w.now.text.scale, t.scale, 100, "Tz")
	one(paramRise, &w.now.text.rise, t.rise, 1, "Ts")
	one(paramLeading, &w.now.text.leading, t.leading, 1, "TL")
	mode := float64(w.now.text.mode)
	one(paramMode, &mode, float64(t.mode), 1, "Tr")
	w.now.text.mode = int(mode)
	same := w.now.text.font == t.font && w.now.text.size == t.size && string(w.now.text.name) == string(t.name)
	if want&paramFont == 0 || t.font == nil || w.now.inner&t.inherited&paramFont != 0 || w.now.known&paramFont != 0 && same {
		return
	}
	name := t.name
	if len(name) == 0 {
		name = w.name(t.font)
	} else {
		w.r.res.Use("Font", fontName(name))
	}
	w.now.text.font, w.now.text.size, w.now.text.name = t.font, t.size, t.name
	w.now.known |= paramFont
	w.now.inner &^= paramFont
	w.font(name, t.size)
}

// name is one under which these resources have a font that was set elsewhere: by
// whoever draws the form, or by an ExtGState.
func (w *writer) name(f *fontUse) []byte {
	ref, ok := f.obj.(types.IndirectRef)
	if !ok {
		if ref, ok = w.copies[identity(f.dict)]; !ok {
			var err error
			if ref, err = w.x.file().Add(f.dict); err != nil {
				w.x.fail(err)
			}
			w.copies[identity(f.dict)] = ref
		}
	}
	return syntax.AppendName(nil, w.r.res.Insert("Font", "RdF", ref))
}

func (w *writer) font(name []byte, size float64) {
	w.put(other, append(syntax.AppendFactor(append(append([]byte(nil), name...), ' '), size), " Tf"...))
}

// place writes Tm so that text space is mapped as m says, from the current
// transformation of the new stream.
func (w *writer) place(m geom.Matrix, scale float64, then []byte) {
	b := append(appendMatrix(nil, m, scale), "Tm "...)
	w.put(paints, append(b, then...))
}

// textMatrix is what Tm has to be for text space to be mapped by m; was is the
// text matrix that did that under ctm.
func (w *writer) textMatrix(was, ctm geom.Matrix) geom.Matrix {
	if w.now.ctm == ctm {
		return was
	}
	if inv, ok := w.now.ctm.Inverse(); ok {
		return was.Then(ctm).Then(inv)
	}
	return was
}

// scale is how much longer a unit can get on the page.
func (w *writer) scale() float64 {
	m := w.now.ctm
	return max(math.Hypot(m.A, m.B), math.Hypot(m.C, m.D))
}

// A segment is a part of a show that is written in one operator.
type segment struct {
	items []syntax.Object
	moved bool
	at    geom.Matrix // text matrix at its start, of the source
	from  geom.Point  // of what is moved: where it starts
	pen   geom.Point  // and where it has come to
	goes  bool        // it goes on from what was shown before
	ended bool        // the string of the source ended, maybe within a code
}

// trimmed is seg without the numbers at its end, where something else follows
// that has its own place.
func (seg *segment) trimmed() *segment {
	if seg == nil {
		return nil
	}
	for k := len(seg.items) - 1; k > 0; k-- {
		if _, ok := seg.items[k].(syntax.Number); !ok {
			break
		}
		seg.items = seg.items[:k]
	}
	return seg
}

// show writes what is left of a show operator, and the labels in it.
func (w *writer) show(s *shown, op *syntax.Op) {
	touched := false
	for g := s.first; g < s.first+s.n; g++ {
		touched = touched || w.of(g) != 0
	}
	goes := w.follows && !s.placed
	if !touched {
		w.whole(s, op, goes)
		return
	}
	for g := s.first; g < s.first+s.n; g++ {
		w.chained = w.chained || w.of(g)&(move|label) != 0
	}
	anew := w.chained
	t, f := s.text, s.text.font.font
	var seg *segment
	g := s.first
	for _, e := range elements(w.r.s, op) {
		if v, ok := e.(syntax.Number); ok {
			if goes = goes && seg != nil; seg != nil && !seg.moved {
				seg.items = append(seg.items, v)
			}
			t.kern(float64(v))
			continue
		}
		v, _ := e.(syntax.String)
		if seg != nil {
			seg.ended = true
		}
		at := 0
		for _, c := range f.Codes(v) {
			code := v[at:min(at+c.Len, len(v))]
			seg = w.glyph(s, seg, g, &t, code, goes && g == s.first)
			step := c.Width*t.size + t.char
			if f.Vertical() {
				step = c.WY*t.size + t.char
			}
			if c.Space {
				step += t.word
			}
			if f.Vertical() {
				t.advance(0, step)
			} else {
				t.advance(step*t.scale, 0)
			}
			if w.of(g)&label != 0 {
				seg = w.flush(s, seg.trimmed())
				for _, l := range w.text[g] {
					w.label(s, l)
				}
			}
			at += c.Len
			g++
		}
	}
	w.flush(s, seg)
	w.follows = seg != nil && !seg.moved
	w.chained, w.some = anew, false
}

// whole writes a show of which nothing goes or moves.
func (w *writer) whole(s *shown, op *syntax.Op, goes bool) {
	if s.n == 0 {
		w.follows = false
		return
	}
	w.sync(&s.text, allParams)
	a := w.r.s.Args(op)
	last := a[len(a)-1]
	b := append([]byte(nil), w.r.s.Src[last.From:last.To]...)
	if op.Name == "TJ" {
		b = append(b, " TJ"...)
	} else {
		b = append(b, " Tj"...)
	}
	if goes {
		w.put(paints, b)
	} else {
		w.place(w.textMatrix(w.settle(s.text.tm, s.ctm), s.ctm), w.scale(), b)
	}
	w.follows = true
}

// near is how far a glyph may stand from where its predecessor leaves off to be
// written with it, in points: half of the grid that places are on.
const near = 0.051

// glyph takes one more glyph into the segment, or into a new one.
func (w *writer) glyph(s *shown, seg *segment, g int, t *text, code []byte, goes bool) *segment {
	if w.of(g)&drop != 0 {
		return w.flush(s, seg.trimmed())
	}
	to, moved := w.Move[g]
	gl := &w.x.page.Glyphs[g]
	if seg != nil && (seg.moved != moved || moved && math.Hypot(seg.pen.X-to.X, seg.pen.Y-to.Y) > near) {
		seg = w.flush(s, seg.trimmed())
	}
	if seg == nil {
		seg = &segment{moved: moved, at: t.tm, goes: goes && !moved}
		if moved {
			seg.from = geom.Point{X: math.Round(to.X*10) / 10, Y: math.Round(to.Y*10) / 10}
			seg.pen = seg.from
		}
	}
	seg.pen.X, seg.pen.Y = seg.pen.X+gl.Natural.X, seg.pen.Y+gl.Natural.Y
	if k := len(seg.items) - 1; k >= 0 && !seg.ended {
		if last, ok := seg.items[k].(syntax.String); ok {
			seg.items[k] = append(last, code...)
			return seg
		}
	}
	seg.ended = false
	seg.items = append(seg.items, append(syntax.String(nil), code...))
	return seg
}

// flush writes a segment; nil is what is left of it.
func (w *writer) flush(s *shown, seg *segment) *segment {
	if seg == nil {
		return nil
	}
	t := s.text
	if seg.moved {
		t.char, t.word, t.rise, t.scale = 0, 0, 0, natural(t.scale)
		t.inherited &^= paramChar | paramWord | paramRise | paramScale
	}
	w.sync(&t, allParams)
	var b []byte
	if len(seg.items) == 1 {
		b = append(syntax.AppendObject(b, seg.items[0]), " Tj"...)
	} else {
		b = append(syntax.AppendObject(b, syntax.Array(seg.items)), " TJ"...)
	}
	switch {
	case seg.goes:
		w.put(paints, b)
	case seg.moved:
		w.stop(seg.from)
		w.place(w.at(s.text.tm, s.ctm, seg.from), w.scale(), b)
	default:
		w.place(w.textMatrix(w.settle(seg.at, s.ctm), s.ctm), w.scale(), b)
	}
	return nil
}

// at is the Tm that draws as tm does under ctm, but from a point of the page.
func (w *writer) at(tm, ctm geom.Matrix, p geom.Point) geom.Matrix {
	m := w.textMatrix(tm, ctm)
	if inv, ok := w.now.ctm.Inverse(); ok {
		o := inv.Apply(p)
		m.E, m.F = o.X, o.Y
	}
	return m
}

// label writes a text in the place of a glyph, upright on its baseline: filled,
// or invisible where the glyph was.
func (w *writer) label(s *shown, l Text) {
	w.done++
	mode := 0
	if s.text.mode == 3 || s.text.mode == 7 {
		mode = 3
	}
	if l.Actual != "" {
		b := append([]byte("/Span <</ActualText <FEFF"), hexUTF16(l.Actual)...)
		w.put(marking, append(b, ">>> BDC"...))
	}
	w.sync(&text{scale: 1, mode: mode}, allParams&^paramFont)
	w.now.known &^= paramFont
	w.now.inner &^= paramFont
	w.font(syntax.AppendName(nil, w.r.res.Insert("Font", l.Font, l.FontRef)), l.Size)
	m := geom.Matrix{
		A: l.Along.X, B: l.Along.Y, C: -l.Along.Y, D: l.Along.X,
		E: math.Round(l.Origin.X*10) / 10, F: math.Round(l.Origin.Y*10) / 10,
	}
	if inv, ok := w.now.ctm.Inverse(); ok {
		m = m.Then(inv)
	}
	w.place(m, w.scale(), append(syntax.AppendString(nil, l.Codes), " Tj"...))
	if l.Actual != "" {
		w.put(marking, []byte("EMC"))
	}
	w.follows = false
}

// absorbed are the cm that can be left out: in groups in which nothing but text
// is drawn, whose places Tm then tells alone. What strokes needs its space: line
// widths are measured in it.
func (r *run) absorbed(x *interpreter) map[int]bool {
	strokes := map[int]bool{}
	for i := range r.trace.shows {
		if m := r.trace.shows[i].text.mode & 3; m == 1 || m == 2 {
			strokes[r.trace.shows[i].op] = true
		}
	}
	type group struct {
		maps []int
		bars bool // something else is drawn
	}
	out := map[int]bool{}
	groups := []group{{}}
	leave := func() {
		g := groups[len(groups)-1]
		if groups = groups[:len(groups)-1]; !g.bars {
			for _, i := range g.maps {
				out[i] = true
			}
		}
		if len(groups) == 0 {
			groups = append(groups, group{})
		}
		last := &groups[len(groups)-1]
		last.bars = last.bars || g.bars
	}
	for i := range r.s.Ops {
		op := &r.s.Ops[i]
		g := &groups[len(groups)-1]
		switch op.Name {
		case "q":
			groups = append(groups, group{})
		case "Q":
			leave()
		case "cm":
			g.maps = append(g.maps, i)
		case "Tj", "TJ", "'", "\"":
			g.bars = g.bars || strokes[i]
		case "gs":
			name, _ := r.name(op)
			o, _ := r.res.Find("ExtGState", name)
			g.bars = g.bars || x.file().Dict(x.file().Dict(o)["SMask"]) != nil
		case "BT", "ET", "Tc", "Tw", "Tz", "TL", "Tf", "Tr", "Ts", "Td", "TD", "Tm", "T*", "BMC", "BDC", "EMC", "MP", "DP", "BX", "EX",
			"w", "J", "j", "M", "d", "ri", "i", "CS", "cs", "SC", "SCN", "sc", "scn", "G", "g", "RG", "rg", "K", "k":
		default:
			g.bars = true
		}
	}
	for range len(groups) {
		leave()
	}
	return out
}

func hexUTF16(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = hex.AppendEncode(b, []byte{byte(u >> 8), byte(u)})
	}
	return b
}

// appendMatrix writes the operands of Tm: places to less than 0.001 pt on the
// page, where scale is that of the space they are in.
func appendMatrix(b []byte, m geom.Matrix, scale float64) []byte {
	decimals := 3
	if scale > 0 && !math.IsInf(scale, 0) {
		decimals = min(max(int(math.Ceil(math.Log10(scale)))+3, 1), 9)
	}
	for _, v := range [...]float64{m.A, m.B, m.C, m.D} {
		b = append(syntax.AppendFactor(b, v), ' ')
	}
	b = append(syntax.AppendNumber(b, m.E, decimals), ' ')
	return append(syntax.AppendNumber(b, m.F, decimals), ' ')
}
