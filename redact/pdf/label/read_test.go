package label

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/internal/pdftest"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
)

// A reader sees and copies each label as it was written.
func TestLabelsAreText(t *testing.T) {
	f, err := New(noto(t))
	if err != nil {
		t.Fatal(err)
	}
	file := open(t)
	var content bytes.Buffer
	content.WriteString("BT\n")
	for i, s := range texts {
		codes, _ := f.Encode(s)
		fmt.Fprintf(&content, "/L 20 Tf 1 0 0 1 30 %d Tm <%s> Tj\n", 270-40*i, hex.EncodeToString(codes))
	}
	content.WriteString("ET")
	ref, err := f.Embed(file)
	if err != nil {
		t.Fatal(err)
	}
	stream, err := file.NewStream(types.Dict{}, content.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	p, err := file.Page(0)
	if err != nil {
		t.Fatal(err)
	}
	p.Dict["Contents"], p.Dict["Resources"] = stream, types.Dict{"Font": types.Dict{"L": ref}}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		t.Fatal(err)
	}
	page := pdfium(t, out.Bytes())
	glyphs, err := page.Glyphs()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, g := range glyphs {
		b.WriteRune(g.R)
	}
	if got, want := strings.Join(strings.Fields(b.String()), " "), strings.Join(texts, " "); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for i := range texts {
		pixels, err := page.Render(72, geom.Rect{X0: 30, Y0: float64(14 + 40*i), X1: 60, Y1: float64(34 + 40*i)})
		if err != nil {
			t.Fatal(err)
		}
		dark := 0
		for k := 0; k < len(pixels.Pix); k += 4 {
			if pixels.Pix[k] < 128 {
				dark++
			}
		}
		if dark < 20 || dark > 400 {
			t.Errorf("label %d: %d dark pixels", i, dark)
		}
	}
}

func pdfium(t *testing.T, b []byte) *engine.Page {
	t.Helper()
	m, err := pdftest.Engine(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	e, err := m.New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	d, err := e.Open(b, "")
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Page(0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.Close()
		d.Close()
		e.Close()
		m.Close(t.Context())
	})
	return p
}
