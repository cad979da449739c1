package attack

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

var errBMP = errors.New("not a well-formed BMP")

// walkBMP names what a bitmap holds beside a plain header, a palette and its
// rows.
func walkBMP(in *bufio.Reader) (found []string, err error) {
	head := make([]byte, 54)
	le := binary.LittleEndian
	if _, err := io.ReadFull(in, head); err != nil || string(head[:2]) != "BM" {
		return nil, errBMP
	}
	if le.Uint32(head[14:]) != 40 { // longer ones hold colour profiles and their names
		return []string{"bmp header of another kind"}, nil
	}
	if le.Uint32(head[6:]) != 0 {
		found = append(found, "bmp reserved bytes")
	}
	w, h, bits := int64(int32(le.Uint32(head[18:]))), int64(int32(le.Uint32(head[22:]))), int64(le.Uint16(head[28:]))
	h = max(h, -h)
	if w < 1 || h < 1 || w > 1<<20 || h > 1<<20 || le.Uint32(head[30:]) != 0 {
		return nil, errBMP
	}
	palette := int64(le.Uint32(head[46:]))
	if palette == 0 && bits <= 8 {
		palette = 1 << bits
	}
	if palette > 256 {
		return nil, errBMP
	}
	if gap := int64(le.Uint32(head[10:])) - 54 - 4*palette; gap < 0 {
		return nil, errBMP
	} else if gap > 0 {
		found = append(found, "bmp bytes before the pixels")
		if err := skip(in, gap); err != nil {
			return nil, err
		}
	}
	if err := skip(in, 4*palette+(w*bits+31)/32*4*h); err != nil {
		return nil, err
	}
	more, err := trailing(in)
	if more {
		found = append(found, "bmp bytes behind the end")
	}
	return found, whole(err)
}
