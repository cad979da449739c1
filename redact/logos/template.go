package logos

import (
	"cmp"
	"image"
	"image/color"
	"math"
	"slices"
)

// sizes are the sides in pixels of squares as large as the templates of a logo:
// four to an octave. Larger instances are found in the picture at half its size.
var sizes = [4]float64{24, 28.5, 33.9, 40.4}

const (
	maxTilt   = 30.0 // degrees to either side
	slack     = 3.2  // pixels by which a template's far end may be off between two tilts
	maxPoints = 320  // that a place is compared at
)

// A logo is one likeness, prepared.
type logo struct {
	ref    string
	w, h   float64 // of its content, in pixels of the source
	scales [len(sizes)]scale

	review, sure float64 // scores from which it is found, and sure
}

// A scale is a logo at one size.
type scale struct {
	factor float64 // template pixels a source pixel
	near   points  // at this size
	fine   points  // at twice the size
	tilts  []tilt
}

// A tilt is a template at one size and angle.
type tilt struct {
	angle float64 // radians
	pattern
}

// points are where a place is compared with a logo: offsets from its middle and
// the direction vectors expected there, zero where nothing is expected.
type points struct {
	u, v, c, s []float32
	y, r       []float32 // brightness and redness there
	norm       float64
	self       float64 // score of the template with itself
}

// source is a logo on a ground, at full size and at halves.
type source struct {
	w, h float64  // of the content
	pad  int      // ground around it, in pixels
	mips []planes // each half the one before
}

func newSource(m *image.NRGBA) *source {
	box, ground, known := content(m)
	m = m.SubImage(box).(*image.NRGBA)
	w, h := m.Rect.Dx(), m.Rect.Dy()
	s := &source{w: float64(w), h: float64(h), pad: max(w, h)/4 + 8}
	if !known {
		ground = contrast(m)
	}
	big := image.NewNRGBA(image.Rect(0, 0, w+2*s.pad, h+2*s.pad))
	for i := 0; i < len(big.Pix); i += 4 {
		big.Pix[i], big.Pix[i+1], big.Pix[i+2], big.Pix[i+3] = ground.R, ground.G, ground.B, 255
	}
	for y := range h {
		for x := range w {
			c := m.NRGBAAt(m.Rect.Min.X+x, m.Rect.Min.Y+y)
			mix := func(a, b uint8) uint8 { return uint8((int(a)*int(c.A) + int(b)*(255-int(c.A)) + 127) / 255) }
			big.SetNRGBA(x+s.pad, y+s.pad, color.NRGBA{R: mix(c.R, ground.R), G: mix(c.G, ground.G), B: mix(c.B, ground.B), A: 255})
		}
	}
	p := split(big)
	for {
		s.mips = append(s.mips, p)
		if min(p.w, p.h) < 16 {
			break
		}
		p = p.half()
	}
	return s
}

// contrast is the ground, of white, black and grey, on which a see-through
// picture is seen best.
func contrast(m *image.NRGBA) color.NRGBA {
	var seen []int
	for y := m.Rect.Min.Y; y < m.Rect.Max.Y; y++ {
		for x := m.Rect.Min.X; x < m.Rect.Max.X; x++ {
			if c := m.NRGBAAt(x, y); c.A >= 128 {
				seen = append(seen, (2*int(c.R)+5*int(c.G)+int(c.B))>>3)
			}
		}
	}
	best, most := 255, -1
	for _, g := range []int{255, 0, 128} {
		d := make([]int, len(seen))
		for i, v := range seen {
			d[i] = abs(v - g)
		}
		slices.Sort(d)
		if len(d) > 0 && d[len(d)/8] > most {
			best, most = g, d[len(d)/8]
		}
	}
	return color.NRGBA{R: uint8(best), G: uint8(best), B: uint8(best), A: 255}
}

