package content

import (
	"math"

	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/syntax"
)

// textOperator is the operators of ISO 32000-2, 9.3 and 9.4; false where op is
// none of them.
func (x *interpreter) textOperator(r *run, op *syntax.Op) bool {
	t := &r.g.text
	var n [6]float64
	one := func(v *float64, p params, factor float64) {
		if r.numbers(op, n[:1]) {
			*v = n[0] * factor
			t.inherited &^= p
		}
	}
	switch op.Name {
	case "BT":
		t.tm, t.line = geom.Identity, geom.Identity
		r.placed = true
	case "ET":
	case "Tc":
		one(&t.char, paramChar, 1)
	case "Tw":
		one(&t.word, paramWord, 1)
	case "Tz":
		one(&t.scale, paramScale, 0.01)
	case "TL":
		one(&t.leading, paramLeading, 1)
	case "Ts":
		one(&t.rise, paramRise, 1)
	case "Tr":
		if r.numbers(op, n[:1]) && n[0] >= 0 && n[0] <= 7 {
			t.mode = int(n[0])
			t.inherited &^= paramMode
		}
	case "Tf":
		x.selectFont(r, op)
	case "Td", "TD":
		if r.numbers(op, n[:2]) {
			if op.Name == "TD" {
				t.leading = -n[1]
				t.inherited &^= paramLeading
			}
			t.moveLine(n[0], n[1])
			r.placed = true
		}
	case "Tm":
		if r.numbers(op, n[:6]) {
			t.tm = geom.Matrix{A: n[0], B: n[1], C: n[2], D: n[3], E: n[4], F: n[5]}
			t.line = t.tm
			r.placed = true
		}
	case "T*":
		r.needs |= t.inherited & paramLeading
		t.moveLine(0, -t.leading)
		r.placed = true
	case "Tj", "TJ":
		x.show(r, op)
	case "'", "\"":
		if op.Name == "\"" {
			if a := r.s.Args(op); len(a) >= 3 && a[len(a)-3].Obj == nil && a[len(a)-2].Obj == nil {
				t.word, t.char = a[len(a)-3].Num, a[len(a)-2].Num
				t.inherited &^= paramWord | paramChar
			}
		}
		r.needs |= t.inherited & paramLeading
		t.moveLine(0, -t.leading)
		r.placed = true
		x.show(r, op)
	default:
		return false
	}
	return true
}

// selectFont is Tf. Readers show text in a font that is not there in Helvetica.
func (x *interpreter) selectFont(r *run, op *syntax.Op) {
	a := r.s.Args(op)
	if len(a) < 2 || a[len(a)-1].Obj != nil {
		return
	}
	name, ok := a[len(a)-2].Obj.(syntax.Name)
	if !ok {
		return
	}
	t := &r.g.text
	r.refer("Font", string(name))
	o, owner := r.res.Find("Font", string(name))
	if t.font = nil; owner != nil {
		t.font = x.r.font(o)
	}
	if t.font == nil {
		t.font = x.r.missing
		x.doubt(doubtNoSuch)
	}
	t.name = r.s.Src[a[len(a)-2].From:a[len(a)-2].To]
	t.size = a[len(a)-1].Num
	t.inherited &^= paramFont
}

// elements are what a show operator shows: strings and numbers.
func elements(s *syntax.Stream, op *syntax.Op) syntax.Array {
	a := s.Args(op)
	if len(a) == 0 {
		return nil
	}
	switch v := a[len(a)-1].Obj.(type) {
	case syntax.String:
		return syntax.Array{v}
	case syntax.Array:
		if op.Name == "TJ" {
			return v
		}
	}
	return nil
}

