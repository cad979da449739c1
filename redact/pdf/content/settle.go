package content

import (
	"math"

	"consentry/redact/pdf/geom"
)

// A settler finds places for text that is not touched but stands, in the source,
// where moves from a touched line lead to. Producers round these moves, and the
// sum of what they round off depends on the widths that are to be forgotten: by a
// hundredth of a point, but by that it can be read. Such text is put where other
// text begins, or on the grid of what is set anew; what follows on its line goes
// with it.
type settler struct {
	chained  bool // the text position was come to from a touched show
	x, y     map[int]stop
	raw, now geom.Point // of the last text that was settled
	some     bool
}

// A stop is a place that text of the page begins at.
type stop struct {
	at    float64
	order int
}

// reach is how far text is moved to begin where other text does, in points.
const reach = 0.15

func (s *settler) stop(p geom.Point) {
	if s.x == nil {
		s.x, s.y = map[int]stop{}, map[int]stop{}
	}
	for _, c := range [...]struct {
		m map[int]stop
		v float64
	}{{s.x, p.X}, {s.y, p.Y}} {
		if k := int(math.Round(c.v * 10)); math.Abs(c.v) < 1e6 {
			if _, ok := c.m[k]; !ok {
				c.m[k] = stop{c.v, len(c.m)}
			}
		}
	}
}

func nearest(m map[int]stop, v float64) float64 {
	if math.Abs(v) > 1e6 {
		return v
	}
	k, best := int(math.Round(v*10)), stop{math.Round(v*10) / 10, math.MaxInt}
	for i := k - 2; i <= k+2; i++ {
		if s, ok := m[i]; ok && math.Abs(s.at-v) <= reach && s.order < best.order {
			best = s
		}
	}
	return best.at
}

// settle is the text matrix for text that tm draws under ctm.
func (s *settler) settle(tm, ctm geom.Matrix) geom.Matrix {
	p := tm.Then(ctm).Apply(geom.Point{})
	if !s.chained {
		s.stop(p)
		return tm
	}
	var to geom.Point
	if s.some && (math.Abs(p.X-s.raw.X) < 0.02 || math.Abs(p.Y-s.raw.Y) < 0.02) {
		to = geom.Point{X: math.Round((p.X+s.now.X-s.raw.X)*10) / 10, Y: math.Round((p.Y+s.now.Y-s.raw.Y)*10) / 10}
	} else {
		to = geom.Point{X: nearest(s.x, p.X), Y: nearest(s.y, p.Y)}
		s.raw, s.now, s.some = p, to, true
	}
	s.stop(to)
	inv, ok := ctm.Inverse()
	if !ok {
		return tm
	}
	v := inv.Vector(geom.Point{X: to.X - p.X, Y: to.Y - p.Y})
	tm.E, tm.F = tm.E+v.X, tm.F+v.Y
	return tm
}
