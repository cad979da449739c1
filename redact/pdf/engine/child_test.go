package engine_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"consentry/assets"
	"consentry/internal/sandbox"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
)

// services holds an engine in a confined child: a request is a PDF file, the
// answer the width, height and pixels of its first page at 72 dpi.
var services = map[string]sandbox.Service{
	"render": func(ctx context.Context, setup []byte) (sandbox.Task, error) {
		wasm, cache, _ := strings.Cut(string(setup), "\n")
		b, err := os.ReadFile(wasm)
		if err != nil {
			return nil, err
		}
		m, err := engine.Compile(ctx, b, cache)
		if err != nil {
			return nil, err
		}
		return func(ctx context.Context, in io.Reader, out io.Writer) error {
			pdf, err := io.ReadAll(in)
			if err != nil {
				return err
			}
			err = renderFirst(ctx, m, pdf, out)
			switch {
			case errors.Is(err, engine.ErrTooLarge):
				return sandbox.Fail("too-large", err)
			case errors.Is(err, engine.ErrAborted):
				return sandbox.Fail("aborted", err)
			}
			return err
		}, nil
	},
}

func renderFirst(ctx context.Context, m *engine.Module, pdf []byte, out io.Writer) error {
	e, err := m.New(ctx)
	if err != nil {
		return err
	}
	defer e.Close()
	d, err := e.Open(pdf, "")
	if err != nil {
		return err
	}
	defer d.Close()
	p, err := d.Page(0)
	if err != nil {
		return err
	}
	img, err := p.Render(72, geom.Rect{})
	if err != nil {
		return err
	}
	if err := binary.Write(out, binary.BigEndian, []uint32{uint32(img.Rect.Dx()), uint32(img.Rect.Dy())}); err != nil {
		return err
	}
	_, err = out.Write(img.Pix)
	return err
}

// limits are those under which a worker stays within 600 MB.
var limits = sandbox.Limits{Memory: 768 << 20, Wall: 30 * time.Second}

func worker(t testing.TB) *sandbox.Session {
	t.Helper()
	dir, err := assets.Dir()
	if err != nil {
		t.Fatal(err)
	}
	s, err := (&sandbox.Runner{Limits: limits}).Start(context.Background(), "render", []byte(filepath.Join(dir, "pdfium", "pdfium.wasm")+"\n"+cache))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestChildRenders(t *testing.T) {
	s := worker(t)
	pdf := onePage("/Rotate 90", words)
	want, err := first(t, open(t, start(t), pdf)).Render(72, geom.Rect{})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		var out bytes.Buffer
		if err := s.Call(t.Context(), pdf, &out, 0); err != nil {
			t.Fatal(err)
		}
		b := out.Bytes()
		if len(b) < 8 || image.Pt(int(binary.BigEndian.Uint32(b)), int(binary.BigEndian.Uint32(b[4:]))) != want.Rect.Size() || !bytes.Equal(b[8:], want.Pix) {
			t.Fatalf("%d bytes, not the same picture as without a child", len(b))
		}
	}
}

// hanging fills its page with a pattern of 10¹² tiles.
func hanging() []byte {
	return onePage("", "/Pattern cs /P scn 0 0 200 100 re f",
		stream("/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 99 99]/XStep .0001/YStep .0001", "0 0 50 50 re f"))
}

// bomb draws a form that draws the next twice, and so on: in all 2²⁵ objects.
func bomb() []byte {
	more := []string{"null", "null"}
	for i := range 25 {
		more = append(more, stream(fmt.Sprintf("/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>", 9+i), "/X Do /X Do"))
	}
	return onePage("", "/X Do", append(more, stream("/Subtype/Form/BBox[0 0 9 9]", "0 0 9 9 re f"))...)
}

func TestChildHangs(t *testing.T) {
	s := worker(t)
	if err := s.Call(t.Context(), hanging(), io.Discard, time.Second); !errors.Is(err, sandbox.ErrLimit) {
		t.Errorf("got %v", err)
	}
	if err := s.Call(t.Context(), onePage("", words), io.Discard, 0); !errors.Is(err, sandbox.ErrOver) {
		t.Errorf("afterwards: %v", err)
	}
}

// A file that fills the memory ends its engine; the child goes on with another.
func TestChildFull(t *testing.T) {
	s := worker(t)
	var te *sandbox.TaskError
	if err := s.Call(t.Context(), bomb(), io.Discard, 0); !errors.As(err, &te) || te.Code != "too-large" {
		t.Fatalf("got %v", err)
	}
	if err := s.Call(t.Context(), onePage("", words), io.Discard, 0); err != nil {
		t.Fatalf("afterwards: %v", err)
	}
}

func TestAborted(t *testing.T) {
	e := start(t)
	d := open(t, e, bomb())
	if _, err := d.Page(0); !errors.Is(err, engine.ErrAborted) || !errors.Is(err, engine.ErrTooLarge) {
		t.Fatalf("got %v", err)
	}
	if _, err := d.Page(0); !errors.Is(err, engine.ErrAborted) {
		t.Errorf("page: %v", err)
	}
	if _, err := d.Save(); !errors.Is(err, engine.ErrAborted) {
		t.Errorf("save: %v", err)
	}
	if _, err := e.Open(onePage("", words), ""); !errors.Is(err, engine.ErrAborted) {
		t.Errorf("open: %v", err)
	}
}
