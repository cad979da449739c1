package casework

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"consentry/redact"
)

// FindKinds are what a text that is looked for may be said to be.
var FindKinds = []redact.Kind{redact.Person, redact.Organisation, redact.Location, redact.Other}

// whyAsked is the reason of a finding that a reviewer asked for.
const whyAsked = "asked-for"

// A Hit is a place where a text that was looked for stands.
type Hit struct {
	Asset   int // index in Case.Assets
	Finding redact.Finding
	Item    *Item // the item that covers all of it; nil where nothing does
}

// Hidden reports whether nothing of the place is seen in the output.
func (h Hit) Hidden() bool { return h.Item != nil && h.Item.Hidden() }

// Find looks for a text, in every form that a name of that kind takes, in the
// whole case: texts, words read in pictures, what files say about themselves,
// file names. It changes nothing.
func (d *Desk) Find(ctx context.Context, p *Plan, text string, kind redact.Kind) ([]Hit, error) {
	f := redact.Finding{Text: strings.TrimSpace(text), Kind: kind, Tier: redact.Sure}
	if f.Text == "" {
		return nil, fmt.Errorf("%w: nothing to look for", ErrAnswer)
	}
	if f.Kind == "" {
		f.Kind = redact.Other
	}
	terms := []redact.Term{{Text: f.Text, Kind: f.Kind, Tier: redact.Sure, Why: whyRegistry}} // in small letters too
	if d.Derive != nil {
		terms = append(terms, d.Derive([]redact.Finding{f})...)
	}
	s := d.Search(terms)
	var hits []Hit
	for i, a := range p.Case.Assets {
		if p.Assets[i].Err != nil {
			continue
		}
		for _, page := range append([]redact.Page{namePage(a)}, p.pages[i]...) {
			fs, err := s.Detect(ctx, page)
			if err != nil {
				return nil, fmt.Errorf("find: %w", err)
			}
			for _, f := range fs {
				f.Why, f.Tier = whyAsked, redact.Review // a person may clear one place of it
				f.Region.Box = p.boxOf(i, f.Region)
				hits = append(hits, Hit{i, f, p.covering(i, f.Region)})
			}
		}
	}
	return hits, nil
}

// covering is an item over all of a run of text, a hidden one before one that is
// seen.
func (p *Plan) covering(asset int, r redact.Region) (best *Item) {
	for i := range p.Items {
		it := &p.Items[i]
		o := it.Finding.Region
		if it.Asset == asset && o.IsText() && o.Same(r) && o.Start <= r.Start && r.End <= o.End && (best == nil || it.Hidden()) {
			best = it
		}
	}
	return best
}

// addAsked makes items of what reviewers asked to find everywhere, over what the
// detectors found; what is one already is hidden by the answer. It may be called
// again and again.
func (d *Desk) addAsked(ctx context.Context, p *Plan) error {
	p.Items = slices.DeleteFunc(p.Items, func(it Item) bool { return it.Finding.Why == whyAsked })
	for i := range p.Items {
		p.Items[i].asked = 0
	}
	for n, a := range p.Case.Answers {
		if a.Action != FindAll {
			continue
		}
		hits, err := d.Find(ctx, p, a.Text, a.Kind)
		if err != nil {
			return err
		}
		for _, h := range hits {
			it := h.Item
			if it == nil || it.Finding.Region.Start != h.Finding.Region.Start || it.Finding.Region.End != h.Finding.Region.End {
				p.Items = append(p.Items, Item{ID: itemID(p.Case.Assets[h.Asset].Digest, h.Finding), Asset: h.Asset, Finding: h.Finding})
				it = &p.Items[len(p.Items)-1]
			}
			it.asked = n + 1
		}
	}
	return nil
}

// mayFind checks an answer that looks for a text, and that it stands somewhere.
func (d *Desk) mayFind(ctx context.Context, p *Plan, a *Answer) error {
	if a.Kind == "" {
		a.Kind = redact.Other
	}
	if !slices.Contains(FindKinds, a.Kind) {
		return fmt.Errorf("%w: nothing of the kind %q is looked for by its text", ErrAnswer, a.Kind)
	}
	hits, err := d.Find(ctx, p, a.Text, a.Kind)
	if err == nil && len(hits) == 0 {
		err = fmt.Errorf("%w: the text stands nowhere in the case", ErrAnswer)
	}
	return err
}
