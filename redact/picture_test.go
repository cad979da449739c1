package redact

import (
	"context"
	"errors"
	"image"
	"reflect"
	"testing"
)

func picture(id int, box image.Rectangle, pixels image.Rectangle) Picture {
	return Picture{ID: id, Box: box, Load: func(ctx context.Context) (*image.NRGBA, error) {
		return image.NewNRGBA(pixels), ctx.Err()
	}}
}

func TestFindIn(t *testing.T) {
	// The same picture twice in one place, and another at half its size.
	p := Page{Part: PartBody, Index: 3, Pictures: []Picture{
		picture(0, image.Rect(0, 0, 100, 80), image.Rect(0, 0, 100, 80)),
		picture(1, image.Rect(0, 0, 100, 80), image.Rect(0, 0, 100, 80)),
		picture(2, image.Rect(200, 100, 250, 140), image.Rect(10, 20, 110, 100)),
	}}
	got, err := p.FindIn(t.Context(), "test", func(_ context.Context, img *image.NRGBA) ([]Finding, error) {
		at := img.Rect.Min
		return []Finding{
			{Kind: Face, Region: Region{Box: image.Rect(11, 21, 30, 40).Add(at)}, Landmarks: [][2]float32{{float32(at.X + 20), float32(at.Y + 30)}}},
			{Kind: Face, Region: Region{Box: image.Rect(500, 500, 510, 510)}},
		}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []Finding{
		{Kind: Face, Region: Region{Page: 3, Box: image.Rect(11, 21, 30, 40)}, Landmarks: [][2]float32{{20, 30}}},
		{Kind: Face, Region: Region{Page: 3, Box: image.Rect(500, 500, 510, 510)}},
		{Kind: Face, Region: Region{Page: 3, Box: image.Rect(205, 110, 215, 120)}, Landmarks: [][2]float32{{210, 115}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v,\nwant %+v", got, want)
	}
}

// What either view of a picture is sure of is sure.
func TestFindInKeepsTheSurer(t *testing.T) {
	whole := image.Rect(0, 0, 100, 80)
	p := Page{Pictures: []Picture{picture(0, whole, whole), picture(1, whole, whole), picture(2, whole, whole)}}
	views := []Finding{{Tier: Review, Score: .4}, {Tier: Sure, Score: .6}, {Tier: Review, Score: .9}}
	got, err := p.FindIn(t.Context(), "test", func(context.Context, *image.NRGBA) ([]Finding, error) {
		f := views[0]
		views = views[1:]
		f.Kind, f.Region.Box = Face, image.Rect(1, 1, 9, 9)
		return []Finding{f}, nil
	})
	if err != nil || len(got) != 1 || got[0].Tier != Sure || got[0].Score != .6 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestPixels(t *testing.T) {
	broken := errors.New("broken")
	whole := image.Rect(0, 0, 9, 9)
	for name, c := range map[string]struct {
		pic  Picture
		want error
	}{
		"load fails": {Picture{Box: whole, Load: func(context.Context) (*image.NRGBA, error) { return nil, broken }}, broken},
		"no pixels":  {Picture{Box: whole, Load: func(context.Context) (*image.NRGBA, error) { return nil, nil }}, ErrUnreadable},
		"no place":   {picture(0, image.Rectangle{}, whole), errNoPlace},
	} {
		if _, err := c.pic.Pixels(t.Context()); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := picture(0, image.Rectangle{}, image.Rectangle{}).Pixels(t.Context()); err != nil {
		t.Error("an empty picture:", err)
	}
}

// The same pixels are looked at once where that is remembered, by each who looks,
// and found in each place where they stand; what failed is tried again.
func TestOnce(t *testing.T) {
	box := image.Rect(0, 0, 100, 80)
	p := Page{Pictures: []Picture{picture(0, box, box), picture(1, box.Add(image.Pt(200, 0)), box), picture(2, box.Add(image.Pt(0, 200)), image.Rect(0, 0, 100, 81))}}
	looked := map[image.Rectangle]int{}
	var fails error
	find := func(_ context.Context, img *image.NRGBA) ([]Finding, error) {
		looked[img.Rect]++
		return []Finding{{Kind: Face, Region: Region{Box: image.Rect(1, 1, 9, 9)}, Landmarks: [][2]float32{{5, 5}}}}, fails
	}
	ctx := Remembering(t.Context())
	fails = errors.New("not now")
	if _, err := p.FindIn(ctx, "one", find); !errors.Is(err, fails) {
		t.Errorf("got %v", err)
	}
	fails = nil
	clear(looked)
	for range 2 {
		got, err := p.FindIn(ctx, "one", find)
		if err != nil || len(got) != 3 || got[0].Landmarks[0] != [2]float32{5, 5} || got[1].Landmarks[0] != [2]float32{205, 5} || got[1].Region.Box != image.Rect(201, 1, 209, 9) {
			t.Errorf("%+v, %v", got, err)
		}
	}
	if looked[box] != 1 || looked[image.Rect(0, 0, 100, 81)] != 1 {
		t.Errorf("looked %v", looked)
	}
	if _, err := p.FindIn(ctx, "two", find); err != nil || looked[box] != 2 {
		t.Errorf("another detector: %v, %v", looked, err)
	}
	if _, err := p.FindIn(t.Context(), "one", find); err != nil || looked[box] != 4 {
		t.Errorf("without memory: %v, %v", looked, err)
	}
}
