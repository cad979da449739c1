package picture_test

import (
	"bytes"
	"fmt"
	"image"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/picture"
)

func solid(x0, y0, x1, y1 float64) picture.Region {
	return picture.Region{Box: geom.Rect{X0: x0, Y0: y0, X1: x1, Y1: y1}, Order: redact.Redaction{Kind: redact.Drawn}}
}

// painted is a file of one page that draws object 5 by m, with the picture painted.
func painted(t testing.TB, e *engine.Engine, file []byte, m geom.Matrix, regions ...picture.Region) []byte {
	t.Helper()
	f := read(t, file)
	p := &picture.Painter{File: f, Engine: e, Hide: hide}
	ref, changed, err := p.Paint(pageOf(t, f), drawn(t, f, m), regions)
	if err != nil || !changed {
		t.Fatalf("changed %v, %v", changed, err)
	}
	f.Dict(pageOf(t, f).Resources["XObject"])["I"] = ref
	return write(t, f)
}

// The pixels of a region are gone, whatever they were, and those around it stay.
// What is inside does not depend on what was there.
func TestPaint(t *testing.T) {
	e := start(t)
	box := image.Rect(10, 5, 21, 12) // pixels, from the top
	region := solid(10, sampleH-12, 21, sampleH-5)
	in := func(p image.Point) bool { return p.In(box.Inset(-1)) } // a pixel more
	for _, s := range samples(t) {
		t.Run(s.name, func(t *testing.T) {
			before := shown(t, e, s.file(s.data, ""), 72)
			file := painted(t, e, s.file(s.data, ""), unit, region)
			after := shown(t, e, file, 72)
			near := 2
			if strings.Contains(s.name, "JPEG") || s.name == "JPX" {
				near = 60 // at the edges of so small areas
			}
			if d := furthest(before, after, func(p image.Point) bool { return !in(p) }); d > near {
				t.Errorf("differs by %d outside the region", d)
			}
			// The box itself is what hide makes of it, here a light grey, or white.
			flat := map[[4]byte]bool{}
			for y := box.Min.Y; y < box.Max.Y; y++ {
				for x := box.Min.X; x < box.Max.X; x++ {
					c := [4]byte(after.Pix[after.PixOffset(x, y):])
					flat[c] = true
					if c[0] < 0xD0-12 {
						t.Fatalf("pixel %d,%d is %v", x, y, c)
					}
				}
			}
			if len(flat) > 1 && near == 2 {
				t.Errorf("%d colours inside the region", len(flat))
			}
			if s.save == nil {
				return
			}
			other := shown(t, e, painted(t, e, s.file(s.save(1), ""), unit, region), 72)
			if d := furthest(other, after, func(p image.Point) bool { return p.In(box) }); d > 0 && near == 2 {
				t.Errorf("another picture differs by %d inside the region", d)
			}
		})
	}
}

// Two pictures that differ in the region only become the same bytes.
func TestPaintTellsNothing(t *testing.T) {
	e := start(t)
	for _, s := range samples(t) {
		if s.name != "RGB 8" && s.name != "grey 1" && s.name != "grey 8" && s.name != "CMYK" {
			continue
		}
		var out [][]byte
		for _, v := range []byte{0x00, 0xff} {
			raw := mustInflate(t, s.data)
			row := len(raw) / sampleH
			for y := 5; y < 12; y++ {
				for i := row / 4; i < row/2; i++ {
					raw[y*row+i] = v
				}
			}
			out = append(out, painted(t, e, s.file(deflate(raw), ""), unit, solid(7, sampleH-12, 17, sampleH-5)))
		}
		if !bytes.Equal(withoutID(out[0]), withoutID(out[1])) {
			t.Errorf("%s: the output tells what was hidden", s.name)
		}
	}
}

