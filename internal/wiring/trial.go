package wiring

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
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
)

// A Trial is how one file fared: three of its words, picked by digest, were removed
// wherever they stand, and looked for again.
type Trial struct {
	File     string        `json:"file"`
	Outcome  string        `json:"outcome"` // exact or written, picture, no-text, refused, unreadable, changed, leak
	Cause    string        `json:"cause,omitempty"`
	Pages    int           `json:"pages,omitempty"`
	Removed  int           `json:"removed,omitempty"`  // places
	Pictures int           `json:"pictures,omitempty"` // pages that became one
	Took     time.Duration `json:"took"`               // of the rewriting alone
}

// Trials are a folder's.
type Trials []Trial

// A trier tries the files of a folder.
type trier struct {
	// takes names the format of a file; nil: it is not tried. An error says why it
	// cannot be read.
	takes   func(path string, b []byte) (mediaType string, f redact.Format, err error)
	attacks []redact.Attack
	out     string // the folder for what is written, if any
	empty   bool   // files without a word are written too
	// needs, if set, tells words that files of a type are written with: they cannot be
	// taken out of it.
	needs func(mediaType, word string) bool
	// judge gives the outcome where nothing was found again.
	judge func(t *Trial, w rewriting)
}

// A rewriting is what was written, beside its source.
type rewriting struct {
	before, after []redact.Page
	rs            []redact.Redaction
	notes         []redact.Note
}

// all tries every file under a folder; each hears of every trial as it ends.
func (r trier) all(ctx context.Context, dir string, each func(Trial)) (Trials, error) {
	if r.out != "" {
		if err := os.MkdirAll(r.out, 0o700); err != nil {
			return nil, fmt.Errorf("make the folder for what is written: %w", err)
		}
	}
	var paths []string
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			paths = append(paths, p)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	ts := make([]*Trial, len(paths))
	var mu sync.Mutex
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.NumCPU())
	for i, p := range paths {
		g.Go(func() error {
			t := r.file(ctx, p)
			if t == nil {
				return ctx.Err()
			}
			if rel, err := filepath.Rel(dir, p); err == nil {
				t.File = filepath.ToSlash(rel)
			}
			mu.Lock()
			defer mu.Unlock()
			ts[i] = t
			each(*t)
			return ctx.Err()
		})
	}
	err = g.Wait()
	var all Trials
	for _, t := range ts {
		if t != nil {
			all = append(all, *t)
		}
	}
	return all, err
}

// file tries one file; nil where it is not for this trial.
func (r trier) file(ctx context.Context, path string) *Trial {
	t := &Trial{}
	fail := func(outcome string, err error) *Trial {
		t.Outcome, t.Cause = outcome, cause(err)
		return t
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return fail("unreadable", err)
	}
	mediaType, f, err := r.takes(path, b)
	switch {
	case err != nil:
		return fail("unreadable", err)
	case f == nil:
		return nil
	}
	a := redact.Asset{Digest: redact.Sum(b), Type: mediaType, Name: filepath.Base(path), Size: int64(len(b))}
	doc, err := f.Open(ctx, a, bytes.NewReader(b))
	if err != nil {
		return fail("unreadable", err)
	}
	var w rewriting
	if w.before, err = textPages(ctx, doc); err != nil {
		return fail("unreadable", err)
	}
	for _, p := range w.before {
		if p.Part == redact.PartBody {
			t.Pages++
		}
	}
	words := threeWords(a.Digest, w.before, func(word string) bool { return r.needs != nil && r.needs(mediaType, word) })
	if len(words) == 0 && !r.empty {
		t.Outcome = "no-text"
		return t
	}
	var found []redact.Finding
	w.rs, found = wherever(w.before, words, true)
	t.Removed = len(w.rs)
	var out bytes.Buffer
	start := time.Now()
	var writtenType string
	if n, ok := doc.(redact.Noter); ok {
		writtenType, w.notes, err = n.RewriteNoting(ctx, &out, w.rs)
	} else {
		writtenType, err = doc.Rewrite(ctx, &out, w.rs)
	}
	t.Took = time.Since(start)
	if err != nil {
		return fail("refused", err)
	}
	if err := r.keep(path, a.Digest, out.Bytes(), words); err != nil {
		return fail("refused", err)
	}
	is := redact.Asset{Digest: redact.Sum(out.Bytes()), Type: writtenType, Size: int64(out.Len())}
	again, err := f.Open(ctx, is, bytes.NewReader(out.Bytes()))
	if err == nil {
		w.after, err = textPages(ctx, again)
	}
	if err != nil {
		return fail("leak", fmt.Errorf("the written file cannot be read: %w", err))
	}
	if rs, _ := wherever(w.after, words, false); len(rs) > 0 {
		return fail("leak", errors.New("read again in "+cmp.Or(rs[0].Region.Part, "the body")))
	}
	for _, attack := range r.attacks {
		leaks, err := attack.Try(ctx, redact.Released{Asset: is, Body: bytes.NewReader(out.Bytes()), Source: a, SourceBody: bytes.NewReader(b),
			Removed: found, Methods: make([]redact.Method, len(found))})
		if err != nil {
			return fail("leak", fmt.Errorf("not attacked: %w", err))
		}
		if len(leaks) > 0 {
			return fail("leak", errors.New("attack: "+leaks[0].Where))
		}
	}
	if len(words) == 0 {
		t.Outcome = "no-text"
	}
	r.judge(t, w)
	return t
}

// keep leaves what was written in the trial's folder, with the words beside it.
func (r trier) keep(path string, source redact.Digest, b []byte, words []string) error {
	if r.out == "" {
		return nil
	}
	name := filepath.Join(r.out, hex.EncodeToString(source[:6]))
	return errors.Join(os.WriteFile(name+filepath.Ext(path), b, 0o600),
		os.WriteFile(name+".words", []byte(path+"\n"+strings.Join(words, "\n")+"\n"), 0o600))
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
// Han runes, by the digest of file and word, but for those that the format needs.
func threeWords(d redact.Digest, pages []redact.Page, needed func(word string) bool) []string {
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
				if (han && n >= 2 || !han && n >= 4 && n <= 12) && !needed(w) {
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
func wherever(pages []redact.Page, words []string, parts bool) (rs []redact.Redaction, found []redact.Finding) {
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
				if (first < last || !parts && p.Part != redact.PartBody) && (glued(all, begins[first-1], from, begins[first]) || glued(all, begins[last-1], to, begins[last])) {
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
