package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"io"
	"time"

	"golang.org/x/image/webp"
)

// A riffChunk is one chunk of a WebP file; the kind "" stands for bytes behind
// the end.
type riffChunk struct {
	kind string
	data []byte
}

// riffChunks splits a row of chunks (RIFF: kind, size in 4 bytes little-endian,
// data, a byte of padding where the size is odd).
func riffChunks(b []byte) ([]riffChunk, error) {
	var list []riffChunk
	for len(b) > 0 {
		if len(b) < 8 {
			return nil, errCut
		}
		n := int64(binary.LittleEndian.Uint32(b[4:]))
		if n > int64(len(b)-8) {
			return nil, errCut
		}
		list = append(list, riffChunk{string(b[:4]), b[8 : 8+n]})
		b = b[min(int64(len(b)), 8+n+n&1):]
		if len(list) > 16*maxPages {
			return nil, tooLarge("a WebP file of so many chunks")
		}
	}
	return list, nil
}

// webpChunks are the chunks of a whole file.
func webpChunks(b []byte) ([]riffChunk, error) {
	if len(b) < 12 || string(b[:4]) != "RIFF" || string(b[8:12]) != "WEBP" {
		return nil, errors.New("not WebP")
	}
	n := int64(binary.LittleEndian.Uint32(b[4:])) + 8
	if n > int64(len(b)) {
		return nil, errCut
	}
	list, err := riffChunks(b[12:max(12, n)])
	if err != nil {
		return nil, err
	}
	if rest := b[max(12, n):]; len(rest) > 1 || len(rest) == 1 && n&1 == 0 { // an odd size is padded
		list = append(list, riffChunk{"", rest})
	}
	return list, nil
}

// webpFrame is one picture: its coded pixels, and for an animation its place.
type webpFrame struct {
	rect        image.Rectangle
	delay       time.Duration
	blend       bool
	dispose     byte
	alpha, data []byte
	lossless    bool
}

type webpFile struct {
	size     image.Point
	animated bool
	loop     int
	frames   []webpFrame
}

func u24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

// walkWebP reads a file's structure (WebP Container Specification; RFC 9649) and
// takes everything but the pixels into m.
func walkWebP(b []byte, m *metadata) (*webpFile, error) {
	list, err := webpChunks(b)
	if err != nil {
		return nil, err
	}
	f := &webpFile{loop: -1}
	var still webpFrame
	for _, c := range list {
		switch c.kind {
		case "VP8X":
			if len(c.data) < 10 {
				return nil, errCut
			}
			f.size = image.Pt(u24(c.data[4:])+1, u24(c.data[7:])+1)
			f.animated = c.data[0]&2 != 0
		case "ANIM":
			if len(c.data) >= 6 {
				if f.loop = int(binary.LittleEndian.Uint16(c.data[4:])) - 1; f.loop == -1 {
					f.loop = 0 // for ever
				} else if f.loop == 0 {
					f.loop = -1 // once
				}
			}
		case "ANMF":
			if !f.animated {
				return nil, errors.New("a frame outside an animation")
			}
			fr, err := webpAnimationFrame(c.data, m)
			if err != nil {
				return nil, err
			}
			if f.frames = append(f.frames, fr); len(f.frames) > maxPages {
				return nil, tooLarge("a WebP file of so many frames")
			}
		case "ALPH", "VP8 ", "VP8L":
			if err := still.take(c); err != nil {
				return nil, err
			}
		case "ICCP":
			m.block("icc", len(c.data))
			m.icc = c.data
		case "EXIF":
			m.block("exif", len(c.data))
			m.readEXIF(bytes.TrimPrefix(c.data, []byte("Exif\x00\x00")), true)
		case "XMP ":
			m.block("xmp", len(c.data))
			m.readXMP(c.data)
		case "":
			m.block("trailing", len(c.data))
		default:
			m.block("app", len(c.data))
		}
	}
	if f.animated {
		if still.data != nil {
			m.block("picture", len(still.data)) // for viewers that know no animation
		}
		if f.size.X == 0 {
			return nil, errors.New("no header")
		}
		return f, nil
	}
	if still.data == nil {
		return nil, errors.New("no picture in the file")
	}
	size, err := still.coded()
	if err != nil {
		return nil, err
	}
	still.rect = image.Rectangle{Max: size}
	f.size, f.frames = size, []webpFrame{still}
	return f, nil
}

func webpAnimationFrame(d []byte, m *metadata) (webpFrame, error) {
	if len(d) < 16 {
		return webpFrame{}, errCut
	}
	x, y := 2*u24(d), 2*u24(d[3:])
	fr := webpFrame{rect: image.Rect(x, y, x+u24(d[6:])+1, y+u24(d[9:])+1), delay: time.Duration(u24(d[12:])) * time.Millisecond, blend: d[15]&2 == 0, dispose: disposeKeep}
	if d[15]&1 != 0 {
		fr.dispose = disposeBackground
	}
	list, err := riffChunks(d[16:])
	if err != nil {
		return fr, err
	}
	for _, c := range list {
		switch c.kind {
		case "ALPH", "VP8 ", "VP8L":
			if err := fr.take(c); err != nil {
				return fr, err
			}
		default:
			m.block("app", len(c.data))
		}
	}
	size, err := fr.coded()
	if err != nil {
		return fr, err
	}
	if size != fr.rect.Size() {
		return fr, errors.New("a frame not of the size it says")
	}
	return fr, nil
}

