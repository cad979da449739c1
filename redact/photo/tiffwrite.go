package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"io"
	"slices"
)

// A tiffWriter writes pages of 8 bits a channel, packed without loss (Deflate,
// predictor 2). A page's directory stands before its strips.
type tiffWriter struct {
	w     io.Writer
	pages int
	xmp   []byte // into the first page
	at    uint32 // bytes written
	done  int
}

type tiffTag struct {
	tag, kind uint16
	count     uint32
	value     []byte // 4 bytes, or more to be put behind the directory
}

// stripBytes is about how many bytes a strip holds before it is packed.
const stripBytes = 1 << 18

func (t *tiffWriter) add(pix *image.NRGBA, info Info) error {
	grey := info.Grey && isGrey(pix)
	channels := 3
	switch {
	case !pix.Opaque():
		channels = 4
	case grey:
		channels = 1
	}
	w, h := pix.Rect.Dx(), pix.Rect.Dy()
	rows := min(h, max(1, stripBytes/(w*channels)))
	strips, err := packStrips(pix, channels, rows)
	if err != nil {
		return err
	}
	var head []byte
	if t.done == 0 {
		head = []byte("II*\x00\x08\x00\x00\x00")
	}
	le := binary.LittleEndian
	long := func(tag uint16, v ...int) tiffTag {
		x := tiffTag{tag: tag, kind: 4, count: uint32(len(v))}
		for _, n := range v {
			x.value = le.AppendUint32(x.value, uint32(n))
		}
		return x
	}
	short := func(tag uint16, v ...int) tiffTag {
		x := tiffTag{tag: tag, kind: 3, count: uint32(len(v))}
		for _, n := range v {
			x.value = le.AppendUint16(x.value, uint16(n))
		}
		return x
	}
	photometric := tiffRGB
	if channels == 1 {
		photometric = 1
	}
	counts := make([]int, len(strips))
	for i, s := range strips {
		counts[i] = len(s)
	}
	tags := []tiffTag{
		long(tiffWidth, w), long(tiffHeight, h), short(tiffBits, slices.Repeat([]int{8}, channels)...), short(tiffCompression, 8), short(tiffPhotometric, photometric),
		long(tiffStripOffsets, make([]int, len(strips))...), short(tiffSamples, channels), long(tiffRowsPerStrip, rows), long(tiffStripCounts, counts...),
		{282, 5, 1, []byte{72, 0, 0, 0, 1, 0, 0, 0}}, {283, 5, 1, []byte{72, 0, 0, 0, 1, 0, 0, 0}}, short(tiffPlanar, 1), short(296, 2), short(tiffPredictor, 2),
	}
	if t.pages > 1 {
		tags = slices.Insert(tags, 0, long(tiffSubfile, 2)) // a page of several
		tags = slices.Insert(tags, len(tags)-1, short(297, t.done, t.pages))
	}
	if channels == 4 {
		tags = append(tags, short(tiffExtraSamples, tiffUnassociated))
	}
	if t.done == 0 && t.xmp != nil {
		tags = append(tags, tiffTag{tiffXMP, 1, uint32(len(t.xmp)), t.xmp})
	}
	// Places: directory, values, strips, the next directory.
	from := t.at + uint32(len(head))
	heap := from + 2 + tiffEntry*uint32(len(tags)) + 4
	end := heap
	for _, x := range tags {
		if len(x.value) > 4 {
			end += uint32(len(x.value)+1) &^ 1
		}
	}
	place := end
	for i := range tags {
		if tags[i].tag == tiffStripOffsets {
			tags[i].value = nil
			for _, s := range strips {
				tags[i].value = le.AppendUint32(tags[i].value, place)
				place += uint32(len(s)+1) &^ 1
			}
		}
	}
	dir, values := le.AppendUint16(head, uint16(len(tags))), []byte(nil)
	for _, x := range tags {
		dir = le.AppendUint32(le.AppendUint16(le.AppendUint16(dir, x.tag), x.kind), x.count)
		if len(x.value) <= 4 {
			dir = append(dir, append(bytes.Clone(x.value), 0, 0, 0, 0)[:4]...)
			continue
		}
		dir = le.AppendUint32(dir, heap+uint32(len(values)))
		values = even(append(values, x.value...))
	}
	t.done++
	next := place
	if t.done == t.pages {
		next = 0
	}
	t.at = place
	for _, b := range append([][]byte{append(le.AppendUint32(dir, next), values...)}, strips...) {
		if _, err := t.w.Write(even(b)); err != nil {
			return err
		}
	}
	return nil
}

func (t *tiffWriter) close() error { return nil }

func even(b []byte) []byte { return append(b, make([]byte, len(b)&1)...) }

func isGrey(m *image.NRGBA) bool {
	for i := 0; i < len(m.Pix); i += 4 {
		if m.Pix[i] != m.Pix[i+1] || m.Pix[i] != m.Pix[i+2] {
			return false
		}
	}
	return true
}

// packStrips packs rows, each as differences from the pixel to the left.
func packStrips(m *image.NRGBA, channels, rows int) (strips [][]byte, err error) {
	w := m.Rect.Dx()
	line := make([]byte, w*channels)
	for y := 0; y < m.Rect.Dy(); y += rows {
		var b bytes.Buffer
		z, err := zlib.NewWriterLevel(&b, zlib.BestSpeed)
		if err != nil {
			return nil, err
		}
		for k := y; k < min(y+rows, m.Rect.Dy()); k++ {
			row := m.Pix[k*m.Stride:]
			var left [4]byte
			for x := range w {
				p := [4]byte(row[4*x:])
				for c := range channels {
					line[x*channels+c] = p[c] - left[c]
				}
				left = p
			}
			if _, err := z.Write(line); err != nil {
				return nil, err
			}
		}
		if err := z.Close(); err != nil {
			return nil, err
		}
		strips = append(strips, b.Bytes())
	}
	return strips, nil
}
