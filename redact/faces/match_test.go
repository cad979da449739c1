package faces

import (
	"context"
	"image"
	"math"
	"testing"

	"consentry/redact"
)

func matcher(t testing.TB) *Matcher {
	t.Helper()
	e := NewEmbedder(library(t), func() ([]byte, error) { return read(t, "dlib-resnet.onnx"), nil })
	s := NewSFace(library(t), func() ([]byte, error) { return read(t, "sface.onnx"), nil })
	t.Cleanup(func() { e.Close(); s.Close() })
	return NewMatcher(e, "d", s, "s")
}

// seen is a picture as a page, with its faces from the left.
func seen(t testing.TB, img *image.NRGBA) (redact.Page, []redact.Finding) {
	t.Helper()
	p := redact.Page{Bounds: img.Rect, Pictures: []redact.Picture{{Box: img.Rect, Load: func(context.Context) (*image.NRGBA, error) { return img, nil }}}}
	fs, err := detector(t, Options{Threads: 2, Mode: Fast}).Detect(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	var sure []redact.Finding
	for _, f := range fs {
		if f.Tier == redact.Sure {
			sure = append(sure, f)
		}
	}
	return p, sure
}

// coarse is a picture of the same size with an eighth of the detail across.
func coarse(img *image.NRGBA) *image.NRGBA {
	out := image.NewNRGBA(img.Rect)
	small := shrunk(shrunk(shrunk(img)))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			var sum [3]float64
			bilinear(small, float64(x)/8, float64(y)/8, &sum)
			o := out.PixOffset(x, y)
			out.Pix[o], out.Pix[o+1], out.Pix[o+2], out.Pix[o+3] = byte(sum[0]), byte(sum[1]), byte(sum[2]), 255
		}
	}
	return out
}

// shrunk is half the size, four pixels averaged.
func shrunk(img *image.NRGBA) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, img.Rect.Dx()/2, img.Rect.Dy()/2))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			o, i := out.PixOffset(x, y), img.PixOffset(2*x, 2*y)
			for c := range 4 {
				out.Pix[o+c] = byte((int(img.Pix[i+c]) + int(img.Pix[i+4+c]) + int(img.Pix[i+img.Stride+c]) + int(img.Pix[i+img.Stride+4+c])) / 4)
			}
		}
	}
	return out
}

// The same faces in half the size are found again, each its own; prints are
// given where they are asked for.
func TestMatch(t *testing.T) {
	m := matcher(t)
	whole, fs := seen(t, sample(t, 3))
	if len(fs) != 3 {
		t.Fatalf("%d faces", len(fs))
	}
	var refs []Reference
	for i, f := range fs {
		p, q, err := m.Print(t.Context(), whole, f)
		if err != nil || !q.Clear() {
			t.Fatalf("face %d: %+v, %v", i, q, err)
		}
		refs = append(refs, Reference{string(rune('a' + i)), []Print{p}})
	}
	page, small := seen(t, half(t, 3))
	if len(small) != 3 {
		t.Fatalf("%d faces in half the size", len(small))
	}
	for _, prints := range []bool{false, true} {
		ms, err := m.Match(t.Context(), page, small, refs, prints)
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range ms {
			if len(got.Alike) == 0 || got.Alike[0].Ref != refs[i].Ref || got.Alike[0].Distance > Near || got.Alike[0].Cosine < SureCosine {
				t.Errorf("face %d: %+v", i, got.Alike)
			}
			for _, a := range got.Alike[1:] {
				if a.Distance <= Near || a.Distance > Far {
					t.Errorf("face %d is %.2f from another's", i, a.Distance)
				}
			}
			if (got.Print != nil) != prints {
				t.Errorf("face %d: prints asked for: %t, given: %t", i, prints, got.Print != nil)
			}
		}
	}
}

// The distance is the network's own: what mirroring averages, it does not move.
func TestPrintLooksBothWays(t *testing.T) {
	m := matcher(t)
	img := sample(t, 3)
	page, fs := seen(t, img)
	mirror := image.NewNRGBA(img.Rect)
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			copy(mirror.Pix[mirror.PixOffset(img.Rect.Dx()-1-x, y):][:4], img.Pix[img.PixOffset(x, y):])
		}
	}
	turned := redact.Page{Pictures: []redact.Picture{{Box: mirror.Rect, Load: func(context.Context) (*image.NRGBA, error) { return mirror, nil }}}}
	for i, f := range fs {
		a, _, err := m.Print(t.Context(), page, f)
		if err != nil {
			t.Fatal(err)
		}
		g := f
		w := float32(img.Rect.Dx() - 1)
		flip := func(p [2]float32) [2]float32 { return [2]float32{w - p[0], p[1]} }
		g.Landmarks = [][2]float32{flip(f.Landmarks[1]), flip(f.Landmarks[0]), flip(f.Landmarks[2]), flip(f.Landmarks[4]), flip(f.Landmarks[3])}
		g.Region.Box = image.Rect(img.Rect.Dx()-f.Region.Box.Max.X, f.Region.Box.Min.Y, img.Rect.Dx()-f.Region.Box.Min.X, f.Region.Box.Max.Y)
		b, _, err := m.Print(t.Context(), turned, g)
		if err != nil {
			t.Fatal(err)
		}
		if d := a.Distance(b); d > 0.1 {
			t.Errorf("face %d is %.2f from its mirror image", i, d)
		}
		if c := Cosine(a.SFace, b.SFace); c < 0.95 {
			t.Errorf("face %d and its mirror image have a cosine of %.2f", i, c)
		}
	}
}

