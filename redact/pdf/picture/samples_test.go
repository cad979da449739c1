package picture_test

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"
)

const sampleW, sampleH = 32, 16

// pattern is what most samples show: areas of 8 pixels, so that it also fits
// palettes and run lengths; seed makes another one of it.
func pattern(seed int) func(x, y int) [3]byte {
	return func(x, y int) [3]byte {
		k := (x/8)*37 + (y/4)*91 + seed*53
		return [3]byte{byte(k), byte(3 * k), byte(7*k + 20)}
	}
}

// A sample is an image XObject of 32 × 16 pixels.
type sample struct {
	name string
	dict string
	data []byte
	more []stream                     // objects 6 and up
	want func(x, y int) [3]byte       // nil: what PDFium shows
	near int                          // how far from it
	save func(seed int) (data []byte) // the same with another pattern; nil: none
}

func packed(bits, comps int, value func(x, y, c int) uint32) []byte {
	var b []byte
	for y := range sampleH {
		acc, n := uint32(0), 0
		for x := range sampleW {
			for c := range comps {
				acc, n = acc<<bits|value(x, y, c), n+bits
				for n >= 8 {
					b = append(b, byte(acc>>(n-8)))
					n -= 8
				}
			}
		}
		if n > 0 {
			b = append(b, byte(acc<<(8-n)))
		}
	}
	return b
}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

func black(x, y, seed int) bool { return (x/8+y/4+seed)%2 == 0 }

// raw is a sample of plain components.
func raw(name, space, extra string, bits, comps int, want func(x, y int) [3]byte, value func(x, y, c, seed int) uint32, more ...stream) sample {
	save := func(seed int) []byte {
		return deflate(packed(bits, comps, func(x, y, c int) uint32 { return value(x, y, c, seed) }))
	}
	return sample{
		name: name, want: want, near: 1, save: save, data: save(0), more: more,
		dict: fmt.Sprintf("/ColorSpace %s/BitsPerComponent %d/Filter/FlateDecode%s", space, bits, extra),
	}
}