func (fr *webpFrame) take(c riffChunk) error {
	switch {
	case c.kind == "ALPH" && fr.alpha == nil && fr.data == nil:
		fr.alpha = c.data
	case c.kind != "ALPH" && fr.data == nil:
		fr.data, fr.lossless = c.data, c.kind == "VP8L"
	default:
		return errors.New("two pictures in the place of one")
	}
	return nil
}

// coded is the size that the coded pixels say they have (RFC 6386, 9.1; RFC 9649,
// 3.4).
func (fr *webpFrame) coded() (image.Point, error) {
	d := fr.data
	switch {
	case fr.lossless && len(d) >= 5 && d[0] == 0x2f:
		bits := binary.LittleEndian.Uint32(d[1:])
		return image.Pt(int(bits&0x3fff)+1, int(bits>>14&0x3fff)+1), nil
	case !fr.lossless && len(d) >= 10 && string(d[3:6]) == "\x9d\x01\x2a":
		return image.Pt(int(binary.LittleEndian.Uint16(d[6:])&0x3fff), int(binary.LittleEndian.Uint16(d[8:])&0x3fff)), nil
	case len(d) < 10:
		return image.Point{}, errCut
	}
	return image.Point{}, errors.New("neither lossy nor lossless WebP")
}

// decode decodes one frame, as a WebP file of its own.
func (fr *webpFrame) decode() (*image.NRGBA, error) {
	chunk := func(kind string, d []byte) []byte {
		b := append([]byte(kind), binary.LittleEndian.AppendUint32(nil, uint32(len(d)))...)
		b = append(b, d...)
		return append(b, make([]byte, len(d)&1)...)
	}
	kind, body := "VP8 ", []byte(nil)
	if fr.lossless {
		kind = "VP8L"
	}
	if fr.alpha != nil && !fr.lossless {
		w, h := fr.rect.Dx()-1, fr.rect.Dy()-1
		body = chunk("VP8X", []byte{0x10, 0, 0, 0, byte(w), byte(w >> 8), byte(w >> 16), byte(h), byte(h >> 8), byte(h >> 16)})
		body = append(body, chunk("ALPH", fr.alpha)...)
	}
	body = append(body, chunk(kind, fr.data)...)
	head := append([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(len(body)+4))...)
	img, err := webp.Decode(io.MultiReader(bytes.NewReader(append(head, "WEBP"...)), bytes.NewReader(body)))
	if err != nil {
		return nil, err
	}
	if img.Bounds().Size() != fr.rect.Size() {
		return nil, errors.New("not of the size it says")
	}
	switch m := img.(type) {
	case *image.NRGBA:
		return m, nil
	case *image.YCbCr:
		return fromVideo(m, nil, 0), nil
	case *image.NYCbCrA:
		return fromVideo(&m.YCbCr, m.A, m.AStride), nil
	}
	return nil, errors.New("pixels of an unknown kind")
}

func (f *film) openWebP(b []byte) error {
	w, err := walkWebP(b, f.meta)
	if err != nil {
		return err
	}
	if !w.animated {
		fr := w.frames[0]
		f.one(w.size, func() (image.Image, error) { return fr.decode() })
		return nil
	}
	for range w.frames {
		f.sizes = append(f.sizes, w.size)
	}
	f.ordered, f.animated, f.loop = true, true, w.loop
	if err := f.checkSizes(); err != nil {
		return err
	}
	var c canvas
	f.page = func(i int) (frame, error) {
		fr := w.frames[i]
		if !fr.rect.In(image.Rectangle{Max: w.size}) {
			return frame{}, errors.New("a frame outside the picture")
		}
		img, err := fr.decode()
		if err != nil {
			return frame{}, err
		}
		c.begin(i, w.size)
		c.paint(img, fr.rect, fr.blend, fr.dispose)
		return frame{img: c.shot(len(w.frames)), info: Info{Delay: fr.delay}}, nil
	}
	return nil
}

// fromVideo converts the pixels of lossy WebP, which are in the range of video
// (ITU-R BT.601: 16 to 235), unlike those of JPEG for which image.YCbCr is made.
// The integers are those of RFC 9649's reference decoder; colour is interpolated
// between its samples.
func fromVideo(m *image.YCbCr, alpha []byte, stride int) *image.NRGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	cw, ch := (w+1)/2, (h+1)/2
	bands(h, func(from, to int, _ *image.NRGBA) {
		for y := from; y < to; y++ {
			near := m.Cb[y/2*m.CStride:][:cw]
			nearR := m.Cr[y/2*m.CStride:][:cw]
			other := min(max(y/2-1+y%2*2, 0), ch-1)
			far, farR := m.Cb[other*m.CStride:][:cw], m.Cr[other*m.CStride:][:cw]
			row := out.Pix[y*out.Stride:]
			for x := range w {
				i, j := x/2, min(max(x/2-1+x%2*2, 0), cw-1)
				u := (9*int(near[i]) + 3*int(near[j]) + 3*int(far[i]) + int(far[j]) + 8) >> 4
				v := (9*int(nearR[i]) + 3*int(nearR[j]) + 3*int(farR[i]) + int(farR[j]) + 8) >> 4
				l := 19077 * int(m.Y[y*m.YStride+x]) >> 8
				p := row[4*x : 4*x+4]
				p[0] = clip8(l + 26149*v>>8 - 14234)
				p[1] = clip8(l - 6419*u>>8 - 13320*v>>8 + 8708)
				p[2] = clip8(l + 33050*u>>8 - 17685)
				p[3] = 255
				if alpha != nil {
					p[3] = alpha[y*stride+x]
				}
			}
		}
	}, 0)
	return out
}

// clip8 takes a value in 1/64 to 0 to 255.
func clip8(v int) uint8 { return uint8(min(255, max(0, v>>6))) }
