package photo

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"testing"
)

// These make the files that the tests open.

// corners is a picture whose quarters have four colours, so that its upright
// form is known from any side.
func corners(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetNRGBA(x, y, cornerColors[y*2/h*2+x*2/w])
		}
	}
	return m
}

var cornerColors = [4]color.NRGBA{{220, 40, 40, 255}, {40, 200, 60, 255}, {50, 60, 210, 255}, {230, 220, 50, 255}}

// noise is black and white at random: hardly any mean of it is black or white.
func noise(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	r := rand.New(rand.NewPCG(1, 2))
	for i := 0; i < len(m.Pix); i += 4 {
		v := uint8(r.IntN(2) * 255)
		m.Pix[i], m.Pix[i+1], m.Pix[i+2], m.Pix[i+3] = v, v, v, 255
	}
	return m
}

func jpegOf(t testing.TB, m image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func seg(mark byte, parts ...string) []byte {
	n := 2
	for _, p := range parts {
		n += len(p)
	}
	b := []byte{0xff, mark, byte(n >> 8), byte(n)}
	for _, p := range parts {
		b = append(b, p...)
	}
	return b
}

// withSegments puts segments behind the start of a JPEG file.
func withSegments(file []byte, segs ...[]byte) []byte {
	return append(append(bytes.Clone(file[:2]), bytes.Join(segs, nil)...), file[2:]...)
}

func pngChunk(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// withChunks puts chunks behind the header of a PNG file.
func withChunks(file []byte, list ...[]byte) []byte {
	const at = 8 + 25
	return append(append(bytes.Clone(file[:at]), bytes.Join(list, nil)...), file[at:]...)
}

type entry struct {
	tag, kind uint16
	value     []byte
}

func ascii(tag uint16, s string) entry { return entry{tag, 2, append([]byte(s), 0)} }
func short(tag, v uint16) entry        { return entry{tag, 3, binary.BigEndian.AppendUint16(nil, v)} }

// exifOf writes directories: the first, its EXIF and GPS ones, the thumbnail's.
func exifOf(first, exif, gps, thumb []entry) []byte {
	be := binary.BigEndian
	b := []byte("MM\x00*\x00\x00\x00\x08")
	dir := func(list []entry, children map[uint16]uint32, next bool) (end int) {
		at := len(b)
		heap := at + 2 + 12*len(list) + 4
		head := be.AppendUint16(nil, uint16(len(list)))
		var values []byte
		for _, e := range list {
			head = be.AppendUint16(be.AppendUint16(head, e.tag), e.kind)
			head = be.AppendUint32(head, uint32(int64(len(e.value))/exifSizes[e.kind]))
			switch {
			case children[e.tag] != 0:
				head = be.AppendUint32(head, children[e.tag])
			case len(e.value) <= 4:
				head = append(head, append(bytes.Clone(e.value), 0, 0, 0, 0)[:4]...)
			default:
				head = be.AppendUint32(head, uint32(heap+len(values)))
				values = append(values, e.value...)
			}
		}
		link := uint32(0)
		if next {
			link = uint32(heap + len(values))
		}
		b = append(append(be.AppendUint32(append(b, head...), link), values...), nil...)
		return len(b)
	}
	// Children come last, so their places have to be known first: write twice.
	pointer := []byte{0, 0, 0, 0}
	first = append(first, entry{tagExifIFD, 4, pointer}, entry{tagGPSIFD, 4, pointer})
	var children map[uint16]uint32
	for range 2 {
		b = b[:8]
		dir(first, children, true)
		dir(thumb, nil, false)
		children = map[uint16]uint32{tagExifIFD: uint32(len(b))}
		dir(exif, nil, false)
		children[tagGPSIFD] = uint32(len(b))
		dir(gps, nil, false)
	}
	return b
}

func exifSegment(b []byte) []byte { return seg(markAPP0+1, "Exif\x00\x00", string(b)) }

// planes joins grey JPEGs of one size to one of several channels, each in a
// scan of its own, with an Adobe marker: 3 make RGB, 4 make inverted CMYK.
func planes(t testing.TB, list ...*image.Gray) []byte {
	var tables, scans []byte
	ids := "\x01\x02\x03\x04"
	for i, g := range list {
		b := jpegOf(t, g, 100)
		parts, err := segments(b)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range parts {
			switch {
			case s.mark == markSOS:
				from := bytes.Index(b, []byte{0xff, markSOS}) + 4 + len(s.data)
				head := string([]byte{1, ids[i]}) + string(s.data[2:])
				scans = append(append(scans, seg(markSOS, head)...), b[from:len(b)-2]...)
			case i == 0 && (s.mark == markDQT || s.mark == markDHT):
				tables = append(tables, seg(s.mark, string(s.data))...)
			}
		}
	}
	r := list[0].Rect
	frame := []byte{8, byte(r.Dy() >> 8), byte(r.Dy()), byte(r.Dx() >> 8), byte(r.Dx()), byte(len(list))}
	for i := range list {
		frame = append(frame, ids[i], 0x11, 0)
	}
	return bytes.Join([][]byte{{0xff, markSOI}, seg(markAPP0+14, "Adobe\x00\x64\x00\x00\x00\x00\x00"), tables, seg(markSOF0, string(frame)), scans, {0xff, markEOI}}, nil)
}

func flat(w, h int, v uint8) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, w, h))
	for i := range g.Pix {
		g.Pix[i] = v
	}
	return g
}

// progressive is a colour JPEG of one scan of DC coefficients: a block of 8 × 8
// pixels for each Y, Cb, Cr given, side by side.
func progressive(t testing.TB, colors ...[3]uint8) []byte {
	var tables []byte
	parts, err := segments(jpegOf(t, flat(8, 8, 0), 100))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range parts {
		if s.mark == markDQT || s.mark == markDHT {
			tables = append(tables, seg(s.mark, string(s.data))...)
		}
	}
	codes := []string{"00", "010", "011", "100", "101", "110", "1110", "11110", "111110", "1111110", "11111110", "111111110"} // T.81 table K.3
	bits, last := "", [3]int{}
	for _, c := range colors {
		for k := range 3 {
			dc := (int(c[k]) - 128) * 8
			d := dc - last[k]
			last[k] = dc
			n := 0
			for abs(d)>>n != 0 {
				n++
			}
			bits += codes[n]
			if d < 0 {
				d += 1<<n - 1
			}
			for n--; n >= 0; n-- {
				bits += string(rune('0' + d>>n&1))
			}
		}
	}
	for len(bits)%8 != 0 {
		bits += "1"
	}
	var data []byte
	for i := 0; i < len(bits); i += 8 {
		v := byte(0)
		for _, c := range bits[i : i+8] {
			v = v<<1 | byte(c-'0')
		}
		if data = append(data, v); v == 0xff {
			data = append(data, 0)
		}
	}
	frame := []byte{8, 0, 8, 0, byte(8 * len(colors)), 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0}
	return bytes.Join([][]byte{{0xff, markSOI}, tables, seg(0xc2, string(frame)), seg(markSOS, "\x03\x01\x00\x02\x00\x03\x00\x00\x00\x00"), data, {0xff, markEOI}}, nil)
}
