package logotest

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"slices"

	"consentry/redact/logos"
)

// Distortions are what is done to a logo in a scene, each in turn; "all" is
// several at once.
var Distortions = []string{"plain", "tilted", "perspective", "blurred", "noisy", "jpeg", "dim", "covered", "white", "one colour", "inverted", "all"}

// Buckets are the heights in pixels at which logos are shown.
var Buckets = []Bucket{{24, 32}, {32, 48}, {48, 96}, {96, 200}, {200, 400}}

// A Bucket is a range of heights.
type Bucket struct{ From, To int }

// A Scene is a picture with one logo in it.
type Scene struct {
	Image *image.NRGBA
	Box   image.Rectangle // where the logo's content stands
}

// ink is how a logo is printed.
type ink int

const (
	asDrawn  ink = iota
	allWhite     // its shape in white
	oneInk       // its brightness in shades of one colour
	negative     // its colours inverted
)

// Compose puts a logo into a part of a photo or, where photo is nil, on a plain
// ground. Everything follows from the seed.
func Compose(l Logo, photo *image.NRGBA, b Bucket, distortion string, seed uint64) Scene {
	r := rand.New(rand.NewPCG(seed, 7))
	between := func(a, b float64) float64 { return a + (b-a)*r.Float64() }
	w, h := 640, 480
	if b.To > 96 {
		w, h = 900, 680
	}
	mark := logos.Trim(l.Image)
	height := between(float64(b.From), float64(b.To))
	aspect := float64(mark.Rect.Dx()) / float64(mark.Rect.Dy())
	height = min(height, 0.8*float64(w)/aspect, 0.8*float64(h))

	var tilt, lean, shift, sigma, noise, gain, cover float64
	gain = 1
	quality := 92
	how := asDrawn
	all := distortion == "all"
	if distortion == "tilted" {
		tilt = between(-30, 30)
	}
	if distortion == "perspective" {
		lean, shift, tilt = between(-0.2, 0.2), between(-0.25, 0.25), between(-5, 5)
	}
	if distortion == "blurred" {
		sigma = between(0.7, 0.02*height+1)
	}
	if distortion == "noisy" {
		noise = between(4, 14)
	}
	if distortion == "jpeg" {
		quality = 50 + r.IntN(30)
	}
	if distortion == "dim" {
		gain = between(0.3, 0.6)
	}
	if distortion == "covered" {
		cover = between(0.1, 0.25)
	}
	switch {
	case distortion == "white":
		how = allWhite
	case distortion == "one colour":
		how = oneInk
	case distortion == "inverted":
		how = negative
	case all:
		how = ink(r.IntN(3))
		tilt, lean, shift = between(-12, 12), between(-0.1, 0.1), between(-0.1, 0.1)
		sigma, noise, gain, quality = between(0.4, 0.8), between(2, 6), between(0.6, 1), 60+r.IntN(30)
	}

	m := ground(r, photo, w, h)
	// Corners of the mark: leaning back makes one side smaller, shifting it
	// foreshortens.
	hw, hh := height*aspect/2, height/2
	cos, sin := math.Cos(tilt*math.Pi/180), math.Sin(tilt*math.Pi/180)
	quad := func(pad float64) (q [4]point) {
		for i, c := range [4]point{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}} {
			x, y := c.x*(hw+pad)*(1-math.Abs(shift)), c.y*(hh+pad)*(1+lean*c.x)
			q[i] = point{cos*x - sin*y, sin*x + cos*y}
		}
		return q
	}
	outer := quad(0)
	var ex, ey float64
	for _, p := range outer {
		ex, ey = max(ex, math.Abs(p.x)), max(ey, math.Abs(p.y))
	}
	ex, ey = min(ex+6, float64(w)/2), min(ey+6, float64(h)/2)
	cx, cy := between(ex, float64(w)-ex), between(ey, float64(h)-ey)
	at := func(q [4]point) [4]point {
		for i := range q {
			q[i].x, q[i].y = q[i].x+cx, q[i].y+cy
		}
		return q
	}
	inked := print(mark, how, r)
	if panel, c := r.IntN(3) > 0 || photo == nil || how != asDrawn || !stands(inked, m, hull(at(outer))), panelFor(inked, how, r); panel {
		c.m = uniform(c.ground)
		warp(m, c.m, at(quad(height*between(0.15, 0.5))))
	}
	warp(m, inked, at(outer))
	box := hull(at(outer)).Intersect(m.Rect)
	if cover > 0 {
		hide(m, box, cover, r, photo)
	}
	spoil(m, sigma, noise, gain, r)
	return Scene{Image: compress(m, quality), Box: box}
}

