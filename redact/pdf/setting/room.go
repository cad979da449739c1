package setting

import (
	"math"

	"consentry/redact/pdf/geom"
)

// upright are the places along f of rules that cross it, of pictures' and of
// painted grounds' sides.
func (s *setter) upright(f frame) []geom.Rect {
	var out []geom.Rect
	for _, fill := range s.page.Fills {
		b := f.span(fill.Box)
		if b.W() < 3 && b.H() > 0.8*f.size && b.Y0 < f.v+0.5*f.size && b.Y1 > f.v {
			out = append(out, b)
		}
	}
	return out
}

// cell is the room between the rules beside a text.
func (s *setter) cell(f frame, u0, u1 float64) (a, b float64, ok bool) {
	a, b = math.Inf(-1), math.Inf(1)
	for _, r := range s.upright(f) {
		if x := r.Center().X; x <= u0 {
			a = max(a, x)
		} else if x >= u1 {
			b = min(b, x)
		}
	}
	return a, b, !math.IsInf(a, 0) && !math.IsInf(b, 0)
}

// A room is how far text may reach: softly, as the lines around it do, and at
// most, up to the next rule, fixed text or the edge of the page.
type room struct {
	soft, low, high float64
	margin          float64 // where full lines end; not a number in ragged text
}

// ragged is how much longer than the longest line of ragged text another may be.
const ragged = 0.5

// room is that of a piece which is set at the place at, between others that end
// before and begin after it.
func (s *setter) room(f frame, p piece, at, before, after float64, untouched []extent) room {
	r := room{soft: math.Inf(-1), low: before + 0.3*f.size, high: after - 0.3*f.size, margin: math.NaN()}
	box := f.span(s.options.Box)
	boxed := !s.options.Box.Empty() && at >= box.X0 && at <= box.X1
	if boxed {
		r.low, r.high = max(r.low, box.X0+6), min(r.high, box.X1-6)
	}
	widest, full := math.Inf(-1), 0
	for _, e := range untouched {
		widest = max(widest, e.u1)
		if math.Abs(e.v-f.v) < 0.9*f.size && e.u0 > at+2*f.size { // beside it, on a baseline of its own
			r.high = min(r.high, e.u0-0.3*f.size)
		}
		if e.u0 <= at+near && e.u1 > at {
			if math.Abs(e.u1-r.soft) < 0.3 {
				full++
			} else if e.u1 > r.soft {
				full = 1
			}
			r.soft = max(r.soft, e.u1)
		}
	}
	if full < 2 { // the longest line need not be a full one
		r.soft += ragged * (r.soft - at)
	} else {
		r.margin = round(r.soft)
	}
	if !boxed && !math.IsInf(widest, 0) {
		r.high = min(r.high, max(widest, at)+4*f.size)
	}
	for _, rule := range s.upright(f) {
		x := rule.Center().X
		if crossed(f, p, x, untouched) {
			continue
		}
		if x <= at+near {
			r.low = max(r.low, x+1)
		} else if x > at+f.size {
			r.high = min(r.high, x-1)
		}
	}
	if r.soft < at+8*f.size {
		r.soft = r.high
	}
	r.soft = min(r.soft+near, r.high)
	return r
}

// crossed reports whether text is written across a rule: the piece itself or lines
// near it.
func crossed(f frame, p piece, x float64, untouched []extent) bool {
	for _, e := range untouched {
		if math.Abs(e.v-f.v) < 6*f.size && e.u0 < x-f.size && e.u1 > x+f.size {
			return true
		}
	}
	return p.u0 < x-f.size && p.u1 > x+f.size
}
