package photo

import (
	"image"
	"image/color"
	"image/draw"
	"runtime"
	"sync"
	"sync/atomic"
)

// band is how many rows are worked on at once: turned by 90°, a band's column
// fills a cache line.
const band = 16

// upright turns a decoded picture by its EXIF orientation and converts it to
// NRGBA in sRGB in one pass. It takes over src's pixels where it can.
func upright(src image.Image, orientation int, conv *conversion) *image.NRGBA {
	r := src.Bounds()
	if dst := takeOver(src); dst != nil && orientation == 1 {
		if conv != nil {
			bands(r.Dy(), func(from, to int, _ *image.NRGBA) {
				conv.apply(dst.Pix[from*dst.Stride : to*dst.Stride])
			}, 0)
		}
		return dst
	}
	w, h := r.Dx(), r.Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	dst := image.NewNRGBA(size)
	at, dx, dy := steps(orientation, w, h, dst.Stride)
	bands(h, func(from, to int, buf *image.NRGBA) {
		rows := to - from
		read(buf, src, from, rows)
		if conv != nil {
			conv.apply(buf.Pix[:rows*buf.Stride])
		}
		if dx == 4 {
			for y := range rows {
				copy(dst.Pix[at+(from+y)*dy:][:4*w], buf.Pix[y*buf.Stride:])
			}
			return
		}
		for x := range w {
			for y := range rows {
				*(*[4]byte)(dst.Pix[at+x*dx+(from+y)*dy:]) = *(*[4]byte)(buf.Pix[y*buf.Stride+4*x:])
			}
		}
	}, w)
	return dst
}

// steps says where the source's first pixel goes (an index into the upright
// Pix) and by how much one to the right and one down moves there.
func steps(orientation, w, h, stride int) (at, dx, dy int) {
	switch orientation {
	case 2: // mirrored
		return 4 * (w - 1), -4, stride
	case 3: // upside down
		return (h-1)*stride + 4*(w-1), -4, -stride
	case 4: // mirrored upside down
		return (h - 1) * stride, 4, -stride
	case 5: // transposed
		return 0, stride, 4
	case 6: // to be turned clockwise
		return 4 * (h - 1), stride, -4
	case 7: // transposed over the other diagonal
		return (w-1)*stride + 4*(h-1), -stride, -4
	case 8: // to be turned counter-clockwise
		return (w - 1) * stride, -stride, 4
	}
	return 0, 4, stride
}

// bands calls f with ranges of rows, in parallel, each with a buffer of its own.
func bands(h int, f func(from, to int, buf *image.NRGBA), width int) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (h+band-1)/band) {
		wg.Go(func() {
			buf := image.NewNRGBA(image.Rect(0, 0, width, band))
			for {
				from := int(next.Add(band)) - band
				if from >= h {
					return
				}
				f(from, min(from+band, h), buf)
			}
		})
	}
	wg.Wait()
}

// takeOver is src itself where its pixels already are NRGBA. An RGBA from a
// decoder is opaque, hence the same thing.
func takeOver(src image.Image) *image.NRGBA {
	switch s := src.(type) {
	case *image.NRGBA:
		if s.Rect.Min == (image.Point{}) && s.Stride == 4*s.Rect.Dx() {
			return s
		}
	case *image.RGBA:
		if s.Rect.Min == (image.Point{}) && s.Stride == 4*s.Rect.Dx() && s.Opaque() {
			return &image.NRGBA{Pix: s.Pix, Stride: s.Stride, Rect: s.Rect}
		}
	}
	return nil
}

// read converts rows of src into buf.
func read(buf *image.NRGBA, src image.Image, from, rows int) {
	r := src.Bounds()
	w := r.Dx()
	switch s := src.(type) {
	case *image.YCbCr, *image.Gray, *image.CMYK: // opaque: premultiplied or not is the same, and draw is fast for RGBA
		dst := &image.RGBA{Pix: buf.Pix, Stride: buf.Stride, Rect: buf.Rect}
		draw.Draw(dst, image.Rect(0, 0, w, rows), src, image.Pt(r.Min.X, r.Min.Y+from), draw.Src)
	case *image.NRGBA64:
		narrow(buf, s.Pix[s.PixOffset(r.Min.X, r.Min.Y+from):], s.Stride, w, rows)
	case *image.RGBA64: // opaque, as decoders make it
		narrow(buf, s.Pix[s.PixOffset(r.Min.X, r.Min.Y+from):], s.Stride, w, rows)
	default: // NRGBA, RGBA, Gray16, Paletted
		for y := range rows {
			for x := range w {
				c := color.NRGBAModel.Convert(src.At(r.Min.X+x, r.Min.Y+from+y)).(color.NRGBA)
				*(*[4]byte)(buf.Pix[y*buf.Stride+4*x:]) = [4]byte{c.R, c.G, c.B, c.A}
			}
		}
	}
}

// narrow keeps the high byte of each 16-bit channel.
func narrow(buf *image.NRGBA, pix []byte, stride, w, rows int) {
	for y := range rows {
		out, in := buf.Pix[y*buf.Stride:][:4*w], pix[y*stride:]
		for i := range out {
			out[i] = in[2*i]
		}
	}
}

func isDeep(src image.Image) bool {
	switch src.(type) {
	case *image.NRGBA64, *image.RGBA64, *image.Gray16:
		return true
	}
	return false
}

// whiten takes the colour from wholly transparent pixels: cut-out portraits
// often keep the old background there. It tells whether any pixel is not
// opaque, and whether any is in between.
func whiten(m *image.NRGBA) (alpha, veiled bool) {
	for i := 3; i < len(m.Pix); i += 4 {
		switch m.Pix[i] {
		case 255:
		case 0:
			alpha = true
			m.Pix[i-3], m.Pix[i-2], m.Pix[i-1] = 255, 255, 255
		default:
			alpha, veiled = true, true
		}
	}
	return alpha, veiled
}

// onWhite is a copy as seen on a white page.
func onWhite(m *image.NRGBA) *image.NRGBA {
	out := image.NewNRGBA(m.Rect)
	for i := 0; i+3 < len(m.Pix); i += 4 {
		a := int(m.Pix[i+3])
		for k := range 3 {
			out.Pix[i+k] = uint8((int(m.Pix[i+k])*a + 255*(255-a) + 127) / 255)
		}
		out.Pix[i+3] = 255
	}
	return out
}
