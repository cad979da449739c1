package photo

import (
	"bytes"
	"image"
	"io"
	"math"
	"testing"

	"consentry/internal/sandbox"
	"consentry/redact"
)

// photo24 is a 24-megapixel picture with the detail of a photo, more or less.
func photo24() *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, 6000, 4000))
	seed := uint32(1)
	for y := range 4000 {
		for x := range 6000 {
			seed = seed*1664525 + 1013904223
			v := 128 + 60*math.Sin(float64(x)/37)*math.Cos(float64(y)/53) + float64(seed>>24)/16
			p := m.Pix[m.PixOffset(x, y):]
			p[0], p[1], p[2], p[3] = uint8(v), uint8(v*.8+20), uint8(255-v), 255
		}
	}
	return m
}

func faces() (rs []redact.Redaction) {
	for i := range 30 {
		x, y := 300+i%6*950, 200+i/6*780
		rs = append(rs, order(redact.Face, redact.Blur, x, y, x+200, y+260))
	}
	return rs
}

func BenchmarkDecode24MP(b *testing.B) {
	up := jpegOf(b, photo24(), 90)
	for name, file := range map[string][]byte{
		"jpeg":            up,
		"jpeg turned":     withSegments(up, exifSegment(exifOf([]entry{short(tagOrientation, 6)}, nil, nil, nil))),
		"jpeg display p3": withSegments(up, seg(markAPP0+2, "ICC_PROFILE\x00\x01\x01", string(profile(p3, srgbCurve)))),
	} {
		for where, dec := range map[string]Decoder{"in process": InProcess, "sandboxed": Sandboxed(new(sandbox.Runner))} {
			b.Run(name+" "+where, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := dec(b.Context(), bytes.NewReader(file), int64(len(file)), 0, 1); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkRewrite24MP is decoding in process, blurring 30 faces, encoding.
func BenchmarkRewrite24MP(b *testing.B) {
	m := photo24()
	for name, file := range map[string][]byte{"jpeg": jpegOf(b, m, 90), "png": pngOf(b, m)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := open(b, nil, file).Rewrite(b.Context(), io.Discard, faces()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkBlur30Faces(b *testing.B) {
	m := photo24()
	list, err := areas(faces(), m.Rect)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		hide(m, list)
	}
}
