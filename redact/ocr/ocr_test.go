package ocr

import (
	"context"
	"fmt"
	"image"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/ocr/ocrtest"
)

// bare is a text without spaces: Chinese readers see the same.
func bare(s string) string { return strings.Join(strings.Fields(s), "") }

// check reads a picture and wants so much of its letters, and every name on one
// line of its own.
func check(t *testing.T, p ocrtest.Picture, least float64) {
	t.Helper()
	spans, got := readAll(t, reader(t), p.Img)
	a := ocrtest.Accuracy(strings.Join(p.Lines, "\n"), got)
	if a < least {
		t.Errorf("%.2f %% of the characters, want %.2f", 100*a, 100*least)
	}
	for i, n := range p.Names {
		seen := false
		for _, s := range spans {
			seen = seen || strings.Contains(bare(s.Text), bare(n))
		}
		if !seen {
			t.Errorf("name %d of %d was not read", i+1, len(p.Names))
		}
	}
	t.Logf("%v px: %.2f %% of the characters", p.Img.Rect.Size(), 100*a)
}

func TestScreens(t *testing.T) {
	f := regular(t)
	for _, c := range []struct {
		name  string
		p     ocrtest.Picture
		least float64
	}{
		{"light, 15 px", ocrtest.Screen(f, 15, false), 0.995},
		{"dark, 13 px", ocrtest.Screen(f, 13, true), 0.99},
		{"light, 11 px", ocrtest.Screen(f, 11, false), 0.99},
		{"dark, 30 px", ocrtest.Screen(f, 30, true), 0.99},
		{"slide", ocrtest.Slide(f), 0.99},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.p, c.least) })
	}
	t.Run("JPEG 40", func(t *testing.T) {
		p := ocrtest.Screen(f, 15, false)
		p.Img = ocrtest.JPEG(p.Img, 40)
		check(t, p, 0.985)
	})
}

func TestBadges(t *testing.T) {
	f := regular(t)
	for i, b := range ocrtest.Badges(f) {
		for _, by := range []float64{1, 0.3} {
			t.Run(fmt.Sprintf("%d at %g", i, by), func(t *testing.T) {
				b := b
				b.Img = ocrtest.JPEG(ocrtest.Resize(b.Img, by), 80)
				check(t, b, 0.97)
			})
		}
	}
}

func TestTurned(t *testing.T) {
	f := regular(t)
	all := ocrtest.Badges(f)
	for i, degrees := range []float64{7, 25, 45, 65, 90, 135, 180, 200, 270, 300, 350} {
		t.Run(fmt.Sprint(degrees), func(t *testing.T) {
			b := all[i%len(all)]
			b.Img = ocrtest.Turn(b.Img, degrees, ocrtest.Black)
			check(t, b, 0.95)
		})
	}
}

func TestVertical(t *testing.T) {
	f := regular(t)
	for _, size := range []float64{18, 40, 90} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			lines := []string{"衡川数据用户大会", "主讲人沈若溪", "王晓岚"}
			img := ocrtest.Blank(int(10*size), int(11*size), ocrtest.White)
			for i, l := range lines {
				f.Stack(img, int(size)+i*int(2.5*size), int(size), size, ocrtest.Black, l)
			}
			spans, _ := readAll(t, reader(t), img)
			for _, want := range lines {
				best := 0.0
				for _, s := range spans {
					best = max(best, ocrtest.Accuracy(want, s.Text))
				}
				if best < 0.85 {
					t.Errorf("a column of %d letters: %.0f %%", len([]rune(want)), 100*best)
				}
			}
		})
	}
}

// Letters of a badge in a photo of 24 megapixels, in a corner that no shrunken
// look would show.
func TestLargePhoto(t *testing.T) {
	f := regular(t)
	img := ocrtest.Wall(6000, 4000)
	b := ocrtest.Resize(ocrtest.Badge(f, "王晓岚", "市场总监", "衡川数据").Img, 0.25) // the name is 21 px high
	ocrtest.Paste(img, b, image.Pt(5100, 3300))
	f.Draw(img, 700, 900, 420, ocrtest.Black, "感谢林知遥") // and a banner
	spans, _ := readAll(t, reader(t), img)
	var small, large bool
	for _, s := range spans {
		small = small || strings.Contains(s.Text, "王晓岚") && union(s.Boxes).In(image.Rect(5050, 3250, 5300, 3450))
		large = large || strings.Contains(s.Text, "林知遥")
	}
	if !small || !large {
		t.Errorf("badge read: %v, banner read: %v", small, large)
	}
	if len(spans) > 10 {
		t.Errorf("%d lines read, 5 are there", len(spans))
	}
}

// Photos of people without words must not fill the review list with junk.
func TestPhotosWithoutText(t *testing.T) {
	lines, long := 0, 0
	for n := 1; n <= 6; n++ {
		spans, _ := readAll(t, reader(t), sampleImage(t, n))
		lines += len(spans)
		for _, s := range spans {
			if len([]rune(s.Text)) > 3 {
				long++
			}
		}
	}
	t.Logf("6 photos: %d lines, %d of more than three letters", lines, long)
	if lines > 24 || long > 3 {
		t.Errorf("%d lines read on 6 photos without any to speak of, %d of them long", lines, long)
	}
}

