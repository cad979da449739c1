package attack

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

// jpegXMP stands before an XMP packet in APP1.
const jpegXMP = "http://ns.adobe.com/xap/1.0/\x00"

var errJPEG = errors.New("not a well-formed JPEG")

// walkJPEG names every segment of a JPEG file that its pixels do not need.
// Allowed are: frame headers, Huffman, arithmetic and quantisation tables,
// restart interval, line count, scans; APP0 only as a bare JFIF header without a
// thumbnail; APP14 only as Adobe's twelve bytes on the colour transform; the
// packet in APP1.
func walkJPEG(in *bufio.Reader, once *packet) (found []string, err error) {
	head := make([]byte, 2)
	if _, err := io.ReadFull(in, head); err != nil || head[0] != 0xFF || head[1] != 0xD8 {
		return nil, errJPEG
	}
	scans := 0
	m, err := marker(in)
	for ; err == nil; m, err = next(in, m) {
		if m == 0xD9 { // EOI
			if scans == 0 {
				return nil, errJPEG
			}
			more, err := trailing(in)
			if more {
				found = append(found, "jpeg bytes behind the end")
			}
			return found, whole(err)
		}
		if m == 0x01 || m >= 0xD0 && m <= 0xD8 { // markers that do not belong between segments
			return nil, errJPEG
		}
		var size [2]byte
		if _, err := io.ReadFull(in, size[:]); err != nil {
			return nil, whole(err)
		}
		n := int(binary.BigEndian.Uint16(size[:])) - 2
		if n < 0 {
			return nil, errJPEG
		}
		head, err := in.Peek(min(n, 64))
		if err != nil {
			return nil, whole(err)
		}
		name := foreign(m, n, head)
		if m == 0xE1 && n == len(jpegXMP)+len(once.want) && name != "" {
			block := make([]byte, n)
			if _, err := io.ReadFull(in, block); err != nil {
				return nil, whole(err)
			}
			if n = 0; once.is(jpegXMP, block) {
				name = ""
			}
		}
		if name != "" {
			found = append(found, name)
		}
		if _, err := in.Discard(n); err != nil {
			return nil, whole(err)
		}
		if m == 0xDA {
			scans++
		}
	}
	return nil, err
}

// next reads the marker behind a segment; behind a scan's header comes the scan.
func next(in *bufio.Reader, m byte) (byte, error) {
	if m == 0xDA { // SOS
		return skipScan(in)
	}
	return marker(in)
}

// marker reads 0xFF, any fill bytes 0xFF, and the code.
func marker(in *bufio.Reader) (byte, error) {
	b, err := in.ReadByte()
	if err != nil {
		return 0, whole(err)
	}
	if b != 0xFF {
		return 0, errJPEG
	}
	if b, err = code(in); b == 0 && err == nil {
		err = errJPEG
	}
	return b, err
}

// code reads the code of a marker behind its 0xFF, over fill bytes 0xFF.
func code(in *bufio.Reader) (b byte, err error) {
	for b = 0xFF; b == 0xFF; {
		if b, err = in.ReadByte(); err != nil {
			return 0, whole(err)
		}
	}
	return b, nil
}

// skipScan reads entropy-coded data and the marker behind it, of which it
// returns the code. Stuffed zeros and restart markers are data.
func skipScan(in *bufio.Reader) (byte, error) {
	for {
		_, err := in.ReadSlice(0xFF)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil {
			return 0, whole(err)
		}
		m, err := code(in)
		if err != nil {
			return 0, err
		}
		if m != 0 && (m < 0xD0 || m > 0xD7) {
			return m, nil
		}
	}
}

// foreign names a segment that does not belong: its marker, length behind the
// size, and first bytes. It is empty for one that does.
func foreign(m byte, n int, head []byte) string {
	is := func(prefix string) bool { return strings.HasPrefix(string(head), prefix) }
	switch {
	case m >= 0xC0 && m <= 0xCF && m != 0xC8, m >= 0xDA && m <= 0xDD:
		return ""
	case m == 0xE0 && n == 14 && is("JFIF\x00") && head[12] == 0 && head[13] == 0:
		return ""
	case m == 0xEE && n == 12 && is("Adobe"):
		return ""
	case m == 0xFE:
		return "jpeg comment"
	case m >= 0xE0 && m <= 0xEF:
		name := fmt.Sprintf("jpeg APP%d", m-0xE0)
		switch {
		case is("Exif\x00"):
			name += " exif"
		case is("http://ns.adobe.com/"):
			name += " xmp"
		case is("ICC_PROFILE\x00"):
			name += " icc profile"
		case is("MPF\x00"):
			name += " second picture"
		case is("Photoshop "):
			name += " iptc"
		case is("JFIF\x00"), is("JFXX\x00"):
			name += " thumbnail"
		}
		return name
	}
	return fmt.Sprintf("jpeg segment %02X", m)
}
