package photo

import (
	"image"
	"math"
)

// A person's size in heads, after the proportions that drawing is taught by; the
// width has room for arms held away from the body.
const (
	bodyWide = 3.0
	bodyHigh = 7.5
	// headOfFace is a head's height, crown to chin, of its face box's, brow to chin.
	headOfFace = 1.25
)

// A slab is a rectangle at any angle: it starts at the middle of one side, (x, y),
// goes length pixels along (ux, uy), and reaches half to each side of that line.
type slab struct{ x, y, ux, uy, half, length float64 }

// person is where the person below a face is: from the crown down along the line
// from eyes to mouth, or straight down where the landmarks are not known.
func person(face image.Rectangle, landmarks [][2]float32) slab {
	w, h := float64(face.Dx()), float64(face.Dy())
	head := headOfFace * max(h, w) // a box cut off by the picture's edge is the lesser guide
	s := slab{
		x: float64(face.Min.X) + w/2, y: float64(face.Min.Y) + h/2,
		uy: 1, half: bodyWide / 2 * head, length: bodyHigh * head,
	}
	if len(landmarks) == 5 { // eyes, nose, corners of the mouth
		p := landmarks
		dx := float64(p[3][0]+p[4][0]-p[0][0]-p[1][0]) / 2
		dy := float64(p[3][1]+p[4][1]-p[0][1]-p[1][1]) / 2
		if n := math.Hypot(dx, dy); n > 0.1*h {
			s.ux, s.uy = dx/n, dy/n
		}
	}
	s.x, s.y = s.x-s.ux*head/2, s.y-s.uy*head/2
	return s
}

// bounds is the smallest upright rectangle around the slab.
func (s slab) bounds() image.Rectangle {
	if s.half == 0 {
		return image.Rectangle{}
	}
	dx, dy := math.Abs(s.uy*s.half), math.Abs(s.ux*s.half)
	ex, ey := s.x+s.ux*s.length, s.y+s.uy*s.length
	return image.Rect(
		int(math.Floor(min(s.x, ex)-dx)), int(math.Floor(min(s.y, ey)-dy)),
		int(math.Ceil(max(s.x, ex)+dx)), int(math.Ceil(max(s.y, ey)+dy)))
}

// distance is how many pixels the centre of pixel (x, y) is outside the slab.
func (s slab) distance(x, y int) float64 {
	px, py := float64(x)+0.5-s.x, float64(y)+0.5-s.y
	along, across := px*s.ux+py*s.uy, math.Abs(px*s.uy-py*s.ux)
	return math.Hypot(max(0, -along, along-s.length), max(0, across-s.half))
}

// cover is how much of pixel (x, y) is hidden: 1 in the area itself, which is
// what has to be hidden, then less and less over the soft edge around it.
func (a area) cover(x, y int) float64 {
	if image.Pt(x, y).In(a.full) {
		return 1
	}
	d := math.Hypot(
		float64(max(0, a.full.Min.X-x, x-a.full.Max.X+1)),
		float64(max(0, a.full.Min.Y-y, y-a.full.Max.Y+1)))
	if a.body.half > 0 {
		d = min(d, a.body.distance(x, y))
	}
	t := 1 - d/(a.soft+1)
	if t <= 0 {
		return 0
	}
	return t * t * (3 - 2*t)
}

// paint lays the area's new pixels, which start at a.in.Min, over the picture.
// What is hidden is opaque.
func (a area) paint(m *image.NRGBA, with func(x, y int) [3]byte) {
	for y := a.in.Min.Y; y < a.in.Max.Y; y++ {
		row := m.Pix[m.PixOffset(a.in.Min.X, y):][:4*a.in.Dx()]
		for x := a.in.Min.X; x < a.in.Max.X; x++ {
			p := row[4*(x-a.in.Min.X):][:4]
			switch t := a.cover(x, y); t {
			case 0:
			case 1:
				c := with(x, y)
				p[0], p[1], p[2], p[3] = c[0], c[1], c[2], 255
			default:
				c := with(x, y)
				for k := range 3 {
					p[k] = byte(math.Round(t*float64(c[k]) + (1-t)*float64(p[k])))
				}
				p[3] = byte(math.Round(t*255 + (1-t)*float64(p[3])))
			}
		}
	}
}
