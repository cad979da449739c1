package photo

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"unicode/utf16"
)

// EXIF is a TIFF file: directories (IFD) of entries of 12 bytes with a tag, a
// type, a count and a value or its offset. CIPA DC-008 (Exif 2.32) has the tags.
const (
	tagOrientation = 0x0112
	tagThumbnail   = 0x0201
	tagExifIFD     = 0x8769
	tagGPSIFD      = 0x8825
	tagInteropIFD  = 0xa005
	tagMakerNote   = 0x927c
	tagUserComment = 0x9286
)

var exifNames = map[uint16]string{
	0x010e: "ImageDescription", 0x010f: "Make", 0x0110: "Model", 0x0131: "Software", 0x0132: "DateTime", 0x013b: "Artist", 0x013c: "HostComputer",
	0x8298: "Copyright", 0x9003: "DateTimeOriginal", 0x9004: "DateTimeDigitized", tagUserComment: "UserComment",
	0x9c9b: "XPTitle", 0x9c9c: "XPComment", 0x9c9d: "XPAuthor", 0x9c9e: "XPKeywords", 0x9c9f: "XPSubject",
	0xa420: "ImageUniqueID", 0xa430: "CameraOwnerName", 0xa431: "BodySerialNumber", 0xa433: "LensMake", 0xa434: "LensModel", 0xa435: "LensSerialNumber",
	0xa436: "ImageTitle", 0xa437: "Photographer", 0xa438: "ImageEditor",
}

// sizes of the TIFF types, in bytes; 129 is UTF-8 text (Exif 3.0).
var exifSizes = map[uint16]int64{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}

type exifReader struct {
	m     *metadata
	b     []byte
	order binary.ByteOrder
	seen  map[uint32]bool
	left  int // entries still read, over all directories
	turn  bool
	lat   [2]string
	long  [2]string
}

type exifEntry struct {
	tag, kind uint16
	value     []byte // of the type's size times the count
}

// readEXIF takes the texts of a TIFF structure, and its orientation where turn
// is set. What cannot be understood is passed over.
func (m *metadata) readEXIF(b []byte, turn bool) {
	if len(b) < 8 {
		return
	}
	r := exifReader{m: m, b: b, seen: map[uint32]bool{}, left: 4096, turn: turn}
	switch string(b[:4]) {
	case "II*\x00":
		r.order = binary.LittleEndian
	case "MM\x00*":
		r.order = binary.BigEndian
	default:
		return
	}
	next := r.directory(r.order.Uint32(b[4:]), r.main)
	if next != 0 {
		r.directory(next, r.second)
	}
}

// directory calls f with every entry and returns the offset of the next one.
func (r *exifReader) directory(at uint32, f func(exifEntry)) uint32 {
	if int64(at)+2 > int64(len(r.b)) || r.seen[at] {
		return 0
	}
	r.seen[at] = true
	n := int64(r.order.Uint16(r.b[at:]))
	rest := r.b[at+2:]
	for ; n > 0 && len(rest) >= 12 && r.left > 0; n-- {
		r.left--
		e := exifEntry{tag: r.order.Uint16(rest), kind: r.order.Uint16(rest[2:])}
		size := exifSizes[e.kind] * int64(r.order.Uint32(rest[4:]))
		if size <= 4 {
			e.value = rest[8 : 8+size]
		} else if from := int64(r.order.Uint32(rest[8:])); from+size <= int64(len(r.b)) {
			e.value = r.b[from : from+size]
		}
		rest = rest[12:]
		if len(e.value) > 0 {
			f(e)
		}
	}
	if n > 0 || len(rest) < 4 {
		return 0
	}
	return r.order.Uint32(rest)
}

func (r *exifReader) main(e exifEntry) {
	switch e.tag {
	case tagOrientation:
		if o := r.number(e); r.turn && o >= 1 && o <= 8 {
			r.m.orientation = int(o)
		}
	case tagExifIFD, tagInteropIFD:
		r.directory(r.number(e), r.main)
	case tagGPSIFD:
		r.m.block("gps", len(e.value))
		r.directory(r.number(e), r.gps)
		if p := strings.TrimSpace(strings.Join([]string{r.lat[0], r.lat[1], r.long[0], r.long[1]}, " ")); p != "" {
			r.m.text("EXIF GPSPosition", p)
		}
	case tagMakerNote:
		r.m.block("maker-note", len(e.value))
	case tagUserComment:
		r.m.text("EXIF UserComment", r.comment(e.value))
	case 0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f:
		r.m.text("EXIF "+exifNames[e.tag], decodeUTF16(e.value, binary.LittleEndian))
	default:
		r.str("EXIF", e)
	}
}

// second is the directory of the thumbnail.
func (r *exifReader) second(e exifEntry) {
	if e.tag == tagThumbnail {
		r.m.block("thumbnail", 0)
	}
	r.str("EXIF thumbnail", e)
}

func (r *exifReader) gps(e exifEntry) {
	switch e.tag {
	case 1:
		r.lat[1] = decodeText(e.value)
	case 2:
		r.lat[0] = r.degrees(e)
	case 3:
		r.long[1] = decodeText(e.value)
	case 4:
		r.long[0] = r.degrees(e)
	case 0x1b, 0x1c:
		r.m.text("EXIF GPS", r.comment(e.value))
	default:
		r.str("EXIF GPS", e)
	}
}

// str takes an entry of text.
func (r *exifReader) str(where string, e exifEntry) {
	if e.kind != 2 && e.kind != 129 {
		return
	}
	name := exifNames[e.tag]
	if name == "" {
		name = fmt.Sprintf("0x%04x", e.tag)
	}
	r.m.text(where+" "+name, decodeText(e.value))
}

// comment is a text with its character code in the first 8 bytes.
func (r *exifReader) comment(b []byte) string {
	if len(b) >= 8 && bytes.HasPrefix(b, []byte("UNICODE\x00")) {
		return decodeUTF16(b[8:], r.order)
	}
	if len(b) >= 8 && (bytes.HasPrefix(b, []byte("ASCII\x00")) || bytes.HasPrefix(b, []byte("JIS\x00")) || bytes.Equal(b[:8], make([]byte, 8))) {
		b = b[8:]
	}
	return decodeText(b)
}

func (r *exifReader) number(e exifEntry) uint32 {
	switch {
	case e.kind == 3 && len(e.value) >= 2:
		return uint32(r.order.Uint16(e.value))
	case (e.kind == 4 || e.kind == 13) && len(e.value) >= 4:
		return r.order.Uint32(e.value)
	}
	return 0
}

// degrees reads three rationals: degrees, minutes, seconds.
func (r *exifReader) degrees(e exifEntry) string {
	if e.kind != 5 || len(e.value) < 24 {
		return ""
	}
	sum, unit := 0.0, 1.0
	for i := range 3 {
		sum += float64(r.order.Uint32(e.value[8*i:])) / float64(r.order.Uint32(e.value[8*i+4:])) / unit
		unit *= 60
	}
	if math.IsNaN(sum) || math.IsInf(sum, 0) {
		return ""
	}
	return fmt.Sprintf("%.6f", sum)
}

func decodeUTF16(b []byte, order binary.ByteOrder) string {
	u := make([]uint16, len(b)/2)
	for i := range u {
		u[i] = order.Uint16(b[2*i:])
	}
	return strings.TrimRight(string(utf16.Decode(u)), "\x00")
}
