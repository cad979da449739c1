package bench

import (
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"consentry/assets"
	"consentry/redact"
	"consentry/redact/logos"
	"consentry/redact/logos/logotest"
)

// inventedLogos are the 36 of logotest and the sample photos.
func inventedLogos(b *testing.B) ([]logotest.Logo, []*image.NRGBA) {
	b.Helper()
	dir, err := assets.Dir()
	if err != nil {
		b.Fatal(err)
	}
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			b.Fatal(err)
		}
		return data
	}
	marks, err := logotest.Logos(read("fonts/NotoSansSC-Regular.ttf"), read("fonts/NotoSansSC-Bold.ttf"))
	if err != nil {
		b.Fatal(err)
	}
	var photos []*image.NRGBA
	for i := range 6 {
		m, err := logotest.Photo(read(fmt.Sprintf("samples/sample%d.jpg", i+1)))
		if err != nil {
			b.Fatal(err)
		}
		photos = append(photos, m)
	}
	return marks, photos
}

func logoDetector(b *testing.B, ls []logotest.Logo) *logos.Detector {
	b.Helper()
	var all []redact.Likeness
	for _, l := range ls {
		all = append(all, redact.Likeness{Ref: l.Name, Kind: redact.Logo, Image: l.Image})
	}
	d, err := logos.New(all, logos.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return d
}

// heldOut are the logos and photos on which nothing was tuned: every other one.
func heldOut(marks []logotest.Logo, photos []*image.NRGBA) ([]logotest.Logo, []*image.NRGBA) {
	var ls []logotest.Logo
	for i := 1; i < len(marks); i += 2 {
		ls = append(ls, marks[i])
	}
	return ls, []*image.NRGBA{photos[1], nil, photos[3], photos[5]}
}

// BenchmarkLogoRecall shows each held-out logo at every size under four of the
// twelve distortions in turn, once, and counts what is found.
func BenchmarkLogoRecall(b *testing.B) {
	ls, grounds := heldOut(inventedLogos(b))
	by := map[string]logotest.Tally{}
	for b.Loop() {
		if len(by) > 0 {
			continue // the same again
		}
		for i, l := range ls {
			d := logoDetector(b, []logotest.Logo{l})
			for j, bucket := range logotest.Buckets {
				for k, distortion := range logotest.Distortions {
					if (i+j+k)%3 != 0 {
						continue
					}
					s := logotest.Compose(l, grounds[(i+j+k)%len(grounds)], bucket, distortion, uint64(10_000*i+100*j+k))
					fs, err := d.Detect(context.Background(), logotest.Page(s.Image))
					if err != nil {
						b.Fatal(err)
					}
					var one logotest.Tally
					one.Add(fs, s.Box)
					for _, key := range []string{"total", fmt.Sprintf("%d-%d px", bucket.From, bucket.To), distortion, l.Kind + ": " + l.Name} {
						by[key] = by[key].Plus(one)
					}
				}
			}
		}
	}
	var keys []string
	for k := range by {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	part := func(n, of int) float64 { return float64(n) / float64(of) }
	for _, k := range keys {
		t := by[k]
		b.Logf("%-28s shown %4d  sure %.3f  found %.3f  stray sure %.3f  stray %.3f", k, t.Logos, part(t.Sure, t.Logos), part(t.Review, t.Logos), part(t.StraySure, t.Logos), part(t.Stray, t.Logos))
	}
	t := by["total"]
	b.ReportMetric(100*part(t.Sure, t.Logos), "%sure")
	b.ReportMetric(100*part(t.Review, t.Logos), "%found")
}

// BenchmarkLogoStrays looks for the held-out logos in the six photos, where none
// of them is.
func BenchmarkLogoStrays(b *testing.B) {
	marks, photos := inventedLogos(b)
	ls, _ := heldOut(marks, photos)
	d := logoDetector(b, ls)
	var t logotest.Tally
	for b.Loop() {
		t = logotest.Tally{}
		for _, p := range photos {
			fs, err := d.Detect(context.Background(), logotest.Page(p))
			if err != nil {
				b.Fatal(err)
			}
			t.Add(fs, image.Rectangle{})
		}
	}
	pairs := float64(len(ls) * len(photos))
	b.ReportMetric(float64(t.StraySure)/pairs, "stray-sure/logo-photo")
	b.ReportMetric(float64(t.Stray)/pairs, "stray/logo-photo")
}

// BenchmarkLogoSpeed looks for 1, 10 and 50 logos in a photo.
func BenchmarkLogoSpeed(b *testing.B) {
	marks, photos := inventedLogos(b)
	for _, l := range marks[:14] { // upside down they are others
		m := image.NewNRGBA(l.Image.Rect)
		for y := range m.Rect.Dy() {
			copy(m.Pix[y*m.Stride:][:m.Stride], l.Image.Pix[(m.Rect.Dy()-1-y)*l.Image.Stride:])
		}
		marks = append(marks, logotest.Logo{Name: l.Name + " upside down", Kind: l.Kind, Image: m})
	}
	for _, n := range []int{1, 10, 50} {
		b.Run(fmt.Sprintf("logos=%d", n), func(b *testing.B) {
			d := logoDetector(b, marks[:n])
			i := 0
			mp := 0.0
			for b.Loop() {
				p := photos[i%len(photos)]
				i++
				mp += float64(p.Rect.Dx()*p.Rect.Dy()) / 1e6
				if _, err := d.Detect(context.Background(), logotest.Page(p)); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/mp, "ms/MP")
		})
	}
}