// show is Tj, TJ, ' and ", after what they do to the position.
func (x *interpreter) show(r *run, op *syntax.Op) {
	items := elements(r.s, op)
	if items == nil {
		if len(r.s.Args(op)) > 0 {
			x.doubt(doubtOperator)
		}
		return
	}
	t := &r.g.text
	if t.font == nil {
		x.doubt(doubtNoFont)
		return
	}
	if t.font.font.Type3() != nil {
		x.procs(r)
	}
	r.needs |= t.inherited & allParams
	if r.font != t.font {
		r.font = t.font
		x.fonts[t.font] = true
	}
	if x.edit != nil {
		r.trace.shows = append(r.trace.shows, shown{op: r.op, first: len(x.page.Glyphs), text: *t, ctm: r.g.ctm, placed: r.placed})
		r.placed = false
	}
	for _, item := range items {
		switch v := item.(type) {
		case syntax.Number:
			t.kern(float64(v))
		case syntax.String:
			x.showString(r, v)
		}
	}
	if x.edit != nil {
		s := &r.trace.shows[len(r.trace.shows)-1]
		s.n = len(x.page.Glyphs) - s.first
	}
}

// kern moves by a number of TJ, thousandths of the font size against the
// direction of writing.
func (t *text) kern(v float64) {
	if t.font.font.Vertical() {
		t.advance(0, -v/1000*t.size)
		return
	}
	t.advance(-v/1000*t.size*t.scale, 0)
}

func (x *interpreter) showString(r *run, s []byte) {
	g, t := &r.g, &r.g.text
	f := t.font.font
	m := t.tm.Then(g.ctm)
	if !m.Finite() {
		return
	}
	right, up := m.Vector(geom.Point{X: 1}), m.Vector(geom.Point{Y: 1})
	at := m.Apply(geom.Point{Y: t.rise})
	em := scaled(up, t.size*f.Em())
	colour := inkOf(g)
	hide := x.textHidden(g, em, scaled(right, t.size*t.scale*f.Em()))
	ascent, descent := f.Ascent(), f.Descent()
	if ascent-descent < 0.05 {
		ascent, descent = 0.9, -0.2
	}
	vertical, moved := f.Vertical(), 0.0
	for _, c := range f.Codes(s) {
		gl := Glyph{
			Text: c.Text, Code: c.Value, Font: f, Size: math.Hypot(em.X, em.Y), Origin: at, Up: em,
			Hidden: hide, Mark: x.mark, Picture: t.font.paths, Annot: x.annot, colour: colour,
		}
		space := t.char
		if c.Space {
			space += t.word
		}
		var step float64 // in text space
		if vertical {
			step = c.WY*t.size + space
			gl.Advance = scaled(up, c.WY*t.size)
			gl.Natural = gl.Advance
			corner := geom.Point{X: at.X - right.X*c.VX*t.size*t.scale - em.X*c.VY, Y: at.Y - right.Y*c.VX*t.size*t.scale - em.Y*c.VY}
			gl.Box = box(corner, scaled(right, c.Width*t.size*t.scale), em, descent, ascent)
			at = geom.Point{X: at.X + up.X*step, Y: at.Y + up.Y*step}
		} else {
			step = (c.Width*t.size + space) * t.scale
			gl.Advance = scaled(right, c.Width*t.size*t.scale)
			gl.Natural = scaled(right, c.Width*t.size*natural(t.scale))
			gl.Box = box(at, gl.Advance, em, descent, ascent)
			at = geom.Point{X: at.X + right.X*step, Y: at.Y + right.Y*step}
		}
		moved += step
		gl.Hidden |= x.placeHidden(g, gl.Box)
		x.page.Glyphs = append(x.page.Glyphs, gl)
		t.font.codes[c.Value] = true
		if x.edit != nil {
			x.edit.note(x, len(x.page.Glyphs)-1)
		}
	}
	if vertical {
		t.advance(0, moved)
	} else {
		t.advance(moved, 0)
	}
}

func scaled(p geom.Point, f float64) geom.Point { return geom.Point{X: p.X * f, Y: p.Y * f} }

// box is the hull of what stands at p, is w long and reaches from low to high em.
func box(p, w, em geom.Point, low, high float64) geom.Rect {
	x0, x1 := min(0, w.X), max(0, w.X)
	y0, y1 := min(0, w.Y), max(0, w.Y)
	return geom.Rect{
		X0: p.X + x0 + min(em.X*low, em.X*high), Y0: p.Y + y0 + min(em.Y*low, em.Y*high),
		X1: p.X + x1 + max(em.X*low, em.X*high), Y1: p.Y + y1 + max(em.Y*low, em.Y*high),
	}
}
