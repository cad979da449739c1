package faces

import (
	"math"
	"testing"
)

// A face at half its size is the same person, another face of the photo is not.
func TestSFace(t *testing.T) {
	e := NewSFace(library(t), func() ([]byte, error) { return read(t, "sface.onnx"), nil })
	defer e.Close()
	large, small := embedAll(t, e, sample(t, 3), truth[2], 1), embedAll(t, e, half(t, 3), truth[2], 2)
	if len(large) != 3 || len(small) != 3 {
		t.Fatalf("%d and %d faces", len(large), len(small))
	}
	for i, a := range large {
		if n := Cosine(a, a); math.Abs(n-1) > 1e-5 {
			t.Errorf("length %v, want 1", n)
		}
		for k, b := range small {
			if c := Cosine(a, b); i == k && c < 0.8 || i != k && c > SameCosine {
				t.Errorf("face %d and %d have a cosine of %.2f", i, k, c)
			}
		}
	}
	if _, err := e.Embed(t.Context(), half(t, 3), nil); err == nil {
		t.Error("no landmarks: no error")
	}
}
