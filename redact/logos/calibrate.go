package logos

import (
	"context"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"sync"
)

// Some logos are seen everywhere: a crescent in every fold of a dress, a ring in
// every eye. How high a logo scores where it is not tells how high it must score
// to be believed. That is measured, when it is prepared, on a picture of nothing:
// overlapping discs, ellipses and polygons of all sizes, which have the statistics
// of edges in photos (the dead leaves model: Lee, Mumford, Huang, Occlusion Models
// for Natural Images, IJCV 2001).
const (
	leaves     = 420
	tail       = 0.45  // scores above are counted among the leaves
	usual      = 0.055 // by which they are above it
	believed   = 6     // how many of a logo's own outweigh the usual
	reviewRate = 0.1   // how many are let pass as found, for as many leaves
	sureRate   = 0.02
	mostReview = 0.80 // a logo that scores as high is found in any case
	mostSure   = 0.92 // and sure
)

var nothing = sync.OnceValue(func() *image.NRGBA {
	r := rand.New(rand.NewPCG(20261125, 1))
	const w, h = 640, 480
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	for range leaves {
		size := 8 * math.Pow(300.0/8, r.Float64()*r.Float64())
		cx, cy, turn := r.Float64()*w, r.Float64()*h, r.Float64()*math.Pi
		flat, corners := 0.1+0.9*r.Float64(), r.IntN(5)
		grey, tint := r.Float64()*255, r.Float64()*60-30
		slope := (r.Float64() - 0.5) * 80 / size
		c, s := math.Cos(turn), math.Sin(turn)
		for y := max(0, int(cy-size)); y < min(h, int(cy+size)+1); y++ {
			for x := max(0, int(cx-size)); x < min(w, int(cx+size)+1); x++ {
				u, v := c*(float64(x)-cx)+s*(float64(y)-cy), (c*(float64(y)-cy)-s*(float64(x)-cx))/flat
				d := math.Hypot(u, v)
				if corners > 2 { // a polygon with so many
					a := math.Mod(math.Atan2(v, u)+2*math.Pi, 2*math.Pi/float64(corners)) - math.Pi/float64(corners)
					d *= math.Cos(a) / math.Cos(math.Pi/float64(corners))
				}
				if d > size {
					continue
				}
				g := grey + slope*u
				at := func(v float64) uint8 { return uint8(min(max(v, 0), 255)) }
				m.SetNRGBA(x, y, color.NRGBA{R: at(g + tint), G: at(g), B: at(g - tint), A: 255})
			}
		}
	}
	return m
})

// calibrate sets from which score each logo is found and sure. Scores among the
// leaves have an exponential tail, which tells how rare higher ones are.
func (d *Detector) calibrate() {
	for _, l := range d.logos {
		l.review, l.sure = tail, 1
	}
	hits, err := d.find(context.Background(), nothing())
	if err != nil {
		return // without a deadline nothing fails
	}
	for i, l := range d.logos {
		n, over := 0.0, 0.0
		for _, h := range hits {
			if h.logo == i {
				n, over = n+1, over+h.score-tail
			}
		}
		// Some more at the usual distance, so that few tell little.
		mean := (over + believed*usual) / (n + believed)
		at := func(rate float64) float64 {
			return tail + mean*math.Log(max(1, (n+0.2)/rate))
		}
		l.review = max(d.least, min(at(reviewRate), mostReview))
		l.sure = max(SureScore, l.review+0.06, min(at(sureRate), mostSure))
	}
}
