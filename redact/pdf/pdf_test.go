package pdf

import (
	"bytes"
	"context"
	"image"
	"math"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"consentry/internal/sandbox"
	"consentry/redact"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/picture"
	"consentry/redact/photo"
)

const models = "../../assets/models/"

func hides(ttf []byte) picture.Hide {
	return photo.New(nil, func() ([]byte, error) { return ttf, nil }).Hide
}

func TestMain(m *testing.M) {
	sandbox.Main(nil, Services(hides))
	os.Exit(m.Run())
}

// cache is where the compiled engine is kept between runs of tests.
var cache = sync.OnceValue(func() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "consentry", "pdfium")
})

func options(t testing.TB) Options {
	t.Helper()
	wasm, err := filepath.Abs(models + "pdfium/pdfium.wasm")
	if err != nil {
		t.Fatal(err)
	}
	return Options{
		Runner: &sandbox.Runner{Limits: Limits},
		Engine: func() (string, string, error) { return wasm, cache(), nil },
		Font:   func() ([]byte, error) { return os.ReadFile(models + "fonts/NotoSansSC-Regular.ttf") },
	}
}

// eyes is an engine of the test's own.
func eyes(t testing.TB) *engine.Engine {
	t.Helper()
	wasm, err := os.ReadFile(models + "pdfium/pdfium.wasm")
	if err != nil {
		t.Fatal(err)
	}
	m, err := engine.Compile(context.Background(), wasm, cache())
	if err != nil {
		t.Fatal(err)
	}
	e, err := m.New(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		e.Close()
		m.Close(context.Background())
	})
	return e
}

func asset(b []byte) redact.Asset {
	return redact.Asset{Digest: redact.Sum(b), Name: "sample.pdf", Type: Type, Size: int64(len(b))}
}

func pagesOf(t testing.TB, d redact.Document) (all []redact.Page) {
	t.Helper()
	for p, err := range d.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

func openPDF(t testing.TB, b []byte) redact.Document {
	t.Helper()
	d, err := New(options(t)).Open(t.Context(), asset(b), bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// render draws parts of a file's pages.
func render(e *engine.Engine, b []byte) func(page int, box geom.Rect, dpi float64) (image.Image, error) {
	return func(page int, box geom.Rect, dpi float64) (image.Image, error) {
		d, err := e.Open(b, "")
		if err != nil {
			return nil, err
		}
		defer d.Close()
		p, err := d.Page(page)
		if err != nil {
			return nil, err
		}
		defer p.Close()
		return p.Render(dpi, box)
	}
}

func around(r geom.Rect) image.Rectangle {
	return image.Rect(int(math.Floor(r.X0)), int(math.Floor(r.Y0)), int(math.Ceil(r.X1)), int(math.Ceil(r.Y1)))
}
