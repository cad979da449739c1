// Package bench measures the main job on the real parts. Run it with make bench;
// where there is a peer, both run in the same benchmark and the figure is their
// ratio.
package bench

import (
	"bytes"
	"context"
	"image"
	"image/draw"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/disintegration/imaging"

	"consentry/assets"
	"consentry/assets/demo"
	"consentry/internal/casework"
	"consentry/internal/sandbox"
	"consentry/internal/wiring"
	"consentry/redact"
	"consentry/redact/photo"
)

func TestMain(m *testing.M) {
	sandbox.Main(wiring.Tasks(), wiring.Services())
	wiring.TuneMemory()
	os.Exit(m.Run())
}

func open(b *testing.B) (*wiring.App, *casework.Desk) {
	b.Helper()
	a, err := wiring.Memory()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { a.Close() })
	d, err := a.Desk(context.Background(), casework.Writing{}, nil)
	if err != nil {
		b.Fatal(err)
	}
	return a, d
}

func newCase(b *testing.B, d *casework.Desk, paths ...string) *casework.Case {
	b.Helper()
	c := &casework.Case{ID: casework.NewID(), By: "bench", Purpose: "case-study", Channel: "website", Territory: "CN", Mode: casework.Anonymise, Style: redact.Blur}
	if err := d.Ingest(context.Background(), c, paths...); err != nil {
		b.Fatal(err)
	}
	if len(c.Refused) > 0 {
		b.Fatal(c.Refused)
	}
	return c
}

// BenchmarkScanText scans case studies, in characters a second.
func BenchmarkScanText(b *testing.B) {
	for _, name := range []string{"case-zh.md", "case-en.md"} {
		b.Run(name, func(b *testing.B) {
			_, d := open(b)
			one, err := demo.Files.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			text := strings.Repeat(string(one)+"\n", 20)
			runes := len([]rune(text))
			dir := b.TempDir()
			n := 0
			for b.Loop() {
				n++ // another text each time, or it is not scanned again
				p := filepath.Join(dir, "text.md")
				if err := os.WriteFile(p, []byte(strings.Repeat("\n", n)+text), 0o644); err != nil {
					b.Fatal(err)
				}
				if _, err := d.Scan(context.Background(), newCase(b, d, p)); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(runes)*float64(n)/b.Elapsed().Seconds(), "chars/s")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkReport scans a text of 300 pages of 1,800 characters, in seconds.
func BenchmarkReport(b *testing.B) {
	_, d := open(b)
	one, err := demo.Files.ReadFile("case-zh.md")
	if err != nil {
		b.Fatal(err)
	}
	text := []rune(strings.Repeat(string(one)+"\n", 300*1800/len([]rune(string(one)))+1))[:300*1800]
	dir := b.TempDir()
	n := 0
	for b.Loop() {
		n++ // another text each time, or it is not scanned again
		p := filepath.Join(dir, "report.md")
		if err := os.WriteFile(p, []byte(strings.Repeat("\n", n)+string(text)), 0o644); err != nil {
			b.Fatal(err)
		}
		if _, err := d.Scan(context.Background(), newCase(b, d, p)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(n), "s/report")
	b.ReportMetric(0, "ns/op")
}

// samples are the paths of the sample photos.
func samples(b *testing.B) []string {
	b.Helper()
	dir, err := assets.Dir()
	if err != nil {
		b.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "samples", "*.jpg"))
	if err != nil || len(names) == 0 {
		b.Fatal("no sample photos: run `make assets`")
	}
	return names
}

// montage is the sample photos side by side, w × h pixels.
func montage(b *testing.B, w, h int) []byte {
	b.Helper()
	names := samples(b)
	all := image.NewNRGBA(image.Rect(0, 0, w, h))
	for x, i := 0, 0; x < w; x += 2000 {
		for y := 0; y < h; y += 1400 {
			data, err := os.ReadFile(names[i%len(names)])
			if err != nil {
				b.Fatal(err)
			}
			i++
			one, err := jpeg.Decode(bytes.NewReader(data))
			if err != nil {
				b.Fatal(err)
			}
			draw.Draw(all, image.Rect(x, y, x+2000, y+1400), one, one.Bounds().Min, draw.Src)
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, all, &jpeg.Options{Quality: 90}); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkPhoto24MP takes one photo of 24 megapixels through each step.
func BenchmarkPhoto24MP(b *testing.B) {
	const mp = 6000 * 4000 / 1e6
	data := montage(b, 6000, 4000)
	ctx := context.Background()
	var scan, apply, verify float64
	n := 0
	for b.Loop() {
		n++
		_, d := open(b)
		p := filepath.Join(b.TempDir(), "photo.jpg")
		if err := os.WriteFile(p, data, 0o644); err != nil {
			b.Fatal(err)
		}
		c := newCase(b, d, p)
		t := b.Elapsed()
		plan, err := d.Scan(ctx, c)
		if err != nil {
			b.Fatal(err)
		}
		scan += (b.Elapsed() - t).Seconds()
		t = b.Elapsed()
		e, err := d.Apply(ctx, plan, b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		apply += (b.Elapsed() - t).Seconds()
		t = b.Elapsed()
		if _, err := d.Verify(ctx, e); err != nil {
			b.Fatal(err)
		}
		verify += (b.Elapsed() - t).Seconds()
		e.Close()
	}
	per := 1e3 / mp / float64(n)
	b.ReportMetric(scan*per, "scan-ms/MP")
	b.ReportMetric(apply*per, "apply-ms/MP")
	b.ReportMetric(verify*per, "verify-ms/MP")
	b.ReportMetric(verify/scan, "verify/scan")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkBlur compares how we blur a face with a Gaussian blur of equal
// strength at full size.
func BenchmarkBlur(b *testing.B) {
	const side = 600
	data := montage(b, 2000, 1400)
	img, err := photo.Decode(bytes.NewReader(data))
	if err != nil {
		b.Fatal(err)
	}
	face := image.Rect(400, 200, 400+side, 200+side)
	var ours, theirs float64
	for b.Loop() {
		t := b.Elapsed()
		small := imaging.Resize(imaging.Crop(img.Pix, face), 24, 0, imaging.Box)
		imaging.Resize(imaging.Blur(small, 0.30*24), side, side, imaging.BSpline)
		ours += (b.Elapsed() - t).Seconds()
		t = b.Elapsed()
		imaging.Blur(imaging.Crop(img.Pix, face), 0.30*side)
		theirs += (b.Elapsed() - t).Seconds()
	}
	b.ReportMetric(theirs/ours, "times-faster")
	b.ReportMetric(0, "ns/op")
}
