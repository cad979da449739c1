package faces

import (
	"context"
	"errors"
	"image"
	"strings"
	"testing"

	"golang.org/x/image/draw"

	"consentry/redact"
	"consentry/redact/redacttest"
)

// truth is where the faces of the six samples are, drawn by eye to about ten
// pixels; every one is clearly visible.
var truth = [][]image.Rectangle{
	{image.Rect(410, 340, 600, 610), image.Rect(820, 430, 1035, 665), image.Rect(1465, 210, 1690, 450)},
	{image.Rect(365, 120, 560, 425), image.Rect(900, 255, 1065, 460), image.Rect(1430, 150, 1640, 385)},
	{image.Rect(585, 320, 805, 610), image.Rect(1075, 190, 1310, 515), image.Rect(1505, 285, 1690, 585)},
	{image.Rect(270, 195, 425, 440), image.Rect(660, 65, 860, 320), image.Rect(985, 175, 1180, 420), image.Rect(1270, 145, 1420, 390)},
	{image.Rect(385, 870, 575, 1185), image.Rect(610, 430, 775, 690), image.Rect(775, 100, 955, 335), image.Rect(1115, 190, 1290, 440), image.Rect(1405, 390, 1590, 680)},
	{image.Rect(250, 470, 475, 780), image.Rect(665, 310, 850, 640), image.Rect(1170, 280, 1370, 590), image.Rect(1485, 250, 1715, 570)},
}

// All clearly visible faces of the samples must be found and be sure, with few
// boxes on anything else.
func TestSamples(t *testing.T) {
	d := detector(t, Options{Threads: 2})
	gold := make([]Labelled, len(truth))
	found := make([][]redact.Finding, len(truth))
	for i, faces := range truth {
		img := sample(t, i+1)
		fs, err := d.Find(t.Context(), img)
		if err != nil {
			t.Fatal(err)
		}
		for _, face := range faces {
			n := 0
			for _, f := range fs {
				if iou, _ := rectOf(face).overlap(rectOf(f.Region.Box)); iou < 0.5 {
					continue
				}
				n++
				if f.Tier != redact.Sure || f.Score < float64(thresholds[Normal].sure) {
					t.Errorf("sample %d: face at %v has tier %v, score %.2f", i+1, face, f.Tier, f.Score)
				}
				for _, p := range f.Landmarks {
					if !image.Pt(int(p[0]), int(p[1])).In(f.Region.Box) {
						t.Errorf("sample %d: face at %v has a landmark at %v", i+1, face, p)
					}
				}
				if l, r, mouth := f.Landmarks[0], f.Landmarks[1], f.Landmarks[3]; l[0] >= r[0] || l[1] >= mouth[1] {
					t.Errorf("sample %d: face at %v: landmarks %v are not eyes, nose, mouth", i+1, face, f.Landmarks)
				}
			}
			if n != 1 {
				t.Errorf("sample %d: face at %v found %d times", i+1, face, n)
			}
		}
		gold[i].Faces, found[i] = faces, fs
	}
	r, err := Evaluate(gold, found, HiddenGrow)
	if err != nil {
		t.Fatal(err)
	}
	if r.All.Gold != 22 || r.All.Recall() != 1 || r.All.Cover() != 1 || r.Precision() < 0.75 {
		t.Errorf("recall %.3f, cover %.3f, precision %.3f of %d faces", r.All.Recall(), r.All.Cover(), r.Precision(), r.All.Gold)
	}
}

// A face of more than a thousand pixels is seen by the small looks only, and
// its box must be that large.
func TestHugeFace(t *testing.T) {
	face := truth[2][0]
	src := sample(t, 3)
	const k = 5
	crop := image.Rect(face.Min.X-90, face.Min.Y-90, face.Max.X+90, face.Max.Y+90)
	img := image.NewNRGBA(image.Rect(0, 0, k*crop.Dx(), k*crop.Dy()))
	draw.ApproxBiLinear.Scale(img, img.Rect, src, crop, draw.Src, nil)
	fs, err := detector(t, Options{Threads: 2}).Find(t.Context(), img)
	if err != nil {
		t.Fatal(err)
	}
	want := rectOf(image.Rect(k*90, k*90, k*(90+face.Dx()), k*(90+face.Dy())))
	best := float32(0)
	for _, f := range fs {
		if iou, _ := want.overlap(rectOf(f.Region.Box)); f.Tier == redact.Sure {
			best = max(best, iou)
		}
	}
	if best < 0.6 {
		t.Errorf("a face of %d px was met by %.2f at best", k*face.Dx(), best)
	}
}

// Faces in the last row of a large picture are found by the tiles, and not by
// the fast detector: that is what Fast gives away.
func TestSmallFaces(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 3600, 2400))
	src := sample(t, 5)
	// Photos of which the faces are about 25 px high, in all corners.
	for _, p := range []image.Point{{0, 0}, {3400, 0}, {0, 2250}, {3400, 2250}, {1700, 1100}} {
		draw.BiLinear.Scale(img, image.Rectangle{p, p.Add(image.Pt(192, 140))}, src, src.Rect, draw.Src, nil)
	}
	count := func(o Options) int {
		fs, err := detector(t, o).Find(t.Context(), img)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, f := range fs {
			if f.Tier == redact.Sure {
				n++
			}
		}
		return n
	}
	if n := count(Options{Threads: 2}); n < 25 {
		t.Errorf("%d of 25 faces found", n)
	}
	if n := count(Options{Threads: 2, Mode: Fast}); n >= 25 {
		t.Errorf("the fast detector found %d of 25 faces: are the tiles of use?", n)
	}
}

