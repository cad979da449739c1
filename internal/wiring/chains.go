package wiring

import (
	"slices"

	"consentry/internal/casework"
	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/coref"
)

// chains is package coref as a desk wants it: what is asked about has links to
// all that it may be.
func chains(docs []casework.Document) []casework.Chain {
	in := make([]coref.Document, len(docs))
	for i, d := range docs {
		in[i] = coref.Document(d)
	}
	r := coref.Resolve(in)
	out := make([]casework.Chain, len(r.Chains))
	bear := map[string]int{} // how many chains bear a name
	for _, c := range r.Chains {
		bear[fold.Key(c.Name)]++
	}
	for i, c := range r.Chains {
		o := casework.Chain{Kind: c.Kind, Name: c.Name, Role: string(c.Role), Namesake: bear[fold.Key(c.Name)] > 1}
		if c.Org >= 0 && certain(docs, r.Chains[c.Org]) {
			o.Company = r.Chains[c.Org].Name
		}
		for _, l := range c.Mentions {
			o.Links = append(o.Links, casework.ChainLink{Document: l.Doc, Finding: l.Finding, Score: l.Score, Sure: l.Sure, Why: string(l.Why)})
		}
		out[i] = o
	}
	for _, q := range r.Questions {
		for _, c := range q.Candidates {
			for _, l := range r.Chains[q.Chain].Mentions {
				out[c.Chain].Links = append(out[c.Chain].Links, casework.ChainLink{Document: l.Doc, Finding: l.Finding, Score: c.Score, Asks: true, Why: string(c.Why)})
			}
		}
	}
	return out
}

// certain reports whether a mention of the chain is of the sure tier: a guessed
// company tells nothing of who somebody is.
func certain(docs []casework.Document, c coref.Chain) bool {
	return slices.ContainsFunc(c.Mentions, func(l coref.Link) bool { return docs[l.Doc].Findings[l.Finding].Tier == redact.Sure })
}