// Regions are found in pictures however they stand on the page.
func TestPaintTurned(t *testing.T) {
	e := start(t)
	s := samples(t)[10]
	for name, m := range map[string]geom.Matrix{
		"upright":    {A: 320, D: 160, E: 40, F: 120},
		"flipped":    {A: -320, D: 160, E: 360, F: 120},
		"upside":     {A: 320, D: -160, E: 40, F: 280},
		"90 degrees": {B: 320, C: -160, E: 280, F: 40},
		"270":        {B: -320, C: 160, E: 120, F: 360},
		"30 degrees": {A: 260, B: 150, C: -75, D: 130, E: 110, F: 60},
		"slanted":    {A: 250, C: 100, D: 160, E: 30, F: 120},
	} {
		t.Run(name, func(t *testing.T) {
			dict := fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d%s", sampleW, sampleH, s.dict)
			file := build("/MediaBox[0 0 400 400]/Resources<</XObject<</I 5 0 R>>>>",
				fmt.Sprintf("%f %f %f %f %f %f cm /I Do", m.A, m.B, m.C, m.D, m.E, m.F), stream{dict, s.data})
			box := geom.Rect{X0: 185, Y0: 190, X1: 215, Y1: 210}
			after := shown(t, e, painted(t, e, file, m, picture.Region{Box: box}), 72)
			before := shown(t, e, file, 72)
			if d := furthest(before, after, func(p image.Point) bool {
				return box.Contains(geom.Point{X: float64(p.X), Y: float64(400 - p.Y)})
			}); d < 20 {
				t.Fatal("nothing changed")
			}
			// 30 × 20 points are 3 × 2 pixels, and at most twice that at an angle.
			far := box.Grow(45)
			if d := furthest(before, after, func(p image.Point) bool {
				return !far.Contains(geom.Point{X: float64(p.X), Y: float64(400 - p.Y)})
			}); d > 2 {
				t.Errorf("differs by %d far from the region", d)
			}
			for y := 191; y < 209; y++ {
				for x := 186; x < 214; x++ {
					if c := after.NRGBAAt(x, 400-y); c.R < 0xD0-4 || c.R > 0xD0+4 || c.R != c.G || c.G != c.B {
						t.Fatalf("point %d,%d is %v", x, y, c)
					}
				}
			}
		})
	}
}

// The shape of a mask goes with the colours, and stays outside.
func TestPaintMasks(t *testing.T) {
	e := start(t)
	s := samples(t)[10]
	soft := make([]byte, 64*32)
	for i := range soft {
		soft[i] = byte(255 * (i / 4 % 2))
	}
	for _, tt := range []struct {
		name, key, dict string
		data            []byte
	}{
		{"soft mask", "/SMask 6 0 R", "/ColorSpace/DeviceGray/BitsPerComponent 8/Width 64/Height 32", soft},
		{"soft mask with a matte", "/SMask 6 0 R", "/ColorSpace/DeviceGray/BitsPerComponent 8/Width 32/Height 16/Matte[0 0 0]", bytes.Repeat([]byte{255, 255, 128, 128}, 128)},
		{"stencil mask", "/Mask 6 0 R", "/ImageMask true/BitsPerComponent 1/Width 16/Height 16", bytes.Repeat([]byte{0x5a}, 32)},
		{"stencil mask, undeclared", "/Mask 6 0 R", "/BitsPerComponent 1/Width 16/Height 16", bytes.Repeat([]byte{0x5a}, 32)},
		{"grey mask as a stencil", "/Mask 6 0 R", "/BitsPerComponent 1/ColorSpace/DeviceGray/Width 16/Height 16", bytes.Repeat([]byte{0x5a}, 32)},
		{"colour key", "/Mask[0 100 0 255 0 255]", "/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", []byte{0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			with := s
			with.more = []stream{{"/Type/XObject/Subtype/Image" + tt.dict, tt.data}}
			file := with.file(s.data, tt.key)
			before := shown(t, e, file, 72)
			if d := furthest(before, shown(t, e, s.file(s.data, ""), 72), everywhere); d < 20 {
				t.Fatal("the mask has no effect")
			}
			after := shown(t, e, painted(t, e, file, unit, solid(10, 4, 21, 11)), 72)
			box := image.Rect(10, 5, 21, 12)
			for y := box.Min.Y; y < box.Max.Y; y++ {
				for x := box.Min.X; x < box.Max.X; x++ {
					if c := after.NRGBAAt(x, y); c.R != 0xD0 || c.B != 0xD0 {
						t.Fatalf("pixel %d,%d is %v", x, y, c)
					}
				}
			}
			if d := furthest(before, after, func(p image.Point) bool { return !p.In(box.Inset(-8)) }); d > 2 {
				t.Errorf("differs by %d outside", d)
			}
		})
	}
}

