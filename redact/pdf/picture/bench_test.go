package picture_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"testing"

	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/picture"
)

// scan is a page of 2000 × 3000 pixels, as a scanner makes it.
func scan(b *testing.B, filter string) []byte {
	const w, h = 2000, 3000
	m := image.NewGray(image.Rect(0, 0, w, h))
	v := uint32(7)
	for i := range m.Pix {
		v = v*1664525 + 1013904223
		m.Pix[i] = 0xf0 + byte(v>>29)
		if x, y := i%w, i/w; y%60 < 30 && (x/9*31+y/60*17)%3 == 0 {
			m.Pix[i] = 0x20 + byte(v>>29)
		}
	}
	dict, data := "/ColorSpace/DeviceGray/BitsPerComponent 8", []byte(nil)
	switch filter {
	case "JPEG":
		var out bytes.Buffer
		if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: 85}); err != nil {
			b.Fatal(err)
		}
		dict, data = dict+"/Filter/DCTDecode", out.Bytes()
	case "Flate":
		dict, data = dict+"/Filter/FlateDecode", deflate(m.Pix)
	case "colour":
		all := make([]byte, 0, 3*len(m.Pix))
		for _, v := range m.Pix {
			all = append(all, v, v-8, v-16)
		}
		dict, data = "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode", deflate(all)
	case "bilevel":
		data = make([]byte, w/8*h)
		for i, v := range m.Pix {
			if v > 0x80 {
				data[i/8] |= 0x80 >> (i % 8)
			}
		}
		dict, data = "/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/FlateDecode", deflate(data)
	}
	return build("/MediaBox[0 0 480 720]/Resources<</XObject<</I 5 0 R>>>>", "480 0 0 720 0 0 cm /I Do",
		stream{fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d%s", w, h, dict), data})
}

// Pixels a second of hiding a region in a scan.
func BenchmarkPaint(b *testing.B) {
	for _, filter := range []string{"bilevel", "Flate", "JPEG", "colour"} {
		b.Run(filter, func(b *testing.B) {
			e := start(b)
			f := read(b, scan(b, filter))
			pic, pg := drawn(b, f, geom.Matrix{A: 480, D: 720}), pageOf(b, f)
			b.SetBytes(2000 * 3000)
			for b.Loop() {
				p := &picture.Painter{File: f, Engine: e, Hide: hide}
				if _, _, err := p.Paint(pg, pic, []picture.Region{solid(100, 100, 200, 130)}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