// A face without detail is not clear, nor a small one, nor one whose landmarks
// are no upright face's; a face without landmarks is not described.
func TestQuality(t *testing.T) {
	m := matcher(t)
	img := sample(t, 3)
	page, fs := seen(t, img)
	rough := coarse(img)
	blurred := redact.Page{Pictures: []redact.Picture{{Box: img.Rect, Load: func(context.Context) (*image.NRGBA, error) { return rough, nil }}}}
	for i, f := range fs {
		for name, c := range map[string]struct {
			page  redact.Page
			edit  func(f *redact.Finding)
			clear bool
		}{
			"as it is": {page, func(*redact.Finding) {}, true},
			"blurred":  {blurred, func(*redact.Finding) {}, false},
			"from the side": {page, func(f *redact.Finding) {
				f.Landmarks[0] = [2]float32{f.Landmarks[1][0] - 20, f.Landmarks[1][1]}
			}, false},
		} {
			f := f
			f.Landmarks = append([][2]float32(nil), f.Landmarks...)
			c.edit(&f)
			ms, err := m.Match(t.Context(), c.page, []redact.Finding{f}, nil, true)
			if err != nil {
				t.Fatal(err)
			}
			if got := ms[0].Quality.Clear(); got != c.clear || (ms[0].Print != nil) != c.clear {
				t.Errorf("face %d, %s: %+v", i, name, ms[0].Quality)
			}
		}
	}
	none := fs[0]
	none.Landmarks = nil
	if ms, err := m.Match(t.Context(), page, []redact.Finding{none}, nil, true); err != nil || ms[0].Print != nil {
		t.Errorf("without landmarks: %+v, %v", ms, err)
	}
	if _, _, err := m.Print(t.Context(), page, none); err == nil {
		t.Error("a face without landmarks was enrolled")
	}
}

// Landmarks are in page units; the picture may stand there in another size.
func TestMatchInPageUnits(t *testing.T) {
	m := matcher(t)
	img := sample(t, 3)
	page, fs := seen(t, img)
	p, q, err := m.Print(t.Context(), page, fs[0])
	if err != nil {
		t.Fatal(err)
	}
	box := image.Rect(100, 50, 100+img.Rect.Dx()/2, 50+img.Rect.Dy()/2)
	page.Pictures[0].Box = box
	f := fs[0]
	f.Landmarks = nil
	for _, l := range fs[0].Landmarks {
		f.Landmarks = append(f.Landmarks, [2]float32{100 + l[0]/2, 50 + l[1]/2})
	}
	b := fs[0].Region.Box
	f.Region.Box = image.Rect(100+b.Min.X/2, 50+b.Min.Y/2, 100+b.Max.X/2, 50+b.Max.Y/2)
	o, r, err := m.Print(t.Context(), page, f)
	if err != nil || p.Distance(o) > 0.02 || math.Abs(q.Eyes-r.Eyes) > 0.5 {
		t.Errorf("%.3f away, eyes %.1f and %.1f, %v", p.Distance(o), q.Eyes, r.Eyes, err)
	}
}

func BenchmarkMatch(b *testing.B) {
	m := matcher(b)
	page, fs := seen(b, sample(b, 3))
	own, _, err := m.Print(b.Context(), page, fs[0])
	if err != nil {
		b.Fatal(err)
	}
	other, fs2 := seen(b, sample(b, 6))
	far, _, err := m.Print(b.Context(), other, fs2[0])
	if err != nil || own.Distance(far) < Far {
		b.Fatal(own.Distance(far), err)
	}
	for _, c := range []struct {
		name   string
		ref    Print
		prints bool
	}{{"stranger", far, false}, {"enrolled", own, false}, {"group", far, true}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := m.Match(b.Context(), page, fs[:1], []Reference{{"a", []Print{c.ref}}}, c.prints); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
