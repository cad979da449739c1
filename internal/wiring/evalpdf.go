package wiring

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/pdf"
)

// A Trial is how one PDF file fared: three of its words, picked by digest, were
// removed wherever they stand, and looked for again.
type Trial struct {
	File     string        `json:"file"`
	Outcome  string        `json:"outcome"` // exact, picture, no-text, refused, unreadable, leak
	Cause    string        `json:"cause,omitempty"`
	Pages    int           `json:"pages,omitempty"`
	Removed  int           `json:"removed,omitempty"`  // places
	Pictures int           `json:"pictures,omitempty"` // pages that became one
	Took     time.Duration `json:"took"`               // of the rewriting alone
}

// Trials are a folder's.
type Trials []Trial

// makeFolder makes the folder for what trials write, if one is named.
func makeFolder(out string) error {
	if out == "" {
		return nil
	}
	if err := os.MkdirAll(out, 0o700); err != nil {
		return fmt.Errorf("make the folder for what is written: %w", err)
	}
	return nil
}

// EvalPDF tries every PDF under a folder. What is written goes to the folder out,
// if that is named, for other programs to look at, with the words beside it. each
// hears of every trial as it ends.
func (a *App) EvalPDF(ctx context.Context, dir, out string, each func(Trial)) (Trials, error) {
	if err := makeFolder(out); err != nil {
		return nil, err
	}
	f, ok := a.formats[pdf.Type].(*pdf.Format)
	if !ok {
		return nil, errors.New("no format for PDF")
	}
	var paths []string
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && strings.EqualFold(filepath.Ext(p), ".pdf") {
			paths = append(paths, p)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	all := make(Trials, len(paths))
	var mu sync.Mutex
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.NumCPU())
	for i, p := range paths {
		g.Go(func() error {
			t := try(ctx, f, p, out)
			if rel, err := filepath.Rel(dir, p); err == nil {
				t.File = filepath.ToSlash(rel)
			}
			mu.Lock()
			defer mu.Unlock()
			all[i] = t
			each(t)
			return ctx.Err()
		})
	}
	return all, g.Wait()
}

func try(ctx context.Context, f *pdf.Format, path, out string) (t Trial) {
	fail := func(outcome string, err error) Trial {
		t.Outcome, t.Cause = outcome, cause(err)
		return t
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return fail("unreadable", err)
	}
	a := redact.Asset{Digest: redact.Sum(b), Type: pdf.Type, Size: int64(len(b))}
	doc, err := f.Open(ctx, a, bytes.NewReader(b))
	if err != nil {
		return fail("unreadable", err)
	}
	pages, err := textPages(ctx, doc)
	if err != nil {
		return fail("unreadable", err)
	}
	for _, p := range pages {
		if p.Part == redact.PartBody {
			t.Pages++
		}
	}
	words := threeWords(a.Digest, pages)
	if len(words) == 0 {
		t.Outcome = "no-text"
		return t
	}
	rs, found := wherever(pages, words)
	t.Removed = len(rs)
	var written bytes.Buffer
	start := time.Now()
	_, notes, err := doc.(redact.Noter).RewriteNoting(ctx, &written, rs)
	t.Took = time.Since(start)
	if err != nil {
		return fail("refused", err)
	}
	for _, n := range notes {
		if n.Code == pdf.NotePicture {
			t.Pictures++
			t.Cause = n.Why
		}
	}
	if out != "" {
		name := filepath.Join(out, hex.EncodeToString(a.Digest[:6]))
		if err := os.WriteFile(name+".pdf", written.Bytes(), 0o600); err != nil {
			return fail("refused", err)
		}
		if err := os.WriteFile(name+".words", []byte(path+"\n"+strings.Join(words, "\n")+"\n"), 0o600); err != nil {
			return fail("refused", err)
		}
	}
	is := redact.Asset{Digest: redact.Sum(written.Bytes()), Type: pdf.Type, Size: int64(written.Len())}
	again, err := f.Open(ctx, is, bytes.NewReader(written.Bytes()))
	if err != nil {
		return fail("leak", fmt.Errorf("the written file cannot be read: %w", err))
	}
	left, err := textPages(ctx, again)
	if err != nil {
		return fail("leak", fmt.Errorf("the written file cannot be read: %w", err))
	}
	if rs, _ := wherever(left, words); len(rs) > 0 {
		return fail("leak", errors.New("read again in "+cmp.Or(rs[0].Region.Part, "the body")))
	}
	leaks, err := f.Attack().Try(ctx, redact.Released{Asset: is, Body: bytes.NewReader(written.Bytes()), Source: a, SourceBody: bytes.NewReader(b),
		Removed: found, Methods: make([]redact.Method, len(found))})
	if err != nil {
		return fail("leak", fmt.Errorf("not attacked: %w", err))
	}
	if len(leaks) > 0 {
		return fail("leak", errors.New("attack: "+leaks[0].Where))
	}
	t.Outcome = "exact" // a file with pages that became pictures keeps why, as its cause
	if t.Pictures > 0 {
		t.Outcome = "picture"
	}
	return t
}

