// Package geom is the plane geometry of PDF pages: points, rectangles and
// matrices in points (1/72 inch), x to the right and y up (ISO 32000-2, 8.3).
package geom

import "math"

// A Point is a place in some space, in its units.
type Point struct{ X, Y float64 }

// A Matrix maps (x, y) to (A·x + C·y + E, B·x + D·y + F) (ISO 32000-2, 8.3.4).
type Matrix struct{ A, B, C, D, E, F float64 }

// Identity maps every point to itself.
var Identity = Matrix{A: 1, D: 1}

// Translate moves by x and y.
func Translate(x, y float64) Matrix { return Matrix{1, 0, 0, 1, x, y} }

// Scale stretches by x and y.
func Scale(x, y float64) Matrix { return Matrix{x, 0, 0, y, 0, 0} }

// Then is m followed by n: PDF's m × n.
func (m Matrix) Then(n Matrix) Matrix {
	return Matrix{
		m.A*n.A + m.B*n.C, m.A*n.B + m.B*n.D,
		m.C*n.A + m.D*n.C, m.C*n.B + m.D*n.D,
		m.E*n.A + m.F*n.C + n.E, m.E*n.B + m.F*n.D + n.F,
	}
}

// Apply maps a point.
func (m Matrix) Apply(p Point) Point {
	return Point{m.A*p.X + m.C*p.Y + m.E, m.B*p.X + m.D*p.Y + m.F}
}

// Vector maps a direction: Apply without the translation.
func (m Matrix) Vector(p Point) Point { return Point{m.A*p.X + m.C*p.Y, m.B*p.X + m.D*p.Y} }

// Determinant is zero where m maps the plane to a line.
func (m Matrix) Determinant() float64 { return m.A*m.D - m.B*m.C }

// Inverse undoes m; false where m has none.
func (m Matrix) Inverse() (Matrix, bool) {
	d := m.Determinant()
	if math.Abs(d) < 1e-12 || math.IsNaN(d) || math.IsInf(d, 0) {
		return Identity, false
	}
	return Matrix{
		m.D / d, -m.B / d, -m.C / d, m.A / d,
		(m.C*m.F - m.D*m.E) / d, (m.B*m.E - m.A*m.F) / d,
	}, true
}

// Finite reports whether no coefficient is infinite or not a number.
func (m Matrix) Finite() bool {
	for _, v := range [...]float64{m.A, m.B, m.C, m.D, m.E, m.F} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}

// A Rect is an upright rectangle, empty where X1 <= X0 or Y1 <= Y0.
type Rect struct{ X0, Y0, X1, Y1 float64 }

// Empty reports whether r has no area.
func (r Rect) Empty() bool { return !(r.X1 > r.X0 && r.Y1 > r.Y0) }

// W is the width.
func (r Rect) W() float64 { return r.X1 - r.X0 }

// H is the height.
func (r Rect) H() float64 { return r.Y1 - r.Y0 }

// Area is zero for an empty one.
func (r Rect) Area() float64 {
	if r.Empty() {
		return 0
	}
	return r.W() * r.H()
}

// Center is the middle.
func (r Rect) Center() Point { return Point{(r.X0 + r.X1) / 2, (r.Y0 + r.Y1) / 2} }

// Canon swaps the corners so that X0 <= X1 and Y0 <= Y1.
func (r Rect) Canon() Rect {
	return Rect{min(r.X0, r.X1), min(r.Y0, r.Y1), max(r.X0, r.X1), max(r.Y0, r.Y1)}
}

// Intersect is what both cover; it may be empty.
func (r Rect) Intersect(o Rect) Rect {
	return Rect{max(r.X0, o.X0), max(r.Y0, o.Y0), min(r.X1, o.X1), min(r.Y1, o.Y1)}
}

// Overlaps reports whether they share some area.
func (r Rect) Overlaps(o Rect) bool { return !r.Intersect(o).Empty() }

// Union is the smallest that holds both; an empty one counts for nothing.
func (r Rect) Union(o Rect) Rect {
	switch {
	case r.Empty():
		return o
	case o.Empty():
		return r
	}
	return Rect{min(r.X0, o.X0), min(r.Y0, o.Y0), max(r.X1, o.X1), max(r.Y1, o.Y1)}
}

// Contains reports whether p lies in r, its edges included.
func (r Rect) Contains(p Point) bool { return p.X >= r.X0 && p.X <= r.X1 && p.Y >= r.Y0 && p.Y <= r.Y1 }

// Grow moves every side outwards by d, or inwards where d is negative.
func (r Rect) Grow(d float64) Rect { return Rect{r.X0 - d, r.Y0 - d, r.X1 + d, r.Y1 + d} }

// Through is the smallest upright rectangle around r mapped by m.
func (r Rect) Through(m Matrix) Rect {
	q := Rect{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, p := range [...]Point{{r.X0, r.Y0}, {r.X1, r.Y0}, {r.X0, r.Y1}, {r.X1, r.Y1}} {
		p = m.Apply(p)
		q.X0, q.Y0, q.X1, q.Y1 = min(q.X0, p.X), min(q.Y0, p.Y), max(q.X1, p.X), max(q.Y1, p.Y)
	}
	return q
}
