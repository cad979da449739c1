package casework

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"consentry/authz"
	"consentry/redact"
)

// ownForms are, by subject, the general forms that registered companies of the case
// want in the place of their names. One stands where the company's consent allows its
// general form, and in a case that asks for general forms where nothing but a
// missing permission hides the company: whoever said no gets what the dictionary
// says of anybody. Forms that tell more than a general form are left alone.
func (d *Desk) ownForms(ctx context.Context, p *Plan, now time.Time) error {
	p.own = nil
	if p.words == nil {
		return nil
	}
	asked := map[authz.SubjectID]bool{}
	for i := range p.Items {
		it := &p.Items[i]
		id := it.Decision.Subject
		if id == "" || asked[id] || it.Kind != redact.Organisation || !it.Finding.Region.IsText() {
			continue
		}
		asked[id] = true
		f := authz.Facts{
			Use: authz.Use{
				Purpose: p.Case.Purpose, Channel: p.Case.Channel, Territory: p.Case.Territory, At: p.Case.at(now),
				Shows: []authz.Shows{"name"}, Form: "general",
			},
			Identity: authz.Identity{By: "text", Candidates: []authz.Candidate{{Subject: id, Score: 1}}},
			Subjects: map[authz.SubjectID]authz.Subject{}, Notices: map[string]authz.Notice{},
			PreparedBy: p.Case.By, Claim: authz.Claim{Basis: 1}, Case: p.Case.ID, KnownAt: p.known,
		}
		if err := Gather(ctx, d.Registry, &f, id); err != nil {
			return err
		}
		s := f.Subjects[id]
		if s.Kind != authz.Organisation || s.Firm == nil || strings.TrimSpace(s.Firm.GeneralForm) == "" {
			continue
		}
		dec := d.Policy.Decide(f)
		if dec.Verdict != authz.Show && !(p.Case.Generalise && authz.Curable(dec.Reason)) {
			continue
		}
		if form := strings.TrimSpace(s.Firm.GeneralForm); d.isGeneral(p, s, form) {
			if p.own == nil {
				p.own = map[authz.SubjectID]string{}
			}
			p.own[id] = form
		}
	}
	return nil
}

// isGeneral reports whether a form is one line that names neither the company nor
// anybody hidden in the case, and holds nothing that singles somebody out.
func (d *Desk) isGeneral(p *Plan, s authz.Subject, form string) bool {
	if utf8.RuneCountInString(form) > longestPhrase || p.checkPhrase(&Answer{With: form}) != nil {
		return false
	}
	return len(d.FormHints(s, form)) == 0
}

// FormHints says what is wrong with a company's general form: that it holds one of
// its names, or wording that singles somebody out, by their classes; nothing where it
// is general.
func (d *Desk) FormHints(s authz.Subject, form string) (out []redact.Words) {
	if strings.ContainsFunc(form, unicode.IsControl) {
		out = append(out, redact.Words{ZH: "不止一行", EN: "more than one line"})
	}
	var names []string
	for _, n := range s.Names {
		names = append(names, n.Text)
	}
	if d.Registered != nil {
		for _, t := range d.Registered([]authz.Subject{s}) {
			names = append(names, t.Text)
		}
	}
	for _, n := range names {
		if name := fold(n); utf8.RuneCountInString(name) > 1 && contains(fold(form), name) {
			out = append(out, redact.Words{ZH: "含有其名称", EN: "it holds one of its names"})
			break
		}
	}
	if d.Wording == nil {
		return out
	}
	page := redact.Page{Part: redact.PartBody, Spans: []redact.Span{{Text: form}}}
	for _, c := range d.Wording.Clues(page, nil) {
		out = append(out, c.Why)
	}
	return out
}
