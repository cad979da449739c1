package attack

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"mime"
	"strings"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/removed"
)

// A CodeFinder finds QR and bar codes in a picture; boxes are in its pixels, and
// those of the sure tier were decoded.
type CodeFinder interface {
	ID() string
	Find(ctx context.Context, img *image.NRGBA) ([]redact.Finding, error)
}

// Where a leak of Words is. The place follows.
const (
	WhereWords = "words in a picture"
	WhereCode  = "a hidden code can still be read"
)

// Words reads the written pictures again and looks for the removed texts in what
// it reads, by the rules of Text, and tries to read the codes that were hidden.
//
// An occurrence is also no leak where it stands in the box of a kept finding, or
// where it runs over two lines that do not stand together.
//
// It is safe for concurrent use if its parts are.
type Words struct {
	Formats map[string]redact.Format // by media type
	// Reader should look at the pictures in another way than the scan did, which
	// would miss here what it missed there.
	Reader redact.Reader
	Codes  CodeFinder
}

var _ redact.Attack = Words{}

// ID names the attack, its version and what it reads with.
func (a Words) ID() string {
	return "words-again/1(" + a.Reader.ID() + ", " + a.Codes.ID() + ")"
}

// Try returns a leak for each removed text and each code that can be read where it
// was hidden, and one for each place where a removed text stands unhidden, with
// its region. A text file has no pictures; any other type that no format opens is an error.
func (a Words) Try(ctx context.Context, r redact.Released) ([]redact.Leak, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	media, _, err := mime.ParseMediaType(r.Asset.Type)
	if err == nil && hasNoPictures(media) {
		return nil, nil
	}
	f := a.Formats[media]
	if err != nil || f == nil {
		return nil, fmt.Errorf("read the pictures again: no format for %q", r.Asset.Type)
	}
	search := removed.NewSearch(removed.Texts(r))
	if len(search.Texts) == 0 && !hasCodes(r.Removed) {
		return nil, nil
	}
	doc, err := f.Open(ctx, r.Asset, r.Body)
	if err != nil {
		return nil, fmt.Errorf("read the pictures again: %w", err)
	}
	var leaks []redact.Leak
	for p, err := range doc.Pages(ctx) {
		if err != nil {
			return nil, fmt.Errorf("read the pictures again: %w", err)
		}
		if len(p.Pictures) == 0 {
			continue
		}
		if len(search.Texts) > 0 {
			p.Spans = nil // what is text anyway is another attack's
			if p.Spans, err = a.Reader.Read(ctx, p); err != nil {
				return nil, fmt.Errorf("read the pictures again: %w", err)
			}
			leaks = append(leaks, a.words(p, search, r)...)
		}
		found, err := a.codes(ctx, p, r)
		if err != nil {
			return nil, fmt.Errorf("read the codes again: %w", err)
		}
		leaks = append(leaks, found...)
	}
	return leaks, nil
}

func hasCodes(fs []redact.Finding) bool {
	for _, f := range fs {
		if f.Kind == redact.Code {
			return true
		}
	}
	return false
}

// words are the leaks among the lines that were read on a page: one for each text
// that shows through what hides it, and one for each place that nothing hides.
func (a Words) words(p redact.Page, search *removed.Search, r redact.Released) (leaks []redact.Leak) {
	text := pageText(p)
	search.All(text, func(t *removed.Text, lo, hi int) {
		from, to := runesOf(p, text, lo), runesOf(p, text, hi)
		hull := p.Hull(from, to)
		if t.Innocent(text, lo, hi) || scattered(p, from, to) || isKeptAt(p, hull, t, r.Kept) {
			return
		}
		hidden := isHiddenAt(p, hull, r.Removed)
		if hidden && t.Done {
			return
		}
		if t.Found++; t.Found <= t.Keep {
			return
		}
		where := fmt.Sprintf("%s, at %d,%d, %d×%d px", WhereWords, hull.Min.X, hull.Min.Y, hull.Dx(), hull.Dy())
		if p.Index > 0 {
			where += fmt.Sprintf(", page %d", p.Index)
		}
		l := t.Leak(a.ID(), where)
		if hidden {
			t.Done = true
		} else {
			l.Removed, l.Region = -1, redact.Region{Part: p.Part, Page: p.Index, Box: hull}
		}
		leaks = append(leaks, l)
	})
	return leaks
}

