package picture_test

import (
	"fmt"
	"image"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/picture"
)

// unit draws a sample over all of its page.
var unit = geom.Scale(sampleW, sampleH)

// file is a page as large as the sample, which is object 5, has pixels.
func (s sample) file(data []byte, extra string) []byte {
	dict := fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d%s%s", sampleW, sampleH, s.dict, extra)
	return build(
		fmt.Sprintf("/MediaBox[0 0 %d %d]/Resources<</XObject<</I 5 0 R>>>>", sampleW, sampleH),
		fmt.Sprintf("%d 0 0 %d 0 0 cm /I Do", sampleW, sampleH),
		append([]stream{{dict, data}}, s.more...)...)
}

// Each colour space, bit depth and filter is decoded to the colours it stands for,
// which are those that the page shows.
func TestDecode(t *testing.T) {
	e := start(t)
	for _, s := range samples(t) {
		t.Run(s.name, func(t *testing.T) {
			file := s.file(s.data, "")
			f := read(t, file)
			got, err := picture.Decode(f, drawn(t, f, unit).Stream, e)
			if err != nil {
				t.Fatal(err)
			}
			if got.Rect != image.Rect(0, 0, sampleW, sampleH) {
				t.Fatalf("%v pixels", got.Rect)
			}
			if d := furthest(got, shown(t, e, file, 72), everywhere); d > 1 {
				t.Errorf("differs by %d from what the page shows", d)
			}
			if len(colours(got)) < 2 {
				t.Error("nothing is on it")
			}
			for y := 0; s.want != nil && y < sampleH; y++ {
				for x := range sampleW {
					want := s.want(x, y)
					for k, v := range want {
						d := int(v) - int(got.Pix[got.PixOffset(x, y)+k])
						if max(d, -d) > s.near {
							t.Fatalf("pixel %d,%d is %v, want %v", x, y, got.NRGBAAt(x, y), want)
						}
					}
				}
			}
		})
	}
}

func colours(m *image.NRGBA) map[[4]byte]bool {
	all := map[[4]byte]bool{}
	for i := 0; i < len(m.Pix); i += 4 {
		all[[4]byte(m.Pix[i:])] = true
	}
	return all
}

func everywhere(image.Point) bool { return true }

// Masks say what is seen of a picture, not what it is.
func TestDecodeWithoutMasks(t *testing.T) {
	e := start(t)
	s := samples(t)[10]
	for name, mask := range map[string]stream{
		"soft mask":    {"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", []byte{0}},
		"stencil mask": {"/Type/XObject/Subtype/Image/Width 1/Height 1/ImageMask true/BitsPerComponent 1", []byte{0x80}},
	} {
		t.Run(name, func(t *testing.T) {
			key := map[string]string{"soft mask": "/SMask 6 0 R", "stencil mask": "/Mask 6 0 R"}[name]
			with := s
			with.more = []stream{mask}
			masked := with.file(s.data, key)
			if d := furthest(shown(t, e, masked, 72), shown(t, e, s.file(s.data, ""), 72), everywhere); d < 100 {
				t.Fatal("the mask hides nothing")
			}
			f := read(t, masked)
			got, err := picture.Decode(f, drawn(t, f, unit).Stream, e)
			if err != nil {
				t.Fatal(err)
			}
			if d := furthest(got, shown(t, e, s.file(s.data, ""), 72), everywhere); d > 1 {
				t.Errorf("differs by %d from the picture without a mask", d)
			}
		})
	}
}

// What cannot be a picture is an error, not an empty one.
func TestDecodeRefuses(t *testing.T) {
	e := start(t)
	f := read(t, samples(t)[0].file(samples(t)[0].data, ""))
	loop := types.Array{}
	for range 40 {
		loop = types.Array{loop}
	}
	for name, change := range map[string]types.Dict{
		"no width":     {"Width": nil},
		"no height":    {"Height": types.Integer(0)},
		"negative":     {"Width": types.Integer(-5)},
		"too large":    {"Width": types.Integer(60000), "Height": types.Integer(60000)},
		"not a number": {"Width": types.Name("Wide")},
		"nested":       {"ColorSpace": loop},
	} {
		t.Run(name, func(t *testing.T) {
			s := drawn(t, f, unit).Stream
			d := types.Dict{}
			for k, v := range s.Dict {
				d[k] = v
			}
			for k, v := range change {
				d[k] = v
			}
			s.Dict = d
			if m, err := picture.Decode(f, s, e); err == nil {
				t.Errorf("decoded to %v pixels", m.Rect)
			}
		})
	}
}
