package ocr

import (
	"image"
	"math"
)

// lineHeight is the height in pixels at which the recogniser reads a line.
const lineHeight = 48

// The width of what the recogniser reads, in pixels: longer lines are squeezed.
const maxWidth = 4096

// uprightTilt is the sine of how far a column of upright letters may lean.
const uprightTilt = 0.26

// A strip is a line laid out for the recogniser: rectangles of the picture, each
// read along its first axis, side by side. Nearly always it is one; upright
// letters that stand on one another are a rectangle each.
type strip []rect

// widths are the pixels that each rectangle takes at lineHeight, and their sum.
func (s strip) widths() ([]int, int) {
	out, sum := make([]int, len(s)), 0
	for i, r := range s {
		out[i] = max(1, int(math.Round(r.hu/r.hv*lineHeight)))
		sum += out[i]
	}
	if sum > maxWidth {
		f := float64(maxWidth) / float64(sum)
		sum = 0
		for i, w := range out {
			out[i] = max(1, int(float64(w)*f))
			sum += out[i]
		}
	}
	return out, sum
}

// paint lays the strip out in blue, green and red of lineHeight rows each, from
// -1 to 1; the width is padded with grey to a multiple of align.
func (s strip) paint(img *image.NRGBA) (in []float32, width int) {
	ws, sum := s.widths()
	width = (sum + align - 1) / align * align
	in = make([]float32, 3*lineHeight*width)
	plane := lineHeight * width
	left := 0
	for i, r := range s {
		w := ws[i]
		right, down := r.u.times(2*r.hu/float64(w)), r.u.right().times(2*r.hv/lineHeight)
		n := min(max(1, int(math.Ceil(2*r.hv/lineHeight-0.2))), 8)
		first := r.corners()[0].add(right.times(.5)).add(down.times(.5))
		for y := range lineHeight {
			for x := range w {
				red, green, blue := sample(img, first.add(right.times(float64(x))).add(down.times(float64(y))), right, down, n)
				o := y*width + left + x
				in[o], in[plane+o], in[2*plane+o] = blue/127.5-1, green/127.5-1, red/127.5-1
			}
		}
		left += w
	}
	return in, width
}

// part is the hull of what the strip shows from pixel x0 to x1.
func (s strip) part(x0, x1 float64) image.Rectangle {
	ws, _ := s.widths()
	var ps []vec
	left := 0.0
	for i, r := range s {
		w := float64(ws[i])
		a, b := max(0, x0-left)/w, min(w, x1-left)/w
		if a < b && (len(s) == 1 || b-a > 0.25 || x1-x0 < w/2) {
			c := r.corners()
			ps = append(ps, c[0].mix(c[1], a), c[0].mix(c[1], b), c[3].mix(c[2], a), c[3].mix(c[2], b))
		}
		left += w
	}
	return bounds(ps)
}

// Long lines, which cost most, are read with a little more around them, hence
// smaller: a page took a tenth less time and had fewer mistakes.
const (
	longLine = 20
	margin   = 1.1
)

// ways are the strips by which a rectangle may have to be read, the likeliest
// first: along its long side, and the other way round where the picture is upside
// down. What is higher than wide may lie on its side or be upright letters, one
// below the other; what is neither may be anything.
func ways(img *image.NRGBA, f found) []strip {
	r := f.rect
	if r.hu > longLine*r.hv {
		r.hv *= margin
	}
	back := func(r rect) rect { return rect{r.c, r.u.times(-1), r.hu, r.hv} }
	switch {
	case r.hu >= 1.5*r.hv:
		return []strip{{r}, {back(r)}}
	case r.hv >= 1.5*r.hu:
		down := r.turned()
		out := []strip{{down}, {back(down)}}
		if s := stacked(img, f); s != nil {
			out = append([]strip{s}, out...)
		}
		return out
	}
	down := r.turned()
	return []strip{{r}, {back(r)}, {down}, {back(down)}}
}

// stacked cuts a rectangle that is higher than wide into upright letters. It
// looks for the cuts that hit the least ink while the letters are about as high
// as wide.
func stacked(img *image.NRGBA, f found) strip {
	r := f.rect
	const grid = 24 // rows for one width of the marked core
	width := 2 * max(f.core.hu, 1)
	rows := int(2 * r.hv / width * grid)
	if rows < grid*3/2 || rows > 200*grid || math.Abs(r.u.y) > uprightTilt {
		return nil
	}
	// Ink is how far a row's colours are apart.
	ink := make([]float64, rows)
	down := r.u.right().times(2 * r.hv / float64(rows))
	across := r.u.times(2 * f.core.hu / grid)
	most := 1e-9
	for y := range ink {
		lo, hi := float32(255), float32(0)
		for x := range grid {
			p := r.c.sub(r.u.right().times(r.hv)).add(down.times(float64(y) + .5)).add(across.times(float64(x) + .5 - grid/2))
			red, green, blue := sample(img, p, across, down, 1)
			v := 0.299*red + 0.587*green + 0.114*blue
			lo, hi = min(lo, v), max(hi, v)
		}
		ink[y] = float64(hi - lo)
		most = max(most, ink[y])
	}
	// cost[y] is that of the best cuts down to y, from[y] the cut before.
	cost, from := make([]float64, rows+1), make([]int, rows+1)
	for y := 1; y <= rows; y++ {
		cost[y] = math.Inf(1)
		for l := grid * 6 / 10; l <= grid*22/10 && l <= y; l++ {
			if math.IsInf(cost[y-l], 1) {
				continue
			}
			off := float64(l)/(1.15*grid) - 1
			c := cost[y-l] + 2*off*off + 0.2
			if y < rows {
				c += 2 * (ink[y-1] + ink[y]) / (2 * most)
			}
			if c < cost[y] {
				cost[y], from[y] = c, y-l
			}
		}
	}
	if math.IsInf(cost[rows], 1) {
		return nil
	}
	var s strip
	for y := rows; y > 0; y = from[y] {
		mid := float64(y+from[y])/2/float64(rows)*2 - 1
		cell := rect{r.c.add(r.u.right().times(mid * r.hv)), r.u, r.hu, float64(y-from[y]) / float64(rows) * r.hv}
		s = append(strip{cell}, s...)
	}
	return s
}
