package attack

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

var errTIFF = errors.New("not a well-formed TIFF")

// tiffNeeded are the tags that pages of pixels need: size, bits, packing, strips
// or tiles, channels, colours, resolution, and which page it is. None of them
// holds text.
var tiffNeeded = []uint16{254, 256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 282, 283, 284, 296, 297, 317, 320, 322, 323, 324, 325, 338, 339}

var tiffNames = map[uint16]string{
	269: "text", 270: "text", 271: "text", 272: "text", 305: "text", 306: "text", 315: "text", 316: "text", 285: "text", 33432: "text",
	700: "xmp", 33723: "iptc", 34377: "iptc", 34675: "icc profile", 34665: "exif", 34853: "gps", 330: "second picture", 37724: "layers",
}

// tiffSizes are those of the types, in bytes.
var tiffSizes = map[uint16]int64{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}

// A stretch is a piece of the file that is known to be needed.
type stretch struct{ from, to int64 }

type tiffWalker struct {
	ctx   context.Context
	in    io.ReaderAt
	size  int64
	order binary.ByteOrder
	once  *packet
	known []stretch
	found []string
}

// walkTIFF names every entry of every page that the pixels do not need, and tells
// of bytes that belong to no page.
func walkTIFF(ctx context.Context, in io.ReaderAt, size int64, once *packet) ([]string, error) {
	t := &tiffWalker{ctx: ctx, in: in, size: size, once: once}
	head, err := t.read(0, 8)
	if err != nil {
		return nil, err
	}
	switch string(head[:4]) {
	case "II*\x00":
		t.order = binary.LittleEndian
	case "MM\x00*":
		t.order = binary.BigEndian
	default:
		return nil, errTIFF
	}
	seen := map[int64]bool{}
	for at := int64(t.order.Uint32(head[4:])); at != 0; {
		if seen[at] || len(seen) > 1<<16 {
			return nil, errTIFF
		}
		seen[at] = true
		if at, err = t.page(at); err != nil {
			return nil, err
		}
	}
	if len(seen) == 0 {
		return nil, errTIFF
	}
	return t.found, t.gaps()
}

// read reads a stretch and remembers that it was needed.
func (t *tiffWalker) read(at, n int64) ([]byte, error) {
	if err := t.ctx.Err(); err != nil {
		return nil, err
	}
	if at < 0 || n < 0 || at+n > t.size || n > 1<<28 {
		return nil, io.ErrUnexpectedEOF
	}
	b := make([]byte, n)
	if k, err := t.in.ReadAt(b, at); int64(k) < n {
		return nil, whole(err)
	}
	t.known = append(t.known, stretch{at, at + n})
	return b, nil
}

func (t *tiffWalker) page(at int64) (next int64, err error) {
	head, err := t.read(at, 2)
	if err != nil {
		return 0, err
	}
	n := int64(t.order.Uint16(head))
	dir, err := t.read(at+2, 12*n+4)
	if err != nil {
		return 0, err
	}
	var offsets, counts []int64
	for i := int64(0); i < n; i++ {
		e := dir[12*i:]
		tag, kind := t.order.Uint16(e), t.order.Uint16(e[2:])
		size := tiffSizes[kind] * int64(t.order.Uint32(e[4:]))
		if size == 0 {
			return 0, errTIFF
		}
		value := e[8:12]
		if size > 4 {
			if value, err = t.read(int64(t.order.Uint32(e[8:])), size); err != nil {
				return 0, err
			}
		} else if slices.ContainsFunc(value[size:], func(b byte) bool { return b != 0 }) {
			t.found = append(t.found, "tiff bytes beside a value")
		}
		value = value[:size]
		switch {
		case tag == 273, tag == 324:
			offsets = t.numbers(kind, value)
		case tag == 279, tag == 325:
			counts = t.numbers(kind, value)
		case tag == 700 && t.once.is("", value):
		case !slices.Contains(tiffNeeded, tag) || kind == 2:
			name, ok := tiffNames[tag]
			if !ok {
				name = "unknown tag"
			}
			t.found = append(t.found, fmt.Sprintf("tiff %s", name))
		}
	}
	if len(offsets) == 0 || len(offsets) != len(counts) {
		return 0, errTIFF
	}
	for i, o := range offsets {
		if o+counts[i] > t.size {
			return 0, io.ErrUnexpectedEOF
		}
		t.known = append(t.known, stretch{o, o + counts[i]})
	}
	return int64(t.order.Uint32(dir[12*n:])), nil
}

func (t *tiffWalker) numbers(kind uint16, b []byte) (list []int64) {
	for ; kind == 3 && len(b) >= 2; b = b[2:] {
		list = append(list, int64(t.order.Uint16(b)))
	}
	for ; kind == 4 && len(b) >= 4; b = b[4:] {
		list = append(list, int64(t.order.Uint32(b)))
	}
	return list
}

// gaps tells of bytes that nothing points at. A single zero byte brings the next
// piece to an even place.
func (t *tiffWalker) gaps() error {
	slices.SortFunc(t.known, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	end := int64(0)
	size := t.size
	for _, s := range append(t.known, stretch{size, size}) {
		if s.from == 1<<62 { // the size is not known: look for one more byte
			var one [2]byte
			if n, _ := t.in.ReadAt(one[:], end); n > 1 || n == 1 && (end%2 == 0 || one[0] != 0) {
				t.found = append(t.found, "tiff bytes behind the end")
			}
			return nil
		}
		if gap := s.from - end; gap > 0 {
			pad := []byte{1}
			if gap == 1 && end%2 == 1 {
				if _, err := t.in.ReadAt(pad, end); err != nil && !errors.Is(err, io.EOF) {
					return err
				}
			}
			if pad[0] != 0 {
				where := "tiff bytes outside any page"
				if s.from == size {
					where = "tiff bytes behind the end"
				}
				t.found = append(t.found, where)
			}
		}
		end = max(end, s.to)
	}
	return nil
}