// render draws the source at a factor, turned by an angle, in a picture with
// room around it, its middle in the middle.
func (s *source) render(factor, angle float64) planes {
	cos, sin := math.Cos(angle), math.Sin(angle)
	w := math.Abs(s.w*cos)*factor + math.Abs(s.h*sin)*factor
	h := math.Abs(s.w*sin)*factor + math.Abs(s.h*cos)*factor
	const room = 5
	out := planes{w: 2*(int(w/2)+room) + 1, h: 2*(int(h/2)+room) + 1}
	out.y, out.c = make([]uint8, out.w*out.h), make([]uint8, out.w*out.h)
	level := 0
	for level+1 < len(s.mips) && factor*math.Exp2(float64(level+1)) <= 1 {
		level++
	}
	src, shrink := s.mips[level], math.Exp2(float64(level))
	for y := range out.h {
		for x := range out.w {
			var sy, sc float64
			for k := range 4 {
				u := float64(x-out.w/2) + float64(k&1)/2 - 0.25
				v := float64(y-out.h/2) + float64(k>>1)/2 - 0.25
				px := (cos*u+sin*v)/factor + s.w/2 + float64(s.pad)
				py := (-sin*u+cos*v)/factor + s.h/2 + float64(s.pad)
				a, b := src.at(px/shrink-0.5, py/shrink-0.5)
				sy, sc = sy+a, sc+b
			}
			out.y[y*out.w+x], out.c[y*out.w+x] = uint8(sy/4+0.5), uint8(sc/4+0.5)
		}
	}
	return out
}

// at samples both planes between pixels.
func (p planes) at(x, y float64) (float64, float64) {
	x, y = min(max(x, 0), float64(p.w-1)), min(max(y, 0), float64(p.h-1))
	x0, y0 := min(int(x), p.w-2), min(int(y), p.h-2)
	fx, fy := x-float64(x0), y-float64(y0)
	i := y0*p.w + x0
	mix := func(q []uint8) float64 {
		return (float64(q[i])*(1-fx)+float64(q[i+1])*fx)*(1-fy) + (float64(q[i+p.w])*(1-fx)+float64(q[i+p.w+1])*fx)*fy
	}
	return mix(p.y), mix(p.c)
}

// newLogo prepares a likeness. It reports false where the picture shows nothing
// to look for: no edges.
func newLogo(ref string, m *image.NRGBA) (*logo, bool) {
	src := newSource(m)
	l := &logo{ref: ref, w: src.w, h: src.h}
	side := math.Sqrt(src.w * src.h)
	for i, size := range sizes {
		sc := &l.scales[i]
		sc.factor = size / side
		sc.near = newPoints(newField(src.render(sc.factor, 0)), maxPoints)
		sc.fine = newPoints(newField(src.render(2*sc.factor, 0)), 2*maxPoints)
		if sc.near.norm == 0 || sc.fine.norm == 0 {
			return nil, false
		}
		radius := math.Hypot(src.w, src.h) * sc.factor / 2
		n := int(math.Ceil(maxTilt * math.Pi / 180 / (2 * slack / radius)))
		for k := -n; k <= n; k++ {
			t := tilt{angle: float64(k) / float64(n) * maxTilt * math.Pi / 180}
			t.pattern = newPattern(newField(src.render(sc.factor, t.angle)))
			sc.tilts = append(sc.tilts, t)
		}
	}
	return l, true
}

