package faces

import (
	"errors"
	"image"
	"testing"

	"golang.org/x/image/draw"

	"consentry/internal/infer"
	"consentry/redact"
)

func yunet(t testing.TB) *YuNet {
	t.Helper()
	model := read(t, "yunet.onnx")
	y, err := NewYuNet(library(t), model, digest(model), Options{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(y.Close(), y.Close()); err != nil {
			t.Error(err)
		}
	})
	return y
}

// Every face of the samples is found from 16 px on, upright and turned, and
// nothing else is sure.
func TestYuNetSamples(t *testing.T) {
	y := yunet(t)
	for _, k := range []float64{1, 0.35, 0.13} {
		for i, faces := range truth {
			src := sample(t, i+1)
			img := image.NewNRGBA(image.Rect(0, 0, int(k*float64(src.Rect.Dx())), int(k*float64(src.Rect.Dy()))))
			draw.CatmullRom.Scale(img, img.Rect, src, src.Rect, draw.Src, nil)
			w, h := img.Rect.Dx(), img.Rect.Dy()
			for turn := range 4 {
				if k == 1 && turn > 0 {
					continue // as in the next size
				}
				shown := img
				if turn > 0 {
					shown = turnedBy(img, turn)
				}
				fs, err := y.Find(t.Context(), shown)
				if err != nil {
					t.Fatal(err)
				}
				sure := 0
				for _, f := range fs {
					if f.Tier == redact.Sure {
						sure++
					}
				}
				if sure > len(faces) {
					t.Errorf("sample %d at %v, turn %d: %d sure for %d faces", i+1, k, turn, sure, len(faces))
				}
				for _, g := range faces {
					want := rect{float32(g.Min.X) * float32(k), float32(g.Min.Y) * float32(k), float32(g.Max.X) * float32(k), float32(g.Max.Y) * float32(k)}
					hit := false
					for _, f := range fs {
						back := face{box: rectOf(f.Region.Box)}.turnedBack(turn, float32(w), float32(h))
						iou, _ := want.overlap(back.box)
						hit = hit || iou >= 0.35 && f.Score >= 0.7
					}
					if !hit {
						t.Errorf("sample %d at %v, turn %d: face at %v missed", i+1, k, turn, g)
					}
				}
			}
		}
	}
}

// turnedBy shows a picture after so many quarter turns to the right.
func turnedBy(img *image.NRGBA, turn int) *image.NRGBA {
	for range turn {
		out := image.NewNRGBA(image.Rect(0, 0, img.Rect.Dy(), img.Rect.Dx()))
		for y := range img.Rect.Dy() {
			for x := range img.Rect.Dx() {
				out.SetNRGBA(img.Rect.Dy()-1-y, x, img.NRGBAAt(x, y))
			}
		}
		img = out
	}
	return img
}

func TestTurnInto(t *testing.T) {
	from := []float32{1, 2, 3, 4, 5, 6} // 3×2
	for turn, want := range [][]float32{
		{1, 2, 3, 0, 4, 5, 6, 0, 0, 0, 0, 0},
		{4, 1, 0, 0, 5, 2, 0, 0, 6, 3, 0, 0},
		{6, 5, 4, 0, 3, 2, 1, 0, 0, 0, 0, 0},
		{3, 6, 0, 0, 2, 5, 0, 0, 1, 4, 0, 0},
	} {
		to := make([]float32, 3*12)
		turnInto(to, append(append(from[:6:6], from...), from...), 3, 2, turn, 4, 3)
		for i, v := range to {
			if v != want[i%12] {
				t.Fatalf("turn %d: got %v, want %v thrice", turn, to, want)
			}
		}
	}
}

func TestYuNetRefuses(t *testing.T) {
	if _, err := NewYuNet(library(t), read(t, "yunet.onnx"), "", Options{}); err == nil {
		t.Error("a model without digest was accepted")
	}
	if _, err := NewYuNet(library(t), read(t, "yunet.onnx")[:1000], "0123", Options{}); err == nil {
		t.Error("a cut model was accepted")
	}
	if _, err := decodeYuNet(make([]infer.Tensor, 12), 32, 32, 0.5); err == nil {
		t.Error("empty outputs were accepted")
	}
}
