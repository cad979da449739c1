package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"strings"
)

const pngMagic = "\x89PNG\r\n\x1a\n"

// A chunk is one chunk of a PNG file; the type "" stands for bytes behind the
// end. Checksums are left to the decoder.
type chunk struct {
	kind string
	data []byte
}

// chunks splits a PNG file, which must have an end.
func chunks(b []byte) ([]chunk, error) {
	b, ok := bytes.CutPrefix(b, []byte(pngMagic))
	if !ok {
		return nil, errors.New("not PNG")
	}
	var list []chunk
	for len(b) >= 12 {
		n := int64(binary.BigEndian.Uint32(b))
		if n+12 > int64(len(b)) {
			break
		}
		c := chunk{string(b[4:8]), b[8 : 8+n]}
		list = append(list, c)
		b = b[n+12:]
		if c.kind == "IEND" {
			if len(b) > 0 {
				list = append(list, chunk{"", b})
			}
			return list, nil
		}
	}
	return nil, errors.New("picture is cut short")
}

// readPNG takes everything but the pixels.
func (m *metadata) readPNG(b []byte) error {
	list, err := chunks(b)
	if err != nil {
		return err
	}
	for _, c := range list {
		switch c.kind {
		case "IHDR":
			if len(c.data) == 13 {
				m.grey = c.data[9]&3 == 0 // colour types 0 and 4
			}
		case "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "bKGD", "hIST", "pHYs", "sPLT":
		case "eXIf":
			m.block("exif", len(c.data))
			m.readEXIF(c.data, true)
		case "iCCP":
			m.block("icc", len(c.data))
			if name, rest, ok := bytes.Cut(c.data, []byte{0}); ok && len(rest) > 1 {
				m.text("ICC name", decodeText(name))
				m.icc = inflate(rest[1:])
			}
		case "tEXt", "zTXt", "iTXt":
			m.block("text", len(c.data))
			m.readPNGText(c)
		case "tIME":
			m.block("time", len(c.data))
		case "acTL", "fcTL", "fdAT":
			m.block("animation", len(c.data))
		case "":
			m.block("trailing", len(c.data))
		default:
			m.block("app", len(c.data))
		}
	}
	return nil
}

// readPNGText reads the three text chunks (PNG, third edition, 11.3.3) and what
// ImageMagick packs into them.
func (m *metadata) readPNGText(c chunk) {
	key, rest, ok := bytes.Cut(c.data, []byte{0})
	if !ok {
		return
	}
	switch c.kind {
	case "zTXt":
		rest = inflate(rest[min(1, len(rest)):])
	case "iTXt":
		if len(rest) < 2 {
			return
		}
		packed := rest[0] == 1
		parts := bytes.SplitN(rest[2:], []byte{0}, 3) // language, translated keyword, text
		if len(parts) < 3 {
			return
		}
		m.text("PNG keyword", decodeText(parts[1]))
		if rest = parts[2]; packed {
			rest = inflate(rest)
		}
	}
	name := decodeText(key)
	if kind, ok := strings.CutPrefix(name, "Raw profile type "); ok {
		m.readRawProfile(kind, rest)
	} else if name == "XML:com.adobe.xmp" {
		m.readXMP(rest)
	} else {
		m.text("PNG "+name, decodeText(rest))
	}
}

// readRawProfile reads "\nexif\n   1234\n" and hex digits.
func (m *metadata) readRawProfile(kind string, b []byte) {
	f := bytes.Fields(b)
	if len(f) < 3 {
		return
	}
	data := make([]byte, 0, len(b)/2)
	data, err := hex.AppendDecode(data, bytes.Join(f[2:], nil))
	if err != nil {
		return
	}
	m.block(kind, len(data))
	switch kind {
	case "exif", "APP1":
		data = bytes.TrimPrefix(data, []byte("Exif\x00\x00"))
		m.readEXIF(data, false)
	case "xmp":
		m.readXMP(data)
	case "iptc", "8bim":
		if bytes.HasPrefix(data, []byte("8BIM")) {
			m.readPhotoshop(data)
		} else {
			m.readIPTC(data)
		}
	}
}

// inflate unpacks at most a few mebibytes; what is damaged or longer is cut.
func inflate(b []byte) []byte {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	out, _ := io.ReadAll(io.LimitReader(z, 4<<20)) // an error: keep what there is
	return out
}
