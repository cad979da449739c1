package logos

import (
	"image"
	"image/color"
)

// Trim cuts a logo to its content: what is not transparent, or, in a picture
// without transparency, what stands on a border of one colour, of which a narrow
// margin stays. A picture with nothing to cut is returned as it is.
func Trim(m *image.NRGBA) *image.NRGBA {
	box, _, _ := content(m)
	if transparent(m) {
		return m.SubImage(box).(*image.NRGBA)
	}
	return m.SubImage(box.Inset(-max(2, max(box.Dx(), box.Dy())/32)).Intersect(m.Rect)).(*image.NRGBA)
}

// content is where a logo's content lies and what it stands on, if that is known.
func content(m *image.NRGBA) (box image.Rectangle, ground color.NRGBA, known bool) {
	bare := func(c color.NRGBA) bool { return c.A < 16 }
	if !transparent(m) {
		if ground, known = border(m); !known {
			return m.Rect, ground, false
		}
		bare = func(c color.NRGBA) bool { return near(c, ground) }
	}
	for y := m.Rect.Min.Y; y < m.Rect.Max.Y; y++ {
		for x := m.Rect.Min.X; x < m.Rect.Max.X; x++ {
			if !bare(m.NRGBAAt(x, y)) {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if box.Empty() {
		box = m.Rect
	}
	return box, ground, known
}

// transparent reports whether one pixel in a hundred or more can be seen through.
func transparent(m *image.NRGBA) bool {
	n := 0
	for y := range m.Rect.Dy() {
		row := m.Pix[y*m.Stride:]
		for x := range m.Rect.Dx() {
			if row[4*x+3] < 128 {
				n++
			}
		}
	}
	return 100*n >= m.Rect.Dx()*m.Rect.Dy()
}

// border is the colour that most of a picture's outermost pixels have.
func border(m *image.NRGBA) (color.NRGBA, bool) {
	var all []color.NRGBA
	r := m.Rect
	for x := r.Min.X; x < r.Max.X; x++ {
		all = append(all, m.NRGBAAt(x, r.Min.Y), m.NRGBAAt(x, r.Max.Y-1))
	}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		all = append(all, m.NRGBAAt(r.Min.X, y), m.NRGBAAt(r.Max.X-1, y))
	}
	for _, corner := range []color.NRGBA{
		m.NRGBAAt(r.Min.X, r.Min.Y), m.NRGBAAt(r.Max.X-1, r.Min.Y),
		m.NRGBAAt(r.Min.X, r.Max.Y-1), m.NRGBAAt(r.Max.X-1, r.Max.Y-1),
	} {
		n := 0
		for _, c := range all {
			if near(c, corner) {
				n++
			}
		}
		if 10*n >= 6*len(all) {
			return corner, true
		}
	}
	return color.NRGBA{}, false
}

func near(a, b color.NRGBA) bool {
	d := func(x, y uint8) bool { return abs(int(x)-int(y)) <= 24 }
	return d(a.R, b.R) && d(a.G, b.G) && d(a.B, b.B)
}
