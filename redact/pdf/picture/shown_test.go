package picture_test

import (
	"bytes"
	"fmt"
	"image"
	"math"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/content"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
	"consentry/redact/pdf/picture"
)

// A sheet is a page of 400 × 300 points with pictures of 60 × 40 pixels, object 5,
// wherever they are put.
type sheet struct {
	content.Page
	rotate    int
	resources string // further ones
	more      stream // object 8
}

func (s *sheet) put(m geom.Matrix, hidden content.Hidden) *content.Picture {
	s.Pictures = append(s.Pictures, content.Picture{Matrix: m, Box: geom.Rect{X1: 1, Y1: 1}.Through(m), Hidden: hidden})
	return &s.Pictures[len(s.Pictures)-1]
}

func noise(w, h int) []byte {
	b := make([]byte, 3*w*h)
	v := uint32(7)
	for i := range b {
		v = v*1664525 + 1013904223
		b[i] = byte(v >> 24)
	}
	return b
}

func (s *sheet) shots(t *testing.T, dict string, data []byte) []picture.Shot {
	t.Helper()
	e := start(t)
	f, shots := s.open(t, e, dict, data)
	_ = f
	return shots
}

func (s *sheet) open(t *testing.T, e *engine.Engine, dict string, data []byte) (*object.File, []picture.Shot) {
	t.Helper()
	var ops bytes.Buffer
	for _, p := range s.Pictures {
		if p.Hidden == 0 {
			fmt.Fprintf(&ops, "q %f %f %f %f %f %f cm /I Do Q\n", p.Matrix.A, p.Matrix.B, p.Matrix.C, p.Matrix.D, p.Matrix.E, p.Matrix.F)
		}
	}
	file := build(fmt.Sprintf("/MediaBox[0 0 400 300]/Rotate %d/Resources<</XObject<</I 5 0 R>>%s>>", s.rotate, s.resources), ops.String(),
		stream{"/Type/XObject/Subtype/Image" + dict, data},
		stream{"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", []byte("A")},
		stream{"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", []byte{0xff}},
		s.more)
	f := read(t, file)
	for i := range s.Pictures {
		ref := *types.NewIndirectRef(5, 0)
		s.Pictures[i].Ref = &ref
		s.Pictures[i].Stream, _ = f.Stream(ref)
	}
	doc, err := e.Open(file, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { doc.Close() })
	shots, err := picture.Shown(f, pageOf(t, f), &s.Page, e, doc, 0)
	if err != nil {
		t.Fatal(err)
	}
	return f, shots
}

const plainDict = "/Width 60/Height 40/ColorSpace/DeviceRGB/BitsPerComponent 8"

