package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"io"
	"time"

	"github.com/HugoSmits86/nativewebp"
)

// A webpWriter writes WebP without loss. The size stands at the beginning of the
// file, so that all coded frames are gathered first.
type webpWriter struct {
	w      io.Writer
	size   image.Point
	source Info
	xmp    []byte
	body   bytes.Buffer
	shown  *image.NRGBA // the frame before
	alpha  bool
	still  []byte
}

func newWebPWriter(w io.Writer, size image.Point, source Info, xmp []byte) *webpWriter {
	return &webpWriter{w: w, size: size, source: source, xmp: xmp}
}

// vp8l is the coded picture without its container.
func vp8l(m *image.NRGBA) ([]byte, error) {
	var b bytes.Buffer
	if err := nativewebp.Encode(&b, m, nil); err != nil {
		return nil, err
	}
	list, err := webpChunks(b.Bytes())
	if err != nil {
		return nil, err
	}
	for _, c := range list {
		if c.kind == "VP8L" {
			return c.data, nil
		}
	}
	return nil, errors.New("the WebP encoder wrote no picture")
}

func (v *webpWriter) add(pix *image.NRGBA, info Info) error {
	v.alpha = v.alpha || info.Alpha
	if v.source.Pages == 1 {
		data, err := vp8l(pix)
		v.still = data
		return err
	}
	r := pix.Rect
	if v.shown != nil {
		if r = difference(pix, v.shown); r.Empty() {
			r = image.Rect(0, 0, 1, 1)
		}
		r.Min.X, r.Min.Y = r.Min.X&^1, r.Min.Y&^1 // places are even
	}
	part := image.NewNRGBA(image.Rectangle{Max: r.Size()})
	copyPix(part, pix, part.Rect, r.Min)
	data, err := vp8l(part)
	if err != nil {
		return err
	}
	delay := int(min(1<<24-1, info.Delay/time.Millisecond))
	head := put24(put24(put24(put24(put24(nil, r.Min.X/2), r.Min.Y/2), r.Dx()-1), r.Dy()-1), delay)
	head = append(head, 2) // laid on as it is, and left there
	putChunk(&v.body, "ANMF", append(head, chunkBytes("VP8L", data)...))
	v.shown = pix
	return nil
}

func (v *webpWriter) close() error {
	var out bytes.Buffer
	if v.source.Pages > 1 || v.xmp != nil {
		flags := byte(0)
		for _, f := range []struct {
			on  bool
			bit byte
		}{{v.alpha, 0x10}, {v.xmp != nil, 4}, {v.source.Pages > 1, 2}} {
			if f.on {
				flags |= f.bit
			}
		}
		putChunk(&out, "VP8X", put24(put24([]byte{flags, 0, 0, 0}, v.size.X-1), v.size.Y-1))
	}
	if v.source.Pages > 1 {
		loop := 1
		if v.source.Loop >= 0 {
			loop = min(0xffff, v.source.Loop+1)
		}
		if v.source.Loop == 0 {
			loop = 0
		}
		putChunk(&out, "ANIM", binary.LittleEndian.AppendUint16(make([]byte, 4), uint16(loop)))
	} else {
		putChunk(&out, "VP8L", v.still)
	}
	tail := []byte(nil)
	if v.xmp != nil {
		tail = chunkBytes("XMP ", v.xmp)
	}
	n := 4 + out.Len() + v.body.Len() + len(tail)
	head := append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(n)), "WEBP"...)
	for _, b := range [][]byte{head, out.Bytes(), v.body.Bytes(), tail} {
		if _, err := v.w.Write(b); err != nil {
			return err
		}
	}
	return nil
}

func put24(b []byte, v int) []byte { return append(b, byte(v), byte(v>>8), byte(v>>16)) }

func chunkBytes(kind string, d []byte) []byte {
	b := append(binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(d))), d...)
	return append(b, make([]byte, len(d)&1)...)
}

func putChunk(b *bytes.Buffer, kind string, d []byte) { b.Write(chunkBytes(kind, d)) }
