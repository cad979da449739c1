package photo

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/HugoSmits86/nativewebp"
	"golang.org/x/image/bmp"
	xtiff "golang.org/x/image/tiff"
)

// detailed is corners with a fine pattern in its middle, so that hiding shows.
func detailed(w, h int) *image.NRGBA {
	m := corners(w, h)
	for y := h / 4; y < 3*h/4; y++ {
		for x := w / 4; x < 3*w/4; x++ {
			if (x/3+y/3)%2 == 0 {
				m.SetNRGBA(x, y, color.NRGBA{250, 250, 250, 255})
			}
		}
	}
	return m
}

// paletted is a picture in its own few colours, the last of which is transparent.
func paletted(m *image.NRGBA, r image.Rectangle) *image.Paletted {
	var pal color.Palette
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if c := m.NRGBAAt(x, y); !slices.Contains(pal, color.Color(c)) {
				pal = append(pal, c)
			}
		}
	}
	p := image.NewPaletted(r, append(pal, color.NRGBA{}))
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			p.Set(x, y, m.NRGBAAt(x, y))
		}
	}
	return p
}

func gifOf(t testing.TB, g *gif.GIF) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func stillGIF(t testing.TB, m *image.NRGBA) []byte {
	return gifOf(t, &gif.GIF{Image: []*image.Paletted{paletted(m, m.Rect)}, Delay: []int{0}})
}

// movingGIF has a frame of each disposal: the whole, a red square that is cleared
// to nothing, a green one that gives back what was there, a blue one that stays.
func movingGIF(t testing.TB, w, h int) []byte {
	m := detailed(w, h)
	square := func(c color.NRGBA, x, y int) *image.Paletted {
		r := image.Rect(x, y, x+w/4, y+h/4)
		p := image.NewPaletted(r, color.Palette{c, color.NRGBA{}})
		return p
	}
	return gifOf(t, &gif.GIF{
		Image:    []*image.Paletted{paletted(m, m.Rect), square(color.NRGBA{200, 0, 0, 255}, 2, 2), square(color.NRGBA{0, 200, 0, 255}, w/2, 2), square(color.NRGBA{0, 0, 200, 255}, 2, h/2)},
		Delay:    []int{10, 20, 30, 40},
		Disposal: []byte{gif.DisposalNone, gif.DisposalBackground, gif.DisposalPrevious, gif.DisposalNone},
		Config:   image.Config{Width: w, Height: h}, LoopCount: 3,
	})
}

func webpOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := nativewebp.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withRIFF puts chunks behind those of a WebP file, with the header that such a
// file needs.
func withRIFF(t testing.TB, file []byte, size image.Point, flags byte, before, after [][]byte) []byte {
	list, err := webpChunks(file)
	if err != nil {
		t.Fatal(err)
	}
	body := chunkBytes("VP8X", put24(put24([]byte{flags, 0, 0, 0}, size.X-1), size.Y-1))
	body = append(body, bytes.Join(before, nil)...)
	for _, c := range list {
		if c.kind != "VP8X" {
			body = append(body, chunkBytes(c.kind, c.data)...)
		}
	}
	body = append(body, bytes.Join(after, nil)...)
	return append(append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)+4)), "WEBP"...), body...)
}

// movingWebP has three frames: the whole, a part laid on as it is and cleared
// afterwards, and a half-transparent part.
func movingWebP(t testing.TB, w, h int) []byte {
	type part struct {
		m     *image.NRGBA
		x, y  int
		flags byte
	}
	veil := image.NewNRGBA(image.Rect(0, 0, w/4, h/4))
	for i := range veil.Pix {
		veil.Pix[i] = 128
	}
	var body bytes.Buffer
	putChunk(&body, "VP8X", put24(put24([]byte{0x12, 0, 0, 0}, w-1), h-1))
	putChunk(&body, "ANIM", []byte{255, 255, 255, 255, 4, 0})
	for _, p := range []part{{detailed(w, h), 0, 0, 2}, {noise(w/4, h/4), 2, 2, 3}, {veil, w / 2 &^ 1, 2, 0}} {
		data, err := vp8l(p.m)
		if err != nil {
			t.Fatal(err)
		}
		head := put24(put24(put24(put24(put24(nil, p.x/2), p.y/2), p.m.Rect.Dx()-1), p.m.Rect.Dy()-1), 70)
		putChunk(&body, "ANMF", append(append(head, p.flags), chunkBytes("VP8L", data)...))
	}
	return append(append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(body.Len()+4)), "WEBP"...), body.Bytes()...)
}

func bmpOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := bmp.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tiffOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := xtiff.Encode(&b, m, &xtiff.Options{Compression: xtiff.Deflate, Predictor: true}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// testdata reads a small file of ours that no encoder in Go can write.
// testdata/README.md tells how each was made.
func testdata(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A dir is one directory of a TIFF file to be made: entries in order of their
// tags, and the strips or tiles.
type dir struct {
	entries []entry
	strips  [][]byte
	tiled   bool
}

// pagesOf writes a TIFF file of directories. Entries are in the file's order of
// bytes; those of places are added.
func pagesOf(order binary.AppendByteOrder, dirs ...dir) []byte {
	b := order.AppendUint16([]byte("II"), 42)
	if order == binary.AppendByteOrder(binary.BigEndian) {
		b = order.AppendUint16([]byte("MM"), 42)
	}
	b = order.AppendUint32(b, 8)
	for i, d := range dirs {
		offsets, counts := uint16(tiffStripOffsets), uint16(tiffStripCounts)
		if d.tiled {
			offsets, counts = tiffTileOffsets, tiffTileCounts
		}
		list := append(slices.Clone(d.entries), entry{offsets, 4, make([]byte, 4*len(d.strips))}, entry{counts, 4, make([]byte, 4*len(d.strips))})
		slices.SortFunc(list, func(a, b entry) int { return int(a.tag) - int(b.tag) })
		heap := len(b) + 2 + 12*len(list) + 4
		place := heap
		for _, e := range list {
			if len(e.value) > 4 {
				place += len(e.value)
			}
		}
		var at, long []byte
		for _, s := range d.strips {
			at, long = order.AppendUint32(at, uint32(place)), order.AppendUint32(long, uint32(len(s)))
			place += len(s)
		}
		b = order.AppendUint16(b, uint16(len(list)))
		var values []byte
		for _, e := range list {
			switch e.tag {
			case offsets:
				e.value = at
			case counts:
				e.value = long
			}
			b = order.AppendUint16(order.AppendUint16(b, e.tag), e.kind)
			b = order.AppendUint32(b, uint32(int64(len(e.value))/exifSizes[e.kind]))
			if len(e.value) <= 4 {
				b = append(b, append(bytes.Clone(e.value), 0, 0, 0, 0)[:4]...)
			} else {
				b = order.AppendUint32(b, uint32(heap+len(values)))
				values = append(values, e.value...)
			}
		}
		next := uint32(place)
		if i == len(dirs)-1 {
			next = 0
		}
		b = append(append(order.AppendUint32(b, next), values...), bytes.Join(d.strips, nil)...)
	}
	return b
}

// shorts is an entry of 16-bit numbers.
func shorts(order binary.AppendByteOrder, tag uint16, v ...uint16) entry {
	e := entry{tag: tag, kind: 3}
	for _, n := range v {
		e.value = order.AppendUint16(e.value, n)
	}
	return e
}

// page is a directory of one strip for so many channels of 8 or 16 bits.
func page(order binary.AppendByteOrder, w, h, photometric, bits, channels int, pix []byte, more ...entry) dir {
	depth := make([]uint16, channels)
	for i := range depth {
		depth[i] = uint16(bits)
	}
	return dir{strips: [][]byte{pix}, entries: append([]entry{
		shorts(order, tiffWidth, uint16(w)), shorts(order, tiffHeight, uint16(h)), shorts(order, tiffBits, depth...), shorts(order, tiffCompression, 1),
		shorts(order, tiffPhotometric, uint16(photometric)), shorts(order, tiffSamples, uint16(channels)), shorts(order, tiffRowsPerStrip, uint16(h)),
	}, more...)}
}

// rgb are the colours of a picture, pixel by pixel.
func rgb(m *image.NRGBA) (b []byte) {
	for i := 0; i < len(m.Pix); i += 4 {
		b = append(b, m.Pix[i:i+3]...)
	}
	return b
}

// album is a TIFF file of pages: in colour, turned, in grey, and a thumbnail of
// the first.
func album(order binary.AppendByteOrder, w, h int) []byte {
	m, turn := detailed(w, h), turned(6, w, h)
	grey := make([]byte, w*h)
	for i := range grey {
		grey[i] = m.Pix[4*i]
	}
	return pagesOf(order, page(order, w, h, tiffRGB, 8, 3, rgb(m)),
		page(order, w/2, h/2, tiffRGB, 8, 3, rgb(detailed(w/2, h/2)), entry{tiffSubfile, 4, order.AppendUint32(nil, 1)}),
		page(order, h, w, tiffRGB, 8, 3, rgb(turn), shorts(order, tagOrientation, 6)),
		page(order, w, h, 1, 8, 1, grey))
}

// fillOf is a small grey square.
func fillOf(v uint8) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, 16, 16))
	fill(m, m.Rect, [4]byte{v, v, v, 255})
	return m
}
