package content

import (
	"math"

	"consentry/redact/pdf/geom"
)

// maxAhead is how many operators are looked through for the path that a pattern
// is painted on.
const maxAhead = 400

// ahead is the hull of the path that is painted next, in the space of the current
// matrix's target; false where something else comes first.
func (r *run) ahead() (geom.Rect, bool) {
	b := geom.Rect{X0: math.Inf(1), Y0: math.Inf(1), X1: math.Inf(-1), Y1: math.Inf(-1)}
	m := r.g.ctm
	var n [6]float64
	add := func(x, y float64) {
		q := m.Apply(geom.Point{X: x, Y: y})
		b = geom.Rect{X0: min(b.X0, q.X), Y0: min(b.Y0, q.Y), X1: max(b.X1, q.X), Y1: max(b.Y1, q.Y)}
	}
	for i := r.op + 1; i < len(r.s.Ops) && i < r.op+maxAhead; i++ {
		op := &r.s.Ops[i]
		switch op.Name {
		case "cm":
			if !r.numbers(op, n[:6]) {
				return b, false
			}
			m = geom.Matrix{A: n[0], B: n[1], C: n[2], D: n[3], E: n[4], F: n[5]}.Then(m)
		case "re":
			if r.numbers(op, n[:4]) {
				add(n[0], n[1])
				add(n[0]+n[2], n[1])
				add(n[0], n[1]+n[3])
				add(n[0]+n[2], n[1]+n[3])
			}
		case "m", "l", "c", "v", "y":
			k := 4
			switch op.Name {
			case "m", "l":
				k = 2
			case "c":
				k = 6
			}
			if r.numbers(op, n[:k]) {
				for j := 0; j < k; j += 2 {
					add(n[j], n[j+1])
				}
			}
		case "f", "F", "f*", "B", "B*", "b", "b*", "S", "s":
			return b, b.X1 >= b.X0 && b.Y1 >= b.Y0
		case "BT", "q", "Q", "Do", "sh", "scn", "SCN", "n":
			return b, false
		}
	}
	return b, false
}
