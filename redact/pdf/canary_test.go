package pdf

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/pdf/audit/canary"
)

// A name in each of the places where a PDF file can hide one: after redaction
// nobody gets any of them back, by our audit's own reader or PDFium's text and
// pixels. Names in pixels and outlines are given by their place, as a reader of
// pictures or a person would; all others have to be among the pages' texts.
func TestCanary(t *testing.T) {
	source, places := canary.Make()
	e := eyes(t)
	if len(places) < 60 {
		t.Fatalf("only %d places", len(places))
	}
	doc := openPDF(t, source)
	pages := pagesOf(t, doc)
	var rs []redact.Redaction
	for _, p := range places {
		if p.Drawn && !p.Box.Empty() {
			rs = append(rs, redact.Redaction{Region: redact.Region{Page: p.Page, Box: around(p.Box)}, Kind: redact.Drawn})
			continue
		}
		rs = append(rs, everywhere(pages, p.Name)...)
	}
	var out bytes.Buffer
	_, notes, err := doc.(redact.Noter).RewriteNoting(t.Context(), &out, rs)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range notes {
		if n.Code == NotePicture {
			t.Errorf("page %d became a picture: %s", n.Page, n.Why)
		}
	}
	if dir := os.Getenv("CONSENTRY_CANARY"); dir != "" { // for other programs to look at
		os.WriteFile(dir+"/source.pdf", source, 0o600)
		os.WriteFile(dir+"/redacted.pdf", out.Bytes(), 0o600)
	}
	before, err := canary.Left(t.Context(), source, places, canary.Eyes{Texter: &texter{e}, Render: render(e, source)})
	if err != nil {
		t.Fatal(err)
	}
	if len(before) != len(places) {
		t.Errorf("only %d of %d names can be got from the file as it is", len(before), len(places))
	}
	left, err := canary.Left(t.Context(), out.Bytes(), places, canary.Eyes{Texter: &texter{e}, Render: render(e, out.Bytes())})
	if err != nil {
		t.Fatal(err)
	}
	if len(left) > 0 {
		t.Errorf("%d of %d names are left: %s", len(left), len(places), strings.Join(left, ", "))
	}
}

// everywhere are orders for a name wherever it stands on a page, over gaps and line
// ends.
func everywhere(pages []redact.Page, name string) (rs []redact.Redaction) {
	want := []rune(squeezed(fold.Key(name)))
	for _, p := range pages {
		var text []rune
		var at [][2]int // span and rune of each
		for i, s := range p.Spans {
			for k, r := range []rune(s.Text) {
				for _, f := range squeezed(fold.Key(string(r))) {
					text, at = append(text, f), append(at, [2]int{i, k})
				}
			}
		}
		for i := 0; i+len(want) <= len(text); i++ {
			if !slices.Equal(text[i:i+len(want)], want) {
				continue
			}
			for from := i; from < i+len(want); {
				to := from
				for to < i+len(want) && at[to][0] == at[from][0] {
					to++
				}
				s := p.Spans[at[from][0]]
				f := p.Found(s, []rune(s.Text), at[from][1], at[to-1][1]+1)
				rs = append(rs, redact.Redaction{Region: f.Region, Kind: redact.Person, With: "[X]"})
				from = to
			}
		}
	}
	return rs
}
