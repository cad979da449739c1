package attack

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// pngXMP stands before an XMP packet in an iTXt chunk.
const pngXMP = "XML:com.adobe.xmp\x00\x00\x00\x00\x00"

var errPNG = errors.New("not a well-formed PNG")

// needed are the PNG chunks that pixels need, with their only allowed length,
// or -1 for any. Documents measure pictures by their density (pHYs).
var needed = map[string]int64{"IHDR": 13, "PLTE": -1, "tRNS": -1, "IDAT": -1, "IEND": 0, "sRGB": 1, "gAMA": 4, "pHYs": 9}

// walkPNG names every chunk of a PNG file that its pixels do not need.
func walkPNG(in *bufio.Reader, once *packet) (found []string, err error) {
	head := make([]byte, 8)
	if _, err := io.ReadFull(in, head); err != nil || string(head) != "\x89PNG\r\n\x1a\n" {
		return nil, errPNG
	}
	for first := true; ; first = false {
		if _, err := io.ReadFull(in, head); err != nil {
			return nil, whole(err)
		}
		n, name := int64(binary.BigEndian.Uint32(head)), string(head[4:])
		if n > 1<<31-1 || first != (name == "IHDR") {
			return nil, errPNG
		}
		sum := crc32.NewIEEE()
		sum.Write(head[4:])
		ours := false
		if name == "iTXt" && n == int64(len(pngXMP)+len(once.want)) {
			block := make([]byte, n)
			if _, err := io.ReadFull(in, block); err != nil {
				return nil, whole(err)
			}
			sum.Write(block)
			ours = once.is(pngXMP, block)
		} else if _, err := io.CopyN(sum, in, n); err != nil {
			return nil, whole(err)
		}
		var crc [4]byte
		if _, err := io.ReadFull(in, crc[:]); err != nil {
			return nil, whole(err)
		}
		if binary.BigEndian.Uint32(crc[:]) != sum.Sum32() {
			return nil, fmt.Errorf("%w: wrong checksum", errPNG)
		}
		if size, ok := needed[name]; !ours && (!ok || size >= 0 && size != n) {
			found = append(found, "png "+chunkName(name))
		}
		if name == "IEND" {
			more, err := trailing(in)
			if more {
				found = append(found, "png bytes behind the end")
			}
			return found, whole(err)
		}
	}
}

// chunkName is the name of a chunk if it is one, so that no bytes of the file
// get into a report.
func chunkName(name string) string {
	known := map[string]string{"eXIf": "exif", "iTXt": "text", "tEXt": "text", "zTXt": "text", "iCCP": "icc profile", "tIME": "time", "pHYs": "resolution"}
	if what, ok := known[name]; ok {
		return name + " " + what
	}
	return "unknown chunk"
}