// Each rune's box must hold its ink and not much of its neighbours'.
func TestPlaces(t *testing.T) {
	f := regular(t)
	text := []rune("联系人林知遥，电话13900000000Elara")
	for _, turn := range []float64{0, 90, 180, 270} {
		t.Run(fmt.Sprint(turn), func(t *testing.T) {
			img := ocrtest.Blank(900, 120, ocrtest.White)
			x := 40
			var ink []image.Rectangle
			for _, r := range text {
				b := f.Draw(img, x, 40, 32, ocrtest.Black, string(r))
				ink = append(ink, b)
				x = b.Max.X + 3
			}
			img = ocrtest.Turn(img, turn, ocrtest.White)
			spans, _ := readAll(t, reader(t), img)
			if len(spans) != 1 || spans[0].Text != string(text) {
				t.Fatalf("read as %d line(s): %q", len(spans), spans[0].Text)
			}
			for i, b := range spans[0].Boxes {
				want := turned(ink[i], 900, 120, int(turn))
				in := b.Intersect(want)
				if a := float64(in.Dx()*in.Dy()) / float64(want.Dx()*want.Dy()); a < 0.75 {
					t.Errorf("rune %d: its box %v holds %.0f %% of its ink %v", i, b, 100*a, want)
				}
				if n := len(text); i > 1 && i < n-1 && max(b.Dx(), b.Dy()) > 80 {
					t.Errorf("rune %d: box %v is wider than two letters", i, b)
				}
			}
		})
	}
}

// turned is a box of a w×h picture after quarter turns to the right.
func turned(b image.Rectangle, w, h, degrees int) image.Rectangle {
	switch degrees {
	case 90:
		return image.Rect(h-b.Max.Y, b.Min.X, h-b.Min.Y, b.Max.X)
	case 180:
		return image.Rect(w-b.Max.X, h-b.Max.Y, w-b.Min.X, h-b.Min.Y)
	case 270:
		return image.Rect(b.Min.Y, w-b.Max.X, b.Max.Y, w-b.Min.X)
	}
	return b
}

// Spans go on after those of the page, in its units, and two pictures of one
// place are read once.
func TestPage(t *testing.T) {
	f := regular(t)
	img := ocrtest.Badge(f, "王晓岚", "市场总监", "衡川数据").Img
	p := page(img)
	p.Bounds = image.Rect(0, 0, 500, 500)
	p.Spans = []redact.Span{{ID: 3, Text: "题图", Offset: 10}}
	p.Pictures[0].Box = image.Rect(100, 200, 250, 295) // a quarter of its size
	p.Pictures = append(p.Pictures, p.Pictures[0])
	spans, err := reader(t).Read(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	if len(spans) != 4 {
		t.Fatalf("%d lines, want 4", len(spans))
	}
	id, offset := 4, 13
	for _, s := range spans {
		n := len([]rune(s.Text))
		if s.ID != id || s.Offset != offset || len(s.Boxes) != n {
			t.Errorf("span %d at %d with %d boxes for %d runes, want %d at %d", s.ID, s.Offset, len(s.Boxes), n, id, offset)
		}
		id, offset = id+1, offset+n+1
		for _, b := range s.Boxes {
			if b.Empty() || !b.In(p.Pictures[0].Box) {
				t.Errorf("box %v is not within the picture", b)
			}
		}
	}
	name := union(spans[1].Boxes)
	if want := image.Rect(112, 231, 171, 249); name.Intersect(want) != want {
		t.Errorf("the name stands at %v, read at %v", want, name)
	}
	if name.Dx() > 90 || name.Dy() > 45 {
		t.Errorf("the name's box %v is much too large", name)
	}
}

func TestReadErrors(t *testing.T) {
	r := reader(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	img := ocrtest.Blank(64, 64, ocrtest.White)
	if _, err := r.Read(ctx, page(img)); err == nil {
		t.Error("a cancelled context did not stop it")
	}
	none := page(img)
	none.Pictures[0].Load = func(context.Context) (*image.NRGBA, error) { return nil, nil }
	if _, err := r.Read(context.Background(), none); err == nil {
		t.Error("a picture without pixels was read")
	}
	nowhere := page(img)
	nowhere.Pictures[0].Box = image.Rectangle{}
	if _, err := r.Read(context.Background(), nowhere); err == nil {
		t.Error("a picture without a place was read")
	}
	for _, size := range []image.Point{{1, 1}, {3, 2000}, {5000, 2}} {
		if spans, err := r.Read(context.Background(), page(ocrtest.Blank(size.X, size.Y, ocrtest.White))); err != nil || len(spans) > 0 {
			t.Errorf("an empty picture of %v gave %d line(s), error %v", size, len(spans), err)
		}
	}
	if _, err := New(library(t), Files{}, Options{}); err == nil {
		t.Error("a reader without models was made")
	}
}

// A part of a larger picture has bounds that do not begin at 0.
func TestSubImage(t *testing.T) {
	f := regular(t)
	all := ocrtest.Blank(800, 400, ocrtest.White)
	f.Draw(all, 420, 120, 40, ocrtest.Black, "王晓岚")
	sub := all.SubImage(image.Rect(380, 80, 700, 240)).(*image.NRGBA)
	spans, err := reader(t).Read(context.Background(), page(sub))
	if err != nil || len(spans) != 1 {
		t.Fatalf("%d line(s), error %v", len(spans), err)
	}
	if b := union(spans[0].Boxes); !b.In(sub.Rect) || b.Intersect(image.Rect(425, 130, 530, 155)).Empty() {
		t.Errorf("read at %v", b)
	}
}

func TestID(t *testing.T) {
	r := reader(t)
	if o := r.At(1.5); o.ID() == r.ID() || o.ID() == "" {
		t.Errorf("a reader at another scale has the ID %q, the first %q", o.ID(), r.ID())
	}
}