func samples(t testing.TB) []sample {
	grey := func(bits int, invert bool) func(x, y int) [3]byte {
		return func(x, y int) [3]byte {
			top := 1<<bits - 1
			v := int(pattern(0)(x, y)[0]) >> (8 - min(bits, 8))
			if bits == 16 {
				v, top = int(pattern(0)(x, y)[0]), 255
			}
			if invert {
				v = top - v
			}
			g := byte((v*255 + top/2) / top)
			return [3]byte{g, g, g}
		}
	}
	var all []sample
	for _, bits := range []int{1, 2, 4, 8, 16} {
		v := func(x, y, c, seed int) uint32 {
			p := uint32(pattern(seed)(x, y)[0])
			if bits == 16 {
				return p<<8 | p
			}
			return p >> (8 - bits)
		}
		all = append(all,
			raw(fmt.Sprintf("grey %d", bits), "/DeviceGray", "", bits, 1, grey(bits, false), v),
			raw(fmt.Sprintf("grey %d inverted", bits), "/DeviceGray", "/Decode[1 0]", bits, 1, grey(bits, true), v))
	}
	full := func(x, y, c, seed int) uint32 { return uint32(pattern(seed)(x, y)[c%3]) }
	all = append(all,
		raw("RGB 8", "/DeviceRGB", "", 8, 3, pattern(0), full),
		raw("RGB 16", "/DeviceRGB", "", 16, 3, pattern(0), func(x, y, c, seed int) uint32 { return full(x, y, c, seed) * 257 }),
		raw("CalRGB", "[/CalRGB<</WhitePoint[0.95 1 1.09]/Gamma[2.2 2.2 2.2]>>]", "", 8, 3, nil, full),
		raw("Lab", "[/Lab<</WhitePoint[0.95 1 1.09]>>]", "", 8, 3, nil, full),
		raw("CMYK", "/DeviceCMYK", "", 8, 4, nil, full),
		raw("ICC", "[/ICCBased 6 0 R]", "", 8, 3, pattern(0), full, stream{"/N 3/Alternate/DeviceRGB", []byte("no profile")}),
		raw("separation", "[/Separation/Spot/DeviceRGB<</FunctionType 2/N 1/Domain[0 1]/C0[1 1 1]/C1[0.5 0 0]>>]", "", 8, 1, nil, full),
		raw("palette", "[/Indexed/DeviceRGB 3 <ff0000 00ff00 0000ff 102030>]", "", 2, 1, func(x, y int) [3]byte {
			return [4][3]byte{{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {0x10, 0x20, 0x30}}[pattern(0)(x, y)[0]>>6]
		}, func(x, y, c, seed int) uint32 { return uint32(pattern(seed)(x, y)[0] >> 6) }),
		raw("palette in a stream", "[/Indexed/DeviceGray 255 6 0 R]", "", 8, 1, nil, full, stream{"", bytes.Repeat([]byte("0123456789abcdef"), 16)}),
		raw("stencil", "/DeviceGray", "/ImageMask true", 1, 1, func(x, y int) [3]byte { return bw(!black(x, y, 0)) }, func(x, y, c, seed int) uint32 {
			if black(x, y, seed) {
				return 0
			}
			return 1
		}))
	all[len(all)-1].dict = "/ImageMask true/BitsPerComponent 1/Filter/FlateDecode"
	plain := func(seed int) []byte {
		return packed(8, 3, func(x, y, c int) uint32 { return full(x, y, c, seed) })
	}
	a85 := func(b []byte) []byte {
		out := make([]byte, ascii85.MaxEncodedLen(len(b)))
		return append(out[:ascii85.Encode(out, b)], "~>"...)
	}
	add := func(name, dict string, near int, want func(x, y int) [3]byte, save func(seed int) []byte, more ...stream) {
		all = append(all, sample{name: name, dict: dict, data: save(0), want: want, near: near, save: save, more: more})
	}
	add("no filter", "/ColorSpace/DeviceRGB/BitsPerComponent 8", 0, pattern(0), plain)
	add("hexadecimal", "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/ASCIIHexDecode", 0, pattern(0),
		func(seed int) []byte { return fmt.Appendf(nil, "%x>", plain(seed)) })
	add("two filters", "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter[/ASCII85Decode/FlateDecode]/DecodeParms[null null]", 0, pattern(0),
		func(seed int) []byte { return a85(deflate(plain(seed))) })
	for name, grey := range map[string]bool{"JPEG": false, "grey JPEG": true} {
		space := "/DeviceRGB"
		if grey {
			space = "/DeviceGray"
		}
		add(name, "/ColorSpace"+space+"/BitsPerComponent 8/Filter/DCTDecode", 0, nil, func(seed int) []byte { return jpegSample(t, grey, seed) })
	}
	bilevel := func(x, y int) [3]byte { return bw(!black(x, y, 0)) }
	add("CCITT G4", "/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 32/Rows 16>>", 0, bilevel, mmr)
	add("JBIG2", "/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode/DecodeParms<</JBIG2Globals 6 0 R>>", 0, nil,
		jbig2, stream{"", jbig2Comment()})
	j2k, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(jpx, "\n", ""))
	if err != nil {
		t.Fatal(err)
	}
	all = append(all, sample{name: "JPX", dict: "/ColorSpace/DeviceRGB/Filter/JPXDecode", data: j2k, near: 1, want: func(x, y int) [3]byte {
		switch {
		case x < 16:
			return [3]byte{200, 40, 40}
		case y < 8:
			return [3]byte{30, 60, 220}
		}
		return [3]byte{30, 60, 90}
	}})
	return all
}

func bw(white bool) [3]byte {
	if white {
		return [3]byte{255, 255, 255}
	}
	return [3]byte{}
}

