package wiring

import (
	"context"
	"fmt"
	"math"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
	"consentry/redact/faces"
)

// recogniser is faces.Matcher in casework's words.
type recogniser struct{ *faces.Matcher }

var _ casework.Recogniser = recogniser{}

// Recognise compares faces with templates.
func (r recogniser) Recognise(ctx context.Context, p redact.Page, fs []redact.Finding, ts []casework.Template, features bool) ([]casework.Recognised, error) {
	refs := make([]faces.Reference, len(ts))
	for i, t := range ts {
		refs[i].Ref = string(t.Subject)
		for _, v := range t.Prints {
			p, err := printOf(v)
			if err != nil {
				return nil, fmt.Errorf("template of %s: %w", t.Subject, err)
			}
			refs[i].Prints = append(refs[i].Prints, p)
		}
	}
	ms, err := r.Match(ctx, p, fs, refs, features)
	if err != nil {
		return nil, err
	}
	out := make([]casework.Recognised, len(ms))
	for i, m := range ms {
		out[i] = casework.Recognised{Clear: m.Quality.Clear()}
		if m.Print != nil {
			out[i].Features = printNumbers(*m.Print)
		}
		for _, a := range m.Alike {
			out[i].Near = append(out[i].Near, casework.Near{Subject: authz.SubjectID(a.Ref), Distance: a.Distance, Cosine: a.Cosine, Agreed: a.Cosine >= faces.SureCosine})
		}
	}
	return out, nil
}

// Apart is how far two faces are from being grouped.
func (r recogniser) Apart(a, b casework.Features) float64 {
	p, err := printOf(a)
	if err != nil {
		return math.Inf(1)
	}
	q, err := printOf(b)
	if err != nil {
		return math.Inf(1)
	}
	return p.Apart(q)
}

// A template's print is dlib's 128 numbers, then SFace's.
func printNumbers(p faces.Print) []float32 { return append(p.Dlib[:], p.SFace[:]...) }

func printOf(v []float32) (p faces.Print, err error) {
	if len(v) != len(p.Dlib)+len(p.SFace) {
		return p, fmt.Errorf("a print of %d numbers", len(v))
	}
	copy(p.Dlib[:], v)
	copy(p.SFace[:], v[len(p.Dlib):])
	return p, nil
}
