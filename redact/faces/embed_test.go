package faces

import (
	"context"
	"image"
	"math"
	"testing"
)

func TestEmbed(t *testing.T) {
	e := NewEmbedder(library(t), func() ([]byte, error) { return read(t, "dlib-resnet.onnx"), nil })
	defer e.Close()
	// The same face at another size is near, another face of the photo is not.
	large, small := embedAll(t, e, sample(t, 3), truth[2], 1), embedAll(t, e, half(t, 3), truth[2], 2)
	if len(large) != 3 || len(small) != 3 {
		t.Fatalf("%d and %d faces", len(large), len(small))
	}
	for i, a := range large {
		for k, b := range small {
			if d := distance(a, b); i == k && d > 0.35 || i != k && d < 0.5 {
				t.Errorf("face %d and %d are %.2f apart", i, k, d)
			}
		}
	}
	if _, err := e.Embed(t.Context(), half(t, 3), nil); err == nil {
		t.Error("no landmarks: no error")
	}
}

type embedder interface {
	Embed(context.Context, *image.NRGBA, [][2]float32) ([128]float32, error)
}

// embedAll describes the found faces that lie where the picture, 1/div of the
// sample, has faces.
func embedAll(t *testing.T, e embedder, img *image.NRGBA, faces []image.Rectangle, div int) (vs [][128]float32) {
	t.Helper()
	fs, err := detector(t, Options{Threads: 2, Mode: Fast}).Find(t.Context(), img)
	if err != nil {
		t.Fatal(err)
	}
	for _, face := range faces {
		want := rectOf(image.Rect(face.Min.X/div, face.Min.Y/div, face.Max.X/div, face.Max.Y/div))
		for _, f := range fs {
			if iou, _ := want.overlap(rectOf(f.Region.Box)); iou < 0.5 {
				continue
			}
			v, err := e.Embed(t.Context(), img, f.Landmarks)
			if err != nil {
				t.Fatal(err)
			}
			vs = append(vs, v)
		}
	}
	return vs
}

func distance(a, b [128]float32) float64 {
	var sum float64
	for i := range a {
		sum += float64(a[i]-b[i]) * float64(a[i]-b[i])
	}
	return math.Sqrt(sum)
}