// newPoints picks the points of a rendered logo: its edges with what is around
// them, and flat places inside, at most n.
func newPoints(f *field, n int) points {
	var all []int
	for y := 1; y < f.h-1; y++ {
		for x := 1; x < f.w-1; x++ {
			if f.edgeNear(x, y, 2) || f.edgeNear(x, y, 5) && f.inside(x, y) {
				all = append(all, y*f.w+x)
			}
		}
	}
	if step := float64(len(all)) / float64(n); step > 1 {
		for k := range n {
			all[k] = all[int(float64(k)*step)]
		}
		all = all[:n]
	}
	var p points
	var tt, te, ee float64
	for k := range all {
		// In an order in which the first few are all over the logo already.
		i := all[k*stride(len(all))%len(all)]
		c, s, e := float64(f.c[i])/127, float64(f.s[i])/127, float64(f.e[i])/255
		p.u = append(p.u, float32(i%f.w-f.w/2))
		p.v = append(p.v, float32(i/f.w-f.h/2))
		p.c, p.s = append(p.c, float32(c)), append(p.s, float32(s))
		p.y, p.r = append(p.y, float32(f.tone.y[i])), append(p.r, float32(f.tone.c[i]))
		tt += c*c + s*s
		te += c*c + s*s
		ee += e
	}
	p.norm = math.Sqrt(tt)
	if tt > 0 {
		p.self = te / math.Sqrt(tt*ee)
	}
	return p
}

// stride is a step that visits all of n places, far apart one after the other.
func stride(n int) int {
	for s := max(1, int(0.382*float64(n))); ; s++ {
		a, b := n, s
		for b != 0 {
			a, b = b, a%b
		}
		if a == 1 {
			return s
		}
	}
}

// edgeNear reports whether an edge is within r pixels.
func (f *field) edgeNear(x, y, r int) bool {
	for j := max(y-r, 0); j <= min(y+r, f.h-1); j++ {
		for i := max(x-r, 0); i <= min(x+r, f.w-1); i++ {
			if f.bits[j*f.w+i] != 0 {
				return true
			}
		}
	}
	return false
}

// inside reports whether edges lie on all four sides.
func (f *field) inside(x, y int) bool {
	look := func(dx, dy int) bool {
		for i, j := x, y; i >= 0 && j >= 0 && i < f.w && j < f.h; i, j = i+dx, j+dy {
			if f.bits[j*f.w+i] != 0 {
				return true
			}
		}
		return false
	}
	return look(1, 0) && look(-1, 0) && look(0, 1) && look(0, -1)
}

// newPattern picks the features of a rendered template: strong edges far from
// one another, and a few places inside that are flat.
func newPattern(f *field) pattern {
	var edges, flats []feature
	for y := 1; y < f.h-1; y++ {
		for x := 1; x < f.w-1; x++ {
			i := y*f.w + x
			e := math.Hypot(float64(f.c[i]), float64(f.s[i]))
			o := offset{dx: x - f.w/2, dy: y - f.h/2}
			if f.bits[i] != 0 && e > 20 {
				angle := math.Atan2(float64(f.s[i]), float64(f.c[i])) / 2
				o.bin = int(math.Mod(angle+math.Pi, math.Pi)/math.Pi*bins) % bins
				edges = append(edges, feature{o, e})
			} else if !f.edgeNear(x, y, reach+1) && f.inside(x, y) {
				o.bin = flatBin
				flats = append(flats, feature{o, 1})
			}
		}
	}
	slices.SortStableFunc(edges, func(a, b feature) int { return cmp.Compare(b.weight, a.weight) })
	few := scatter(flats, counted/5)
	all := append(scatter(edges, counted-len(few)), few...)
	var p pattern
	for i := range p.at { // a template with fewer features counts some of them twice
		if len(all) > 0 {
			p.at[i] = all[i%len(all)].offset
		}
	}
	return p
}

type feature struct {
	offset
	weight float64
}

// scatter picks n features, the first that are far enough apart, for the
// largest distance that leaves so many.
func scatter(from []feature, n int) []feature {
	if len(from) <= n {
		return from
	}
	for d := 20.0; ; d *= 0.85 {
		var out []feature
		for _, f := range from {
			if !slices.ContainsFunc(out, func(o feature) bool { return math.Hypot(float64(o.dx-f.dx), float64(o.dy-f.dy)) < d }) {
				if out = append(out, f); len(out) == n {
					return out
				}
			}
		}
	}
}
