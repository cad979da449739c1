package photo

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"slices"
)

// Tags of TIFF (TIFF 6.0, Adobe 1992) that say how pixels are stored.
const (
	tiffSubfile       = 254
	tiffWidth         = 256
	tiffHeight        = 257
	tiffBits          = 258
	tiffCompression   = 259
	tiffPhotometric   = 262
	tiffStripOffsets  = 273
	tiffSamples       = 277
	tiffRowsPerStrip  = 278
	tiffStripCounts   = 279
	tiffPlanar        = 284
	tiffPredictor     = 317
	tiffTileWidth     = 322
	tiffTileHeight    = 323
	tiffTileOffsets   = 324
	tiffTileCounts    = 325
	tiffSubIFDs       = 330
	tiffExtraSamples  = 338
	tiffJPEGTables    = 347
	tiffXMP           = 700
	tiffIPTC          = 33723
	tiffPhotoshop     = 34377
	tiffICC           = 34675
	tiffImageSource   = 37724 // Photoshop's layers
	tiffJPEG          = 7     // compression
	tiffRGB           = 2     // photometric
	tiffInks          = 5
	tiffYCbCr         = 6
	tiffUnassociated  = 2 // of ExtraSamples
	tiffPlanes        = 2 // of PlanarConfiguration
	tiffReducedBit    = 1 // of NewSubfileType
	tiffMaskBit       = 4
	maxTIFFEntries    = 1 << 16
	tiffEntry         = 12
	maxTIFFDirectorys = 4 * maxPages
)

// tiffPixels are the tags that a page's decoder may see; all others are left
// out.
var tiffPixels = []uint16{tiffWidth, tiffHeight, tiffBits, tiffCompression, tiffPhotometric, 266, tiffStripOffsets, tiffSamples, tiffRowsPerStrip, tiffStripCounts,
	292, 293, tiffPredictor, 320, tiffTileWidth, tiffTileHeight, tiffTileOffsets, tiffTileCounts, tiffExtraSamples, 339}

// tiffStructure are tags of pixels and pages that say nothing of anybody.
var tiffStructure = append([]uint16{tiffSubfile, 255, 263, 264, 265, tagOrientation, 280, 281, 282, 283, tiffPlanar, 290, 291, 296, 297, 301, 318, 319, 321, 326, 327, 328, 332, 334, 336,
	340, 341, 342, tiffJPEGTables, 529, 530, 531, 532, tagExifIFD, tagGPSIFD}, tiffPixels...)

// tiffDir is one directory: its pixel tags as they stand in the file, and its
// values.
type tiffDir struct {
	raw  map[uint16][]byte // 12 bytes
	meta *metadata
	sub  uint32 // NewSubfileType
}

// A tiffFile is the structure of a TIFF file.
type tiffFile struct {
	b     []byte
	order binary.ByteOrder
	pages []*tiffDir
}

// walkTIFF follows the chain of directories and takes everything but the pixels
// into m.
func walkTIFF(b []byte, m *metadata) (*tiffFile, error) {
	if len(b) < 8 {
		return nil, errCut
	}
	f := &tiffFile{b: b}
	switch string(b[:4]) {
	case "II*\x00":
		f.order = binary.LittleEndian
	case "MM\x00*":
		f.order = binary.BigEndian
	case "II+\x00", "MM\x00+":
		return nil, errors.New("BigTIFF is not handled: save it as an ordinary TIFF")
	default:
		return nil, errors.New("not TIFF")
	}
	r := exifReader{m: m, b: b, order: f.order, seen: map[uint32]bool{}, left: maxTIFFEntries}
	previews := 0
	for at := f.order.Uint32(b[4:]); at != 0; {
		if int64(at)+2 > int64(len(b)) {
			return nil, errCut
		}
		if r.seen[at] {
			return nil, errors.New("directories lead in a circle")
		}
		if len(r.seen) > maxTIFFDirectorys || len(f.pages) > maxPages {
			return nil, tooLarge("a TIFF file of so many pages")
		}
		d, next, err := f.directory(&r, at)
		if err != nil {
			return nil, err
		}
		if d.sub&(tiffReducedBit|tiffMaskBit) != 0 {
			m.block("thumbnail", 0)
			previews++
		} else {
			f.pages = append(f.pages, d)
		}
		at = next
	}
	switch {
	case len(f.pages) == 0 && previews > 0:
		return nil, errors.New("only previews in the file: raw files of cameras are not handled")
	case len(f.pages) == 0:
		return nil, errors.New("no pages")
	}
	return f, nil
}

