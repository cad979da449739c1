package redacttest

import (
	"bytes"
	"errors"
	"image"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"consentry/redact"
)

// TestFormat checks a format on samples: pages are the same each time, a rewrite
// without redactions keeps what can be read, one with redactions removes it, bad
// input wraps redact.ErrUnreadable, a cancelled context stops it, a region
// outside is an error, a full disk is an error, and the source is only read.
// At least one sample must be readable and hold a word or a picture.
func TestFormat(t *testing.T, f redact.Format, samples ...Sample) {
	t.Helper()
	checkID(t, f.ID)
	readable := 0
	for _, s := range samples {
		t.Run(s.Name, func(t *testing.T) {
			if s.Unreadable {
				wantUnreadable(t, f, s)
				return
			}
			testSample(t, f, s)
		})
		if s.Unreadable {
			continue
		}
		readable++
		wantUnreadable(t, f, Sample{Name: "empty", Type: s.Type})
		wantUnreadable(t, f, Sample{Name: "binary", Type: s.Type, Body: []byte("\x7fELF\x02\x01\x01\x00\x00\x00\xff\xfe\xd8\x00\xdc\x1b\x00\x01")})
	}
	if readable == 0 {
		t.Error("no readable sample")
	}
}

func testSample(t *testing.T, f redact.Format, s Sample) {
	before := bytes.Clone(s.Body)
	d, pages, err := open(t.Context(), f, s)
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) == 0 {
		t.Fatal("no page")
	}
	body := 0
	for _, p := range pages {
		if p.Part == redact.PartBody {
			if p.Index != body {
				t.Errorf("page %d has index %d", body, p.Index)
			}
			body++
		}
		checkSpans(t, p)
	}
	// The same, from several goroutines.
	atOnce(func() {
		_, again, err := open(t.Context(), f, s)
		if err != nil {
			t.Errorf("second open: %v", err)
		} else if !samePages(pages, again) {
			t.Error("the pages differ at a second open")
		}
		var out bytes.Buffer
		if _, err := d.Rewrite(t.Context(), &out, nil); err != nil {
			t.Errorf("rewrite at once: %v", err)
		}
	})
	plain := rewrite(t, f, d, s.Name, nil)
	if !samePages(kept(pages), kept(plain)) {
		t.Error("a rewrite without redactions changed what can be read")
	}
	did := redactText(t, f, d, s, pages)
	did = redactPicture(t, f, d, s, pages, plain) || did
	if !did {
		t.Error("the sample has neither a word nor a picture to redact")
	}

	outside := redact.Region{Part: redact.PartBody, Start: 1 << 30, End: 1<<30 + 1}
	if len(pages[0].Pictures) > 0 {
		b := pages[0].Bounds
		outside = redact.Region{Box: image.Rect(b.Max.X+10, b.Max.Y+10, b.Max.X+20, b.Max.Y+20)}
	}
	for _, g := range []redact.Region{outside, {Part: "no such part", End: 1}, {Page: len(pages) + 7, End: 1, Box: pages[0].Bounds}} {
		if _, err := d.Rewrite(t.Context(), io.Discard, []redact.Redaction{{Region: g, With: "x"}}); err == nil {
			t.Errorf("a region outside was taken: %+v", g)
		}
	}
	if _, err := d.Rewrite(t.Context(), failing{}, nil); !errors.Is(err, errFull) {
		t.Errorf("a full disk gave: %v", err)
	}
	if _, err := d.Rewrite(cancelled(), io.Discard, nil); err == nil {
		t.Error("Rewrite went on after its context was cancelled")
	}
	if _, _, err := open(cancelled(), f, s); err == nil {
		t.Error("Open and Pages went on after their context was cancelled")
	}
	// A cut file may still be one (a text is), but an error blames the bytes.
	for _, n := range []int{1, len(s.Body) / 2, len(s.Body) - 1} {
		cut := Sample{Name: "cut", Type: s.Type, Body: s.Body[:n]}
		if _, _, err := open(t.Context(), f, cut); err != nil && !errors.Is(err, redact.ErrUnreadable) {
			t.Errorf("cut to %d bytes: %v", n, err)
		}
		short := Asset("short", s.Type, s.Body)
		if _, err := f.Open(t.Context(), short, bytes.NewReader(s.Body[:n])); err != nil && !errors.Is(err, redact.ErrUnreadable) {
			t.Errorf("%d bytes under a longer size: %v", n, err)
		}
	}
	if !bytes.Equal(before, s.Body) {
		t.Error("the source was changed")
	}
}

// checkSpans checks what every page promises about its spans.
func checkSpans(t *testing.T, p redact.Page) {
	t.Helper()
	for _, sp := range p.Spans {
		if !utf8.ValidString(sp.Text) {
			t.Error("a span is not valid UTF-8")
		}
		if n := utf8.RuneCountInString(sp.Text); sp.Boxes != nil && len(sp.Boxes) != n {
			t.Errorf("span %d has %d runes and %d boxes", sp.ID, n, len(sp.Boxes))
		}
	}
}

// kept are the pages that an output has.
func kept(pages []redact.Page) []redact.Page {
	return slices.DeleteFunc(slices.Clone(pages), func(p redact.Page) bool { return redact.IsDropped(p.Part) })
}

// samePages compares all but the pixels.
func samePages(a, b []redact.Page) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Part != b[i].Part || a[i].Index != b[i].Index || a[i].Bounds != b[i].Bounds || !reflect.DeepEqual(a[i].Spans, b[i].Spans) || len(a[i].Pictures) != len(b[i].Pictures) {
			return false
		}
	}
	return true
}

// redactText removes every occurrence of the first word of the sample.
func redactText(t *testing.T, f redact.Format, d redact.Document, s Sample, pages []redact.Page) bool {
	t.Helper()
	word := firstWord(texts(pages))
	if word == "" {
		return false
	}
	var rs []redact.Redaction
	for _, p := range pages {
		for _, sp := range p.Spans {
			for at := 0; ; {
				i := strings.Index(sp.Text[at:], word)
				if i < 0 {
					break
				}
				start := sp.Offset + utf8.RuneCountInString(sp.Text[:at+i])
				rs = append(rs, redact.Redaction{Region: redact.Region{Part: p.Part, Page: p.Index, Span: sp.ID,
					Start: start, End: start + utf8.RuneCountInString(word)}, Kind: redact.Other, With: "###"})
				at += i + len(word)
			}
		}
	}
	got := texts(rewrite(t, f, d, s.Name, rs))
	if strings.Contains(got, word) {
		t.Error("a removed word can be read in the output")
	}
	if n := strings.Count(got, "###"); n != len(rs) {
		t.Errorf("%d labels written for %d redactions", n, len(rs))
	}
	// Around a single redaction nothing moves.
	if one, sp := rs[0], pages[0].Spans; len(pages) == 1 && len(sp) == 1 {
		runes := []rune(sp[0].Text)
		got := texts(rewrite(t, f, d, s.Name, rs[:1]))
		want := string(runes[:one.Region.Start]) + "###" + string(runes[one.Region.End:]) + "\n"
		if got != want {
			t.Error("the text around a redaction changed")
		}
	}
	return true
}

// firstWord is the first run of two to four letters that ends with its word, or
// the first four letters of a longer one.
func firstWord(s string) string {
	var w []rune
	for _, r := range s {
		if unicode.IsLetter(r) {
			w = append(w, r)
			if len(w) == 4 {
				break
			}
			continue
		}
		if len(w) >= 2 {
			break
		}
		w = w[:0]
	}
	if len(w) < 2 {
		return ""
	}
	return string(w)
}
