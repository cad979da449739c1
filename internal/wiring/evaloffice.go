package wiring

import (
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"consentry/redact"
	"consentry/redact/office"
	"consentry/redact/office/audit"
)

// OfficeTrials are those of a folder's Office documents.
type OfficeTrials Trials

// EvalOffice tries every Office document under a folder: three of its words, picked
// by digest, are removed wherever they stand, and looked for again. What is written
// goes to the folder out, if that is named, with the words beside it. each hears of
// every trial as it ends.
func (a *App) EvalOffice(ctx context.Context, dir, out string, each func(Trial)) (OfficeTrials, error) {
	var all OfficeTrials
	if err := makeFolder(out); err != nil {
		return nil, err
	}
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		mediaType, sniffed := Sniff(p, b)
		if !audit.Handles(mediaType) && !office.Named(p) {
			return nil
		}
		t := Trial{Outcome: "unreadable"}
		if sniffed != nil {
			t.Cause = cause(sniffed)
		} else {
			t = tryDocument(ctx, a.formats[mediaType], mediaType, p, out, b)
		}
		if rel, err := filepath.Rel(dir, p); err == nil {
			t.File = filepath.ToSlash(rel)
		}
		all = append(all, t)
		each(t)
		return ctx.Err()
	})
	return all, err
}

func tryDocument(ctx context.Context, f redact.Format, mediaType, path, out string, b []byte) (t Trial) {
	fail := func(outcome string, err error) Trial {
		t.Outcome, t.Cause = outcome, cause(err)
		return t
	}
	if f == nil {
		return fail("unreadable", errors.New("no format for it"))
	}
	a := redact.Asset{Digest: redact.Sum(b), Type: mediaType, Name: filepath.Base(path), Size: int64(len(b))}
	start := time.Now()
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
	rs, found := wherever(pages, words)
	t.Removed = len(rs)
	var written bytes.Buffer
	writtenType, _, err := doc.(redact.Noter).RewriteNoting(ctx, &written, rs)
	t.Took = time.Since(start)
	if err != nil {
		return fail("refused", err)
	}
	if out != "" {
		name := filepath.Join(out, hex.EncodeToString(a.Digest[:6]))
		if err := os.WriteFile(name+filepath.Ext(path), written.Bytes(), 0o600); err != nil {
			return fail("refused", err)
		}
		if err := os.WriteFile(name+".words", []byte(path+"\n"+strings.Join(words, "\n")+"\n"), 0o600); err != nil {
			return fail("refused", err)
		}
	}
	is := redact.Asset{Digest: redact.Sum(written.Bytes()), Type: writtenType, Size: int64(written.Len())}
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
	if !sameAround(pages, left, rs) {
		return fail("changed", errors.New("a text that was to stay is another"))
	}
	leaks, err := audit.Attack{}.Try(ctx, redact.Released{Asset: is, Body: bytes.NewReader(written.Bytes()), Source: a, SourceBody: bytes.NewReader(b),
		Removed: found, Methods: make([]redact.Method, len(found))})
	if err != nil {
		return fail("leak", fmt.Errorf("not attacked: %w", err))
	}
	if len(leaks) > 0 {
		return fail("leak", errors.New("attack: "+leaks[0].Where))
	}
	if t.Outcome = "written"; len(words) == 0 {
		t.Outcome = "no-text"
	}
	return t
}

// sameAround reports whether the texts of body pages for which there are no orders
// are as they were.
func sameAround(before, after []redact.Page, rs []redact.Redaction) bool {
	type place struct{ page, span int }
	touched := map[place]bool{}
	for _, r := range rs {
		if r.Region.Part == redact.PartBody {
			touched[place{r.Region.Page, r.Region.Span}] = true
		}
	}
	now := map[int]redact.Page{}
	for _, p := range after {
		if p.Part == redact.PartBody {
			now[p.Index] = p
		}
	}
	for _, p := range before {
		if p.Part != redact.PartBody {
			continue
		}
		if len(now[p.Index].Spans) != len(p.Spans) {
			return false
		}
		for i, s := range p.Spans {
			if !touched[place{p.Index, s.ID}] && now[p.Index].Spans[i].Text != s.Text {
				return false
			}
		}
	}
	return true
}

// Write prints a table of outcomes by the files' endings, then the causes.
func (ts OfficeTrials) Write(w io.Writer) error {
	outcomes := []string{"written", "no-text", "unreadable", "refused", "changed", "leak"}
	count, causes := map[string]map[string]int{}, map[string]int{}
	var took time.Duration
	removed := 0
	for _, t := range ts {
		x := strings.ToLower(filepath.Ext(t.File))
		if count[x] == nil {
			count[x] = map[string]int{}
		}
		count[x][t.Outcome]++
		if t.Cause != "" {
			causes[t.Outcome+": "+t.Cause]++
		}
		removed, took = removed+t.Removed, took+t.Took
	}
	fmt.Fprintf(w, "%-8s", "")
	for _, o := range outcomes {
		fmt.Fprintf(w, "%12s", o)
	}
	for _, x := range sortedKeys(count) {
		fmt.Fprintf(w, "\n%-8s", x)
		for _, o := range outcomes {
			fmt.Fprintf(w, "%12d", count[x][o])
		}
	}
	fmt.Fprintln(w)
	for _, c := range sortedKeys(causes) {
		fmt.Fprintf(w, "%5d  %s\n", causes[c], c)
	}
	_, err := fmt.Fprintf(w, "%5d  files; %d places removed in %.1f s\n", len(ts), removed, took.Seconds())
	return err
}

func sortedKeys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
