package pdf

import (
	"bytes"
	"testing"

	"consentry/redact"
	"consentry/redact/pdf/audit/canary"
	"consentry/redact/redacttest"
)

func TestAttack(t *testing.T) {
	source, places := canary.Make()
	f := New(options(t))
	doc, err := f.Open(t.Context(), asset(source), bytes.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	pages := pagesOf(t, doc)
	r := redact.Released{Source: asset(source), SourceBody: bytes.NewReader(source)}
	var rs []redact.Redaction
	for _, p := range places {
		if p.Drawn && !p.Box.Empty() {
			rs = append(rs, redact.Redaction{Region: redact.Region{Page: p.Page, Box: around(p.Box)}, Kind: redact.Drawn})
			continue
		}
		rs = append(rs, everywhere(pages, p.Name)...)
		r.Removed = append(r.Removed, redact.Finding{Kind: redact.Person, Text: p.Name})
		r.Methods = append(r.Methods, redact.Solid)
	}
	var out bytes.Buffer
	if _, err := doc.Rewrite(t.Context(), &out, rs); err != nil {
		t.Fatal(err)
	}
	r.Asset, r.Body = asset(out.Bytes()), bytes.NewReader(out.Bytes())
	redacttest.TestAttack(t, f.Attack(), r)

	// A file as it came says more than what was looked for.
	leaks, err := f.Attack().Try(t.Context(), redact.Released{Asset: r.Source, Body: r.SourceBody, Source: r.Source, SourceBody: r.SourceBody, AsIs: true})
	if err != nil || len(leaks) < 20 {
		t.Errorf("%d things can be got out of the canary, error %v", len(leaks), err)
	}
}
