package ocr

import (
	"cmp"
	"image"
	"math"
	"slices"
)

// A vec is a point or a direction, in pixels, y downwards.
type vec struct{ x, y float64 }

func (a vec) add(b vec) vec            { return vec{a.x + b.x, a.y + b.y} }
func (a vec) sub(b vec) vec            { return vec{a.x - b.x, a.y - b.y} }
func (a vec) times(f float64) vec      { return vec{a.x * f, a.y * f} }
func (a vec) dot(b vec) float64        { return a.x*b.x + a.y*b.y }
func (a vec) cross(b vec) float64      { return a.x*b.y - a.y*b.x }
func (a vec) right() vec               { return vec{-a.y, a.x} } // a quarter turn to the right
func (a vec) length() float64          { return math.Hypot(a.x, a.y) }
func (a vec) order(b vec) int          { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y)) }
func (a vec) mix(b vec, t float64) vec { return a.add(b.sub(a).times(t)) }

// A rect is a rectangle of any angle: u points along its first axis and has
// length 1; the second axis is u turned right.
type rect struct {
	c, u   vec
	hu, hv float64 // half its extent along each
}

// turned is the same rectangle seen after a quarter turn: its first axis is the
// second one of before.
func (r rect) turned() rect { return rect{r.c, r.u.right(), r.hv, r.hu} }

// scaled moves a rectangle to a picture that is f times as large.
func (r rect) scaled(f float64) rect { return rect{r.c.times(f), r.u, r.hu * f, r.hv * f} }

// area is in square pixels.
func (r rect) area() float64 { return 4 * r.hu * r.hv }

// grown is what DB's post-processing calls unclip: the network marks the heart
// of a line, and every side moves out by area·ratio/perimeter.
func (r rect) grown(ratio float64) rect {
	d := r.area() * ratio / (4 * (r.hu + r.hv))
	r.hu += d
	r.hv += d
	return r
}

// corners go round from the top left, seen along the first axis.
func (r rect) corners() [4]vec {
	a, b := r.u.times(r.hu), r.u.right().times(r.hv)
	return [4]vec{r.c.sub(a).sub(b), r.c.add(a).sub(b), r.c.add(a).add(b), r.c.sub(a).add(b)}
}

// holds reports whether a point lies in the rectangle.
func (r rect) holds(p vec) bool {
	p = p.sub(r.c)
	return math.Abs(p.dot(r.u)) <= r.hu && math.Abs(p.dot(r.u.right())) <= r.hv
}

// covered is the share of a line's area that lies in others, estimated on a grid.
func (f found) covered(others []found) float64 {
	const across, down = 16, 4
	reach := f.hu + f.hv
	near := make([]rect, 0, 8)
	for _, o := range others {
		if d := o.c.sub(f.c).length(); d < reach+o.hu+o.hv {
			near = append(near, o.rect)
		}
	}
	n := 0
	for i := range across {
		for j := range down {
			p := f.c.add(f.u.times(f.hu * ((float64(i)+.5)*2/across - 1))).add(f.u.right().times(f.hv * ((float64(j)+.5)*2/down - 1)))
			for _, o := range near {
				if o.holds(p) {
					n++
					break
				}
			}
		}
	}
	return float64(n) / (across * down)
}

// bounds is the smallest upright rectangle of whole pixels around points.
func bounds(ps []vec) image.Rectangle {
	if len(ps) == 0 {
		return image.Rectangle{}
	}
	lo, hi := ps[0], ps[0]
	for _, p := range ps[1:] {
		lo, hi = vec{min(lo.x, p.x), min(lo.y, p.y)}, vec{max(hi.x, p.x), max(hi.y, p.y)}
	}
	return image.Rect(int(math.Floor(lo.x)), int(math.Floor(lo.y)), int(math.Ceil(hi.x)), int(math.Ceil(hi.y)))
}

// hull is the convex hull of points (Andrew's monotone chain). It sorts them.
func hull(ps []vec) []vec {
	slices.SortFunc(ps, vec.order)
	ps = slices.Compact(ps)
	if len(ps) < 3 {
		return ps
	}
	var h []vec
	for range 2 {
		base := len(h)
		for _, p := range ps {
			for len(h) >= base+2 && h[len(h)-1].sub(h[len(h)-2]).cross(p.sub(h[len(h)-2])) <= 0 {
				h = h[:len(h)-1]
			}
			h = append(h, p)
		}
		h = h[:len(h)-1]
		slices.Reverse(ps)
	}
	return h
}

// around is the rectangle of the smallest area around points (one side lies on
// a side of the hull), its first axis the one nearer to the horizontal, pointing
// right. Points are the centres of pixels, so that it is half a pixel larger on
// each side.
func around(ps []vec) rect {
	h := hull(ps)
	if len(h) == 0 {
		return rect{u: vec{1, 0}}
	}
	best := rect{u: vec{1, 0}}
	least := math.Inf(1)
	for i := range h {
		side := h[(i+1)%len(h)].sub(h[i])
		l := side.length()
		if l == 0 {
			side, l = vec{1, 0}, 1
		}
		u := side.times(1 / l)
		v := u.right()
		u0, u1, v0, v1 := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
		for _, p := range h {
			pu, pv := p.dot(u), p.dot(v)
			u0, u1, v0, v1 = min(u0, pu), max(u1, pu), min(v0, pv), max(v1, pv)
		}
		u0, u1, v0, v1 = u0-.5, u1+.5, v0-.5, v1+.5
		if a := (u1 - u0) * (v1 - v0); a < least {
			least = a
			best = rect{u.times((u0 + u1) / 2).add(v.times((v0 + v1) / 2)), u, (u1 - u0) / 2, (v1 - v0) / 2}
		}
	}
	if math.Abs(best.u.x) < math.Abs(best.u.y) {
		best = best.turned()
	}
	if best.u.x < 0 {
		best.u = best.u.times(-1)
	}
	return best
}
