package casework

import (
	"context"
	"fmt"

	"consentry/redact"
)

// pseudonymise gives the hidden people and companies of a de-identified case
// invented names. They are kept in the vault, and are the same in every case.
func (d *Desk) pseudonymise(ctx context.Context, p *Plan) error {
	p.invented = nil
	if p.Case.Mode != Pseudonymise || d.Pseudonyms == nil {
		return nil
	}
	var hidden []Named
	var avoid []string
	for _, n := range p.named() {
		if n.Hidden {
			hidden = append(hidden, n)
		}
	}
	for i := range p.Items {
		if it := &p.Items[i]; it.Finding.Region.IsText() && judgeable(it.Finding) {
			avoid = append(avoid, it.Finding.Text)
		}
	}
	subjects, err := d.Registry.Subjects(ctx)
	if err != nil {
		return fmt.Errorf("registry: %w", err)
	}
	for _, s := range subjects {
		for _, n := range s.Names {
			avoid = append(avoid, n.Text)
		}
	}
	if p.invented, err = d.Pseudonyms(ctx, hidden, avoid); err != nil {
		return fmt.Errorf("pseudonyms: %w", err)
	}
	return nil
}

// An Invented name is a subject's pseudonym, and the same with a word behind it
// that says that it is one.
type Invented struct{ Name, Marked redact.Words }

// rename puts pseudonyms in the place of labels; where one stands first in a file
// it says that it is one.
func (p *Plan) rename() {
	type first struct {
		asset  int
		entity string
	}
	said := map[first]bool{}
	for i := range p.Items {
		it := &p.Items[i]
		name, ok := p.invented[it.Entity]
		if !ok || !it.Kind.Info().Lettered || !it.Finding.Region.IsText() {
			continue
		}
		lang := p.langAt(it)
		it.Label = name.Name.In(lang)
		if at := (first{it.Asset, it.Entity}); !said[at] && it.Finding.Region.Part == redact.PartBody {
			said[at] = true
			it.Label = name.Marked.In(lang)
		}
	}
}
