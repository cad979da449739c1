package codes

import "math"

// cell is the side in pixels of the blocks in which a level's edges are counted.
const cell = 8

// A field is what a level's blocks look like.
type field struct {
	w, h   int
	energy []float32 // mean square of the slope
	coh    []float32 // 1 where all slopes run one way, 0 where they run all ways
	angle  []float32 // of the slopes, radians, 0 to π
}

// edges are the blocks of a level, by the structure tensor of its slopes.
func (l level) edges() field {
	f := field{w: l.w / cell, h: l.h / cell}
	n := f.w * f.h
	f.energy, f.coh, f.angle = make([]float32, n), make([]float32, n), make([]float32, n)
	for by := range f.h {
		for bx := range f.w {
			var xx, yy, xy int
			for y := by * cell; y < (by+1)*cell; y++ {
				if y == 0 || y == l.h-1 {
					continue
				}
				o := y * l.w
				for x := max(1, bx*cell); x < min(l.w-1, (bx+1)*cell); x++ {
					gx := int(l.pix[o+x+1]) - int(l.pix[o+x-1])
					gy := int(l.pix[o+x+l.w]) - int(l.pix[o+x-l.w])
					xx, yy, xy = xx+gx*gx, yy+gy*gy, xy+gx*gy
				}
			}
			i := by*f.w + bx
			sum := float64(xx + yy)
			f.energy[i] = float32(sum / (cell * cell))
			if sum == 0 {
				continue
			}
			f.coh[i] = float32(math.Hypot(float64(xx-yy), 2*float64(xy)) / sum)
			a := math.Atan2(2*float64(xy), float64(xx-yy)) / 2
			if a < 0 {
				a += math.Pi
			}
			f.angle[i] = float32(a)
		}
	}
	return f
}

// A patch is a region of neighbouring blocks, in pixels of a level: a rectangle
// whose first axis runs across the bars.
type patch struct {
	cx, cy float64
	angle  float64 // of the first axis
	hu, hv float64 // half its extent along each axis
	full   float64 // the share of the rectangle that its blocks fill
}

const (
	strong   = 900.0 // energy: a step of some 20 shades every other pixel
	coherent = 0.55
)

// bars are patches whose slopes all run one way: bar codes, and stacked ones.
func (f field) bars() []patch {
	return f.patches(func(i int) bool { return f.energy[i] > strong && f.coh[i] > coherent },
		func(i, j int) bool {
			d := math.Abs(float64(f.angle[i] - f.angle[j]))
			return min(d, math.Pi-d) < 0.35
		}, true)
}

// dots are patches of many edges any way: codes of dots, but words as well.
func (f field) dots() []patch {
	return f.patches(func(i int) bool { return f.energy[i] > strong }, func(int, int) bool { return true }, false)
}

func (f field) patches(in func(int) bool, same func(i, j int) bool, along bool) []patch {
	done := make([]bool, f.w*f.h)
	var out []patch
	var stack, blocks []int
	for start := range done {
		if done[start] || !in(start) {
			continue
		}
		done[start] = true
		stack, blocks = append(stack[:0], start), blocks[:0]
		for len(stack) > 0 {
			i := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			blocks = append(blocks, i)
			x, y := i%f.w, i/f.w
			for ny := max(0, y-1); ny <= min(f.h-1, y+1); ny++ {
				for nx := max(0, x-1); nx <= min(f.w-1, x+1); nx++ {
					if j := ny*f.w + nx; !done[j] && in(j) && same(i, j) {
						done[j] = true
						stack = append(stack, j)
					}
				}
			}
		}
		if len(blocks) < 6 {
			continue
		}
		if along {
			out = append(out, f.patch(blocks, f.direction(blocks)))
			continue
		}
		best := f.patch(blocks, 0)
		for a := 1; a < 12; a++ { // dots have no direction: the tightest of a few
			if p := f.patch(blocks, float64(a)*math.Pi/24); p.hu*p.hv < 0.95*best.hu*best.hv {
				best = p
			}
		}
		out = append(out, best)
	}
	return out
}

// direction is the mean angle of blocks, by their doubled angles.
func (f field) direction(blocks []int) float64 {
	var x, y float64
	for _, i := range blocks {
		sin, cos := math.Sincos(2 * float64(f.angle[i]))
		x, y = x+cos*float64(f.energy[i]), y+sin*float64(f.energy[i])
	}
	return math.Atan2(y, x) / 2
}

func (f field) patch(blocks []int, angle float64) patch {
	sin, cos := math.Sincos(angle)
	u0, u1, v0, v1 := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, i := range blocks {
		x, y := (float64(i%f.w)+.5)*cell, (float64(i/f.w)+.5)*cell
		u, v := x*cos+y*sin, y*cos-x*sin
		u0, u1, v0, v1 = min(u0, u), max(u1, u), min(v0, v), max(v1, v)
	}
	const r = cell / 2
	u0, u1, v0, v1 = u0-r, u1+r, v0-r, v1+r
	cu, cv := (u0+u1)/2, (v0+v1)/2
	return patch{cu*cos - cv*sin, cu*sin + cv*cos, angle, (u1 - u0) / 2, (v1 - v0) / 2, float64(len(blocks)*cell*cell) / ((u1 - u0) * (v1 - v0))}
}
