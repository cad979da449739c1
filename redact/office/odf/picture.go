package odf

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	_ "image/gif" // these three, for their measures
	_ "image/jpeg"
	_ "image/png"
	"slices"

	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/webp"

	"consentry/redact/office/parts"
)

// A size is that of a picture by itself, in inches. Where the picture does not say how
// many pixels an inch has, it has 96.
type size struct{ width, height float64 }

// picture takes a picture. How many pixels an inch has is written again: clips and
// tiles are measured by it.
func (c *container) picture(ctx context.Context, name string) (*parts.Part, error) {
	p, err := c.doc.Take(ctx, name, "image", parts.Picture)
	if _, known := c.sizes[p]; known || err != nil || !p.Opened() {
		return p, err
	}
	b, err := c.doc.Zip.Read(name)
	if err != nil {
		return nil, err
	}
	said := densityOf(b)
	// Of TIFF only the pixels are written, not its density: it stays as it is.
	if m, format, err := image.DecodeConfig(bytes.NewReader(b)); err == nil && format != "tiff" && !said.turned && m.Width > 0 && m.Height > 0 {
		c.sizes[p] = size{float64(m.Width) / said.x, float64(m.Height) / said.y}
	}
	p.Finish = said.put
	return p, nil
}

// A density is how many pixels an inch of a picture has.
type density struct {
	x, y   float64
	raw    []byte // as the format says it; nil where it does not
	turned bool   // its EXIF says that its pixels are not upright: others read its measures otherwise than we
}

const pngMagic = "\x89PNG\r\n\x1a\n"

// densityOf reads what a picture says of its density.
func densityOf(b []byte) density {
	d := density{x: 96, y: 96}
	said := func(x, y uint32, perInch float64, raw []byte) {
		if x > 0 && y > 0 && perInch > 0 {
			d.x, d.y, d.raw = float64(x)*perInch, float64(y)*perInch, bytes.Clone(raw)
		}
	}
	switch {
	case bytes.HasPrefix(b, []byte(pngMagic)): // chunks: length, name, data, checksum
		for at := len(pngMagic); at+12 <= len(b); {
			n, name := int(binary.BigEndian.Uint32(b[at:])), string(b[at+4:at+8])
			if n > len(b)-at-12 || name == "IDAT" {
				break
			}
			if v := b[at+8 : at+8+n]; name == "pHYs" && n == 9 && v[8] == 1 { // in pixels a metre
				said(binary.BigEndian.Uint32(v), binary.BigEndian.Uint32(v[4:]), 0.0254, v)
			}
			at += n + 12
		}
	case bytes.HasPrefix(b, []byte("\xff\xd8")): // segments: 0xFF, marker, length, data
		for at := 2; at+4 <= len(b) && b[at] == 0xff && b[at+1] != 0xda; {
			n := int(binary.BigEndian.Uint16(b[at+2:])) + 2
			if n < 4 || n > len(b)-at {
				break
			}
			v := b[at+4 : at+n]
			switch {
			case b[at+1] == 0xe0 && len(v) >= 12 && bytes.HasPrefix(v, []byte("JFIF\x00")):
				said(uint32(binary.BigEndian.Uint16(v[8:])), uint32(binary.BigEndian.Uint16(v[10:])), map[byte]float64{1: 1, 2: 2.54}[v[7]], v[7:12])
			case b[at+1] == 0xe1 && bytes.HasPrefix(v, []byte("Exif\x00\x00")):
				d.turned = turned(v[6:])
			}
			at += n
		}
	case bytes.HasPrefix(b, []byte("BM")) && len(b) >= 46 && binary.LittleEndian.Uint32(b[14:]) >= 40: // in pixels a metre
		said(binary.LittleEndian.Uint32(b[38:]), binary.LittleEndian.Uint32(b[42:]), 0.0254, b[38:46])
	}
	return d
}

// turned reports whether EXIF has an orientation other than upright.
func turned(b []byte) bool {
	var order binary.ByteOrder = binary.LittleEndian
	if bytes.HasPrefix(b, []byte("MM")) {
		order = binary.BigEndian
	}
	if len(b) < 8 {
		return false
	}
	at := int(order.Uint32(b[4:]))
	if at < 8 || at+2 > len(b) {
		return false
	}
	for i, n := at+2, int(order.Uint16(b[at:])); n > 0 && i+12 <= len(b); i, n = i+12, n-1 {
		if order.Uint16(b[i:]) == 0x112 { // Orientation, a short
			return order.Uint16(b[i+8:]) != 1
		}
	}
	return false
}

// put says the density in a written picture of the same format, which says none.
func (d density) put(b []byte) []byte {
	switch {
	case d.raw == nil:
	case bytes.HasPrefix(b, []byte(pngMagic)) && len(d.raw) == 9 && len(b) > 33: // behind IHDR
		chunk := append([]byte("\x00\x00\x00\x09pHYs"), d.raw...)
		chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
		return slices.Concat(b[:33], chunk, b[33:])
	case bytes.HasPrefix(b, []byte("\xff\xd8")) && !bytes.HasPrefix(b[2:], []byte("\xff\xe0")) && len(d.raw) == 5:
		return slices.Concat(b[:2], []byte("\xff\xe0\x00\x10JFIF\x00\x01\x01"), d.raw, []byte{0, 0}, b[2:])
	case bytes.HasPrefix(b, []byte("BM")) && len(d.raw) == 8 && len(b) >= 46:
		return slices.Concat(b[:38], d.raw, b[46:])
	}
	return b
}
