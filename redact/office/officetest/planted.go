package officetest

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/office/audit/canary"
)

// A Planted name is an invented person in one hiding place.
type Planted struct {
	Names []string // full names
}

// At gives the name of a new place: no two places share a word.
func (p *Planted) At() string {
	n := len(p.Names)
	name := "Zo" + string(rune('a'+n/26)) + string(rune('a'+n%26)) + "ra Qui" + string(rune('a'+n/26)) + string(rune('a'+n%26)) + "llmann"
	p.Names = append(p.Names, name)
	return name
}

// Word is a name in one word, as names of ranges are.
func (p *Planted) Word() string { return strings.ReplaceAll(p.At(), " ", "_") }

// Places are the names as the attack wants them.
func (p *Planted) Places() (out []canary.Place) {
	for i, n := range p.Names {
		out = append(out, canary.Place{ID: fmt.Sprint(i), Name: n})
	}
	return out
}

// Left are the names that stand in a file, in any part, by their last words.
func (p *Planted) Left(t testing.TB, b []byte) (out []string) {
	t.Helper()
	all := bytes.NewBuffer(nil)
	Unzipped(t, b, func(name string, b []byte) {
		all.WriteString(name + "\n")
		all.Write(b)
	})
	text := strings.ToLower(html.UnescapeString(all.String()))
	for _, n := range p.Names {
		if strings.Contains(text, strings.ToLower(n[strings.Index(n, "Qui"):])) {
			out = append(out, n)
		}
	}
	return out
}

// Hidden opens a file and hides the names wherever a page shows them, as whole names or in one word;
// what is seen of each name is counted.
func Hidden(t testing.TB, f redact.Format, b []byte, names []string) (out []byte, media string, seen map[string]int, notes []redact.Note) {
	t.Helper()
	d, err := f.Open(t.Context(), redact.Asset{Size: int64(len(b))}, bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	var rs []redact.Redaction
	seen = map[string]int{}
	for p, err := range d.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range p.Spans {
			lower := strings.ToLower(s.Text)
			for i, n := range names {
				for _, form := range []string{n, strings.ReplaceAll(n, " ", "_")} {
					for at := 0; ; {
						k := strings.Index(lower[at:], strings.ToLower(form))
						if k < 0 {
							break
						}
						from := s.Offset + len([]rune(lower[:at+k]))
						rs = append(rs, redact.Redaction{Region: redact.Region{Part: p.Part, Page: p.Index, Span: s.ID, Start: from, End: from + len([]rune(form))}, With: fmt.Sprintf("[客户%d]", i+1)})
						seen[n]++
						at += k + len(form)
					}
				}
			}
		}
	}
	var w bytes.Buffer
	media, notes, err = d.(redact.Noter).RewriteNoting(t.Context(), &w, rs)
	if err != nil {
		t.Fatal(err)
	}
	return w.Bytes(), media, seen, notes
}
