package ocr

import (
	"image"
	"math"
	"math/rand/v2"
	"testing"
)

// The smallest rectangle around points filled into a turned rectangle is that
// rectangle, whatever the angle.
func TestAround(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for degrees := -90.0; degrees < 90; degrees += 7.5 {
		sin, cos := math.Sincos(degrees * math.Pi / 180)
		want := rect{vec{200, 150}, vec{cos, sin}, 80, 12}
		var ps []vec
		for range 4000 {
			ps = append(ps, want.c.add(want.u.times((rng.Float64()*2-1)*want.hu)).add(want.u.right().times((rng.Float64()*2-1)*want.hv)))
		}
		c := want.corners()
		ps = append(ps, c[:]...)
		got := around(ps)
		if got.u.x < 0 || math.Abs(got.u.x) < math.Abs(got.u.y)-1e-9 {
			t.Errorf("%v°: first axis %v is not the level one", degrees, got.u)
		}
		if long, short := max(got.hu, got.hv), min(got.hu, got.hv); math.Abs(long-80.5) > 1 || math.Abs(short-12.5) > 1 || got.c.sub(want.c).length() > 1 {
			t.Errorf("%v°: %+v", degrees, got)
		}
	}
	for _, ps := range [][]vec{nil, {{3, 4}}, {{3, 4}, {3, 4}}, {{0, 0}, {5, 0}}} {
		if r := around(ps); math.IsNaN(r.hu) || math.IsInf(r.hv, 0) || r.u.length() == 0 {
			t.Errorf("%d points: %+v", len(ps), r)
		}
	}
}

// Tiles keep every pixel once and see the overlap around what they keep.
func TestCuts(t *testing.T) {
	for _, n := range []int{1, 32, 700, 701, 1536, 1537, 4096, 20000} {
		for _, most := range []int{300, 700, 1536} {
			at := 0
			for _, c := range cuts(n, most) {
				if c.first != at || c.last <= c.first || c.from != max(0, c.first-overlap) && c.from != 0 || c.to < c.last || c.to > n || c.to-c.from > most+1 {
					t.Fatalf("%d pixels in tiles of %d: %+v at %d", n, most, c, at)
				}
				at = c.last
			}
			if at != n {
				t.Errorf("%d pixels in tiles of %d: %d kept", n, most, at)
			}
		}
	}
}

// Small pictures are enlarged, huge ones shrunk, and no look has more pixels than
// a photo of 16 megapixels.
func TestLooks(t *testing.T) {
	for _, c := range []struct {
		size image.Point
		want []look
	}{
		{image.Pt(300, 190), []look{{1162, 736}}},
		{image.Pt(960, 390), []look{{1812, 736}, {800, 325}}},
		{image.Pt(1654, 2339), []look{{1414, 2000}, {566, 800}}},
		{image.Pt(6000, 4000), []look{{4096, 2731}, {800, 533}}},
		{image.Pt(40, 30000), []look{{5, 4096}, {1, 800}}},
	} {
		got := looks(c.size, 1)
		if len(got) != len(c.want) {
			t.Errorf("%v: %v, want %v", c.size, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%v: %v, want %v", c.size, got, c.want)
			}
		}
	}
}

// Two lines close to one another are two regions, each with its place.
func TestRegions(t *testing.T) {
	const w, h = 200, 100
	heat := make([]uint8, w*h)
	fill := func(r image.Rectangle, v uint8) {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				heat[y*w+x] = v
			}
		}
	}
	fill(image.Rect(20, 20, 180, 30), 230)
	fill(image.Rect(20, 40, 180, 50), 230)
	fill(image.Rect(20, 70, 180, 80), 90) // too faint a line
	fill(image.Rect(5, 5, 7, 7), 250)     // a speck
	got := regions(heat, w, h)
	if len(got) != 2 {
		t.Fatalf("%d regions, want 2", len(got))
	}
	if c := got[0].core; math.Abs(c.c.x-99.5) > 1 || math.Abs(c.c.y-24.5) > 1 || math.Abs(c.hu-80.5) > 1 || math.Abs(c.hv-5.5) > 1 {
		t.Errorf("%+v", c)
	}
	if got[0].hv <= got[0].core.hv {
		t.Error("a line was not grown")
	}
}
