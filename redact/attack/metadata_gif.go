package attack

import (
	"bufio"
	"errors"
	"io"
)

var errGIF = errors.New("not a well-formed GIF")

// walkGIF names every block of a GIF file that its pixels do not need. Allowed
// are: the screen descriptor, colour tables, a frame's control extension, frames,
// and the extension that says how often an animation is shown.
func walkGIF(in *bufio.Reader) (found []string, err error) {
	head := make([]byte, 13)
	if _, err := io.ReadFull(in, head); err != nil || string(head[:6]) != "GIF89a" && string(head[:6]) != "GIF87a" {
		return nil, errGIF
	}
	if _, err := in.Discard(table(head[10])); err != nil {
		return nil, whole(err)
	}
	for frames := 0; ; {
		kind, err := in.ReadByte()
		if err != nil {
			return nil, whole(err)
		}
		switch kind {
		case 0x3b:
			if frames == 0 {
				return nil, errGIF
			}
			more, err := trailing(in)
			if more {
				found = append(found, "gif bytes behind the end")
			}
			return found, whole(err)
		case 0x2c:
			if _, err := io.ReadFull(in, head[:9]); err != nil {
				return nil, whole(err)
			}
			if _, err := in.Discard(table(head[8]) + 1); err != nil { // and the code size
				return nil, whole(err)
			}
			if _, err := gifBlocks(in); err != nil {
				return nil, err
			}
			frames++
		case 0x21:
			label, err := in.ReadByte()
			if err != nil {
				return nil, whole(err)
			}
			first, err := gifBlocks(in)
			if err != nil {
				return nil, err
			}
			if name := gifExtension(label, first); name != "" {
				found = append(found, name)
			}
		default:
			return nil, errGIF
		}
	}
}

func table(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (1 + flags&7)
}

// gifBlocks reads a row of blocks and returns their first bytes, lengths too.
func gifBlocks(in *bufio.Reader) (first []byte, err error) {
	for {
		n, err := in.ReadByte()
		if err != nil {
			return nil, whole(err)
		}
		if n == 0 {
			return first, nil
		}
		b, err := in.Peek(int(n))
		if err != nil {
			return nil, whole(err)
		}
		if len(first) < 64 {
			first = append(append(first, n), b...)
		}
		if _, err := in.Discard(int(n)); err != nil {
			return nil, whole(err)
		}
	}
}

func gifExtension(label byte, b []byte) string {
	switch {
	case label == 0xf9 && len(b) == 5:
		return ""
	case label == 0xff && len(b) == 16 && string(b[:14]) == "\x0bNETSCAPE2.0\x03\x01":
		return ""
	case label == 0xfe:
		return "gif comment"
	case label == 0x01:
		return "gif plain text"
	case label == 0xff && len(b) >= 12 && string(b[1:12]) == "XMP DataXMP":
		return "gif xmp"
	case label == 0xff && len(b) >= 12 && string(b[1:12]) == "ICCRGBG1012":
		return "gif icc profile"
	case label == 0xff:
		return "gif application extension"
	}
	return "gif unknown extension"
}
