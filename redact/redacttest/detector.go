package redacttest

import (
	"errors"
	"image"
	"reflect"
	"strings"
	"testing"

	"consentry/redact"
)

// TestDetector checks a detector on pages: regions lie within the page and its
// spans, Text is what stands there (or of which a piece does, where a name goes
// over several spans), scores are 0 to 1, results repeat, also from
// several goroutines, an empty page has no findings, our own labels are none,
// and a cancelled context stops it. Over all pages it must find something.
func TestDetector(t *testing.T, d redact.Detector, pages ...redact.Page) {
	t.Helper()
	checkID(t, d.ID)
	total := 0
	for _, p := range pages {
		want, err := d.Detect(t.Context(), p)
		if err != nil {
			t.Fatalf("detect: %v", err)
		}
		total += len(want)
		for _, f := range want {
			checkFinding(t, d, p, f)
		}
		atOnce(func() {
			got, err := d.Detect(t.Context(), p)
			if err != nil {
				t.Errorf("detect at once: %v", err)
			} else if !reflect.DeepEqual(got, want) {
				t.Errorf("findings differ at a second run: %d and %d", len(want), len(got))
			}
		})
		if len(want) > 0 {
			if _, err := d.Detect(cancelled(), p); err == nil {
				t.Error("Detect went on after its context was cancelled")
			}
		}
	}
	if total == 0 {
		t.Error("nothing found on any page: the suite saw nothing")
	}
	for _, p := range []redact.Page{{}, {Spans: []redact.Span{{}}}, {Spans: []redact.Span{{Text: " \n\t"}}}} {
		if fs, err := d.Detect(t.Context(), p); err != nil || len(fs) > 0 {
			t.Errorf("an empty page gave %d finding(s), error %v", len(fs), err)
		}
	}
	for _, k := range []redact.Kind{redact.Person, redact.Organisation, redact.Location, redact.Phone, redact.Email, redact.ResidentID, redact.Other} {
		for _, l := range []redact.Lang{redact.Chinese, redact.English} {
			p := redact.Page{Spans: []redact.Span{{Text: redact.Label(k, 1, l)}}}
			if fs, err := d.Detect(t.Context(), p); err != nil || len(fs) > 0 {
				t.Errorf("the label %s was found, error %v", redact.Label(k, 1, l), err)
			}
		}
	}
}

func checkFinding(t *testing.T, d redact.Detector, p redact.Page, f redact.Finding) {
	t.Helper()
	g := f.Region
	if g.Part != p.Part || g.Page != p.Index {
		t.Errorf("%v: region in part %q page %d, the page is %q %d", f, g.Part, g.Page, p.Part, p.Index)
	}
	if f.By != d.ID() || f.Kind == "" || f.Why == "" {
		t.Errorf("%v: by %q, kind %q, why %q", f, f.By, f.Kind, f.Why)
	}
	if !(f.Score >= 0 && f.Score <= 1) {
		t.Errorf("%v: score %v", f, f.Score)
	}
	if !g.IsText() {
		if g.Box.Empty() || !g.Box.In(p.Bounds) {
			t.Errorf("%v: box not within the page %v", f, p.Bounds)
		}
		return
	}
	got, hull, err := at(p, g)
	if err != nil {
		t.Errorf("%v: %v", f, err)
	} else if got != f.Text && !(len(p.Spans) > 1 && strings.Contains(f.Text, got)) {
		t.Errorf("%v: Text is not what stands at the region, nor goes over several spans", f)
	} else if !g.Box.Empty() && g.Box != hull {
		t.Errorf("%v: the box is not the hull of its runes", f)
	}
	if redact.IsLabel(f.Text) {
		t.Errorf("%v: one of our labels was found", f)
	}
}

// at reads the runes of a region and the hull of their boxes.
func at(p redact.Page, g redact.Region) (string, image.Rectangle, error) {
	for _, s := range p.Spans {
		if s.ID != g.Span {
			continue
		}
		runes := []rune(s.Text)
		from, to := g.Start-s.Offset, g.End-s.Offset
		if from < 0 || to > len(runes) {
			return "", image.Rectangle{}, errors.New("region outside its span")
		}
		var hull image.Rectangle
		if s.Boxes != nil {
			for _, b := range s.Boxes[from:to] {
				hull = hull.Union(b)
			}
		}
		return string(runes[from:to]), hull, nil
	}
	return "", image.Rectangle{}, errors.New("no such span")
}
