package picture_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"io"
	"os"
	"regexp"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/internal/pdftest"
	"consentry/redact"
	"consentry/redact/pdf/content"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
)

var module *engine.Module

func TestMain(m *testing.M) {
	os.Exit(func() int {
		cache, err := os.MkdirTemp("", "pdfium-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(cache)
		if module, err = pdftest.Engine(context.Background(), cache); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer module.Close(context.Background())
		return m.Run()
	}())
}

func start(t testing.TB) *engine.Engine {
	t.Helper()
	e, err := module.New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// A stream is an object of a file in the making: a dictionary without its length,
// and data; without data, any object.
type stream struct {
	dict string
	data []byte
}

// build writes a file of one page, object 3, with the content stream as object 4;
// further objects have the numbers from 5 on.
func build(page, content string, objects ...stream) []byte {
	all := append([]stream{
		{dict: "<</Type/Catalog/Pages 2 0 R>>"},
		{dict: "<</Type/Pages/Kids[3 0 R]/Count 1>>"},
		{dict: "<</Type/Page/Parent 2 0 R/Contents 4 0 R " + page + ">>"},
		{"", []byte(content)},
	}, objects...)
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(all))
	for i, o := range all {
		offsets[i] = b.Len()
		if o.data == nil {
			if o.dict == "" {
				o.dict = "null"
			}
			fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o.dict)
		} else {
			fmt.Fprintf(&b, "%d 0 obj\n<<%s/Length %d>>stream\n%s\nendstream\nendobj\n", i+1, o.dict, len(o.data), o.data)
		}
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(all)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(all)+1, at)
	return b.Bytes()
}

func config() *model.Configuration {
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode, conf.Offline = model.ValidationRelaxed, true
	return conf
}

func read(t testing.TB, file []byte) *object.File {
	t.Helper()
	ctx, err := api.ReadAndValidate(bytes.NewReader(file), config())
	if err != nil {
		t.Fatal(err)
	}
	return &object.File{Context: ctx}
}

func write(t testing.TB, f *object.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := api.WriteContext(f.Context, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// shown renders the only page at dpi.
func shown(t testing.TB, e *engine.Engine, file []byte, dpi float64) *image.NRGBA {
	t.Helper()
	d, err := e.Open(file, "")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	p, err := d.Page(0)
	if err != nil {
		t.Fatal(err)
	}
	m, err := p.Render(dpi, geom.Rect{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// the page's picture, object 5, drawn by m.
func drawn(t testing.TB, f *object.File, m geom.Matrix) content.Picture {
	t.Helper()
	ref := *types.NewIndirectRef(5, 0)
	s, ok := f.Stream(ref)
	if !ok {
		t.Fatal("object 5 is no stream")
	}
	return content.Picture{Stream: s, Ref: &ref, Matrix: m, Box: geom.Rect{X1: 1, Y1: 1}.Through(m), Annot: -1}
}

func pageOf(t testing.TB, f *object.File) object.Page {
	t.Helper()
	p, err := f.Page(0)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// hide fills boxes with a grey, whatever the method, and no more than the boxes.
func hide(m *image.NRGBA, rs []redact.Redaction) error {
	for _, r := range rs {
		if !r.Region.Box.Overlaps(m.Rect) {
			return errors.New("a box outside the picture")
		}
		draw.Draw(m, r.Region.Box, image.NewUniform(color.Gray{0xD0}), image.Point{}, draw.Src)
	}
	return nil
}

// furthest is the largest difference of a channel over the pixels for which in is
// true.
func furthest(a, b *image.NRGBA, in func(image.Point) bool) (most int) {
	for y := range a.Rect.Dy() {
		for x := range a.Rect.Dx() {
			if !in(image.Pt(x, y)) {
				continue
			}
			p, q := a.NRGBAAt(x, y), b.NRGBAAt(x, y)
			for _, v := range [3]int{int(p.R) - int(q.R), int(p.G) - int(q.G), int(p.B) - int(q.B)} {
				most = max(most, v, -v)
			}
		}
	}
	return most
}

func mustInflate(t testing.TB, b []byte) []byte {
	t.Helper()
	r, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var volatile = regexp.MustCompile(`/ID\[[^\]]*\]|D:[0-9+'Z]*`)

// withoutID takes out what a writer makes up anew each time.
func withoutID(file []byte) []byte { return volatile.ReplaceAll(file, nil) }