// directory reads one directory of the chain.
func (f *tiffFile) directory(r *exifReader, at uint32) (*tiffDir, uint32, error) {
	n := int64(f.order.Uint16(f.b[at:]))
	end := int64(at) + 2 + tiffEntry*n
	if n == 0 {
		return nil, 0, errors.New("a directory without entries")
	}
	if end > int64(len(f.b)) {
		return nil, 0, errCut
	}
	d := &tiffDir{raw: map[uint16][]byte{}, meta: &metadata{orientation: 1}}
	for i := int64(at) + 2; i < end; i += tiffEntry {
		if tag := f.order.Uint16(f.b[i:]); slices.Contains(tiffPixels, tag) || tag == tiffPlanar || tag == tiffJPEGTables {
			d.raw[tag] = f.b[i : i+tiffEntry]
		}
	}
	next := uint32(0)
	if end+4 <= int64(len(f.b)) {
		next = f.order.Uint32(f.b[end:])
	}
	r.directory(at, func(e exifEntry) { d.take(r, e) })
	if r.left <= 0 {
		return nil, 0, tooLarge("a TIFF file of so many entries")
	}
	return d, next, nil
}

// take looks at one entry of a page's directory.
func (d *tiffDir) take(r *exifReader, e exifEntry) {
	m := r.m
	switch e.tag {
	case tiffSubfile:
		d.sub = r.number(e)
	case tagOrientation:
		if o := r.number(e); o >= 1 && o <= 8 {
			d.meta.orientation = int(o)
		}
	case tiffSubIFDs:
		m.block("picture", len(e.value))
	case tiffXMP:
		m.block("xmp", len(e.value))
		m.readXMP(e.value)
	case tiffIPTC:
		m.block("iptc", len(e.value))
		m.readIPTC(e.value)
	case tiffPhotoshop:
		m.block("app", len(e.value))
		m.readPhotoshop(e.value)
	case tiffICC:
		m.block("icc", len(e.value))
		d.meta.icc = e.value
	case tagExifIFD:
		m.block("exif", len(e.value))
		r.main(e)
	case tagGPSIFD:
		r.main(e)
	default:
		if slices.Contains(tiffStructure, e.tag) {
			return
		}
		if e.kind == 2 || e.kind == 129 {
			m.block("text", len(e.value))
		} else {
			m.block("app", len(e.value))
		}
		r.main(e) // its text, if it is one
	}
}

// values are the whole numbers of an entry, at most so many.
func (f *tiffFile) values(d *tiffDir, tag uint16, most int) []uint32 {
	raw := d.raw[tag]
	if raw == nil {
		return nil
	}
	kind, n := f.order.Uint16(raw[2:]), int64(f.order.Uint32(raw[4:]))
	size := exifSizes[kind]
	if kind != 1 && kind != 3 && kind != 4 || n > int64(most) {
		return nil
	}
	from := raw[8:]
	if n*size > 4 {
		at := int64(f.order.Uint32(raw[8:]))
		if at+n*size > int64(len(f.b)) {
			return nil
		}
		from = f.b[at:]
	}
	list := make([]uint32, n)
	for i := range list {
		switch kind {
		case 1:
			list[i] = uint32(from[i])
		case 3:
			list[i] = uint32(f.order.Uint16(from[2*i:]))
		default:
			list[i] = f.order.Uint32(from[4*i:])
		}
	}
	return list
}

// value is the first number of an entry, or what it is where there is none.
func (f *tiffFile) value(d *tiffDir, tag uint16, otherwise uint32) uint32 {
	if v := f.values(d, tag, 16); len(v) > 0 {
		return v[0]
	}
	return otherwise
}

func (f *film) openTIFF(b []byte) error {
	t, err := walkTIFF(b, f.meta)
	if err != nil {
		return err
	}
	for _, d := range t.pages {
		w, h := t.value(d, tiffWidth, 0), t.value(d, tiffHeight, 0)
		if w > maxSide || h > maxSide {
			return tooLarge(fmt.Sprintf("%d × %d pixels", w, h))
		}
		f.sizes = append(f.sizes, image.Pt(int(w), int(h)))
	}
	f.page = func(i int) (frame, error) {
		d := t.pages[i]
		img, err := t.decode(d, f.sizes[i])
		fr := frame{img: img, meta: d.meta}
		switch img.(type) {
		case *image.Gray, *image.Gray16:
			fr.info.Grey = true
		}
		return fr, err
	}
	return nil
}
