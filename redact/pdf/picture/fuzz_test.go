package picture_test

import (
	"context"
	"errors"
	"image"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/content"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/picture"
)

// Whatever an image stream says of itself: a picture that is painted is a picture
// of the size it gives, or there is an error.
func FuzzPaint(f *testing.F) {
	f.Add("FlateDecode", "DeviceRGB", 32, 16, 8, []byte("not deflated"), 0.1, 0.2)
	f.Add("DCTDecode", "DeviceGray", 8, 8, 8, []byte{0xff, 0xd8, 0xff, 0xdb, 0, 2}, 0.5, 0.5)
	f.Add("", "DeviceGray", 4, 4, 8, []byte("0123456789abcdef"), 0.0, 0.9)
	f.Add("CCITTFaxDecode", "", 16, 3, 1, []byte{0x35, 0x11}, 0.3, 0.3)
	f.Add("JBIG2Decode", "DeviceGray", 32, 16, 1, jbig2(0), 0.3, 0.3)
	f.Add("LZWDecode", "Pattern", 1<<20, 1<<20, 16, []byte{0x80}, -5.0, 1e300)
	f.Add("JPXDecode", "DeviceCMYK", 3, 70000, 0, []byte{0xff, 0x4f, 0xff, 0x51}, 0.3, 0.3)
	e := start(f)
	f.Fuzz(func(t *testing.T, filter, space string, w, h, bits int, data []byte, x, y float64) {
		file := read(t, build("/MediaBox[0 0 9 9]/Resources<<>>", ""))
		d := types.Dict{"Width": types.Integer(w), "Height": types.Integer(h), "BitsPerComponent": types.Integer(bits), "ColorSpace": types.Name(space)}
		var pipeline []types.PDFFilter
		if filter != "" {
			d["Filter"] = types.Name(filter)
			pipeline = []types.PDFFilter{{Name: filter}}
		}
		s := types.NewStreamDict(d, 0, nil, nil, pipeline)
		s.Raw = data
		p := &picture.Painter{File: file, Engine: e, Hide: hide}
		pic := content.Picture{Stream: s, Matrix: geom.Matrix{A: 9, D: 9}, Box: geom.Rect{X1: 9, Y1: 9}}
		ref, changed, err := p.Paint(pageOf(t, file), pic, []picture.Region{{Box: geom.Rect{X0: x, Y0: y, X1: x + 4, Y1: y + 3}}})
		if errors.Is(err, engine.ErrAborted) { // of no more use
			e.Close()
			if e, err = module.New(context.Background()); err != nil {
				t.Fatal(err)
			}
			return
		}
		if err != nil || !changed {
			return
		}
		out, ok := file.Stream(ref)
		if !ok {
			t.Fatal("painted to no stream")
		}
		m, err := picture.Decode(file, out, e)
		if err != nil {
			t.Fatalf("what was painted cannot be decoded: %v", err)
		}
		if m.Rect != image.Rect(0, 0, w, h) && m.Rect != image.Rect(0, 0, 1, 1) && w*h <= 48<<20 {
			t.Errorf("%v pixels of %d × %d", m.Rect, w, h)
		}
	})
}
