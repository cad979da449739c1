package content

import (
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/syntax"
)

// repaint draws the current path, which Page.Fills has from number first on, as
// Edit.Fills says; false where it says nothing of it. A path that clips too, and
// one that no rectangle or line can stand for, is taken away.
func (d *edits) repaint(x *interpreter, r *run, first int) bool {
	var to geom.Rect
	found := false
	for i := first; i < len(x.page.Fills) && !found; i++ {
		to, found = d.Fills[i]
	}
	if !found {
		return false
	}
	p := &r.path
	line := len(p.subs) == 1 && p.subs[0].points == 2 && !p.subs[0].curved
	if r.clip {
		r.trace.replaced[r.op] = []byte("n")
		return true
	}
	start := p.subs[0].first
	for i := range p.subs {
		for op := p.subs[i].first; op <= p.subs[i].last; op++ {
			switch r.s.Ops[op].Name {
			case "m", "l", "c", "v", "y", "h", "re":
				r.trace.replaced[op] = nil
			}
		}
	}
	inv, ok := r.g.ctm.Inverse()
	if to.Empty() || !ok || !line && !p.rect() {
		r.trace.replaced[r.op] = nil
		return true
	}
	a, b := geom.Point{X: to.X0, Y: to.Y0}, geom.Point{X: to.X1, Y: to.Y1}
	if line { // along the middle
		if to.W() >= to.H() {
			a.Y = (to.Y0 + to.Y1) / 2
			b.Y = a.Y
		} else {
			a.X = (to.X0 + to.X1) / 2
			b.X = a.X
		}
	}
	a, b = inv.Apply(a), inv.Apply(b)
	if !line && inv.A*inv.D == 0 && inv.B*inv.C == 0 || !line && inv.A*inv.B != 0 { // re would not be upright
		r.trace.replaced[r.op] = nil
		return true
	}
	var out []byte
	put := func(op string, v ...float64) {
		for _, n := range v {
			out = append(syntax.AppendFactor(out, n), ' ')
		}
		out = append(out, op...)
	}
	if line {
		put("m ", a.X, a.Y)
		put("l", b.X, b.Y)
	} else {
		put("re", a.X, a.Y, b.X-a.X, b.Y-a.Y)
	}
	r.trace.replaced[start] = out
	return true
}
