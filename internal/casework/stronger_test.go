package casework

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"
	"testing"

	"consentry/redact"
	"consentry/redact/photo"
)

// demanding is an attack that a region withstands only when it is hidden at
// least so strongly, and that sees one region nobody decided on.
type demanding struct {
	least  map[image.Point]redact.Method // by the region's corner
	unseen image.Rectangle
	tried  *[]map[image.Point]redact.Method // the methods of each try
}

func (demanding) ID() string { return "demanding" }

func (a demanding) Try(_ context.Context, r redact.Released) (leaks []redact.Leak, err error) {
	now := map[image.Point]redact.Method{}
	covered := a.unseen.Empty()
	for i, f := range r.Removed {
		at := f.Region.Box.Min
		now[at] = r.Methods[i]
		covered = covered || f.Region.Box == a.unseen
		if least, ok := a.least[at]; ok && r.Methods[i] > least { // Solid is the least of the methods
			leaks = append(leaks, redact.Leak{By: a.ID(), Where: "here", Kind: f.Kind, Removed: i}, redact.Leak{By: a.ID(), Where: "here too", Kind: f.Kind, Removed: i})
		}
	}
	if !covered {
		leaks = append(leaks, redact.Leak{By: a.ID(), Where: "outside", Kind: redact.Face, Removed: -1, Region: redact.Region{Box: a.unseen}})
	}
	*a.tried = append(*a.tried, now)
	return leaks, nil
}

// One stubborn region is hidden more strongly, step by step; the others stay as
// they were. What was needed is kept for the next run, and does not depend on
// what else was decided meanwhile.
func TestStrongerByRegion(t *testing.T) {
	b := newBench(t)
	img := image.NewNRGBA(image.Rect(0, 0, 200, 100))
	for i := range img.Pix {
		img.Pix[i] = uint8(i*7) | uint8(255*(i%4/3))
	}
	img.SetNRGBA(0, 0, color.NRGBA{1, 2, 3, 255})
	var body bytes.Buffer
	if err := png.Encode(&body, img); err != nil {
		t.Fatal(err)
	}
	b.write(t, "a.png", body.String())
	b.Formats[photo.PNG] = photo.New(photo.InProcess, nil)
	b.Sniff = func(string, []byte) (string, error) { return photo.PNG, nil }
	meek, middle, stubborn, unseen := image.Rect(10, 10, 40, 40), image.Rect(60, 10, 90, 40), image.Rect(110, 10, 140, 40), image.Rect(150, 60, 190, 95)
	var tried []map[image.Point]redact.Method
	b.Attacks = []redact.Attack{demanding{map[image.Point]redact.Method{middle.Min: redact.Mosaic, stubborn.Min: redact.Solid}, unseen, &tried}}
	c := b.newCase(t)
	c.Style = redact.Blur
	p := b.scan(t, c)
	draw := func(box image.Rectangle) {
		t.Helper()
		if err := b.Answer(t.Context(), p, Answer{Action: Draw, Asset: c.Assets[0].Digest, Region: redact.Region{Box: box}, By: "zhou"}); err != nil {
			t.Fatal(err)
		}
	}
	draw(meek)
	draw(middle)
	draw(stubborn)
	rep := b.reportOf(t, b.mustClear(t, c))
	if n := rep.Assets[0].Stronger; n != 2 || rep.Assets[0].Hidden != 4 {
		t.Errorf("report: %d of %d hidden more strongly, want 2 of 4", n, rep.Assets[0].Hidden)
	}
	blurred := map[image.Point]redact.Method{meek.Min: redact.Blur, middle.Min: redact.Blur, stubborn.Min: redact.Blur}
	once := maps.Clone(blurred)
	once[middle.Min], once[stubborn.Min], once[unseen.Min] = redact.Mosaic, redact.Mosaic, redact.Blur
	end := maps.Clone(once)
	end[stubborn.Min] = redact.Solid
	if want := []map[image.Point]redact.Method{blurred, once, end}; !slices.EqualFunc(tried, want, maps.Equal) {
		t.Errorf("tried %v, want %v", tried, want)
	}

	// The same again: nothing is written or attacked, and the end is the same.
	b.heard.events, tried = nil, nil
	b.mustClear(t, c)
	if len(tried) != 0 || len(b.heard.worked(StepApply)) != 0 {
		t.Errorf("a second run attacked %d times, wrote %v", len(tried), b.heard.worked(StepApply))
	}
}

// A region that nothing helps stops the package.
func TestNothingStrongerIsALeak(t *testing.T) {
	for kind, region := range map[redact.Kind]redact.Region{
		redact.Face:   {Box: image.Rect(1, 1, 9, 9)},
		redact.Person: {Box: image.Rect(1, 1, 9, 9), Start: 1, End: 3},
		redact.Code:   {Box: image.Rect(1, 1, 9, 9)},
	} {
		f := redact.Finding{Kind: kind, Region: region}
		var s stronger
		for i, want := range []redact.Method{redact.Blur, redact.Mosaic, redact.Solid} {
			if kind != redact.Face {
				want = redact.Solid
			}
			if got := s.method(f, redact.Blur); got != want {
				t.Errorf("%s, step %d: %v, want %v", kind, i, got, want)
			}
			could := s.strengthen([]redact.Leak{{Removed: 0}}, []redact.Finding{f}, []redact.Method{s.method(f, redact.Blur)}, 0)
			if could != (want != redact.Solid) {
				t.Errorf("%s, step %d: made stronger: %v", kind, i, could)
			}
		}
	}
	var s stronger
	if s.strengthen([]redact.Leak{{Removed: -1}}, nil, nil, 0) {
		t.Error("metadata left in a file is met by hiding something")
	}
	f := redact.Finding{Kind: redact.Face, Region: redact.Region{Box: image.Rect(1, 1, 9, 9)}}
	if s.strengthen([]redact.Leak{{Removed: 0}}, []redact.Finding{f}, []redact.Method{redact.Blur}, steps); s.method(f, redact.Blur) != redact.Solid {
		t.Error("late rounds go on step by step")
	}
}

func (b *bench) reportOf(t *testing.T, r *Release) Report {
	t.Helper()
	rep, err := b.Report(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return rep
}