// ground is part of a photo, or a slide with lines of what could be text.
func ground(r *rand.Rand, photo *image.NRGBA, w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	if photo != nil {
		pw, ph := photo.Rect.Dx(), photo.Rect.Dy()
		ox, oy := r.IntN(max(1, pw-w+1)), r.IntN(max(1, ph-h+1))
		for y := range h {
			for x := range w {
				m.SetNRGBA(x, y, photo.NRGBAAt(photo.Rect.Min.X+(ox+x)%pw, photo.Rect.Min.Y+(oy+y)%ph))
			}
		}
		return m
	}
	base := []uint32{0xffffff, 0xf4f1ea, 0x1b2a41, 0x2d2d2d, 0xd9e8f5}[r.IntN(5)]
	c := flat(base)(0, 0)
	text := color.NRGBA{R: 255 - c.R, G: 255 - c.G, B: 255 - c.B, A: 255}
	for i := 0; i < len(m.Pix); i += 4 {
		m.Pix[i], m.Pix[i+1], m.Pix[i+2], m.Pix[i+3] = c.R, c.G, c.B, 255
	}
	for y := 30; y < h-30; y += 34 { // bars the size of letters
		for x := 30; x < w-60; {
			n := 4 + r.IntN(12)
			for j := range 12 {
				for i := range n {
					m.SetNRGBA(x+i, y+j, text)
				}
			}
			x += n + 3 + r.IntN(8)
		}
	}
	return m
}

// print gives the mark in another ink; what is not see-through gets a ground of
// its own that goes with it.
func print(mark *image.NRGBA, how ink, r *rand.Rand) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, mark.Rect.Dx(), mark.Rect.Dy()))
	tint := [3]int{r.IntN(120), r.IntN(120), r.IntN(120)}
	opaque := solid(mark)
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			c := mark.NRGBAAt(mark.Rect.Min.X+x, mark.Rect.Min.Y+y)
			lum := (2*int(c.R) + 5*int(c.G) + int(c.B)) >> 3
			switch how {
			case allWhite: // inner parts as light as paper are left out
				if lum > 230 {
					c.A = 0
				} else if opaque {
					c.A = uint8(min(255, (255-lum)*2))
				}
				c.R, c.G, c.B = 255, 255, 255
			case oneInk:
				v := func(k int) uint8 { return uint8(tint[k] + (255-tint[k])*lum/255) }
				c.R, c.G, c.B = v(0), v(1), v(2)
			case negative:
				c.R, c.G, c.B = 255-c.R, 255-c.G, 255-c.B
			}
			out.SetNRGBA(x, y, c)
		}
	}
	return out
}

// solid reports whether a mark has nothing to see through.
func solid(mark *image.NRGBA) bool {
	for y := mark.Rect.Min.Y; y < mark.Rect.Max.Y; y++ {
		for x := mark.Rect.Min.X; x < mark.Rect.Max.X; x++ {
			if mark.NRGBAAt(x, y).A < 128 {
				return false
			}
		}
	}
	return true
}

type panel struct {
	m      *image.NRGBA
	ground color.NRGBA
}

