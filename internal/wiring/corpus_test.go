package wiring

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/attack"
	"consentry/redact/text"
)

// TestCorpus removes three words from every page, message, table, drawing and
// subtitle under the folder that CONSENTRY_CORPUS names, and looks for them again.
// Every file opens or is refused with a reason, and what was not removed reads as
// before.
func TestCorpus(t *testing.T) {
	root := os.Getenv("CONSENTRY_CORPUS")
	if root == "" {
		t.Skip("CONSENTRY_CORPUS names no folder")
	}
	formats := newFormats(func() []string { return nil })
	attacks := []redact.Attack{attack.Text{Formats: formats}, attack.Bytes{}, attack.Opened{}}
	total, refused, reasons := map[string]int{}, map[string]int{}, map[string]int{}
	removed, leaks, changed := 0, 0, 0
	var slowest time.Duration
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(path, ".raw") // as a library of mail names its samples
		if name != path {
			name += ".eml"
		}
		media, err := Sniff(name, b[:min(len(b), 64<<10)])
		if err != nil || media == text.Plain || media == text.Markdown || formats[media] == nil || strings.HasPrefix(media, "image/") && media != "image/svg+xml" || media == "application/pdf" {
			return nil
		}
		total[media]++
		began := time.Now()
		n, l, same, err := tried(t.Context(), formats[media], redact.Asset{Digest: redact.Sum(b), Name: name, Type: media, Size: int64(len(b))}, b, attacks)
		slowest = max(slowest, time.Since(began))
		removed, leaks = removed+n, leaks+l
		switch {
		case errors.Is(err, redact.ErrUnreadable):
			refused[media]++
			reasons[err.Error()]++
		case err != nil:
			t.Errorf("%s: %v", path, err)
		case l > 0:
			t.Errorf("%s: after %d places %d sights of words are left", path, n, l)
		case !same:
			changed++
			t.Errorf("%s: what was not removed reads otherwise", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range slices.Sorted(maps.Keys(total)) {
		t.Logf("%-28s %4d files, %3d refused", m, total[m], refused[m])
	}
	for _, r := range slices.Sorted(maps.Keys(reasons)) {
		t.Logf("%4d %s", reasons[r], r)
	}
	t.Logf("%d places removed, %d sights of words left, %d files changed elsewhere, slowest file %v", removed, leaks, changed, slowest.Round(time.Millisecond))
}

// tried removes three words of a file: how many places, how many words are left,
// and whether the rest reads as before.
func tried(ctx context.Context, f redact.Format, a redact.Asset, b []byte, attacks []redact.Attack) (places, left int, same bool, err error) {
	pages, d, err := all(ctx, f, a, b)
	if err != nil {
		return 0, 0, false, err
	}
	var rs []redact.Redaction
	var gone []redact.Finding
	for _, w := range someWords(pages) {
		for _, p := range pages {
			for _, s := range p.Spans {
				for _, at := range spots(s.Text, w) {
					g := redact.Region{Part: p.Part, Page: p.Index, Span: s.ID, Start: s.Offset + at[0], End: s.Offset + at[1]}
					rs = append(rs, redact.Redaction{Region: g, Kind: redact.Person, With: "客户A"})
					gone = append(gone, redact.Finding{Region: g, Kind: redact.Person, Text: string([]rune(s.Text)[at[0]:at[1]])})
				}
			}
		}
	}
	var out bytes.Buffer
	media, err := d.Rewrite(ctx, &out, rs)
	if err != nil {
		return 0, 0, false, err
	}
	written := redact.Asset{Digest: redact.Sum(out.Bytes()), Name: a.Name, Type: media, Size: int64(out.Len())}
	back, _, err := all(ctx, f, written, out.Bytes())
	if err != nil {
		return 0, 0, false, errors.New("what was written cannot be read: " + err.Error())
	}
	words := map[string]bool{}
	for _, at := range attacks {
		r := redact.Released{Asset: written, Body: bytes.NewReader(out.Bytes()), Source: a, SourceBody: bytes.NewReader(b), Removed: gone}
		ls, err := at.Try(ctx, r)
		if err != nil {
			return 0, 0, false, errors.New(at.ID() + ": " + err.Error())
		}
		for _, l := range ls {
			words[l.By+" "+l.Where] = true
		}
	}
	return len(rs), len(words), readsAs(pages, back, rs), nil
}

// readsAs reports whether each text without an order reads in the written file as
// it did.
func readsAs(before, after []redact.Page, rs []redact.Redaction) bool {
	type key struct {
		part       string
		page, span int
	}
	touched := map[key]bool{}
	for _, r := range rs {
		touched[key{r.Region.Part, r.Region.Page, r.Region.Span}] = true
	}
	have := map[string]int{}
	for _, p := range after {
		for _, s := range p.Spans {
			have[spaced(s.Text)]++
		}
	}
	for _, p := range before {
		for _, s := range p.Spans {
			if touched[key{p.Part, p.Index, s.ID}] || redact.IsDropped(p.Part) {
				continue
			}
			k := spaced(s.Text)
			if have[k] == 0 {
				return false
			}
			have[k]--
		}
	}
	return true
}

// spaced is a text with single spaces: in a comment without markup they stay as they
// are, and what is dropped may have been all that there was.
func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }

func all(ctx context.Context, f redact.Format, a redact.Asset, b []byte) (pages []redact.Page, d redact.Document, err error) {
	if d, err = f.Open(ctx, a, bytes.NewReader(b)); err != nil {
		return nil, nil, err
	}
	for p, err := range d.Pages(ctx) {
		if err != nil {
			return nil, nil, err
		}
		pages = append(pages, p)
	}
	return pages, d, nil
}

// formatWords are words of the formats, which stand there whoever is removed.
const formatWords = " subject content inline attachment plain mixed multipart alternative message header boundary charset encoding transfer format flowed quoted printable class title style width height table image "

// someWords are up to three words of the body: a quarter, a half and three quarters
// into those of five letters and more, or three of Chinese.
func someWords(pages []redact.Page) (out []string) {
	var words []string
	for _, p := range pages {
		if p.Part != redact.PartBody {
			continue
		}
		for _, s := range p.Spans {
			words = append(words, strings.FieldsFunc(s.Text, func(r rune) bool { return !unicode.IsLetter(r) })...)
		}
	}
	words = slices.DeleteFunc(words, func(w string) bool {
		n := utf8.RuneCountInString(w)
		return n < 5 && !(n >= 3 && unicode.Is(unicode.Han, []rune(w)[0])) || strings.ContainsRune(w, '客') || strings.Contains(formatWords, " "+strings.ToLower(w)+" ")
	})
	for i := 1; i <= 3 && len(words) > 3; i++ {
		out = append(out, words[len(words)*i/4])
	}
	return out
}

// spots are the runes at which a word stands in a text, whatever its case, and over
// spaces, as the attacks see it.
func spots(text, word string) (out [][2]int) {
	var seen []rune
	var at []int
	for i, r := range []rune(text) {
		if !unicode.IsSpace(r) {
			seen, at = append(seen, unicode.ToLower(r)), append(at, i)
		}
	}
	w := []rune(strings.ToLower(word))
	for i := 0; i+len(w) <= len(seen); i++ {
		if slices.Equal(seen[i:i+len(w)], w) {
			out = append(out, [2]int{at[i], at[i+len(w)-1] + 1})
			i += len(w) - 1
		}
	}
	return out
}