func jpegSample(t testing.TB, grey bool, seed int) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, sampleW, sampleH))
	g := image.NewGray(m.Rect)
	for y := range sampleH {
		for x := range sampleW {
			p := pattern(seed)(x, y)
			m.SetNRGBA(x, y, color.NRGBA{p[0], p[1], p[2], 255})
			g.SetGray(x, y, color.Gray{p[0]})
		}
	}
	var b bytes.Buffer
	var pix image.Image = m
	if grey {
		pix = g
	}
	if err := jpeg.Encode(&b, pix, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// mmr writes black areas of 8 pixels in two-dimensional coding of which only the
// horizontal mode is used (ITU-T T.6).
func mmr(seed int) []byte {
	white := map[int]string{0: "00110101", 8: "10011"}
	ink := map[int]string{0: "0000110111", 8: "000101"}
	var bits strings.Builder
	for y := range sampleH {
		x, first := 0, 0
		if black(0, y, seed) {
			first = 8 // a line starts with a run of white, here of none
		}
		for x < sampleW {
			w, k := 8-first, 8
			first = 0
			if x+w+k > sampleW {
				k = 0
			}
			bits.WriteString("001" + white[w] + ink[k])
			x += w + k
		}
	}
	bits.WriteString(strings.Repeat("000000000001", 2))
	return bytesOf(bits.String())
}

func bytesOf(bits string) []byte {
	out := make([]byte, (len(bits)+7)/8)
	for i, c := range bits {
		if c == '1' {
			out[i/8] |= 0x80 >> (i % 8)
		}
	}
	return out
}

// jbig2 is a page information segment and an immediate generic region (ITU-T T.88,
// 7.4.8 and 7.4.6). Any bytes are some picture in arithmetic coding.
func jbig2(seed int) []byte {
	b := segment(1, 48, 1, 19)
	b = binary.BigEndian.AppendUint32(b, sampleW)
	b = binary.BigEndian.AppendUint32(b, sampleH)
	b = append(b, make([]byte, 11)...)
	noise := bytes.Repeat([]byte{byte(0x91 + seed), 0x3c, 0x5b, 0xe0, 0x17}, 12)
	b = append(b, segment(2, 38, 1, 26+len(noise))...)
	b = binary.BigEndian.AppendUint32(b, sampleW)
	b = binary.BigEndian.AppendUint32(b, sampleH)
	b = append(b, make([]byte, 10)...)
	return append(append(b, 0x03, 0xff, 0xfd, 0xff, 0x02, 0xfe, 0xfe, 0xfe), noise...)
}

// jbig2Comment is an extension segment for all pages (7.4.14).
func jbig2Comment() []byte { return append(segment(0, 62, 0, 6), 0x20, 0, 0, 0, 0, 0) }

func segment(n, kind, page byte, size int) []byte {
	return binary.BigEndian.AppendUint32([]byte{0, 0, 0, n, kind, 0, page}, uint32(size))
}

// jpx is a JPEG 2000 codestream of 32 × 16 pixels in three colours, without loss.
const jpx = `
/0//UQAvAAAAAAAgAAAAEAAAAAAAAAAAAAAAIAAAABAAAAAAAAAAAAADBwEBBwEBBwEB/1IADAAAAAEAAAQEAAH/XAAEQED/ZAAlAAFDcmVhdGVkIGJ5IE9w
ZW5KUEVHIHZlcnNpb24gMi41LjT/kAAKAAAAAAGBAAH/k8+2hRQAXJQzn3iakAADCQjVChhISEBoBhIR7hgwkJCA0AwkI9wwYSEhAaAYSEpg2kAAAAAAGEhF
EDjCQkIDQDCQj3DBhISEBoBhIR7hgwkJCA0AwkI9wwYSEv9UlQAAAAAYSEWYQMJCQgNAMJCPcMGEhIQGgGEhHuGDCQkIDQDCQj3DBhIS/3/PtfgRUFSv/310
lSAABhIRqhQwkJCA0AwkI9wwYSEhAaAYSEe4YMJCQgNAMJCPcMGEhIQGgGEhHuGDCQkIDQDCQj3DBhISEBoBhIR7hgwkJCA0AwkJeEbgAAYSEaoUMJCQgNAM
JCPcMGEhIQGgGEhHuGDCQkIDQDCQj3DBhIS//3/PtZwRUFSUM5g34AENxDJ0u9fOJECcDqcAAAAAAYSEUQOMJCQgNAMJCXhG4AAGEhGqFDCQkIDQDCQj3DBh
ISEBoBhIR7hgwkJCA0AwkI9wwYSEv6VYgAAAMJCMQJGEhIQGgGEhHuGDCQl//9k=`
