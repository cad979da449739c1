package faces

import (
	"image"
	"slices"
	"testing"
)

func TestPlan(t *testing.T) {
	tests := []struct {
		name        string
		w, h        int
		fast, full  int // number of looks
		first, last image.Point
	}{
		{"empty", 0, 0, 0, 0, image.Point{}, image.Point{}},
		{"one pixel", 1, 1, 1, 1, image.Pt(2, 2), image.Pt(2, 2)},
		{"one row", 9000, 1, 2, 13, image.Pt(1280, 1), image.Pt(1024, 1)},
		{"badge", 300, 200, 1, 1, image.Pt(600, 400), image.Pt(600, 400)},
		{"screen", 600, 400, 2, 2, image.Pt(1200, 800), image.Pt(640, 426)},
		{"just without tiles", 1600, 1200, 2, 2, image.Pt(1280, 960), image.Pt(640, 480)},
		{"just with tiles", 1610, 1200, 2, 6, image.Pt(1280, 954), image.Pt(1024, 1024)},
		{"square", 4900, 4900, 2, 38, image.Pt(1108, 1108), image.Pt(1024, 1024)},
		{"24 MP", 6000, 4000, 2, 37, image.Pt(1280, 853), image.Pt(1024, 1024)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// The picture need not begin at the origin.
			r := image.Rect(7, -3, 7+tt.w, -3+tt.h)
			if got := len(plan(r, centerfaceLooks, true)); got != tt.fast {
				t.Errorf("fast: %d looks, want %d", got, tt.fast)
			}
			passes := plan(r, centerfaceLooks, false)
			if len(passes) != tt.full {
				t.Fatalf("%d looks, want %d", len(passes), tt.full)
			}
			if len(passes) == 0 {
				return
			}
			if first, last := passes[0], passes[len(passes)-1]; first.w != tt.first.X || first.h != tt.first.Y || last.w != tt.last.X || last.h != tt.last.Y {
				t.Errorf("looks from %d×%d to %d×%d", first.w, first.h, last.w, last.h)
			}
			if !slices.ContainsFunc(passes, func(p pass) bool { return p.from == r && max(p.w, p.h) <= centerfaceLooks.small }) {
				t.Error("the small look at the whole picture is missing")
			}
			seen := make([]bool, tt.w*tt.h)
			for _, p := range passes {
				if float64(p.w*p.h) > centerfaceLooks.area || p.w > maxGrow*p.from.Dx() || p.h > maxGrow*p.from.Dy() || !p.from.In(r) {
					t.Errorf("look %v at %d×%d", p.from, p.w, p.h)
				}
				if p.from == r {
					continue
				}
				for y := p.from.Min.Y; y < p.from.Max.Y; y++ {
					for x := p.from.Min.X; x < p.from.Max.X; x++ {
						seen[(y-r.Min.Y)*tt.w+x-r.Min.X] = true
					}
				}
			}
			if tt.full > tt.fast && slices.Contains(seen, false) {
				t.Error("the tiles leave a gap")
			}
		})
	}
}

func TestTilesOverlap(t *testing.T) {
	for n := 1; n < 12000; n += 37 {
		s := starts(n)
		if s[0] != 0 || s[len(s)-1] != max(0, n-tileSide) {
			t.Fatalf("%d px: tiles start at %v", n, s)
		}
		for i := 1; i < len(s); i++ {
			if lap := s[i-1] + tileSide - s[i]; lap < tileLap {
				t.Fatalf("%d px: tiles overlap by %d", n, lap)
			}
		}
	}
}

func TestResample(t *testing.T) {
	img := image.NewNRGBA(image.Rect(5, 9, 105, 69))
	for y := 9; y < 69; y++ {
		for x := 5; x < 105; x++ {
			copy(img.Pix[img.PixOffset(x, y):], []byte{100, uint8(x), uint8(2 * y), 255})
		}
	}
	for _, size := range []image.Point{{100, 60}, {200, 120}, {33, 20}, {7, 5}, {1, 1}} {
		w, h := size.X, size.Y
		const stride = 224
		var planes [3][]float32
		for c := range planes {
			planes[c] = make([]float32, stride*h)
		}
		resample(img, img.Rect, w, h, planes, stride)
		for y := range h {
			for x := range w {
				// A slope stays a slope, away from the edges.
				sx := (float64(x)+0.5)*100/float64(w) - 0.5 + 5
				sy := 2 * ((float64(y)+0.5)*60/float64(h) - 0.5 + 9)
				inner := x > 0 && y > 0 && x < w-1 && y < h-1
				i := y*stride + x
				if !near(planes[0][i], 100, 0.01) || inner && (!near(planes[1][i], sx, 0.01) || !near(planes[2][i], sy, 0.01)) {
					t.Fatalf("%d×%d: (%d,%d) is %v %v %v, want 100 %v %v", w, h, x, y, planes[0][i], planes[1][i], planes[2][i], sx, sy)
				}
			}
			for _, v := range planes[0][y*stride+w : (y+1)*stride] {
				if v != 0 {
					t.Fatalf("%d×%d: wrote beyond the row", w, h)
				}
			}
		}
	}
}

func near(a float32, b, tolerance float64) bool {
	d := float64(a) - b
	return d <= tolerance && d >= -tolerance
}
