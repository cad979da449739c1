package faces

import (
	"image"
	"slices"
	"testing"
)

func TestPlan(t *testing.T) {
	for _, size := range []image.Point{{0, 0}, {1, 1}, {9000, 1}, {300, 200}, {600, 400}, {1600, 1200}, {1610, 1200}, {4900, 4900}, {6000, 4000}} {
		// The picture need not begin at the origin.
		r := image.Rectangle{Max: size}.Add(image.Pt(7, -3))
		plans := map[string][]pass{"yunet alone": yunetPlan(r)}
		for m := Normal; m <= MissNothing; m++ {
			plans[m.String()] = m.plan(r)
		}
		for name, passes := range plans {
			if r.Empty() {
				if len(passes) > 0 {
					t.Errorf("%s: %d looks at nothing", name, len(passes))
				}
				continue
			}
			for _, small := range []bool{false, true} {
				if name == "yunet alone" && small {
					continue
				}
				checkLooks(t, name, r, passes, small)
			}
		}
	}
}

// checkLooks checks those of one network.
func checkLooks(t *testing.T, name string, r image.Rectangle, passes []pass, small bool) {
	t.Helper()
	seen := make([]bool, r.Dx()*r.Dy()) // at a scale of at least 0.8, or 1280 px
	frame := false
	for _, p := range passes {
		if p.small != small {
			continue
		}
		if !p.from.In(r) || p.from.Empty() || p.w < 1 || p.h < 1 || p.w*p.h > lookArea || p.least <= 0 {
			t.Errorf("%s, %v: look %+v", name, r.Size(), p)
		}
		if p.from == r {
			frame = frame || max(p.w, p.h) <= 640
		}
		if p.w < int(maxShrink*float64(p.from.Dx())) && !(name == "fast" && p.w*10 >= lookArea) {
			continue
		}
		for y := p.from.Min.Y; y < p.from.Max.Y; y++ {
			for x := p.from.Min.X; x < p.from.Max.X; x++ {
				seen[(y-r.Min.Y)*r.Dx()+x-r.Min.X] = true
			}
		}
	}
	if !frame && (!small || name == "yunet alone") {
		t.Errorf("%s, %v, YuNet %v: the small look at the whole picture is missing", name, r.Size(), small)
	}
	if name != "fast" && slices.Contains(seen, false) {
		t.Errorf("%s, %v, YuNet %v: the looks leave a gap", name, r.Size(), small)
	}
}

func TestTilesOverlap(t *testing.T) {
	for n := 1; n < 12000; n += 37 {
		for _, scale := range []float64{1, 2, 3} {
			r := image.Rect(0, 0, n, 2*n/3+1)
			ps := tiles(r, scale)
			var used float64
			for i, p := range ps {
				used += float64(p.w * p.h)
				if i > 0 && p.from.Min.Y == ps[i-1].from.Min.Y {
					if lap := ps[i-1].from.Max.X - p.from.Min.X; float64(lap)*scale < tileLap-3 {
						t.Fatalf("%d px at %v: tiles overlap by %d", n, scale, lap)
					}
				}
			}
			if whole := float64(r.Dx()*r.Dy()) * scale * scale; n > 1500 && used > 2*whole {
				t.Errorf("%d px at %v: %.1f times the picture is looked at", n, scale, used/whole)
			}
		}
	}
}

func near(a float32, b, tolerance float64) bool {
	d := float64(a) - b
	return d <= tolerance && d >= -tolerance
}
