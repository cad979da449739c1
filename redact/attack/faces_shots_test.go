package attack

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"golang.org/x/image/draw"

	"consentry/internal/infer"
	"consentry/redact"
	"consentry/redact/faces"
	"consentry/redact/photo"
	"consentry/redact/redacttest"
)

// asset reads a fetched file: from the folder that CONSENTRY_ASSETS names, or
// from the checkout's.
func asset(t testing.TB, name string) (path string, b []byte) {
	t.Helper()
	dir := os.Getenv("CONSENTRY_ASSETS")
	if dir == "" {
		dir = filepath.Join("..", "..", "assets", "models")
	}
	path = filepath.Join(dir, filepath.FromSlash(name))
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: fetch the assets first (make assets)", err)
	}
	return path, b
}

// faceAttack is the attack with the models that the product uses. No photo here
// is large enough for tiles.
func faceAttack(t testing.TB) (Faces, *faces.Detector) {
	t.Helper()
	name := map[string]string{"windows": "onnxruntime.dll", "darwin": "libonnxruntime.1.30.0.dylib"}[runtime.GOOS]
	if name == "" {
		name = "libonnxruntime.so.1"
	}
	lib, _ := asset(t, "onnxruntime/"+name)
	rt, err := infer.Open(lib)
	if err != nil {
		t.Fatal(err)
	}
	_, model := asset(t, "yunet.onnx")
	sum := sha256.Sum256(model)
	y, err := faces.NewYuNet(rt, model, hex.EncodeToString(sum[:]), faces.Options{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	_, model = asset(t, "centerface.onnx")
	sum = sha256.Sum256(model)
	d, err := faces.New(rt, model, hex.EncodeToString(sum[:]), y, faces.Options{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	_, model = asset(t, "dlib-resnet.onnx")
	e := faces.NewEmbedder(rt, func() ([]byte, error) { return model, nil })
	_, large := asset(t, "sface.onnx")
	second := faces.NewSFace(rt, func() ([]byte, error) { return large, nil })
	t.Cleanup(func() {
		if err := errors.Join(d.Close(), y.Close(), e.Close(), second.Close()); err != nil {
			t.Error(err)
		}
	})
	return Faces{Outside: y, Inside: d, Embedder: e, Second: second, Formats: photos}, d
}

// photos open what the tests write.
var photos = map[string]redact.Format{photo.JPEG: photo.New(photo.InProcess, nil), photo.PNG: photo.New(photo.InProcess, nil)}

// A shot is a source photo with what was found in it.
type shot struct {
	body  []byte
	img   *image.NRGBA
	found []redact.Finding
}

// shots are the samples, scaled so that faces are about width pixels wide.
func shots(t testing.TB, d *faces.Detector, width float64, samples ...int) []shot {
	t.Helper()
	var out []shot
	for _, n := range samples {
		_, b := asset(t, fmt.Sprintf("samples/sample%d.jpg", n))
		s := shot{body: encode(t, scaledTo(decode(t, b), width/200), 92)}
		s.img = decode(t, s.body)
		var err error
		if s.found, err = d.Find(t.Context(), s.img); err != nil {
			t.Fatal(err)
		}
		if len(s.found) == 0 {
			t.Fatalf("sample %d: no faces", n)
		}
		out = append(out, s)
	}
	return out
}

// released is the shot with all but the first keep faces removed.
func (s shot) released(t testing.TB, m redact.Method, keep int) redact.Released {
	t.Helper()
	r := redact.Released{
		Source: redacttest.Asset("a.jpg", "image/jpeg", s.body), SourceBody: bytes.NewReader(s.body),
		Removed: s.found[keep:], Kept: s.found[:keep],
	}
	for range r.Removed {
		r.Methods = append(r.Methods, m)
	}
	return write(r, rewrite(t, s.body, "image/jpeg", r.Removed, r.Methods))
}

// edited claims that faces were removed by m where f was done to their regions.
func (s shot) edited(t testing.TB, m redact.Method, f func(img *image.NRGBA, region image.Rectangle)) redact.Released {
	t.Helper()
	r := s.released(t, m, 0)
	img := nrgba(s.img)
	for _, x := range r.Removed {
		f(img, x.Region.Box)
	}
	return write(r, encode(t, img, 90))
}

// write puts other bytes in the place of what was written.
func write(r redact.Released, b []byte) redact.Released {
	r.Asset, r.Body = redacttest.Asset("a.jpg", r.Source.Type, b), bytes.NewReader(b)
	return r
}

// rewrite removes the findings as the product does.
func rewrite(t testing.TB, source []byte, mediaType string, fs []redact.Finding, ms []redact.Method) []byte {
	t.Helper()
	asset := redacttest.Asset("a", mediaType, source)
	doc, err := photo.New(photo.InProcess, nil).Open(t.Context(), asset, bytes.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	var rs []redact.Redaction
	for i, f := range fs {
		rs = append(rs, redact.Redaction{Region: f.Region, Kind: f.Kind, Method: ms[i]})
	}
	var b bytes.Buffer
	if _, err := doc.Rewrite(t.Context(), &b, rs); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// coarsen leaves only so many pixels across a region.
func coarsen(img *image.NRGBA, r image.Rectangle, across int) {
	r = r.Intersect(img.Rect)
	small := image.NewNRGBA(image.Rect(0, 0, across, max(1, across*r.Dy()/r.Dx())))
	draw.BiLinear.Scale(small, small.Rect, img, r, draw.Src, nil)
	draw.BiLinear.Scale(img, r, small, small.Rect, draw.Src, nil)
}

func encode(t testing.TB, img image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func decode(t testing.TB, b []byte) *image.NRGBA {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return nrgba(img)
}

func nrgba(img image.Image) *image.NRGBA {
	out := image.NewNRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	return out
}

func scaledTo(img *image.NRGBA, k float64) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, int(float64(img.Rect.Dx())*k), int(float64(img.Rect.Dy())*k)))
	draw.BiLinear.Scale(out, out.Rect, img, img.Rect, draw.Src, nil)
	return out
}
