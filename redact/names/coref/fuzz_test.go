package coref

import (
	"testing"
	"unicode/utf8"

	"consentry/redact"
)

// No text makes Resolve fail, lose a finding or link it twice, and no name takes
// parse out of step: a name that has a shape has the parts that go with it.
func FuzzResolve(f *testing.F) {
	f.Add("云岚精工王磊（Tony），王总", "王磊", "Tony", uint8(4), uint8(8))
	f.Add("John Alder Jr., known as Jack", "John Alder Jr.", "Jack", uint8(0), uint8(25))
	f.Add("| 王磊 | 工程师 |\n13900000001", "W. X. M.", "a·b", uint8(2), uint8(40))
	f.Fuzz(func(t *testing.T, text, a, b string, at, to uint8) {
		if !utf8.ValidString(text) || len(text) > 2000 {
			return
		}
		for _, s := range []string{a, b} {
			switch n := parse(s); n.shape {
			case full:
				if n.family == "" || n.given == "" {
					t.Errorf("a full name without parts: %+v", n)
				}
			case latinFull:
				if len(n.words) < 2 {
					t.Errorf("a Latin name of %d word(s)", len(n.words))
				}
			case latinOne, initials:
				if len(n.words) == 0 {
					t.Error("a Latin name without words")
				}
			case surname, familiar:
				if n.family == "" {
					t.Error("a surname without one")
				}
			}
		}
		at, to = min(at, to), max(at, to)
		region := redact.Region{Start: int(at), End: int(to)}
		kinds := []redact.Kind{redact.Person, redact.Organisation, redact.Email, redact.Other, username, orgDomain, redact.Phone}
		doc := Document{Pages: []redact.Page{{Spans: []redact.Span{{Text: text}, {ID: 1, Text: a, Offset: utf8.RuneCountInString(text) + 1}}}}}
		for _, k := range kinds {
			for _, s := range []string{a, b} {
				doc.Findings = append(doc.Findings, redact.Finding{Kind: k, Text: s, Region: region})
			}
		}
		res := Resolve([]Document{doc, doc})
		seen := map[Ref]bool{}
		for _, c := range res.Chains {
			for _, l := range c.Mentions {
				if seen[l.Ref] {
					t.Fatalf("%v stands in two chains", l.Ref)
				}
				seen[l.Ref] = true
			}
			_ = c.Line(redact.Chinese)
		}
		for _, q := range res.Questions {
			for _, c := range q.Candidates {
				if c.Chain < 0 || c.Chain >= len(res.Chains) || c.Chain == q.Chain {
					t.Fatalf("chain %d is asked about %d", q.Chain, c.Chain)
				}
			}
		}
	})
}
