package logos_test

import (
	"context"
	"errors"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"testing"

	"consentry/redact"
	"consentry/redact/logos"
	"consentry/redact/logos/logotest"
	"consentry/redact/redacttest"
)

// asset reads a fetched file: in the folder that CONSENTRY_ASSETS names, or in
// the checkout's.
func asset(t testing.TB, name string) []byte {
	t.Helper()
	dir := os.Getenv("CONSENTRY_ASSETS")
	if dir == "" {
		dir = filepath.Join("..", "..", "assets", "models")
	}
	b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatalf("%v: fetch the assets first (make assets)", err)
	}
	return b
}

func marks(t testing.TB) []logotest.Logo {
	t.Helper()
	all, err := logotest.Logos(asset(t, "fonts/NotoSansSC-Regular.ttf"), asset(t, "fonts/NotoSansSC-Bold.ttf"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func photo(t testing.TB, n int) *image.NRGBA {
	t.Helper()
	m, err := logotest.Photo(asset(t, "samples/sample"+string(rune('0'+n))+".jpg"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func likenesses(ls ...logotest.Logo) (out []redact.Likeness) {
	for _, l := range ls {
		out = append(out, redact.Likeness{Ref: l.Name, Kind: redact.Logo, Image: l.Image})
	}
	return out
}

func detector(t testing.TB, ls ...logotest.Logo) *logos.Detector {
	t.Helper()
	d, err := logos.New(likenesses(ls...), logos.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestConforms(t *testing.T) {
	all := marks(t)
	var pages []redact.Page
	for i, distortion := range []string{"plain", "tilted", "one colour"} {
		s := logotest.Compose(all[10], photo(t, 2), logotest.Buckets[2], distortion, uint64(i))
		p := logotest.Page(s.Image)
		p.Part, p.Index = "media/1", i
		// On its page the picture stands at half its size, away from the corner.
		at := image.Rect(0, 0, s.Image.Rect.Dx()/2, s.Image.Rect.Dy()/2).Add(image.Pt(40, 30))
		p.Pictures[0].Box, p.Bounds = at, at.Inset(-30)
		pages = append(pages, p)
	}
	pages = append(pages, logotest.Page(image.NewNRGBA(image.Rect(0, 0, 3, 2))))
	redacttest.TestDetector(t, detector(t, all[10], all[23]), pages...)
}

func TestPlace(t *testing.T) {
	l := marks(t)[7]
	s := logotest.Compose(l, nil, logotest.Buckets[2], "plain", 3)
	p := logotest.Page(s.Image)
	p.Pictures[0].Box = image.Rect(100, 50, 100+2*s.Image.Rect.Dx(), 50+2*s.Image.Rect.Dy())
	p.Bounds = p.Pictures[0].Box
	fs, err := detector(t, l).Detect(t.Context(), p)
	if err != nil || len(fs) == 0 {
		t.Fatalf("%d findings, %v", len(fs), err)
	}
	want := image.Rect(100+2*s.Box.Min.X, 50+2*s.Box.Min.Y, 100+2*s.Box.Max.X, 50+2*s.Box.Max.Y)
	f := fs[0]
	if !logotest.Found(f.Region.Box, want) || f.Kind != redact.Logo || f.Ref != l.Name || f.Text != "" || f.Tier != redact.Sure {
		t.Errorf("found %v, ref %q, tier %v, score %.2f; it stands at %v", f, f.Ref, f.Tier, f.Score, want)
	}
}

// A part of a larger picture has its own origin.
func TestSubImage(t *testing.T) {
	l := marks(t)[7]
	s := logotest.Compose(l, nil, logotest.Buckets[2], "plain", 3)
	cut := s.Image.SubImage(s.Box.Inset(-40)).(*image.NRGBA)
	fs, err := detector(t, l).Detect(t.Context(), logotest.Page(cut))
	if err != nil || len(fs) == 0 {
		t.Fatalf("%d findings, %v", len(fs), err)
	}
	if want := s.Box.Sub(cut.Rect.Min); !logotest.Found(fs[0].Region.Box, want) {
		t.Errorf("found at %v, it stands at %v", fs[0].Region.Box, want)
	}
}

func TestID(t *testing.T) {
	all := marks(t)
	other := all[1]
	other.Image = image.NewNRGBA(all[1].Image.Rect)
	copy(other.Image.Pix, all[1].Image.Pix)
	c := other.Image.NRGBAAt(150, 20)
	other.Image.SetNRGBA(150, 20, color.NRGBA{R: c.R, G: c.G ^ 1, B: c.B, A: c.A})
	renamed := all[1]
	renamed.Name = "another"
	seen := map[string]int{}
	for i, ls := range [][]logotest.Logo{{}, {all[0]}, {all[1]}, {all[0], all[1]}, {all[1], all[0]}, {other}, {renamed}} {
		id := detector(t, ls...).ID()
		if j, ok := seen[id]; ok {
			t.Errorf("sets %d and %d share the ID %s", i, j, id)
		}
		seen[id] = i
	}
	if a, b := detector(t, all[3]).ID(), detector(t, all[3]).ID(); a != b {
		t.Errorf("the same set has two IDs: %s, %s", a, b)
	}
}

func TestRefuses(t *testing.T) {
	for name, m := range map[string]*image.NRGBA{
		"none": nil, "empty": {}, "one pixel": image.NewNRGBA(image.Rect(0, 0, 1, 1)),
		"one colour": image.NewNRGBA(image.Rect(0, 0, 80, 80)),
	} {
		if _, err := logos.New([]redact.Likeness{{Ref: "x", Kind: redact.Logo, Image: m}}, logos.Options{}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	d := detector(t, marks(t)[0])
	broken := errors.New("broken")
	for name, p := range map[string]redact.Picture{
		"no pixels": {Box: image.Rect(0, 0, 9, 9), Load: func(context.Context) (*image.NRGBA, error) { return nil, nil }},
		"an error":  {Box: image.Rect(0, 0, 9, 9), Load: func(context.Context) (*image.NRGBA, error) { return nil, broken }},
		"no place":  {Load: func(context.Context) (*image.NRGBA, error) { return image.NewNRGBA(image.Rect(0, 0, 9, 9)), nil }},
	} {
		if _, err := d.Detect(t.Context(), redact.Page{Pictures: []redact.Picture{p}}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestNothingRegistered(t *testing.T) {
	fs, err := detector(t).Detect(t.Context(), logotest.Page(photo(t, 1)))
	if err != nil || len(fs) > 0 {
		t.Errorf("%d findings without a logo, %v", len(fs), err)
	}
}

func TestTrim(t *testing.T) {
	paint := func(ground color.NRGBA, at image.Rectangle) *image.NRGBA {
		m := image.NewNRGBA(image.Rect(0, 0, 100, 80))
		for y := range 80 {
			for x := range 100 {
				c := ground
				if image.Pt(x, y).In(at) {
					c = color.NRGBA{R: 200, A: 255}
				}
				m.SetNRGBA(x, y, c)
			}
		}
		return m
	}
	mark := image.Rect(30, 20, 70, 40)
	for _, c := range []struct {
		name   string
		ground color.NRGBA
		at     image.Rectangle
		want   image.Rectangle
	}{
		{"see-through", color.NRGBA{}, mark, mark},
		{"on white", color.NRGBA{R: 255, G: 255, B: 255, A: 255}, mark, mark.Inset(-2)},
		{"on blue", color.NRGBA{B: 180, A: 255}, mark, mark.Inset(-2)},
		{"nothing", color.NRGBA{B: 180, A: 255}, image.Rectangle{}, image.Rect(0, 0, 100, 80)},
	} {
		if got := logos.Trim(paint(c.ground, c.at)).Rect; got != c.want {
			t.Errorf("%s: cut to %v, want %v", c.name, got, c.want)
		}
	}
}
