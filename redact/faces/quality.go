package faces

import "math"

// Bounds of Quality.Clear. A face whose detail ends where that of one with 16
// pixels between the eyes does has a sharpness of 0.19 to 0.26, with 12 pixels of
// 0.19 to 0.24; 101 faces of public sets with 32 pixels and more have 0.28 and
// more.
const (
	leastSharp = 0.25
	mostFit    = 0.25
)

// sharpness tells a sharp chip from a blurred one, or one enlarged from less: the
// root of the energy of second differences over two pixels, as a share of that
// over six, within the face. A picture without detail between the two scales is
// smooth at the finer one and has a share of 0.2 or less.
func sharpness(planes []float32, side int) float64 {
	const near, far = 2, 6
	var fine, coarse float64
	at := func(x, y int) float64 { return float64(planes[side*side+y*side+x]) } // green
	bend := func(x, y, n int) float64 {
		v := 2 * at(x, y)
		return sq(at(x-n, y)+at(x+n, y)-v) + sq(at(x, y-n)+at(x, y+n)-v)
	}
	for y := side / 4; y < side*3/4; y++ {
		for x := side / 4; x < side*3/4; x++ {
			fine += bend(x, y, near)
			coarse += bend(x, y, far)
		}
	}
	if coarse == 0 {
		return 0
	}
	return math.Sqrt(fine / coarse)
}

func sq(v float64) float64 { return v * v }

// misfit is how far the landmarks are from the template after the best turn,
// scale and shift: the root of the mean square, in eye distances. A face in
// profile does not fit.
func (t *template) misfit(marks [][2]float32) float64 {
	a, b, tx, ty, err := t.similarity(marks)
	if err != nil {
		return math.Inf(1)
	}
	var sum float64
	for i, p := range t.points {
		sum += sq(a*p[0]-b*p[1]+tx-float64(marks[i][0])) + sq(b*p[0]+a*p[1]+ty-float64(marks[i][1]))
	}
	return math.Sqrt(sum/float64(len(t.points))) / max(eyes(marks), 1e-9)
}
