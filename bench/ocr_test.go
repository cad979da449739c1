package bench

import (
	"context"
	"image"
	"path/filepath"
	"strings"
	"testing"

	"consentry/assets"
	"consentry/redact"
	"consentry/redact/codes"
	"consentry/redact/ocr/ocrtest"
)

func regular(b *testing.B) *ocrtest.Font {
	b.Helper()
	dir, err := assets.Dir()
	if err != nil {
		b.Fatal(err)
	}
	f, err := ocrtest.Open(filepath.Join(dir, "fonts", "NotoSansSC-Regular.ttf"))
	if err != nil {
		b.Fatal(err)
	}
	return f
}

func pageOf(img *image.NRGBA) redact.Page {
	return redact.Page{Bounds: img.Rect, Pictures: []redact.Picture{{Box: img.Rect, Load: func(ctx context.Context) (*image.NRGBA, error) { return img, ctx.Err() }}}}
}

// BenchmarkReadWords reads made pictures: seconds a picture, the share of
// characters that were read, and the share of names read whole.
func BenchmarkReadWords(b *testing.B) {
	_, d := open(b)
	f := regular(b)
	badge := ocrtest.Badges(f)[5]
	turned := badge
	turned.Img = ocrtest.Turn(badge.Img, 30, ocrtest.Black)
	for name, p := range map[string]ocrtest.Picture{
		"A4-200dpi": ocrtest.A4(f), "screen": ocrtest.Screen(f, 15, false), "screen-dark": ocrtest.Screen(f, 13, true),
		"slide": ocrtest.Slide(f), "badge": badge, "badge-turned-30": turned,
	} {
		b.Run(name, func(b *testing.B) {
			var got string
			for b.Loop() {
				spans, err := d.Readers[0].Read(context.Background(), pageOf(p.Img))
				if err != nil {
					b.Fatal(err)
				}
				var lines []string
				for _, s := range spans {
					lines = append(lines, s.Text)
				}
				got = strings.Join(lines, "\n")
			}
			names := 0
			for _, n := range p.Names {
				if strings.Contains(strings.ReplaceAll(got, " ", ""), strings.ReplaceAll(n, " ", "")) {
					names++
				}
			}
			b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/picture")
			b.ReportMetric(100*ocrtest.Accuracy(strings.Join(p.Lines, "\n"), got), "%characters")
			b.ReportMetric(100*float64(names)/float64(len(p.Names)), "%names")
		})
	}
}

// BenchmarkPhotoWords looks for words and codes in a photo of 12 megapixels with
// one badge of it.
func BenchmarkPhotoWords(b *testing.B) {
	_, d := open(b)
	f := regular(b)
	img := ocrtest.Wall(4000, 3000)
	ocrtest.Paste(img, ocrtest.Resize(ocrtest.Badges(f)[0].Img, 0.3), image.Pt(2900, 2100))
	for name, run := range map[string]func() error{
		"words": func() error { _, err := d.Readers[0].Read(context.Background(), pageOf(img)); return err },
		"codes": func() error { _, err := codes.Detector{}.Detect(context.Background(), pageOf(img)); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := run(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/12, "ms/MP")
		})
	}
}