// panelFor is a ground on which the mark can be seen: badge, banner or sign.
func panelFor(mark *image.NRGBA, how ink, r *rand.Rand) panel {
	sum, n := 0, 1
	for i := 0; i < len(mark.Pix); i += 4 {
		if mark.Pix[i+3] > 128 {
			sum += (2*int(mark.Pix[i]) + 5*int(mark.Pix[i+1]) + int(mark.Pix[i+2])) >> 3
			n++
		}
	}
	if c := mark.NRGBAAt(0, 0); how == negative && solid(mark) {
		return panel{ground: c} // it brings its ground along
	}
	v := uint8(215 + r.IntN(40))
	if sum/n > 140 {
		v = uint8(10 + r.IntN(50))
	}
	return panel{ground: color.NRGBA{R: v, G: v, B: uint8(max(0, int(v)-r.IntN(10))), A: 255}}
}

// stands reports whether a mark differs enough from what it is printed on to be
// seen.
func stands(mark, on *image.NRGBA, at image.Rectangle) bool {
	light := func(m *image.NRGBA, r image.Rectangle) (all []int) {
		for y := r.Min.Y; y < r.Max.Y; y += 2 {
			for x := r.Min.X; x < r.Max.X; x += 2 {
				if c := m.NRGBAAt(x, y); c.A > 128 {
					all = append(all, (2*int(c.R)+5*int(c.G)+int(c.B))>>3)
				}
			}
		}
		slices.Sort(all)
		return append(all, 0)
	}
	a, b := light(mark, mark.Rect), light(on, at.Intersect(on.Rect))
	n, k := len(a), len(b)
	return a[n*9/10]+50 < b[k/10] || b[k*9/10]+50 < a[n/10]
}

func uniform(c color.NRGBA) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, 4, 4))
	for i := 0; i < len(m.Pix); i += 4 {
		m.Pix[i], m.Pix[i+1], m.Pix[i+2], m.Pix[i+3] = c.R, c.G, c.B, c.A
	}
	return m
}

func hull(q [4]point) image.Rectangle {
	x0, y0, x1, y1 := q[0].x, q[0].y, q[0].x, q[0].y
	for _, p := range q {
		x0, y0, x1, y1 = min(x0, p.x), min(y0, p.y), max(x1, p.x), max(y1, p.y)
	}
	return image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Ceil(x1)), int(math.Ceil(y1)))
}

// hide lays something over a part of the box, from one side or corner.
func hide(m *image.NRGBA, box image.Rectangle, part float64, r *rand.Rand, photo *image.NRGBA) {
	w, h := box.Dx(), box.Dy()
	at := box
	switch side := r.IntN(3); side {
	case 0:
		at.Max.X = box.Min.X + int(part*float64(w))
	case 1:
		at.Min.Y = box.Max.Y - int(part*float64(h))
	case 2:
		s := math.Sqrt(part)
		at.Min = image.Pt(box.Max.X-int(s*float64(w)), box.Max.Y-int(s*float64(h)))
	}
	tone := color.NRGBA{R: uint8(120 + r.IntN(100)), G: uint8(90 + r.IntN(80)), B: uint8(70 + r.IntN(80)), A: 255}
	for y := at.Min.Y; y < at.Max.Y; y++ {
		for x := at.Min.X; x < at.Max.X; x++ {
			c := tone
			if photo != nil {
				c = photo.NRGBAAt(photo.Rect.Min.X+x%photo.Rect.Dx(), photo.Rect.Min.Y+(y+200)%photo.Rect.Dy())
			}
			m.SetNRGBA(x, y, c)
		}
	}
}

func compress(m *image.NRGBA, quality int) *image.NRGBA {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		panic(err)
	}
	d, err := jpeg.Decode(&b)
	if err != nil {
		panic(err)
	}
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			c := color.NRGBAModel.Convert(d.At(x, y)).(color.NRGBA)
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}