func TestShown(t *testing.T) {
	at := func(x, y, w, h float64) geom.Matrix { return geom.Matrix{A: w, D: h, E: x, F: y} }
	white := content.Fill{Box: geom.Rect{X0: 90, Y0: 90, X1: 130, Y1: 130}, Opaque: true, Flat: true, Rect: true, Points: 4}
	for _, tt := range []struct {
		name string
		make func(s *sheet)
		dict string
		want []string // why, in order
		area geom.Rect
	}{
		{"one", func(s *sheet) { s.put(at(100, 100, 60, 40), 0) }, "", []string{picture.WhyPicture}, geom.Rect{X0: 100, Y0: 160, X1: 160, Y1: 200}},
		{"strips are one", func(s *sheet) {
			for i := range 20 {
				s.put(at(100, 100+float64(i)*5, 100, 5), 0)
			}
		}, "", []string{picture.WhyPicture}, geom.Rect{X0: 100, Y0: 100, X1: 200, Y1: 200}},
		{"two apart", func(s *sheet) { s.put(at(20, 20, 60, 40), 0); s.put(at(200, 200, 60, 40), 0) }, "", []string{picture.WhyPicture, picture.WhyPicture}, geom.Rect{}},
		{"turned page", func(s *sheet) { s.rotate = 90; s.put(at(100, 100, 60, 40), 0) }, "", []string{picture.WhyPicture}, geom.Rect{X0: 100, Y0: 100, X1: 140, Y1: 160}},
		{"tiny", func(s *sheet) { s.put(at(100, 100, 3, 3), 0) }, "/Width 8/Height 30/ColorSpace/DeviceRGB/BitsPerComponent 8", nil, geom.Rect{}},
		{"tiny but of many pixels", func(s *sheet) { s.put(at(100, 100, 5, 5), 0) }, "", []string{picture.WhyFiner}, geom.Rect{}},
		{"on a hidden layer", func(s *sheet) { s.put(at(100, 100, 60, 40), content.Layer) }, "", []string{picture.WhyHidden}, geom.Rect{}},
		{"cropped", func(s *sheet) { s.put(at(100, 100, 60, 40), 0).Box.X1 = 130 }, "", []string{picture.WhyPicture, picture.WhyCropped}, geom.Rect{}},
		{"off the page in part", func(s *sheet) { s.put(at(370, 100, 60, 40), 0) }, "", []string{picture.WhyPicture, picture.WhyCropped}, geom.Rect{}},
		{"masked", func(s *sheet) { s.put(at(100, 100, 60, 40), 0) }, "/SMask 6 0 R", []string{picture.WhyPicture, picture.WhyMasked}, geom.Rect{}},
		{"with a mask that hides nothing", func(s *sheet) { s.put(at(100, 100, 60, 40), 0) }, "/SMask 7 0 R", []string{picture.WhyPicture}, geom.Rect{}},
		{"under a box", func(s *sheet) { s.put(at(100, 100, 60, 40), 0); s.Fills = append(s.Fills, white) }, "", []string{picture.WhyPicture, picture.WhyCovered}, geom.Rect{}},
		{"on a ground", func(s *sheet) {
			ground := white
			ground.Box = geom.Rect{X1: 400, Y1: 300}
			s.Fills = append(s.Fills, ground)
			s.put(at(100, 100, 60, 40), 0).Order = 1
		}, "", []string{picture.WhyPicture}, geom.Rect{}},
		{"on a ground or under it", func(s *sheet) {
			ground := white
			ground.Box = geom.Rect{X1: 400, Y1: 300}
			s.Fills = append(s.Fills, ground)
			s.put(at(100, 100, 60, 40), 0)
		}, "", []string{picture.WhyPicture, picture.WhyCovered}, geom.Rect{}},
		{"under another", func(s *sheet) { s.put(at(100, 100, 60, 40), 0); s.put(at(130, 120, 60, 40), 0) }, "", []string{picture.WhyPicture, picture.WhyCovered}, geom.Rect{}},
		{"small on the page", func(s *sheet) { s.put(at(100, 100, 8, 6), 0) }, "", []string{picture.WhyPicture, picture.WhyFiner}, geom.Rect{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var s sheet
			tt.make(&s)
			dict := plainDict + tt.dict
			if strings.HasPrefix(tt.dict, "/Width") {
				dict = tt.dict
			}
			shots := s.shots(t, dict, noise(60, 40))
			var why []string
			for _, s := range shots {
				why = append(why, s.Why)
				if s.Stored != (s.Why != picture.WhyPicture) {
					t.Errorf("%s: stored %v", s.Why, s.Stored)
				}
				m, err := s.Pixels()
				if err != nil || m.Rect.Empty() || len(colours(m)) < 2 {
					t.Errorf("%s: no pixels: %v", s.Why, err)
				}
			}
			if fmt.Sprint(why) != fmt.Sprint(tt.want) {
				t.Fatalf("got %q, want %q", why, tt.want)
			}
			if !tt.area.Empty() && !close(shots[0].Box, tt.area, 1) {
				t.Errorf("at %v, want %v", shots[0].Box, tt.area)
			}
		})
	}
}

func close(a, b geom.Rect, by float64) bool {
	in, out := b.Grow(-by), b.Grow(by)
	return a.Intersect(out) == a && a.Union(in) == a
}

