package attack

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

var errWebP = errors.New("not a well-formed WebP")

// webpNeeded are the chunks that pixels need, with their only allowed length, or
// -1 for any.
var webpNeeded = map[string]int64{"VP8X": 10, "ANIM": 6, "VP8 ": -1, "VP8L": -1, "ALPH": -1}

// walkWebP names every chunk of a WebP file that its pixels do not need.
func walkWebP(in *bufio.Reader, once *packet) (found []string, err error) {
	head := make([]byte, 12)
	if _, err := io.ReadFull(in, head); err != nil || string(head[:4]) != "RIFF" || string(head[8:]) != "WEBP" {
		return nil, errWebP
	}
	pictures := 0
	found, err = webpRow(in, int64(binary.LittleEndian.Uint32(head[4:]))-4, false, once, &pictures)
	if err != nil {
		return nil, err
	}
	if pictures == 0 {
		return nil, errWebP
	}
	more, err := trailing(in)
	if more {
		found = append(found, "webp bytes behind the end")
	}
	return found, whole(err)
}

// webpRow walks a row of chunks of so many bytes.
func webpRow(in *bufio.Reader, left int64, inside bool, once *packet, pictures *int) (found []string, err error) {
	var head [8]byte
	for left > 0 {
		if _, err := io.ReadFull(in, head[:]); err != nil {
			return nil, whole(err)
		}
		name, n := string(head[:4]), int64(binary.LittleEndian.Uint32(head[4:]))
		if left -= 8 + n + n&1; left < 0 {
			return nil, errWebP
		}
		size, known := webpNeeded[name]
		pad := n & 1
		switch {
		case name == "ANMF" && !inside:
			if n < 16 {
				return nil, errWebP
			}
			if _, err := in.Discard(16); err != nil {
				return nil, whole(err)
			}
			more, err := webpRow(in, n-16, true, once, pictures)
			if err != nil {
				return nil, err
			}
			found, n = append(found, more...), 0
		case name == "XMP " && !inside && n == int64(len(once.want)):
			block := make([]byte, n)
			if _, err := io.ReadFull(in, block); err != nil {
				return nil, whole(err)
			}
			if !once.is("", block) {
				found = append(found, "webp xmp")
			}
			n = 0
		case !known || size >= 0 && size != n || inside && size >= 0:
			found = append(found, "webp "+webpName(name))
		case name == "VP8 " || name == "VP8L":
			*pictures++
		}
		if err := skip(in, n+pad); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// skip passes over bytes, more than a reader's buffer too.
func skip(in *bufio.Reader, n int64) error {
	_, err := io.CopyN(io.Discard, in, n)
	return whole(err)
}

func webpName(name string) string {
	switch name {
	case "EXIF":
		return "exif"
	case "XMP ":
		return "xmp"
	case "ICCP":
		return "icc profile"
	}
	return "unknown chunk"
}