// page shows pictures one below the other, at half their size.
func page(imgs ...*image.NRGBA) redact.Page {
	p := redact.Page{Index: 2, Bounds: image.Rect(0, 0, 2000, 5000)}
	y := 100
	for i, img := range imgs {
		box := image.Rect(50, y, 50+img.Rect.Dx()/2, y+img.Rect.Dy()/2)
		y = box.Max.Y + 10
		p.Pictures = append(p.Pictures, redact.Picture{ID: i, Box: box, Load: func(ctx context.Context) (*image.NRGBA, error) {
			return img, ctx.Err()
		}})
	}
	return p
}

// half is a sample at half its size, where two looks suffice.
func half(t *testing.T, n int) *image.NRGBA {
	src := sample(t, n)
	img := image.NewNRGBA(image.Rect(0, 0, src.Rect.Dx()/2, src.Rect.Dy()/2))
	draw.BiLinear.Scale(img, img.Rect, src, src.Rect, draw.Src, nil)
	return img
}

func TestConformance(t *testing.T) {
	redacttest.TestDetector(t, detector(t, Options{Threads: 1}), page(half(t, 1), image.NewNRGBA(image.Rectangle{}), half(t, 5)), page())
}

// Findings of a picture lie where the picture stands on its page.
func TestPlaces(t *testing.T) {
	d := detector(t, Options{Threads: 2})
	one, five := half(t, 1), half(t, 5)
	fs, err := d.Detect(t.Context(), page(one, five))
	if err != nil {
		t.Fatal(err)
	}
	// Page units are a quarter of the sample's pixels.
	for i, faces := range [][]image.Rectangle{truth[0], truth[4]} {
		off := page(one, five).Pictures[i].Box.Min
		for _, face := range faces {
			want := rectOf(image.Rect(face.Min.X/4, face.Min.Y/4, face.Max.X/4, face.Max.Y/4).Add(off))
			hit := false
			for _, f := range fs {
				if iou, _ := want.overlap(rectOf(f.Region.Box)); iou < 0.5 {
					continue
				}
				hit = true
				for _, p := range f.Landmarks {
					if !image.Pt(int(p[0]), int(p[1])).In(f.Region.Box) {
						t.Errorf("landmark %v outside its box %v", p, f.Region.Box)
					}
				}
			}
			if !hit {
				t.Errorf("picture %d: nothing at %v", i, want)
			}
		}
	}
}

func TestUnreadable(t *testing.T) {
	d := detector(t, Options{Threads: 1})
	broken := errors.New("broken")
	whole := image.Rect(0, 0, 10, 10)
	tests := []struct {
		name string
		pic  redact.Picture
		want error
	}{
		{"load fails", redact.Picture{Box: whole, Load: func(context.Context) (*image.NRGBA, error) { return nil, broken }}, broken},
		{"no pixels", redact.Picture{Box: whole, Load: func(context.Context) (*image.NRGBA, error) { return nil, nil }}, redact.ErrUnreadable},
		{"no place", redact.Picture{Load: func(context.Context) (*image.NRGBA, error) { return image.NewNRGBA(whole), nil }}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := d.Detect(t.Context(), redact.Page{Pictures: []redact.Picture{tt.pic}})
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func TestNothingToFind(t *testing.T) {
	d := detector(t, Options{Threads: 1})
	for _, size := range []image.Point{{0, 0}, {1, 1}, {3, 700}, {500, 400}} {
		img := image.NewNRGBA(image.Rectangle{Max: size})
		for i := range img.Pix {
			img.Pix[i] = uint8(i / 1001)
		}
		for name, find := range map[string]func(context.Context, *image.NRGBA) ([]redact.Finding, error){"all": d.Find, "once": d.FindOnce} {
			if fs, err := find(t.Context(), img); err != nil || len(fs) > 0 {
				t.Errorf("%v, %s: %d finding(s), error %v", size, name, len(fs), err)
			}
		}
	}
}

// A call that waits for another's run must end when its context does.
func TestCancelWhileWaiting(t *testing.T) {
	d := detector(t, Options{Threads: 1})
	buf := <-d.face.free // as if a run went on
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := d.Find(ctx, image.NewNRGBA(image.Rect(0, 0, 64, 64)))
		done <- err
	}()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	d.face.free <- buf
}

func TestNew(t *testing.T) {
	rt, model := library(t), read(t, "centerface.onnx")
	y := yunet(t)
	if _, err := New(rt, model[:1000], "0123", y, Options{}); err == nil {
		t.Error("a cut model was accepted")
	}
	if _, err := New(rt, model, "", y, Options{}); err == nil {
		t.Error("a model without digest was accepted")
	}
	if _, err := New(rt, model, "0123", y, Options{Mode: MissNothing + 1}); err == nil {
		t.Error("an unknown mode was accepted")
	}
	full, fast := detector(t, Options{}), detector(t, Options{Mode: Fast})
	if full.ID() == fast.ID() || !strings.Contains(full.ID(), "centerface=") || !strings.Contains(full.ID(), "yunet=") {
		t.Errorf("IDs %q and %q", full.ID(), fast.ID())
	}
}