func textPages(ctx context.Context, d redact.Document) (pages []redact.Page, err error) {
	for p, err := range d.Pages(ctx) {
		if err != nil {
			return nil, err
		}
		if !redact.IsDropped(p.Part) {
			pages = append(pages, p)
		}
	}
	return pages, nil
}

// threeWords are up to three words of four to twelve Latin letters or two to four
// Han runes, by the digest of file and word.
func threeWords(d redact.Digest, pages []redact.Page) []string {
	by := map[string]string{}
	for _, p := range pages {
		if p.Part != redact.PartBody {
			continue
		}
		for _, s := range p.Spans {
			for _, w := range strings.FieldsFunc(s.Text, func(r rune) bool { return !unicode.IsLetter(r) }) {
				n := utf8.RuneCountInString(w)
				r, _ := utf8.DecodeRuneInString(w)
				han := unicode.Is(unicode.Han, r)
				if han && n > 3 {
					w = string([]rune(w)[:3])
				}
				if han && n >= 2 || !han && n >= 4 && n <= 12 {
					sum := sha256.Sum256(append(d[:], w...))
					by[string(sum[:])] = w
				}
			}
		}
	}
	var keys []string
	for k := range by {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var words []string
	for _, k := range keys[:min(3, len(keys))] {
		words = append(words, by[k])
	}
	return words
}

// wherever are orders for every place of the words, over the ends of lines too,
// with spaces, accents and in widths of any kind, and whole words that only stand
// one after the other, as in the cells of a table: all that an attack takes for the
// word.
func wherever(pages []redact.Page, words []string) (rs []redact.Redaction, found []redact.Finding) {
	for _, p := range pages {
		var all fold.Text // of the page; where each passage begins in it
		var begins []int
		qs := p.Passages()
		for _, q := range qs {
			begins = append(begins, len(all.Runes))
			t := spaceless(q.Text)
			all.Runes, all.Start, all.End = append(all.Runes, t.Runes...), append(all.Start, t.Start...), append(all.End, t.End...)
		}
		begins = append(begins, len(all.Runes))
		text := string(all.Runes)
		for _, w := range words {
			key := string(spaceless([]rune(w)).Runes)
			for at, read := 0, 0; key != ""; {
				i := strings.Index(text[read:], key)
				if i < 0 {
					break
				}
				from := at + utf8.RuneCountInString(text[read:read+i])
				to := from + utf8.RuneCountInString(key)
				first, _ := slices.BinarySearch(begins, from+1)
				last, _ := slices.BinarySearch(begins, to)
				if first < last && (glued(all, begins[first-1], from, begins[first]) || glued(all, begins[last-1], to, begins[last])) {
					_, n := utf8.DecodeRuneInString(text[read+i:])
					at, read = from+1, read+i+n // parts of two other words
					continue
				}
				n := len(found)
				for k := first - 1; k < last; k++ {
					a, b := max(from, begins[k]), min(to, begins[k+1])
					if a < b {
						found = p.AppendFound(found, qs[k], all.Start[a], all.End[b-1], redact.Finding{Kind: redact.Person})
					}
				}
				for k := n; k < len(found) && first < last; k++ {
					found[k].Text = w // in pieces, which are no words
				}
				at, read = to, read+i+len(key)
			}
		}
	}
	for _, f := range found {
		rs = append(rs, redact.Redaction{Region: f.Region, Kind: f.Kind, With: "[X]"})
	}
	return rs, found
}

// glued reports whether rune i of a passage goes on with a word.
func glued(t fold.Text, begin, i, end int) bool {
	return i > begin && i < end && t.End[i-1] == t.Start[i] && fold.Bounded(t.Runes[i-1]) && fold.Bounded(t.Runes[i])
}

// spaceless is a text as it is compared, without the spaces.
func spaceless(text []rune) (t fold.Text) {
	all := fold.Of(text)
	for i, r := range all.Runes {
		if !unicode.IsSpace(r) {
			t.Runes, t.Start, t.End = append(t.Runes, r), append(t.Start, all.Start[i]), append(t.End, all.End[i])
		}
	}
	return t
}

var numbers = regexp.MustCompile(`\d+`)

// cause is an error without what is of one file only.
func cause(err error) string { return numbers.ReplaceAllString(err.Error(), "n") }

// Write prints the outcomes by cause.
func (ts Trials) Write(w io.Writer) error {
	type row struct{ outcome, cause string }
	count := map[row]int{}
	pages, removed, took := 0, 0, time.Duration(0)
	for _, t := range ts {
		count[row{t.Outcome, t.Cause}]++
		if t.Took > 0 {
			pages, removed, took = pages+t.Pages, removed+t.Removed, took+t.Took
		}
	}
	var rows []row
	for r := range count {
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.outcome, b.outcome), cmp.Compare(count[b], count[a]), cmp.Compare(a.cause, b.cause))
	})
	for _, r := range rows {
		if _, err := fmt.Fprintf(w, "%5d  %-10s  %s\n", count[r], r.outcome, r.cause); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "%5d  files; %d places removed on %d pages in %.1f s\n", len(ts), removed, pages, took.Seconds())
	return err
}
