package photo

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"slices"

	"golang.org/x/image/tiff"
)

// decode decodes the pixels of a page. The decoder gets a directory of our own
// that holds nothing but the page's pixel tags, behind the file's bytes.
func (f *tiffFile) decode(d *tiffDir, size image.Point) (image.Image, error) {
	ink := f.value(d, tiffPhotometric, 0) == tiffInks
	planes := f.value(d, tiffPlanar, 1) == tiffPlanes && f.value(d, tiffSamples, 1) > 1
	switch {
	case f.value(d, tiffCompression, 1) == tiffJPEG:
		return f.jpegTiles(d, size)
	case planes && (ink || f.value(d, tiffPhotometric, 0) == tiffRGB):
		return f.planes(d, size, ink)
	case planes:
		return nil, errors.New("TIFF in planes of an unknown kind")
	case !ink:
		return tiff.Decode(f.with(d, nil))
	}
	if f.value(d, tiffSamples, 4) != 4 {
		return nil, errors.New("TIFF of other than four inks")
	}
	// Four inks are read as if they were three colours and transparency, which
	// the decoder passes on as they are.
	m, err := tiff.Decode(f.with(d, map[uint16][]uint32{tiffPhotometric: {tiffRGB}, tiffExtraSamples: {tiffUnassociated}}))
	if err != nil {
		return nil, err
	}
	return inks(m)
}

// inks takes four channels for cyan, magenta, yellow and black.
func inks(m image.Image) (image.Image, error) {
	switch m := m.(type) {
	case *image.NRGBA:
		return &image.CMYK{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}, nil
	case *image.NRGBA64:
		out := image.NewCMYK(m.Rect)
		for i := range out.Pix {
			out.Pix[i] = m.Pix[2*i]
		}
		return out, nil
	}
	return nil, errors.New("TIFF of inks in an unknown form")
}

// with is the file with a directory of its own for a page, in which some
// entries are replaced by numbers.
func (f *tiffFile) with(d *tiffDir, other map[uint16][]uint32) io.Reader {
	u16 := func(b []byte, v uint16) []byte { p := make([]byte, 2); f.order.PutUint16(p, v); return append(b, p...) }
	u32 := func(b []byte, v uint32) []byte { p := make([]byte, 4); f.order.PutUint32(p, v); return append(b, p...) }
	var tags []uint16
	for _, t := range tiffPixels {
		if _, ok := other[t]; ok || d.raw[t] != nil {
			tags = append(tags, t)
		}
	}
	slices.Sort(tags)
	at := uint32(len(f.b))
	heap := at + 2 + tiffEntry*uint32(len(tags)) + 4
	dir, values := u16(nil, uint16(len(tags))), []byte(nil)
	for _, t := range tags {
		list, ok := other[t]
		if !ok {
			dir = append(dir, d.raw[t]...)
			continue
		}
		dir = u32(u16(u16(dir, t), 4), uint32(len(list)))
		if len(list) == 1 {
			dir = u32(dir, list[0])
			continue
		}
		dir = u32(dir, heap+uint32(len(values)))
		for _, v := range list {
			values = u32(values, v)
		}
	}
	head := u32(slices.Clone(f.b[:4]), at)
	return io.NewSectionReader(&spliced{head, f.b, append(u32(dir, 0), values...)}, 0, int64(at)+int64(len(dir))+4+int64(len(values)))
}

// spliced is a file under another head and with a tail.
type spliced struct{ head, body, tail []byte }

func (s *spliced) ReadAt(p []byte, at int64) (n int, err error) {
	for n < len(p) {
		i, from := at+int64(n), []byte(nil)
		switch {
		case i < int64(len(s.head)):
			from = s.head[i:]
		case i < int64(len(s.body)):
			from = s.body[i:]
		case i < int64(len(s.body)+len(s.tail)):
			from = s.tail[i-int64(len(s.body)):]
		default:
			return n, io.EOF
		}
		n += copy(p[n:], from)
	}
	return n, nil
}

