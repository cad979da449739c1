package casework

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"consentry/redact"
)

func (p *Plan) findingReport(it *Item, asset string) FindingReport {
	f := it.Finding
	r := FindingReport{
		Asset: asset, Place: p.place(it), Kind: f.Kind, Tier: f.Tier, Score: f.Score, By: f.By, Why: f.Why,
		Verdict: it.Decision.Verdict, Exempt: it.Exempt, Reason: it.Decision.Reason, Decided: "policy",
	}
	if it.Hidden() {
		r.Label, r.Person, r.Form = it.Label, p.Case.CoversPerson(it), it.form
	}
	if it.IsDrawn() {
		r.Holds = it.Holds()
	}
	r.Moved = it.Moved()
	if it.Answer != nil {
		r.Decided = string(it.Answer.Action)
	} else if i := slices.IndexFunc(it.Likely, func(l Likely) bool { return l.Subject == it.Decision.Subject }); i >= 0 && !it.Hidden() {
		r.Match = &it.Likely[i]
	}
	return r
}

func (p *Plan) place(it *Item) Place { return p.placeOf(it.Asset, it.Finding.Region) }

func (p *Plan) placeOf(asset int, r redact.Region) Place {
	at := Place{Part: r.Part, Page: r.Page}
	if n := p.lineOf(asset, r); n > 0 { // a box would tell how long the text was
		at.Line = n
		return at
	}
	if !r.Box.Empty() {
		at.Box = []int{r.Box.Min.X, r.Box.Min.Y, r.Box.Dx(), r.Box.Dy()}
		return at
	}
	if t, ok := p.textAt(asset, r); ok {
		at.Line = 1 + t.lines(min(max(0, r.Start-t.offset), len(t.runes)))
	}
	return at
}

// IsWritten reports whether an item is text of a document's own, which stands on a
// page drawn as a picture.
func (p *Plan) IsWritten(it *Item) bool { return p.lineOf(it.Asset, it.Finding.Region) > 0 }

// lineOf counts the lines of a page of a document up to that of a text, from 1;
// 0 where the text is none of the document's own.
func (p *Plan) lineOf(asset int, r redact.Region) int {
	if !r.IsText() || r.Box.Empty() {
		return 0
	}
	for _, page := range p.pages[asset] {
		if page.Part != r.Part || page.Index != r.Page {
			continue
		}
		for i, s := range page.Spans {
			if s.ID == r.Span && !s.Seen {
				return i + 1
			}
		}
	}
	return 0
}

func (d *Desk) subjectReport(ctx context.Context, p *Plan, it *Item) (SubjectReport, error) {
	code := it.Decision.Reason
	s := SubjectReport{
		Name: it.Label, Kind: it.Kind, Sensitivity: p.Info(it.Kind).Sensitivity, KindName: p.Info(it.Kind).Name, Verdict: it.Decision.Verdict, Exempt: it.Exempt, Reason: code,
		Why:      map[string]string{"zh": d.Policy.Explain(code, "zh"), "en": d.Policy.Explain(code, "en")},
		Articles: map[string]string{"zh": d.Policy.Cite(code, "zh"), "en": d.Policy.Cite(code, "en")},
	}
	if it.Hidden() {
		return s, nil
	}
	s.Name = it.Finding.Text
	if it.Decision.Subject != "" {
		sub, err := d.Registry.Subject(ctx, it.Decision.Subject)
		if err != nil {
			return s, fmt.Errorf("subject %s: %w", it.Decision.Subject, err)
		}
		s.Name = sub.Title()
		cs, err := d.Registry.Consents(ctx, sub.ID)
		if err != nil {
			return s, fmt.Errorf("consents of %s: %w", sub.ID, err)
		}
		for _, c := range cs {
			for _, id := range it.Decision.Consents {
				if c.ID == id {
					s.Consents = append(s.Consents, ConsentReport{c.ID, c.NoticeSHA256, c.Until})
				}
			}
		}
	}
	return s, nil
}

// reportAllowed lists the allow-list entries that kept something visible.
func (d *Desk) reportAllowed(ctx context.Context, p *Plan, rep *Report) error {
	used := map[string]bool{}
	for _, it := range p.Items {
		if it.Exempt == ExemptAllowed {
			used[fold(it.Finding.Text)] = true
		}
	}
	if len(used) == 0 {
		return nil
	}
	all, err := d.Registry.Allowed(ctx)
	if err != nil {
		return fmt.Errorf("allow-list: %w", err)
	}
	for _, a := range all {
		if used[fold(a.Text)] {
			rep.Allowed = append(rep.Allowed, a)
		}
	}
	return nil
}

// containsName reports whether hay, folded, holds the name outside of any kept
// name.
func containsName(hay, name string, kept []string) bool {
	if name == "" {
		return false
	}
	for _, k := range kept {
		if strings.Contains(k, name) {
			hay = strings.ReplaceAll(hay, k, "\x00")
		}
	}
	return strings.Contains(hay, name)
}
