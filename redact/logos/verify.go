package logos

import "math"

// A pose is where a logo is thought to stand: its middle, the logarithm of its
// size against the template's, its tilt, and how it is stretched and skewed.
type pose struct {
	x, y, size, angle, stretch, skew float64
}

// matrix takes a template's offsets to the picture's.
func (p pose) matrix() (a, b, c, d float64) {
	s := math.Exp(p.size)
	sx, sy := s*math.Exp(p.stretch), s*math.Exp(-p.stretch)
	cos, sin := math.Cos(p.angle), math.Sin(p.angle)
	// rotation × skew × stretch
	return cos * sx, (cos*p.skew - sin) * sy, sin * sx, (sin*p.skew + cos) * sy
}

// doubled is the pose in the picture at twice the size, with a template of twice
// the size.
func (p pose) doubled() pose {
	p.x, p.y = 2*p.x+0.5, 2*p.y+0.5
	return p
}

// glance is how many points are compared before a place that promises little is
// given up.
const glance = 64

// score is how well the field's edges at a pose agree with the points: the
// cosine of the angle between both fields, 1 where they are the same. Edges
// where the logo has none count against it, and so does what lies outside the
// picture. A place that scores less than least at a glance has score 0.
func (f *field) score(pts *points, p pose, least float64) float64 {
	if n := len(pts.u); n > 2*glance && least > 0 {
		same, energy, want := f.compare(pts, p, 0, glance)
		if same < least*math.Sqrt(want*energy)*pts.self {
			return 0
		}
	}
	same, energy, want := f.compare(pts, p, 0, len(pts.u))
	if want == 0 {
		return 0
	}
	return min(1, max(0, same/(math.Sqrt(want*energy)*pts.self)))
}

// compare sums, over points from to to: the product of both fields, the energy
// of the picture's, and that of the logo's.
func (f *field) compare(pts *points, p pose, from, to int) (same, energy, want float64) {
	a, b, c, d := p.matrix()
	ma, mb, mc, md := float32(a), float32(b), float32(c), float32(d)
	x0, y0 := float32(p.x+0.5), float32(p.y+0.5)
	us, vs, cs, ss := pts.u[from:to], pts.v[from:to], pts.c[from:to], pts.s[from:to]
	// The field is turned back by the pose's angle, all at once in the end.
	var along, across, es, ts float32
	w, h := uint(f.w), uint(f.h)
	outside := 0
	for i, u := range us {
		v := vs[i]
		px, py := x0+ma*u+mb*v, y0+mc*u+md*v
		tc, tsn := cs[i], ss[i]
		ts += tc*tc + tsn*tsn
		ix, iy := uint(px), uint(py)
		if px < 0 || py < 0 || ix >= w || iy >= h {
			outside++
			continue
		}
		k := iy*w + ix
		fc, fs := float32(f.c[k]), float32(f.s[k])
		along += fc*tc + fs*tsn
		across += fs*tc - fc*tsn
		es += float32(f.e[k])
	}
	same = (math.Cos(2*p.angle)*float64(along) + math.Sin(2*p.angle)*float64(across)) / 127
	n := float64(to - from)
	// What is nearly flat has no shape to speak of.
	energy = (float64(es)/255 + 0.004*n) * n / max(1, n-float64(outside))
	if 2*outside > len(us) {
		same = 0
	}
	return same, energy, float64(ts)
}

// tones is how well brightness or colour at a pose agree with the points, light
// for dark or the other way round: the larger correlation's size, 0 to 1.
func (f *field) tones(pts *points, p pose) float64 {
	a, b, c, d := p.matrix()
	var sum [2]struct{ n, t, v, tt, vv, tv float64 }
	for i, u := range pts.u {
		x := int(math.Floor(p.x + 0.5 + a*float64(u) + b*float64(pts.v[i])))
		y := int(math.Floor(p.y + 0.5 + c*float64(u) + d*float64(pts.v[i])))
		if x < 0 || y < 0 || x >= f.w || y >= f.h {
			continue
		}
		for k, pair := range [2][2]float64{
			{float64(pts.y[i]), float64(f.tone.y[y*f.w+x])}, {float64(pts.r[i]), float64(f.tone.c[y*f.w+x])},
		} {
			s, t, v := &sum[k], pair[0], pair[1]
			s.n++
			s.t, s.v, s.tt, s.vv, s.tv = s.t+t, s.v+v, s.tt+t*t, s.vv+v*v, s.tv+t*v
		}
	}
	best := 0.0
	for _, s := range sum {
		vt, vv := s.tt-s.t*s.t/max(s.n, 1), s.vv-s.v*s.v/max(s.n, 1)
		if vt < 25*s.n || vv < 25*s.n { // less than five levels
			continue
		}
		best = max(best, math.Abs(s.tv-s.t*s.v/s.n)/math.Sqrt(vt*vv))
	}
	return best
}

// refine climbs to the best pose near by.
func (f *field) refine(pts *points, p pose, radius float64) (pose, float64) {
	best := f.score(pts, p, 0)
	try := func(q pose) bool {
		if math.Abs(q.stretch) > 0.25 || math.Abs(q.skew) > 0.35 || math.Abs(q.size) > 0.3 || math.Abs(q.angle) > 0.7 {
			return false
		}
		if s := f.score(pts, q, best-0.15); s > best {
			best, p = s, q
			return true
		}
		return false
	}
	turn := 1.5 / radius
	for _, step := range [...]float64{1, 0.6, 0.3} {
		for range 2 {
			moved := false
			for _, sign := range [...]float64{step, -step} {
				q := p
				q.x += sign
				moved = try(q) || moved
				q = p
				q.y += sign
				moved = try(q) || moved
				q = p
				q.size += sign * turn
				moved = try(q) || moved
				q = p
				q.angle += sign * turn
				moved = try(q) || moved
				q = p
				q.stretch += sign * turn
				moved = try(q) || moved
				q = p
				q.skew += sign * turn
				moved = try(q) || moved
			}
			if !moved {
				break
			}
		}
	}
	return p, best
}