// planes decodes a page whose channels are stored one after the other, as grey
// pages, and puts them together.
func (f *tiffFile) planes(d *tiffDir, size image.Point, ink bool) (image.Image, error) {
	const most = 1 << 20
	n := int(f.value(d, tiffSamples, 1))
	offsets, counts := uint16(tiffStripOffsets), uint16(tiffStripCounts)
	if d.raw[tiffTileWidth] != nil {
		offsets, counts = tiffTileOffsets, tiffTileCounts
	}
	at, long := f.values(d, offsets, most), f.values(d, counts, most)
	if n < 3 || n > 4 || ink && n != 4 || len(at) == 0 || len(at)%n != 0 || len(at) != len(long) {
		return nil, errors.New("TIFF in planes of an unknown kind")
	}
	out := image.NewNRGBA(image.Rectangle{Max: size})
	for i := 3; i < len(out.Pix); i += 4 {
		out.Pix[i] = 255
	}
	bits := f.value(d, tiffBits, 8)
	for k := range n {
		part := len(at) / n
		m, err := tiff.Decode(f.with(d, map[uint16][]uint32{
			tiffPhotometric: {1}, tiffBits: {bits}, tiffSamples: {1}, tiffExtraSamples: {0},
			offsets: at[k*part : (k+1)*part], counts: long[k*part : (k+1)*part],
		}))
		if err != nil {
			return nil, err
		}
		if m.Bounds().Size() != size {
			return nil, errors.New("not of the size it says")
		}
		var pix []byte
		step := 1
		switch m := m.(type) {
		case *image.Gray:
			pix = m.Pix
		case *image.Gray16:
			pix, step = m.Pix, 2
		}
		for i := range size.X * size.Y {
			out.Pix[4*i+k] = pix[step*i]
		}
	}
	if ink {
		return inks(out)
	}
	return out, nil
}

// jpegTiles decodes a page of JPEG strips or tiles (TIFF Technical Note 2).
func (f *tiffFile) jpegTiles(d *tiffDir, size image.Point) (image.Image, error) {
	kind := f.value(d, tiffPhotometric, tiffYCbCr)
	if kind == tiffInks || kind > tiffYCbCr || f.value(d, tiffPlanar, 1) == tiffPlanes {
		return nil, errors.New("TIFF with JPEG of an unknown kind")
	}
	tile := image.Pt(size.X, int(min(f.value(d, tiffRowsPerStrip, uint32(size.Y)), uint32(size.Y))))
	offsets, counts := uint16(tiffStripOffsets), uint16(tiffStripCounts)
	if d.raw[tiffTileWidth] != nil {
		tile = image.Pt(int(f.value(d, tiffTileWidth, 0)), int(f.value(d, tiffTileHeight, 0)))
		offsets, counts = tiffTileOffsets, tiffTileCounts
	}
	if tile.X < 8 && tile.X != size.X || tile.Y < 1 || tile.X > maxSide || tile.Y > maxSide {
		return nil, errors.New("TIFF with tiles of no size")
	}
	nx, ny := (size.X+tile.X-1)/tile.X, (size.Y+tile.Y-1)/tile.Y
	at, long := f.values(d, offsets, nx*ny), f.values(d, counts, nx*ny)
	if len(at) != nx*ny || len(long) != nx*ny {
		return nil, errors.New("TIFF with tiles missing")
	}
	tables := f.bytes(d, tiffJPEGTables)
	tables = bytes.TrimSuffix(bytes.TrimPrefix(tables, []byte{0xff, markSOI}), []byte{0xff, markEOI})
	if kind == tiffRGB { // says that the three channels are no YCbCr
		tables = append([]byte("\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00"), tables...)
	}
	out := image.NewNRGBA(image.Rectangle{Max: size})
	for i := range at {
		if int64(at[i])+int64(long[i]) > int64(len(f.b)) {
			return nil, errCut
		}
		data := bytes.TrimPrefix(f.b[at[i]:at[i]+long[i]], []byte{0xff, markSOI})
		file := func() io.Reader {
			return io.MultiReader(bytes.NewReader([]byte{0xff, markSOI}), bytes.NewReader(tables), bytes.NewReader(data))
		}
		cfg, err := jpeg.DecodeConfig(file())
		if err != nil {
			return nil, err
		}
		if cfg.Width > tile.X+16 || cfg.Height > tile.Y+16 {
			return nil, fmt.Errorf("a tile of %d × %d pixels", cfg.Width, cfg.Height)
		}
		m, err := jpeg.Decode(file())
		if err != nil {
			return nil, err
		}
		r := image.Rectangle{Max: tile}.Add(image.Pt(i%nx*tile.X, i/nx*tile.Y)).Intersect(out.Rect)
		if m.Bounds().Dx() < r.Dx() || m.Bounds().Dy() < r.Dy() {
			return nil, errors.New("a tile is too small")
		}
		copyPix(out, upright(m, 1, nil), r, image.Point{})
	}
	return out, nil
}

// bytes is the value of an entry of bytes.
func (f *tiffFile) bytes(d *tiffDir, tag uint16) []byte {
	raw := d.raw[tag]
	if raw == nil {
		return nil
	}
	n, at := int64(f.order.Uint32(raw[4:])), int64(f.order.Uint32(raw[8:]))
	if n <= 4 || at+n > int64(len(f.b)) {
		return nil
	}
	return f.b[at : at+n]
}
