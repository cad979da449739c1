package content

import (
	"math"

	"consentry/redact/pdf/content/colour"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/syntax"
)

// A path is the current path in default user space (ISO 32000-2, 8.5.2).
type path struct {
	subs   []subpath
	points int
	at     geom.Point // the current point
}

// A subpath is a part of a path with a beginning of its own.
type subpath struct {
	box         geom.Rect // empty boxes of lines are kept: X0 <= X1
	first, last int       // operators
	points      int
	curved      bool
	upright     bool // one upright rectangle drawn by re
	area        float64
	start       geom.Point
}

func (p *path) add(op int, q geom.Point) {
	s := &p.subs[len(p.subs)-1]
	s.area += (p.at.X*q.Y - q.X*p.at.Y) / 2
	s.box = geom.Rect{X0: min(s.box.X0, q.X), Y0: min(s.box.Y0, q.Y), X1: max(s.box.X1, q.X), Y1: max(s.box.Y1, q.Y)}
	s.last = op
	s.points++
	p.points++
	p.at = q
}

func (p *path) begin(op int, q geom.Point) {
	p.subs = append(p.subs, subpath{box: geom.Rect{X0: q.X, Y0: q.Y, X1: q.X, Y1: q.Y}, first: op, last: op, points: 1, start: q})
	p.points++
	p.at = q
}

// box is around all of it.
func (p *path) box() geom.Rect {
	b := geom.Rect{X0: math.Inf(1), Y0: math.Inf(1), X1: math.Inf(-1), Y1: math.Inf(-1)}
	for _, s := range p.subs {
		b = geom.Rect{X0: min(b.X0, s.box.X0), Y0: min(b.Y0, s.box.Y0), X1: max(b.X1, s.box.X1), Y1: max(b.Y1, s.box.Y1)}
	}
	return b
}

// rect reports whether it is one upright rectangle.
func (p *path) rect() bool {
	if len(p.subs) != 1 {
		return false
	}
	s := &p.subs[0]
	return s.upright && s.points == 4 || !s.curved && s.points <= 5 && s.solid() && s.filled() >= 0.999*s.box.Area()
}

func (s *subpath) filled() float64 {
	return math.Abs(s.area)
}

// solid reports whether it fills nearly all of its box, as bars with round
// corners do.
func (s *subpath) solid() bool {
	return !s.box.Empty() && s.filled() >= 0.85*s.box.Area()
}

// pathOperator is the operators of ISO 32000-2, 8.5; false where op is none of
// them.
func (x *interpreter) pathOperator(r *run, op *syntax.Op) bool {
	p, m := &r.path, r.g.ctm
	var n [6]float64
	at := func(i int) geom.Point { return m.Apply(geom.Point{X: n[i], Y: n[i+1]}) }
	switch op.Name {
	case "m":
		if r.numbers(op, n[:2]) {
			p.begin(r.op, at(0))
		}
	case "l":
		if r.numbers(op, n[:2]) {
			if len(p.subs) == 0 {
				p.begin(r.op, at(0))
			} else {
				p.add(r.op, at(0))
			}
		}
	case "c", "v", "y":
		k := 4
		if op.Name == "c" {
			k = 6
		}
		if !r.numbers(op, n[:k]) {
			break
		}
		if len(p.subs) == 0 {
			p.begin(r.op, at(0))
		}
		for i := 0; i < k; i += 2 {
			p.add(r.op, at(i))
		}
		p.subs[len(p.subs)-1].curved = true
	case "h":
		if k := len(p.subs); k > 0 {
			s := &p.subs[k-1]
			s.area += (p.at.X*s.start.Y - s.start.X*p.at.Y) / 2
			s.last = r.op
			p.at = s.start
		}
	case "re":
		if r.numbers(op, n[:4]) {
			b := geom.Rect{X0: n[0], Y0: n[1], X1: n[0] + n[2], Y1: n[1] + n[3]}.Canon()
			p.begin(r.op, m.Apply(geom.Point{X: b.X0, Y: b.Y0}))
			p.add(r.op, m.Apply(geom.Point{X: b.X1, Y: b.Y0}))
			p.add(r.op, m.Apply(geom.Point{X: b.X1, Y: b.Y1}))
			p.add(r.op, m.Apply(geom.Point{X: b.X0, Y: b.Y1}))
			s := &p.subs[len(p.subs)-1]
			s.area += (p.at.X*s.start.Y - s.start.X*p.at.Y) / 2
			s.upright = m.B == 0 && m.C == 0 || m.A == 0 && m.D == 0
			p.at = s.start
		}
	case "W", "W*":
		r.clip = true
	case "S", "s":
		x.paint(r, false, true)
	case "f", "F", "f*":
		x.paint(r, true, false)
	case "B", "B*", "b", "b*":
		x.paint(r, true, true)
	case "n":
		x.paint(r, false, false)
	default:
		return false
	}
	return true
}

