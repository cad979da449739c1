package photo

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"consentry/redact"
)

func labelFont() ([]byte, error) {
	dir := os.Getenv("CONSENTRY_ASSETS")
	if dir == "" {
		dir = filepath.Join("..", "..", "assets", "models")
	}
	return os.ReadFile(filepath.Join(dir, "fonts", "NotoSansSC-Regular.ttf"))
}

// words is an order to hide a run of text that stands in a box.
func words(box image.Rectangle, with string) redact.Redaction {
	return redact.Redaction{Region: redact.Region{Start: 0, End: 3, Box: box}, Kind: redact.Person, With: with}
}

// inked counts the pixels of a box that are neither ground nor near it.
func inked(m *image.NRGBA, box image.Rectangle) (n int) {
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			if m.NRGBAAt(x, y).R < 0x90 {
				n++
			}
		}
	}
	return n
}

func TestLabels(t *testing.T) {
	l := &labeller{load: labelFont}
	tests := []struct {
		name string
		box  image.Rectangle
		with string
		want bool
	}{
		{"wide enough", image.Rect(20, 20, 140, 50), "客户A", true},
		{"Latin", image.Rect(20, 20, 240, 50), "Customer A", true},
		{"smaller to fit", image.Rect(20, 20, 80, 80), "Customer A", true},
		{"upright column", image.Rect(20, 20, 46, 140), "客户A", true},
		{"too narrow", image.Rect(20, 20, 40, 40), "Customer A", false},
		{"too low", image.Rect(20, 20, 200, 28), "客户A", false},
		{"half outside", image.Rect(282, 20, 600, 50), "客户A", false},
		{"no label", image.Rect(20, 20, 140, 50), "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := image.NewNRGBA(image.Rect(0, 0, 300, 200))
			fill(m, m.Rect, [4]byte{0xff, 0xff, 0xff, 0xff})
			if err := l.write(m, []redact.Redaction{words(tt.box, tt.with)}); err != nil {
				t.Fatal(err)
			}
			got := inked(m, tt.box.Intersect(m.Rect))
			if (got > 20) != tt.want {
				t.Errorf("%d dark pixels in the box, want any: %v", got, tt.want)
			}
			if inked(m, m.Rect) != got {
				t.Error("the label runs out of its box")
			}
		})
	}
}

// Labels whose boxes overlap do not stand on one another: the first one stays.
func TestLabelsApart(t *testing.T) {
	l := &labeller{load: labelFont}
	first, second := image.Rect(20, 20, 140, 50), image.Rect(40, 40, 160, 70)
	paint := func(boxes ...image.Rectangle) *image.NRGBA {
		m := grey()
		var rs []redact.Redaction
		for _, b := range boxes {
			rs = append(rs, words(b, "客户A"))
		}
		if err := l.write(m, rs); err != nil {
			t.Fatal(err)
		}
		return m
	}
	if !bytes.Equal(paint(first, second).Pix, paint(first).Pix) {
		t.Error("two labels stand on one another")
	}
}

// A label takes nothing from what it covers: two photos that differ only there
// come out the same.
func TestLabelTellsNothing(t *testing.T) {
	box := image.Rect(40, 30, 160, 62)
	var out [2]bytes.Buffer
	for i, v := range []byte{10, 200} {
		src := grey()
		fill(src, box, [4]byte{v, 255 - v, v / 2, 255})
		var file bytes.Buffer
		if err := png.Encode(&file, src); err != nil {
			t.Fatal(err)
		}
		d, err := New(nil, labelFont).Open(t.Context(), redact.Asset{Size: int64(file.Len())}, bytes.NewReader(file.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Rewrite(t.Context(), &out[i], []redact.Redaction{words(box, "客户A")}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(out[0].Bytes(), out[1].Bytes()) {
		t.Error("what was hidden can be told from the output")
	}
}

func grey() *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, 200, 100))
	fill(m, m.Rect, [4]byte{120, 120, 120, 255})
	return m
}

func TestLabelWithoutFont(t *testing.T) {
	l := &labeller{load: func() ([]byte, error) { return []byte("no font"), nil }}
	m := grey()
	if err := l.write(m, []redact.Redaction{words(image.Rect(0, 0, 100, 30), "客户A")}); err == nil {
		t.Error("a broken font is no error")
	}
}