// isHiddenAt reports whether most of a place lies in one removed region.
func isHiddenAt(p redact.Page, hull image.Rectangle, gone []redact.Finding) bool {
	for _, f := range gone {
		if f.Region.Part != p.Part || f.Region.Page != p.Index {
			continue
		}
		if in := f.Region.Box.Intersect(hull); 2*in.Dx()*in.Dy() > hull.Dx()*hull.Dy() {
			return true
		}
	}
	return false
}

// runesOf is the place in runes of the part of byte at of a page's text.
func runesOf(p redact.Page, text string, at int) int {
	start := 0
	for _, s := range p.Spans {
		if at <= start+len(s.Text) {
			return s.Offset + utf8.RuneCountInString(text[start:at])
		}
		start += len(s.Text) + 1
	}
	return 0
}

// scattered reports whether runes from start to end lie on lines that do not
// stand together.
func scattered(p redact.Page, start, end int) bool {
	var last image.Rectangle
	for _, s := range p.Spans {
		part := redact.Page{Spans: []redact.Span{s}}.Hull(start, end)
		if part.Empty() {
			continue
		}
		if reach := -min(last.Dx(), last.Dy()); !last.Empty() && !last.Inset(reach).Overlaps(part) {
			return true
		}
		last = part
	}
	return false
}

// isKeptAt reports whether an occurrence stands in the box of a kept finding that
// holds the same text.
func isKeptAt(p redact.Page, hull image.Rectangle, t *removed.Text, kept []redact.Finding) bool {
	for _, k := range kept {
		if k.Region.Part != p.Part || k.Region.Page != p.Index || !strings.Contains(string(removed.Fold(k.Text).B), t.Key) {
			continue
		}
		if in := k.Region.Box.Intersect(hull); 2*in.Dx()*in.Dy() > hull.Dx()*hull.Dy() {
			return true
		}
	}
	return false
}

// codes are the hidden codes of a page that can still be decoded.
func (a Words) codes(ctx context.Context, p redact.Page, r redact.Released) (leaks []redact.Leak, err error) {
	for _, pic := range p.Pictures {
		var img *image.NRGBA
		for i, f := range r.Removed {
			if f.Kind != redact.Code || f.Region.Part != p.Part || f.Region.Page != p.Index || !f.Region.Box.Overlaps(pic.Box) {
				continue
			}
			if img == nil {
				if img, err = pic.Load(ctx); err != nil {
					return nil, err
				}
				if img == nil {
					return nil, errors.New("a picture has no pixels")
				}
			}
			seen, err := a.readable(ctx, img, pic.Box, f.Region.Box, p, r.Kept)
			if err != nil {
				return nil, err
			}
			if seen {
				leaks = append(leaks, redact.Leak{By: a.ID(), Where: WhereCode, Kind: f.Kind, Removed: i})
			}
		}
	}
	return leaks, nil
}

// readable reports whether a code can be decoded in a region of a picture or half
// beside it, but for those that were kept.
func (a Words) readable(ctx context.Context, img *image.NRGBA, place, region image.Rectangle, p redact.Page, kept []redact.Finding) (bool, error) {
	kx, ky := float64(img.Rect.Dx())/float64(place.Dx()), float64(img.Rect.Dy())/float64(place.Dy())
	pixels := func(b image.Rectangle) image.Rectangle {
		b = b.Sub(place.Min)
		return image.Rect(int(math.Floor(float64(b.Min.X)*kx)), int(math.Floor(float64(b.Min.Y)*ky)), int(math.Ceil(float64(b.Max.X)*kx)), int(math.Ceil(float64(b.Max.Y)*ky))).Add(img.Rect.Min)
	}
	box := pixels(region)
	margin := max(min(box.Dx(), box.Dy())/4, 8)
	cut, ok := img.SubImage(box.Inset(-margin)).(*image.NRGBA)
	if !ok || cut.Rect.Empty() {
		return false, nil
	}
	found, err := a.Codes.Find(ctx, cut)
	if err != nil {
		return false, err
	}
	for _, f := range found {
		in := f.Region.Box.Intersect(box)
		if f.Tier != redact.Sure || 2*in.Dx()*in.Dy() < f.Region.Box.Dx()*f.Region.Box.Dy() {
			continue
		}
		excused := false
		for _, k := range kept {
			if k.Kind != redact.Code || k.Region.Part != p.Part || k.Region.Page != p.Index {
				continue
			}
			over := pixels(k.Region.Box).Intersect(f.Region.Box)
			excused = excused || 2*over.Dx()*over.Dy() > f.Region.Box.Dx()*f.Region.Box.Dy()
		}
		if !excused {
			return true, nil
		}
	}
	return false, nil
}
