package attack

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

// A mark is how a picture file of one kind begins. Short marks occur by chance
// in compressed pixels, so that well reads on: it is given what follows from the
// start on, at least head bytes where the file has them, and all of it.
type mark struct {
	kind string
	sign string
	back int // bytes of the file before the sign
	well func(b []byte, all io.ReaderAt) bool
}

const head = 4096 // bytes

var marks = []mark{
	{"JPEG", "\xff\xd8\xff", 0, jpegHead},
	{"PNG", "\x89PNG\r\n\x1a\n", 0, nil},
	{"PNG", "\x00\x00\x00\x0dIHDR", 0, nil}, // also without its signature
	{"GIF", "GIF87a", 0, nil},
	{"GIF", "GIF89a", 0, nil},
	{"TIFF or EXIF", "II*\x00", 0, tiffHead},
	{"TIFF or EXIF", "MM\x00*", 0, tiffHead},
	{"MPF", "MPF\x00", 0, func(b []byte, all io.ReaderAt) bool {
		return len(b) > 4 && tiffHead(b[4:], io.NewSectionReader(all, 4, 1<<62))
	}},
	{"HEIF, AVIF or video", "ftyp", 4, boxHead},
	{"WebP", "WEBPVP8", 8, func(b []byte, _ io.ReaderAt) bool { return bytes.HasPrefix(b, []byte("RIFF")) }},
	{"BMP", "BM", 0, bmpHead},
	{"JPEG XL", "\x00\x00\x00\x0cJXL \r\n\x87\n", 0, nil},
	{"JPEG 2000", "\x00\x00\x00\x0cjP  \r\n\x87\n", 0, nil},
	{"JPEG in base64", "/9j/", 0, base64Head},
	{"PNG in base64", "iVBORw0KGgo", 0, nil},
}

// copies names every picture file that lies inside another: a thumbnail, a
// preview, a second picture, whether or not its pixels can still be decoded. The
// file's own beginning does not count. A copy that is compressed once more is
// not seen.
func copies(ctx context.Context, r io.ReaderAt, size int64) (found []string, err error) {
	const step = 1 << 20
	buf := make([]byte, step+head)
	for at := int64(0); at < size; at += step {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		b := buf[:min(size-at, step+head)]
		if n, err := r.ReadAt(b, at); err != nil && (!errors.Is(err, io.EOF) || n < len(b)) {
			return nil, fmt.Errorf("read: %w", whole(err))
		}
		for _, m := range marks {
			for from := 0; ; {
				i := bytes.Index(b[from:], []byte(m.sign))
				if i < 0 {
					break
				}
				from += i + 1
				start := from - 1 - m.back
				if start < 0 || start >= step || at+int64(start) == 0 || at == 0 && own(m.kind, b, start) {
					continue
				}
				if m.well == nil || m.well(b[start:], io.NewSectionReader(r, at+int64(start), size-at-int64(start))) {
					if !slices.Contains(found, m.kind) {
						found = append(found, m.kind)
					}
					break
				}
			}
		}
	}
	return found, nil
}

// own reports whether a mark near the start of the file belongs to it: the first
// chunk of a PNG stands behind its signature.
func own(kind string, b []byte, start int) bool {
	return kind == "PNG" && start == 8 && bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n"))
}

// jpegHead follows the segments to the frame header and looks at its numbers.
func jpegHead(b []byte, _ io.ReaderAt) bool {
	for at := 2; at+4 <= len(b); {
		if b[at] != 0xFF {
			return false
		}
		m, n := b[at+1], int(binary.BigEndian.Uint16(b[at+2:]))
		switch {
		case m == 0xFF:
			at++
			continue
		case m >= 0xC0 && m <= 0xCF && m != 0xC4 && m != 0xC8 && m != 0xCC: // frame header
			if at+10 > len(b) {
				return false
			}
			parts, wide := int(b[at+9]), binary.BigEndian.Uint16(b[at+7:])
			return (b[at+4] == 8 || b[at+4] == 12) && wide > 0 && parts >= 1 && parts <= 4 && n == 8+3*parts
		case m < 0xC0 || m >= 0xD0 && m <= 0xDA || n < 2:
			return false
		case at+2+n > len(b)-10:
			// The header is further on: an application segment may be 64 KiB long.
			// One that says what it is will do.
			return m == 0xE0 && bytes.HasPrefix(b[at+4:], []byte("JF")) || m == 0xE1 && bytes.HasPrefix(b[at+4:], []byte("Exif\x00")) ||
				m == 0xE1 && bytes.HasPrefix(b[at+4:], []byte("http:")) || m == 0xE2 && bytes.HasPrefix(b[at+4:], []byte("ICC_PROFILE\x00")) ||
				m == 0xED && bytes.HasPrefix(b[at+4:], []byte("Photoshop "))
		}
		at += 2 + n
	}
	return false
}

// tiffHead looks at the first directory, wherever it is: entries in order, of
// known types.
func tiffHead(b []byte, all io.ReaderAt) bool {
	if len(b) < 8 {
		return false
	}
	var order binary.ByteOrder = binary.LittleEndian
	if b[0] == 'M' {
		order = binary.BigEndian
	}
	dir := make([]byte, 2+8*12)
	got, err := all.ReadAt(dir, int64(order.Uint32(b[4:])))
	if err != nil && !errors.Is(err, io.EOF) || got < 2 {
		return false
	}
	n := int(order.Uint16(dir))
	if n == 0 || n > 512 || order.Uint32(b[4:]) < 8 {
		return false
	}
	last := -1
	for e := dir[2:got]; len(e) >= 12 && n > 0; e, n = e[12:], n-1 {
		tag, typ := int(order.Uint16(e)), order.Uint16(e[2:])
		if tag <= last || typ < 1 || typ > 18 {
			return false
		}
		last = tag
	}
	return last >= 0
}

// boxHead looks at the first box of an ISO base media file.
func boxHead(b []byte, _ io.ReaderAt) bool {
	if len(b) < 16 {
		return false
	}
	n := binary.BigEndian.Uint32(b)
	brands := []string{"heic", "heix", "heim", "heis", "hevc", "mif1", "mif2", "msf1", "avif", "avis", "isom", "iso2", "mp41", "mp42", "qt  ", "M4V ", "jxl ", "crx "}
	return n >= 16 && n <= 1024 && n%4 == 0 && slices.Contains(brands, string(b[8:12]))
}

// bmpHead looks at the file's and the bitmap's header.
func bmpHead(b []byte, _ io.ReaderAt) bool {
	if len(b) < 30 {
		return false
	}
	le := binary.LittleEndian
	sizes, depths := []uint32{12, 40, 52, 56, 64, 108, 124}, []uint16{1, 4, 8, 16, 24, 32}
	if le.Uint32(b[6:]) != 0 || le.Uint32(b[10:]) < 26 || le.Uint32(b[10:]) > 4096 || !slices.Contains(sizes, le.Uint32(b[14:])) {
		return false
	}
	if le.Uint32(b[14:]) == 12 {
		return le.Uint16(b[22:]) == 1 && slices.Contains(depths, le.Uint16(b[24:]))
	}
	return le.Uint16(b[26:]) == 1 && slices.Contains(depths, le.Uint16(b[28:]))
}

// base64Head takes 64 letters in a row for base64.
func base64Head(b []byte, _ io.ReaderAt) bool {
	if len(b) < 64 {
		return false
	}
	for _, c := range b[:64] {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=' || c == '\r' || c == '\n') {
			return false
		}
	}
	return true
}
