package picture_test

import (
	"testing"

	"consentry/redact/pdf/content"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/picture"
)

// text is a line of glyphs of 10 pt at (x, y), each with the text given; "" has
// no Unicode.
func text(s *sheet, x, y float64, texts ...string) {
	for _, v := range texts {
		s.Glyphs = append(s.Glyphs, content.Glyph{
			Text: v, Size: 10, Origin: geom.Point{X: x, Y: y}, Advance: geom.Point{X: 6}, Up: geom.Point{Y: 10},
			Box: geom.Rect{X0: x, Y0: y - 2, X1: x + 6, Y1: y + 8}, Mark: -1, Annot: -1,
		})
		x += 6
	}
}

// path is one of so many points.
func path(s *sheet, x, y, w, h float64, points int) {
	s.Fills = append(s.Fills, content.Fill{Box: geom.Rect{X0: x, Y0: y, X1: x + w, Y1: y + h}, Flat: true, Opaque: true, Points: points})
}

// What can be read on a page but not found in its text is a shot.
func TestWords(t *testing.T) {
	for _, tt := range []struct {
		name string
		make func(s *sheet)
		want string // why; empty: no shot
		all  bool   // the whole page
	}{
		{"text", func(s *sheet) { text(s, 50, 100, "W", "o", "r", "d") }, "", false},
		{"no Unicode", func(s *sheet) { text(s, 50, 100, "", "", "", "") }, picture.WhyUnmapped, false},
		{"one rune unknown", func(s *sheet) { text(s, 50, 100, "王", "", "明") }, picture.WhyUnmapped, false},
		{"private use", func(s *sheet) { text(s, 50, 100, "\ue001", "\ue002") }, picture.WhyUnmapped, false},
		{"a bullet", func(s *sheet) { text(s, 50, 100, ""); text(s, 70, 100, "W", "o", "r", "d") }, "", false},
		{"a bullet and a space", func(s *sheet) { text(s, 50, 100, "", " ", "W", "o", "r", "d") }, "", false},
		{"invisible", func(s *sheet) {
			text(s, 50, 100, "", "", "")
			for i := range s.Glyphs {
				s.Glyphs[i].Hidden = content.Invisible
			}
		}, "", false},
		{"a picture as a glyph", func(s *sheet) { text(s, 50, 100, "A"); s.Glyphs[0].Picture = true }, picture.WhyUnmapped, false},
		{"pages of it", func(s *sheet) {
			for y := range 20 {
				text(s, 20, 20+13*float64(y), make([]string, 60)...)
			}
		}, picture.WhyUnmapped, true},
		{"outlines", func(s *sheet) {
			for i := range 9 {
				path(s, 50+float64(i)*7, 100+float64(i%3), 6, 8, 14)
			}
		}, picture.WhyOutlines, false},
		{"few paths", func(s *sheet) {
			for i := range 3 {
				path(s, 50+float64(i)*7, 100, 6, 8, 14)
			}
		}, "", false},
		{"paths far apart", func(s *sheet) {
			for i := range 9 {
				path(s, 50+float64(i)*35, 100, 6, 8, 14)
			}
		}, "", false},
		{"bars", func(s *sheet) {
			for i := range 9 {
				path(s, 50+float64(i)*12, 100, 10, 8, 4)
				s.Fills[i].Rect = true
			}
		}, "", false},
		{"one path of many points", func(s *sheet) { path(s, 50, 100, 120, 20, 400) }, picture.WhyOutlines, false},
		{"a hairline", func(s *sheet) { path(s, 50, 100, 120, 0.5, 400) }, "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var s sheet
			tt.make(&s)
			shots := s.shots(t, plainDict, noise(60, 40))
			if tt.want == "" {
				if len(shots) != 0 {
					t.Errorf("a shot of %s", shots[0].Why)
				}
				return
			}
			if len(shots) != 1 || shots[0].Why != tt.want || shots[0].Stored {
				t.Fatalf("%d shots", len(shots))
			}
			hull := geom.Rect{}
			for _, g := range s.Glyphs {
				hull = hull.Union(g.Box)
			}
			for _, f := range s.Fills {
				hull = hull.Union(f.Box)
			}
			hull.Y0, hull.Y1 = 300-hull.Y1, 300-hull.Y0
			if b := shots[0].Box; b.Union(hull) != b {
				t.Errorf("%v is not in the shot %v", hull, b)
			}
			if got := shots[0].Box.Area() > 400*300*0.99; got != tt.all {
				t.Errorf("the whole page: %v, want %v", got, tt.all)
			}
			m, err := shots[0].Pixels()
			if err != nil {
				t.Fatal(err)
			}
			if dpi := float64(m.Rect.Dx()) * 72 / shots[0].Box.W(); dpi < 195 || dpi > 205 {
				t.Errorf("%.0f dpi", dpi)
			}
		})
	}
}

// Pictures of the size of letters are read together.
func TestLettersAsPictures(t *testing.T) {
	var s sheet
	for i := range 12 {
		s.put(geom.Matrix{A: 8, D: 10, E: 40 + 12*float64(i), F: 100}, 0)
	}
	var seen []picture.Shot
	for _, shot := range s.shots(t, plainDict, noise(60, 40)) {
		if !shot.Stored {
			seen = append(seen, shot)
		}
	}
	if seen[0].Why != picture.WhyOutlines || seen[0].Box.W() < 130 {
		t.Errorf("the first shot is of %s, %.0f points wide", seen[0].Why, seen[0].Box.W())
	}
}

// What is filled by a mesh or by pictures is looked at, a plain gradient or hatching
// is not.
func TestMeshes(t *testing.T) {
	const tiling = "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9"
	for _, tt := range []struct {
		name, resources string
		more            stream
		want            int
	}{
		{"axial", "/Shading<</S<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 1 0]/Function<</FunctionType 2/N 1/Domain[0 1]>>>>>>", stream{}, 0},
		{"by function", "/Shading<</S<</ShadingType 1/ColorSpace/DeviceGray/Function<</FunctionType 2/N 1/Domain[0 1]>>>>>>", stream{}, 1},
		{"hatching", "/Pattern<</P 8 0 R>>", stream{tiling + "/Resources<<>>", []byte("0 0 m 9 9 l S")}, 0},
		{"tiled pictures", "/Pattern<</P 8 0 R>>", stream{tiling + "/Resources<</XObject<</I 5 0 R>>>>", []byte("/I Do")}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := sheet{resources: tt.resources, more: tt.more}
			s.Fills = []content.Fill{{Box: geom.Rect{X0: 50, Y0: 50, X1: 150, Y1: 150}, Rect: true, Points: 4}}
			if shots := s.shots(t, plainDict, noise(60, 40)); len(shots) != tt.want || tt.want > 0 && shots[0].Why != picture.WhyMesh {
				t.Errorf("%d shots, want %d", len(shots), tt.want)
			}
		})
	}
}
