package redacttest

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"consentry/redact"
)

// HideAll opens a sample, hides each of the names wherever a page shows it, and
// gives the orders and what is written. Each name is to be shown somewhere, unless
// it stands only where nothing is kept; those are given back in unseen.
func HideAll(t *testing.T, f redact.Format, s Sample, names []string, label string) (out Sample, removed []redact.Finding, unseen []string) {
	t.Helper()
	d, pages, err := open(t.Context(), f, s)
	if err != nil {
		t.Fatal(err)
	}
	var rs []redact.Redaction
	for _, name := range names {
		before := len(rs)
		for _, p := range pages {
			for _, sp := range p.Spans {
				for at := 0; ; {
					i := strings.Index(sp.Text[at:], name)
					if i < 0 {
						break
					}
					start := sp.Offset + utf8.RuneCountInString(sp.Text[:at+i])
					g := redact.Region{Part: p.Part, Page: p.Index, Span: sp.ID, Start: start, End: start + utf8.RuneCountInString(name)}
					rs = append(rs, redact.Redaction{Region: g, Kind: redact.Person, With: label})
					removed = append(removed, redact.Finding{Region: g, Kind: redact.Person, Text: name})
					at += i + len(name)
				}
			}
		}
		if len(rs) == before {
			unseen = append(unseen, name)
			removed = append(removed, redact.Finding{Kind: redact.Person, Text: name})
		}
	}
	var b bytes.Buffer
	media, err := d.Rewrite(t.Context(), &b, rs)
	if err != nil {
		t.Fatal(err)
	}
	return Sample{Name: s.Name, Type: media, Body: b.Bytes()}, removed, unseen
}
