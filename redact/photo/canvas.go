package photo

import (
	"image"
	"image/color"
)

// A canvas is what is seen of an animation: frames are painted on it one after
// the other, and each says what becomes of its place afterwards.
type canvas struct {
	pix  *image.NRGBA
	undo func() // clears up after the last frame
}

// What becomes of a frame's place, as GIF counts.
const (
	disposeKeep       = 1
	disposeBackground = 2
	disposePrevious   = 3
)

// begin clears up after the frame before; the first one starts anew.
func (c *canvas) begin(i int, size image.Point) {
	if i == 0 || c.pix == nil {
		c.pix, c.undo = image.NewNRGBA(image.Rectangle{Max: size}), nil
	}
	if c.undo != nil {
		c.undo()
		c.undo = nil
	}
}

// paint lays a frame on the canvas at r. blend keeps what is under its
// transparent pixels.
func (c *canvas) paint(img image.Image, r image.Rectangle, blend bool, dispose byte) {
	in := r.Intersect(c.pix.Rect)
	switch dispose {
	case disposeBackground:
		c.undo = func() { fill(c.pix, in, [4]byte{}) }
	case disposePrevious:
		was := image.NewNRGBA(in)
		copyPix(was, c.pix, in, in.Min)
		c.undo = func() { copyPix(c.pix, was, in, in.Min) }
	}
	from := img.Bounds().Min.Add(in.Min.Sub(r.Min))
	switch p := img.(type) {
	case *image.Paletted:
		c.paintPalette(p, in, from)
	case *image.NRGBA:
		if blend {
			c.blend(p, in, from)
		} else {
			copyPix(c.pix, p, in, from)
		}
	}
}

// fill paints a part of a picture in one colour: red, green, blue, alpha.
func fill(m *image.NRGBA, r image.Rectangle, c [4]byte) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := m.Pix[m.PixOffset(r.Min.X, y):][:4*r.Dx()]
		for i := 0; i < len(row); i += 4 {
			*(*[4]byte)(row[i:]) = c
		}
	}
}

// copyPix copies src from a point on to r of dst.
func copyPix(dst, src *image.NRGBA, r image.Rectangle, from image.Point) {
	for y := range r.Dy() {
		copy(dst.Pix[dst.PixOffset(r.Min.X, r.Min.Y+y):][:4*r.Dx()], src.Pix[src.PixOffset(from.X, from.Y+y):])
	}
}

// blend lays half-transparent pixels over what is there, by the formula of the
// WebP container specification.
func (c *canvas) blend(p *image.NRGBA, in image.Rectangle, from image.Point) {
	for y := range in.Dy() {
		row := c.pix.Pix[c.pix.PixOffset(in.Min.X, in.Min.Y+y):][:4*in.Dx()]
		src := p.Pix[p.PixOffset(from.X, from.Y+y):]
		for i := 0; i < len(row); i += 4 {
			switch a := int(src[i+3]); a {
			case 0:
			case 255:
				*(*[4]byte)(row[i:]) = *(*[4]byte)(src[i:])
			default:
				under := int(row[i+3]) * (255 - a) / 255
				sum := a + under
				for k := range 3 {
					row[i+k] = uint8((int(src[i+k])*a + int(row[i+k])*under) / sum)
				}
				row[i+3] = uint8(sum)
			}
		}
	}
}

func (c *canvas) paintPalette(p *image.Paletted, in image.Rectangle, from image.Point) {
	var table [256][4]byte
	for i, col := range p.Palette {
		n := color.NRGBAModel.Convert(col).(color.NRGBA)
		table[i] = [4]byte{n.R, n.G, n.B, n.A}
	}
	for y := range in.Dy() {
		row := c.pix.Pix[c.pix.PixOffset(in.Min.X, in.Min.Y+y):]
		src := p.Pix[p.PixOffset(from.X, from.Y+y):]
		for x := range in.Dx() {
			if t := table[src[x]]; t[3] != 0 {
				*(*[4]byte)(row[4*x:]) = t
			}
		}
	}
}

// shot is the canvas as it is now, for the caller to keep. The only frame of a
// file need not be copied.
func (c *canvas) shot(frames int) *image.NRGBA {
	if frames == 1 {
		p := c.pix
		c.pix, c.undo = nil, nil
		return p
	}
	return &image.NRGBA{Pix: append([]byte(nil), c.pix.Pix...), Stride: c.pix.Stride, Rect: c.pix.Rect}
}
