package faces

import "math"

// Bounds of Quality.Clear.
const (
	leastSharp = 0.25
	mostFit    = 0.25
)

// sharpness tells a sharp chip from a blurred one: the energy of the differences
// of neighbouring pixels over that of pixels four apart, within the face. A
// picture without detail between the two scales (blurred, or enlarged from less)
// has a small share. Chips are about twice the size of the smallest clear face,
// so that the nearer pixels are two apart.
func sharpness(planes []float32, side int) float64 {
	const near, far = 2, 8
	var fine, coarse float64
	at := func(x, y int) float64 { return float64(planes[side*side+y*side+x]) } // green
	for y := side / 4; y < side*3/4; y++ {
		for x := side / 4; x < side*3/4; x++ {
			v := at(x, y)
			fine += sq(at(x+near, y)-v) + sq(at(x, y+near)-v)
			coarse += sq(at(x+far, y)-v) + sq(at(x, y+far)-v)
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
