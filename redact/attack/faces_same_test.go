package attack

import (
	"context"
	"image"
	"testing"

	"consentry/redact"
)

// apart is an embedder by which every face is so far from every other.
type apart struct {
	far float32
	n   *int
}

func (a apart) Embed(context.Context, *image.NRGBA, [][2]float32) (v [128]float32, err error) {
	v[0] = a.far * float32(*a.n)
	*a.n++
	return v, nil
}

// SFace by itself tells a face that is only coarse from one that is hidden as
// the product hides it, and takes no face for itself by hair and background.
func TestSameSecond(t *testing.T) {
	a, d := faceAttack(t)
	faces, coarse := 0, 0
	for _, s := range shots(t, d, 100, 1, 2, 3, 4) {
		weak := nrgba(s.img)
		for _, f := range s.found {
			coarsen(weak, f.Region.Box, 24)
		}
		for m, img := range map[redact.Method]*image.NRGBA{
			redact.Blur:   decodeAll(t, s.released(t, redact.Blur, 0)),
			redact.Mosaic: decodeAll(t, s.released(t, redact.Mosaic, 0)),
			redact.Solid:  decodeAll(t, s.released(t, redact.Solid, 0)),
			-1:            weak,
		} {
			for i, f := range s.found {
				h := hiding{index: i, box: f.Region.Box, method: redact.Blur, kind: f.Kind, landmarks: f.Landmarks}
				if f.Tier != redact.Sure {
					continue
				}
				if err := a.look(t.Context(), s.img, &h); err != nil {
					t.Fatal(err)
				}
				same, err := a.sameSecond(t.Context(), img, &h)
				if err != nil {
					t.Fatal(err)
				}
				switch {
				case m == -1:
					faces++
					if same {
						coarse++
					}
				case same:
					t.Errorf("%v: face %d is taken for itself", m, i)
				}
			}
		}
	}
	t.Logf("%d of %d coarse faces are taken for themselves", coarse, faces)
	if faces < 12 || coarse < faces*3/4 {
		t.Errorf("only %d of %d coarse faces are taken for themselves", coarse, faces)
	}
}

// SFace is asked where dlib leaves room, and only there.
func TestSameAsksSecond(t *testing.T) {
	a, d := faceAttack(t)
	s := shots(t, d, 100, 3)[0]
	for _, tt := range []struct {
		far  float32
		want bool
	}{{0.65, true}, {0.71, true}, {0.73, false}, {1.5, false}} {
		n := 0
		a.Embedder = apart{tt.far, &n}
		h := hiding{box: s.found[0].Region.Box, method: redact.Blur, kind: redact.Face, landmarks: s.found[0].Landmarks}
		if err := a.look(t.Context(), s.img, &h); err != nil {
			t.Fatal(err)
		}
		if same, err := a.same(t.Context(), s.img, &h); err != nil || same != tt.want {
			t.Errorf("dlib says %.2f: same is %v, %v", tt.far, same, err)
		}
	}
}

// decodeAll is what was written.
func decodeAll(t *testing.T, r redact.Released) *image.NRGBA {
	t.Helper()
	for p, err := range (Faces{Formats: photos}).pages(t.Context(), r.Asset, r.Body) {
		if err != nil {
			t.Fatal(err)
		}
		return p.img
	}
	t.Fatal("no page")
	return nil
}
