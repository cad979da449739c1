package casework

import (
	"context"
	"fmt"
	"slices"

	"consentry/redact"
)

// Exposure is something that an attack gets out of a file as it is.
type Exposure struct {
	Asset int // index in Case.Assets
	redact.Leak
}

// Expose leaves in a plan what a stranger gets out of its files: what is shown to
// nobody by a consent, and what the attacks see, as items of the part metadata. sure
// reports whether any of it is no guess.
func (d *Desk) Expose(ctx context.Context, p *Plan) (sure bool, err error) {
	exposed, err := d.Inspect(ctx, p)
	if err != nil {
		return false, err
	}
	p.Items = slices.DeleteFunc(p.Items, func(it Item) bool { return !it.Hidden() })
	for _, x := range exposed {
		p.Items = append(p.Items, Item{Asset: x.Asset, Finding: redact.Finding{
			Region: redact.Region{Part: redact.PartMetadata}, Kind: x.Kind, Text: x.Where, Tier: redact.Sure, Score: 1, By: x.By, Why: "attack",
		}})
	}
	return slices.ContainsFunc(p.Items, func(it Item) bool { return it.Finding.Tier == redact.Sure }), nil
}

// Inspect attacks the files of a case as they are, as if they had been written
// by this program: what they say about themselves, and what the attacks see
// beyond the findings of the plan.
func (d *Desk) Inspect(ctx context.Context, p *Plan) ([]Exposure, error) {
	var all []Exposure
	for i, a := range p.Case.Assets {
		if p.Assets[i].Err != nil {
			continue
		}
		leaks, err := d.inspect(ctx, p, i, a)
		if err != nil {
			return nil, fmt.Errorf("inspect %s: %w", a.Name, err)
		}
		for _, l := range leaks {
			all = append(all, Exposure{i, l})
		}
	}
	return all, nil
}

func (d *Desk) inspect(ctx context.Context, p *Plan, i int, a Asset) ([]redact.Leak, error) {
	body, err := original(a)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	r := redact.Released{Asset: a.Asset, Body: body, Source: a.Asset, SourceBody: body, Rights: statedRights(body, a.Size), AsIs: true}
	for _, it := range p.Items {
		if it.Asset == i {
			r.Kept = append(r.Kept, it.Finding) // found already: not to be told twice
		}
	}
	var leaks []redact.Leak
	for _, at := range d.Attacks {
		ls, err := at.Try(ctx, r)
		if err != nil {
			return nil, fmt.Errorf("attack %s: %w", at.ID(), err)
		}
		for _, l := range ls {
			if !slices.Contains(leaks, l) {
				leaks = append(leaks, l)
			}
		}
	}
	return leaks, nil
}
