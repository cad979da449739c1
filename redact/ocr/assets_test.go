package ocr

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"consentry/internal/infer"
	"consentry/redact"
	"consentry/redact/ocr/ocrtest"
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

func file(t testing.TB, name string) (body []byte, digest string) {
	t.Helper()
	b, err := os.ReadFile(asset(t, name))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(b)
	return b, hex.EncodeToString(sum[:])
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

// shared is one reader for all tests: loading takes longer than most of them.
var shared struct {
	sync.Once
	r *Reader
}

func reader(t testing.TB) *Reader {
	t.Helper()
	shared.Do(func() {
		var f Files
		f.Detection, f.DetectionDigest = file(t, "ocr/det.onnx")
		f.Recognition, f.RecognitionDigest = file(t, "ocr/rec.onnx")
		r, err := New(library(t), f, Options{})
		if err != nil {
			t.Fatal(err)
		}
		shared.r = r
	})
	if shared.r == nil {
		t.Fatal("no reader")
	}
	return shared.r
}

func regular(t testing.TB) *ocrtest.Font { return fontFile(t, "fonts/NotoSansSC-Regular.ttf") }

func fontFile(t testing.TB, name string) *ocrtest.Font {
	t.Helper()
	f, err := ocrtest.Open(asset(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// page is a page of one picture.
func page(img *image.NRGBA) redact.Page {
	return redact.Page{Bounds: img.Rect, Pictures: []redact.Picture{{Box: img.Rect, Load: func(ctx context.Context) (*image.NRGBA, error) {
		return img, ctx.Err()
	}}}}
}

// readAll reads a picture and joins its lines.
func readAll(t testing.TB, r *Reader, img *image.NRGBA) ([]redact.Span, string) {
	t.Helper()
	spans, err := r.Read(context.Background(), page(img))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, s := range spans {
		all = append(all, s.Text)
	}
	return spans, strings.Join(all, "\n")
}

// sample is one of the six photos.
func sampleImage(t testing.TB, n int) *image.NRGBA {
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
