package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/object"
)

// encoded is an image stream in the making.
type encoded struct {
	space  types.Object
	bits   int
	filter string
	parms  types.Dict
	data   []byte
}

// add makes it an image XObject of w × h pixels with further entries.
func (e encoded) add(f *object.File, w, h int, more types.Dict) (types.IndirectRef, error) {
	d := types.Dict{
		"Type": types.Name("XObject"), "Subtype": types.Name("Image"),
		"Width": types.Integer(w), "Height": types.Integer(h),
		"BitsPerComponent": types.Integer(e.bits), "Filter": types.Name(e.filter),
		"Length": types.Integer(len(e.data)),
	}
	if e.space != nil {
		d["ColorSpace"] = e.space
	}
	if e.parms != nil {
		d["DecodeParms"] = e.parms
	}
	for k, v := range more {
		d[k] = v
	}
	n := int64(len(e.data))
	s := types.NewStreamDict(d, 0, &n, nil, []types.PDFFilter{{Name: e.filter, DecodeParms: e.parms}})
	s.Raw = e.data
	return f.Add(s)
}

// encode writes opaque pixels: as JPEG of a quality where that is not 0 and the
// smaller, else without loss, with as few bits a pixel as its colours need. The
// pixels alone decide, so that nothing of what was there before shows in the choice.
func encode(m *image.NRGBA, quality int) (encoded, error) {
	grey := isGrey(m)
	if quality > 0 {
		e, err := jpegOf(m, grey, quality)
		if err != nil {
			return e, err
		}
		n := 3
		if grey {
			n = 1
		}
		if len(e.data) < n*len(m.Pix)/4/3 { // no other way is likely to be smaller
			return e, nil
		}
		if flate, err := lossless(m, grey); err != nil || len(flate.data) < len(e.data) {
			return flate, err
		}
		return e, nil
	}
	return lossless(m, grey)
}

func isGrey(m *image.NRGBA) bool {
	for i := 0; i < len(m.Pix); i += 4 {
		if m.Pix[i] != m.Pix[i+1] || m.Pix[i] != m.Pix[i+2] {
			return false
		}
	}
	return true
}

func greyOf(m *image.NRGBA) *image.Gray {
	g := image.NewGray(m.Rect)
	for i := range g.Pix {
		g.Pix[i] = m.Pix[4*i]
	}
	return g
}

// jpegOf is a baseline JPEG file, which is what DCTDecode takes (ISO 32000-2, 7.4.8).
func jpegOf(m *image.NRGBA, grey bool, quality int) (encoded, error) {
	var b bytes.Buffer
	var pix image.Image = &image.RGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect} // opaque, hence the same
	e := encoded{space: types.Name("DeviceRGB"), bits: 8, filter: "DCTDecode"}
	if grey {
		pix, e.space = greyOf(m), types.Name("DeviceGray")
	}
	if err := jpeg.Encode(&b, pix, &jpeg.Options{Quality: quality}); err != nil {
		return e, fmt.Errorf("write picture: %w", err)
	}
	e.data = b.Bytes()
	return e, nil
}

// lossless writes DeviceGray, DeviceRGB, or a palette of at most 256 colours.
func lossless(m *image.NRGBA, grey bool) (encoded, error) {
	most := 256
	if grey {
		most = 16 // with more, a palette saves nothing
	}
	if colours := paletteOf(m, grey, most); colours != nil {
		return palettedOf(m, colours)
	}
	if grey {
		return flate(greyOf(m), types.Name("DeviceGray"), 1, 8)
	}
	return flate(&image.RGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}, types.Name("DeviceRGB"), 3, 8)
}

func rgb(p []byte) uint32 { return uint32(p[0])<<16 | uint32(p[1])<<8 | uint32(p[2]) }

// paletteOf are the colours of a picture in order; nil where there are more than most.
func paletteOf(m *image.NRGBA, grey bool, most int) (all []uint32) {
	if grey {
		var seen [256]bool
		for i := 0; i < len(m.Pix); i += 4 {
			seen[m.Pix[i]] = true
		}
		for v, is := range seen {
			if is {
				all = append(all, 0x010101*uint32(v))
			}
		}
		if len(all) > most {
			return nil
		}
		return all
	}
	seen := map[uint32]bool{}
	last := uint32(1 << 31)
	for i := 0; i < len(m.Pix); i += 4 {
		c := rgb(m.Pix[i:])
		if c == last || seen[c] {
			last = c
			continue
		}
		if len(seen) == most {
			return nil
		}
		seen[c], last = true, c
	}
	for c := range seen {
		all = append(all, c)
	}
	slices.Sort(all)
	return all
}

// palettedOf writes an Indexed colour space (ISO 32000-2, 8.6.6.3), or plain
// DeviceGray of one bit where the colours are black and white.
func palettedOf(m *image.NRGBA, colours []uint32) (encoded, error) {
	bits := 8
	switch {
	case len(colours) <= 2:
		bits = 1
	case len(colours) <= 4:
		bits = 2
	case len(colours) <= 16:
		bits = 4
	}
	bilevel := true
	for _, c := range colours {
		bilevel = bilevel && (c == 0 || c == 0xffffff)
	}
	if bilevel {
		colours = []uint32{0, 0xffffff}
	}
	index := make(map[uint32]uint8, len(colours))
	var table []byte
	for i, c := range colours {
		index[c] = uint8(i)
		table = append(table, byte(c>>16), byte(c>>8), byte(c))
	}
	p := image.NewPaletted(m.Rect, make(color.Palette, 1<<bits))
	for i := range p.Palette {
		p.Palette[i] = color.Gray{}
	}
	last, at := uint32(1<<31), uint8(0)
	for i := range p.Pix {
		if c := rgb(m.Pix[4*i:]); c != last {
			last, at = c, index[c]
		}
		p.Pix[i] = at
	}
	var space types.Object = types.Name("DeviceGray")
	if !bilevel {
		space = types.Array{types.Name("Indexed"), types.Name("DeviceRGB"), types.Integer(len(colours) - 1), types.NewHexLiteral(table)}
	}
	return flate(p, space, 1, bits)
}

// flate writes rows with PNG predictors (ISO 32000-2, 7.4.4.4): what a PNG encoder
// puts into its IDAT chunks is just that.
func flate(m image.Image, space types.Object, colours, bits int) (encoded, error) {
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	if bits < 8 {
		enc.CompressionLevel = png.DefaultCompression
	}
	if err := enc.Encode(&b, m); err != nil {
		return encoded{}, fmt.Errorf("write picture: %w", err)
	}
	data, depth, err := idat(b.Bytes())
	if err != nil || depth != bits {
		return encoded{}, errors.Join(errors.New("write picture: not the samples wanted"), err)
	}
	return encoded{space: space, bits: bits, filter: "FlateDecode", data: data, parms: types.Dict{
		"Predictor": types.Integer(15), "Colors": types.Integer(colours),
		"BitsPerComponent": types.Integer(bits), "Columns": types.Integer(m.Bounds().Dx()),
	}}, nil
}

// idat is the compressed data of a PNG file, and its bit depth.
func idat(file []byte) (data []byte, depth int, err error) {
	for at := 8; at+12 <= len(file); {
		n := int(binary.BigEndian.Uint32(file[at:]))
		if n > len(file)-at-12 {
			break
		}
		body := file[at+8 : at+8+n]
		switch string(file[at+4 : at+8]) {
		case "IHDR":
			depth = int(body[8])
		case "IDAT":
			data = append(data, body...)
		case "IEND":
			return data, depth, nil
		}
		at += 12 + n
	}
	return nil, 0, errors.New("a cut PNG file")
}