// paint ends the path: it is filled, stroked, made the clipping path.
func (x *interpreter) paint(r *run, fill, stroke bool) {
	p := &r.path
	if len(p.subs) > 0 {
		first := len(x.page.Fills)
		if fill {
			x.filled(r)
		}
		if stroke {
			x.stroked(r)
		}
		if x.edit != nil && !x.edit.repaint(x, r, first) {
			x.edit.path(r, fill || stroke)
		}
	}
	if r.clip {
		r.g.clip, r.g.clipRect = r.g.clip.Intersect(p.box()), r.g.clipRect && p.rect()
		if len(p.subs) == 0 {
			r.g.clip = geom.Rect{}
		}
	}
	p.subs, p.points, r.clip = p.subs[:0], 0, false
}

func (x *interpreter) filled(r *run) {
	p, g := &r.path, &r.g
	b := p.box()
	f := Fill{
		Box: b.Intersect(g.clip), Opaque: g.fillAlpha > 0.95 && g.plain && g.fill.space != colour.Pattern, Rect: p.rect(),
		Colour: g.fill.rgb, Flat: g.fill.flat, Order: len(x.page.Glyphs), Points: p.points,
	}
	x.page.Fills = append(x.page.Fills, f)
	if x.hide != 0 {
		return
	}
	if len(p.subs) > 64 { // a drawing
		x.cover(cover{box: f.Box, order: f.Order, ground: true})
		return
	}
	for i := range p.subs {
		s := &p.subs[i]
		x.cover(cover{
			box: s.box.Intersect(g.clip), order: f.Order, flat: f.Flat, rgb: f.Colour, ground: !f.Opaque || !g.clipRect || !s.solid(),
		})
	}
}

func (x *interpreter) stroked(r *run) {
	p, g := &r.path, &r.g
	scale := math.Sqrt(math.Abs(g.ctm.Determinant()))
	half := g.width * scale / 2
	f := Fill{
		Box: p.box().Grow(half).Intersect(g.clip), Opaque: g.strokeAlpha > 0.95 && g.plain, Colour: g.stroke.rgb, Flat: g.stroke.flat,
		Order: len(x.page.Glyphs), Points: p.points,
	}
	x.page.Fills = append(x.page.Fills, f)
	if !f.Opaque || x.hide != 0 || !g.clipRect || len(p.subs) > 64 {
		return
	}
	for i := range p.subs { // a thick straight line is a bar
		s := &p.subs[i]
		if s.points != 2 || s.curved || half < 1 {
			continue
		}
		b := s.box
		switch {
		case b.H() < 0.01:
			b.Y0, b.Y1 = b.Y0-half, b.Y1+half
		case b.W() < 0.01:
			b.X0, b.X1 = b.X0-half, b.X1+half
		default:
			continue
		}
		x.cover(cover{box: b.Intersect(g.clip), order: f.Order, flat: f.Flat, rgb: f.Colour})
	}
}

// cover notes an opaque fill that is large enough to hide or to carry a glyph.
func (x *interpreter) cover(c cover) {
	if c.box.W() > 1 && c.box.H() > 1 && len(x.covers) < 200_000 {
		x.covers = append(x.covers, c)
	}
}

// shade is sh: all within the clip in colours that are not read.
func (x *interpreter) shade(r *run, op *syntax.Op) {
	if name, ok := r.name(op); ok {
		r.refer("Shading", name)
	}
	g := &r.g
	b := g.clip.Intersect(x.crop)
	if b.Empty() {
		return
	}
	opaque := g.fillAlpha > 0.95 && g.plain
	x.page.Fills = append(x.page.Fills, Fill{Box: b, Opaque: opaque, Rect: g.clipRect, Order: len(x.page.Glyphs)})
	if opaque && g.clipRect && x.hide == 0 {
		x.cover(cover{box: b, order: len(x.page.Glyphs)})
	}
}
