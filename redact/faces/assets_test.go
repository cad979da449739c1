package faces

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"consentry/internal/infer"
)

// asset is the path of a fetched file: in the folder that CONSENTRY_ASSETS
// names, or in the checkout's.
func asset(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("CONSENTRY_ASSETS")
	if dir == "" {
		dir = filepath.Join("..", "..", "assets", "models")
	}
	p := filepath.Join(dir, filepath.FromSlash(name))
	if _, err := os.Stat(p); err != nil {
		t.Fatalf("%v: fetch the assets first (make assets)", err)
	}
	return p
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(asset(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func library(t testing.TB) *infer.Runtime {
	t.Helper()
	name := map[string]string{"windows": "onnxruntime.dll", "darwin": "libonnxruntime.1.30.0.dylib"}[runtime.GOOS]
	if name == "" {
		name = "libonnxruntime.so.1"
	}
	rt, err := infer.Open(asset(t, "onnxruntime/"+name))
	if err != nil {
		t.Fatal(err)
	}
	return rt
}

func digest(model []byte) string {
	sum := sha256.Sum256(model)
	return hex.EncodeToString(sum[:])
}

func detector(t testing.TB, o Options) *Detector {
	t.Helper()
	model := read(t, "centerface.onnx")
	d, err := New(library(t), model, digest(model), yunet(t), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// sample is one of the six photos, upright as they are stored.
func sample(t testing.TB, n int) *image.NRGBA {
	t.Helper()
	f, err := os.Open(asset(t, fmt.Sprintf("samples/sample%d.jpg", n)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := jpeg.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	out := image.NewNRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	return out
}
