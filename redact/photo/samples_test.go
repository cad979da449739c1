package photo

import (
	"bytes"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"consentry/redact"
)

// samples are the demo photos among the downloaded assets: CONSENTRY_ASSETS, or
// the checkout's assets folder.
func samples(t testing.TB) []string {
	t.Helper()
	root := os.Getenv("CONSENTRY_ASSETS")
	if root == "" {
		dir, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		for root = dir; ; root = filepath.Dir(root) {
			if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
				root = filepath.Join(root, "assets", "models")
				break
			}
			if root == filepath.Dir(root) {
				t.Fatal("no go.mod above this test")
			}
		}
	}
	list, err := filepath.Glob(filepath.Join(root, "samples", "*.jpg"))
	if err != nil || len(list) == 0 {
		t.Fatalf("no photos in %s: run `make assets` first, or set CONSENTRY_ASSETS", filepath.Join(root, "samples"))
	}
	return list
}

// Real photos keep their size and their pixels outside the hidden area, lose
// those inside, and come back without metadata.
func TestSamples(t *testing.T) {
	for _, path := range samples(t) {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".jpg"), func(t *testing.T) {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			d := open(t, nil, b)
			was := decode(t, b)
			size := was.Pix.Rect.Size()
			r := order(redact.Face, redact.Solid, size.X/3, size.Y/3, size.X/2, size.Y/2)
			out, _ := rewrite(t, d, r)
			is := decode(t, out)
			if is.Pix.Rect != was.Pix.Rect || len(is.Info.Blocks) != 0 {
				t.Fatalf("%v, blocks %v", is.Pix.Rect, is.Info.Blocks)
			}
			list, _ := areas([]redact.Redaction{r}, was.Pix.Rect)
			away := list[0].in.Inset(-16)
			sum, n := 0, 0
			for y := range size.Y {
				for x := range size.X {
					p := is.Pix.NRGBAAt(x, y)
					at := was.Pix.NRGBAAt(x, y)
					switch {
					case image.Pt(x, y).In(list[0].full.Inset(16)):
						if max(abs(int(p.R)-Dark), abs(int(p.G)-Dark), abs(int(p.B)-Dark)) > 3 {
							t.Fatalf("pixel %d,%d shows %v", x, y, p)
						}
					case x < away.Min.X || x >= away.Max.X || y < away.Min.Y || y >= away.Max.Y:
						sum += abs(int(p.G) - int(at.G))
						n++
					}
				}
			}
			if float64(sum)/float64(n) > 3 {
				t.Errorf("pixels outside differ by %.1f on average", float64(sum)/float64(n))
			}
			if bytes.Equal(out, b) {
				t.Error("nothing happened")
			}
		})
	}
}