// A shot's pixels fill its box, at the picture's own resolution within bounds.
func TestShownResolution(t *testing.T) {
	for _, tt := range []struct{ width, dpi float64 }{{60, 100}, {20, 216}, {12, 300}, {360, 100}} {
		var s sheet
		s.put(geom.Matrix{A: tt.width, D: tt.width * 2 / 3, E: 10.3, F: 20.7}, 0)
		shot := s.shots(t, plainDict, noise(60, 40))[0]
		m, err := shot.Pixels()
		if err != nil {
			t.Fatal(err)
		}
		x, y := float64(m.Rect.Dx())*72/shot.Box.W(), float64(m.Rect.Dy())*72/shot.Box.H()
		if max(x, tt.dpi)-min(x, tt.dpi) > 0.5 || max(y, tt.dpi)-min(y, tt.dpi) > 0.5 {
			t.Errorf("%g points wide: %.1f × %.1f dpi, want %g", tt.width, x, y, tt.dpi)
		}
	}
}

// A picture without area, or of a size that cannot be, is no reason to look at
// nothing.
func TestShownDegenerate(t *testing.T) {
	for name, m := range map[string]geom.Matrix{"a line": {A: 60, E: 100, F: 100}, "nothing": {}, "not finite": {A: math.NaN(), D: 1}} {
		var s sheet
		s.put(m, content.Tiny)
		shots := s.shots(t, plainDict, noise(60, 40))
		if len(shots) != 1 || !shots[0].Stored || shots[0].Box.Empty() {
			t.Fatalf("%s: %d shots", name, len(shots))
		}
		if p, err := shots[0].Pixels(); err != nil || p.Rect.Dx() < 40 {
			t.Errorf("%s: no pixels: %v", name, err)
		}
	}
	var s sheet
	s.put(geom.Matrix{A: 1e30, D: 1e30}, content.OffPage)
	if _, err := s.shots(t, plainDict, noise(60, 40))[0].Pixels(); err == nil {
		t.Error("a picture of absurd size has pixels in a place")
	}
}

// A plain picture shows nothing, unless several of them make a drawing.
func TestShownPlain(t *testing.T) {
	flat := bytes.Repeat([]byte{10, 20, 30}, 60*40)
	var s sheet
	s.put(geom.Matrix{A: 60, D: 40, E: 100, F: 100}, 0)
	if shots := s.shots(t, plainDict, flat); len(shots) != 0 {
		t.Errorf("%d shots of a plain picture", len(shots))
	}
	s.put(geom.Matrix{A: 60, D: 40, E: 120, F: 110}, 0)
	if shots := s.shots(t, plainDict, flat); len(shots) != 1 {
		t.Errorf("%d shots of a drawing", len(shots))
	}
}

// A stored picture is turned as it is seen: its pixels are those of the page.
func TestStoredIsUpright(t *testing.T) {
	e := start(t)
	for _, rotate := range []int{0, 90, 180, 270} {
		for _, m := range []geom.Matrix{
			{A: 60, D: 40, E: 100, F: 100}, {A: -60, D: 40, E: 160, F: 100}, {A: 60, D: -40, E: 100, F: 140}, {A: -60, D: -40, E: 160, F: 140},
			{B: 60, C: 40, E: 100, F: 100}, {B: 60, C: -40, E: 140, F: 100}, {B: -60, C: 40, E: 100, F: 160}, {B: -60, C: -40, E: 140, F: 160},
		} {
			s := sheet{rotate: rotate}
			s.put(m, 0).Box.X1 -= 3
			_, shots := s.open(t, e, plainDict, noise(60, 40))
			if len(shots) != 2 || !shots[1].Stored {
				t.Fatalf("%d shots", len(shots))
			}
			stored, err := shots[1].Pixels()
			if err != nil {
				t.Fatal(err)
			}
			doc, err := e.Open(build(fmt.Sprintf("/MediaBox[0 0 400 300]/Rotate %d/Resources<</XObject<</I 5 0 R>>>>", rotate),
				fmt.Sprintf("%f %f %f %f %f %f cm /I Do", m.A, m.B, m.C, m.D, m.E, m.F), stream{"/Type/XObject/Subtype/Image" + plainDict, noise(60, 40)}), "")
			if err != nil {
				t.Fatal(err)
			}
			page, err := doc.Page(0)
			if err != nil {
				t.Fatal(err)
			}
			seen, err := page.Render(72, shots[1].Box)
			if err != nil {
				t.Fatal(err)
			}
			doc.Close()
			if seen.Rect != stored.Rect || furthest(seen, stored, func(image.Point) bool { return true }) > 2 {
				t.Errorf("rotated by %d, drawn by %v: not as on the page", rotate, m)
			}
		}
	}
}