// Nothing of the old picture can be reached from the new one.
func TestPaintLeavesTheOld(t *testing.T) {
	e := start(t)
	s := samples(t)[10]
	s.more = []stream{{"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", []byte("A")}}
	file := s.file(s.data, "/StructParent 3/Name/Scan/PieceInfo<</Maker<</Private 6 0 R/LastModified(D:2020)>>>>/Interpolate true")
	f := read(t, file)
	p := &picture.Painter{File: f, Engine: e, Hide: hide}
	pic := drawn(t, f, unit)
	pic.Stream.Dict["Alternates"] = types.Array{types.Dict{"Image": *types.NewIndirectRef(6, 0)}}
	pic.Stream.Dict["Metadata"] = *types.NewIndirectRef(6, 0)
	pic.Stream.Dict["OPI"] = types.Dict{"2.0": *types.NewIndirectRef(6, 0)}
	ref, _, err := p.Paint(pageOf(t, f), pic, []picture.Region{solid(1, 1, 5, 5)})
	if err != nil {
		t.Fatal(err)
	}
	for k := range f.Dict(ref) {
		if !strings.Contains(" Type Subtype Width Height BitsPerComponent ColorSpace Filter DecodeParms Length Interpolate ", " "+k+" ") {
			t.Errorf("the new picture has a %s", k)
		}
	}
	again, _, err := p.Paint(pageOf(t, f), pic, []picture.Region{solid(1, 1, 5, 5)})
	if err != nil || again != ref {
		t.Errorf("the same picture with the same regions is written twice: %v", err)
	}
	other, _, err := p.Paint(pageOf(t, f), pic, []picture.Region{solid(1, 1, 7, 5)})
	if err != nil || other == ref {
		t.Errorf("other regions make no other picture: %v", err)
	}
	if _, changed, err := p.Paint(pageOf(t, f), pic, []picture.Region{solid(40, 40, 50, 50)}); changed || err != nil {
		t.Errorf("a region elsewhere changes the picture: %v, %v", changed, err)
	}
}

// A picture of which nothing stays is one pixel.
func TestPaintAll(t *testing.T) {
	e := start(t)
	for _, s := range samples(t) {
		file := painted(t, e, s.file(s.data, ""), unit, solid(-3, -3, 40, 40))
		f := read(t, file)
		d := f.Dict(f.Dict(pageOf(t, f).Resources["XObject"])["I"])
		if w, _ := f.Number(d["Width"]); w != 1 {
			t.Errorf("%s: %v pixels wide", s.name, w)
		}
		if n := len(colours(shown(t, e, file, 72))); n != 1 {
			t.Errorf("%s: %d colours", s.name, n)
		}
	}
}

// What cannot be decoded cannot be painted, and says so.
func TestPaintRefuses(t *testing.T) {
	e := start(t)
	f := read(t, samples(t)[0].file(samples(t)[0].data, ""))
	pic := drawn(t, f, unit)
	d := types.Dict{}
	for k, v := range pic.Stream.Dict {
		d[k] = v
	}
	delete(d, "Width")
	pic.Stream.Dict = d
	p := &picture.Painter{File: f, Engine: e, Hide: hide}
	if _, _, err := p.Paint(pageOf(t, f), pic, []picture.Region{solid(1, 1, 5, 5)}); err == nil {
		t.Error("painted without a size")
	}
	if _, changed, err := p.Paint(pageOf(t, f), pic, []picture.Region{solid(50, 50, 60, 60)}); changed || err != nil {
		t.Error("not of concern, yet", changed, err)
	}
	pic = drawn(t, f, geom.Matrix{A: 30, F: 5})
	ref, changed, err := p.Paint(pageOf(t, f), pic, []picture.Region{solid(1, 1, 5, 9)})
	if err != nil || !changed || f.Dict(ref) == nil {
		t.Errorf("a picture squeezed to a line is not painted: %v, %v", changed, err)
	}
}
