package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
)

// JPEG markers (ITU-T T.81, table B.1).
const (
	markSOF0 = 0xc0
	markDHT  = 0xc4
	markRST0 = 0xd0
	markRST7 = 0xd7
	markSOI  = 0xd8
	markEOI  = 0xd9
	markSOS  = 0xda
	markDQT  = 0xdb
	markCOM  = 0xfe
	markAPP0 = 0xe0
	markJunk = 0x00 // ours: bytes between segments that belong to none
	markTail = 0x01 // ours: bytes behind the end of the image
)

// A segment is one marker with its payload. That of SOS is its header only: the
// coded data behind it is passed over.
type segment struct {
	mark byte
	data []byte
}

// segments splits a JPEG file. It is as lenient as the decoder: bytes between
// segments are one of markJunk. The file must have an end.
func segments(b []byte) ([]segment, error) {
	if len(b) < 2 || b[0] != 0xff || b[1] != markSOI {
		return nil, errors.New("no start of image")
	}
	list := []segment{{mark: markSOI}}
	for i := 2; i < len(b); {
		from := i
		for i < len(b) && (b[i] != 0xff || i+1 < len(b) && b[i+1] == 0) {
			i++
		}
		if i > from {
			list = append(list, segment{markJunk, b[from:i]})
		}
		for i < len(b) && b[i] == 0xff {
			i++ // the marker's own byte, and fill bytes
		}
		if i >= len(b) {
			break
		}
		mark := b[i]
		i++
		if mark >= markRST0 && mark <= markRST7 || mark == 0 {
			continue
		}
		if mark == markEOI {
			list = append(list, segment{mark: mark})
			if i < len(b) {
				list = append(list, segment{markTail, b[i:]})
			}
			return list, nil
		}
		if i+2 > len(b) {
			break
		}
		n := int(binary.BigEndian.Uint16(b[i:]))
		if n < 2 {
			return nil, errors.New("segment too short")
		}
		if i+n > len(b) {
			break
		}
		list = append(list, segment{mark, b[i+2 : i+n]})
		i += n
		if mark == markSOS {
			i = afterScan(b, i)
		}
	}
	return nil, errors.New("picture is cut short")
}

// afterScan is the place of the first marker behind coded data.
func afterScan(b []byte, i int) int {
	for i+1 < len(b) {
		k := bytes.IndexByte(b[i:], 0xff)
		if k < 0 || i+k+1 >= len(b) {
			return len(b)
		}
		i += k
		if m := b[i+1]; m == 0 || m >= markRST0 && m <= markRST7 {
			i += 2
		} else {
			return i
		}
	}
	return len(b)
}

// readJPEG takes everything but the coded data.
func (m *metadata) readJPEG(b []byte) error {
	list, err := segments(b)
	if err != nil {
		return err
	}
	var parts []iccPart
	var xmp []byte
	var frame, scanned []byte // component identifiers
	for _, s := range list {
		d := s.data
		cut := func(prefix string) bool {
			rest, ok := bytes.CutPrefix(s.data, []byte(prefix))
			d = rest
			return ok
		}
		app := int(s.mark) - markAPP0
		switch {
		case s.mark == markDQT:
			if q := estimateQuality(d); q != 0 {
				m.quality = q
			}
		case s.mark >= markSOF0 && s.mark <= markSOF0+2:
			frame = components(d, 5, 3)
			m.grey = len(frame) == 1
		case s.mark == markSOS:
			scanned = append(scanned, components(d, 0, 2)...)
		case s.mark == markCOM:
			m.block("comment", len(d))
			m.text("JPEG comment", decodeText(d))
		case s.mark == markTail:
			m.block("trailing", len(d))
		case app == 0 && cut("JFIF\x00"):
			if len(d) > 9 { // behind version, density and the thumbnail's size
				m.block("thumbnail", len(d)-9)
			}
		case app == 0 && cut("JFXX\x00"):
			m.block("thumbnail", len(d))
		case app == 1 && cut("Exif\x00"):
			m.block("exif", len(d))
			m.readEXIF(d[min(1, len(d)):], true)
		case app == 1 && cut("http://ns.adobe.com/xap/1.0/\x00"):
			m.block("xmp", len(d))
			m.readXMP(d)
		case app == 1 && cut("http://ns.adobe.com/xmp/extension/\x00"):
			m.block("xmp", len(d))
			xmp = append(xmp, d[min(40, len(d)):]...) // behind digest, length and offset; in order as written
		case app == 2 && cut("ICC_PROFILE\x00"):
			m.block("icc", len(d))
			if len(d) > 2 {
				parts = append(parts, iccPart{d[0], d[2:]})
			}
		case app == 13 && cut("Photoshop 3.0\x00"):
			m.block("app", len(d))
			m.readPhotoshop(d)
		case app == 14 && cut("Adobe"): // says how colours are coded, nothing else
		case app >= 0 && app <= 15:
			m.block("app", len(s.data))
		case s.mark == markJunk:
			m.block("trailing", len(d))
		}
	}
	m.readXMP(xmp)
	m.icc = joinICC(parts)
	// The decoder takes a picture whose colour scans are missing for whole.
	for _, c := range frame {
		if !slices.Contains(scanned, c) {
			return errors.New("picture is cut short: a colour is missing")
		}
	}
	return nil
}

// components reads the identifiers of a frame or scan header: their number at
// d[at], then every step bytes.
func components(d []byte, at, step int) []byte {
	if len(d) <= at {
		return nil
	}
	var ids []byte
	for i := at + 1; i < len(d) && len(ids) < int(d[at]); i += step {
		ids = append(ids, d[i])
	}
	return ids
}

// luminance is the example table of T.81 K.1 in zigzag order, which nearly all
// encoders scale.
var luminance = [64]int{
	16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51,
	56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
}

// estimateQuality finds the quality (1 to 100, as libjpeg counts) whose scaled
// table is nearest to table 0 of a DQT segment, or 0 where that is not in it.
func estimateQuality(d []byte) int {
	for len(d) > 0 {
		wide, id := int(d[0]>>4), d[0]&15
		n := 64 * (1 + wide)
		if wide > 1 || len(d) < 1+n {
			return 0
		}
		if id == 0 {
			return nearestQuality(d[1:1+n], wide == 1)
		}
		d = d[1+n:]
	}
	return 0
}

func nearestQuality(t []byte, wide bool) int {
	best, least := 0, 1<<30
	for q := 1; q <= 100; q++ {
		scale := 200 - 2*q
		if q < 50 {
			scale = 5000 / q
		}
		sum := 0
		for i, l := range luminance {
			v := 0
			if wide {
				v = int(binary.BigEndian.Uint16(t[2*i:]))
			} else {
				v = int(t[i])
			}
			d := v - min(255, max(1, (l*scale+50)/100))
			sum += max(d, -d)
		}
		if sum < least {
			best, least = q, sum
		}
	}
	return best
}
