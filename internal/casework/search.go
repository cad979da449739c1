package casework

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"consentry/redact"
)

// searchCase looks for every registered name and every name found anywhere in
// the texts of the whole case, file names included. Names of the review tier
// are searched in their own asset only, so that one odd guess does not spread;
// there, whatever is hidden once is hidden everywhere.
func (d *Desk) searchCase(ctx context.Context, p *Plan, found [][]redact.Finding) error {
	terms, err := d.registryTerms(ctx)
	if err != nil {
		return err
	}
	derived := make([][]redact.Term, len(found))
	g := errgroup.Group{}
	g.SetLimit(d.workers())
	for i, fs := range found {
		g.Go(func() error {
			derived[i] = d.Derive(fs)
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	own := make([][]redact.Term, len(found))
	said := map[redact.Term]bool{} // many files name the same people
	for i, fs := range found {
		for _, t := range derived[i] {
			if t.Tier == redact.Sure {
				if !said[t] {
					said[t] = true
					terms = append(terms, t)
				}
			} else {
				own[i] = append(own[i], t)
			}
		}
		for _, f := range fs {
			if utf8.RuneCountInString(f.Text) > 1 && !f.Kind.Info().Contextual {
				own[i] = append(own[i], redact.Term{Text: f.Text, Kind: f.Kind, Tier: redact.Review, Why: whyElsewhere})
			}
		}
	}
	whole := d.Search(terms)
	m := d.meter(StepSearch, len(found))
	g = errgroup.Group{}
	g.SetLimit(d.workers())
	for i, a := range p.Case.Assets {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if p.Assets[i].Err == nil {
				pages := p.withName(i)
				fs, err := lookThrough(ctx, whole, pages)
				if err != nil {
					return err
				}
				found[i] = append(found[i], fs...)
				if own := append(own[i], d.inCase(found[i])...); len(own) > 0 {
					if fs, err = lookThrough(ctx, d.Search(own), pages); err != nil {
						return err
					}
					found[i] = append(found[i], fs...)
				}
			}
			m.tick(a.Name, false, p.Assets[i].Err)
			return nil
		})
	}
	return g.Wait()
}

// lookThrough searches pages.
func lookThrough(ctx context.Context, s redact.Detector, pages []redact.Page) (found []redact.Finding, err error) {
	for _, page := range pages {
		fs, err := s.Detect(ctx, page)
		if err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		found = append(found, fs...)
	}
	return found, nil
}

// inCase are the forms that are searched once a registered name stood in an asset.
func (d *Desk) inCase(found []redact.Finding) []redact.Term {
	if d.InCase == nil {
		return nil
	}
	var terms []redact.Term
	seen := map[string]bool{}
	for _, f := range found {
		if registered(f) && !seen[f.Text] {
			seen[f.Text] = true
			terms = append(terms, d.InCase(f.Kind, []string{f.Text})...)
		}
	}
	return terms
}

// Why a term is searched for.
const (
	whyRegistry  = "registry"
	whyElsewhere = "found-elsewhere"
)

func (d *Desk) registryTerms(ctx context.Context) ([]redact.Term, error) {
	subjects, err := d.Registry.Subjects(ctx)
	if err != nil {
		return nil, fmt.Errorf("registry: %w", err)
	}
	var terms []redact.Term
	for _, s := range subjects {
		for _, n := range s.Names {
			terms = append(terms, redact.Term{Text: n.Text, Kind: redact.Kind(s.Kind), Tier: redact.Sure, Why: whyRegistry})
		}
	}
	if d.Registered != nil {
		terms = append(terms, d.Registered(subjects)...)
	}
	return terms, nil
}

// merge is mergeText, and what it cut out of a guess, searched like any other text:
// what is hidden once is hidden everywhere.
func (d *Desk) merge(ctx context.Context, p *Plan, asset int, fs []redact.Finding) ([]redact.Finding, error) {
	merged := mergeText(d.withoutOurs(p.pages[asset], fs))
	searched := map[string]bool{}
	for _, f := range fs {
		searched[f.Text] = true
	}
	var terms []redact.Term
	for _, f := range merged {
		if f.Region.IsText() && !searched[f.Text] && utf8.RuneCountInString(f.Text) > 1 && !f.Kind.Info().Contextual {
			searched[f.Text] = true
			terms = append(terms, redact.Term{Text: f.Text, Kind: f.Kind, Tier: redact.Review, Why: whyElsewhere})
		}
	}
	if len(terms) == 0 {
		return merged, nil
	}
	more, err := lookThrough(ctx, d.Search(terms), p.withName(asset))
	if err != nil {
		return nil, err
	}
	return mergeText(d.withoutOurs(p.pages[asset], append(fs, more...))), nil
}

// named is what the name of an asset's file says for certain.
func (d *Desk) named(ctx context.Context, c *Case, a Asset) (found []redact.Finding, err error) {
	for _, det := range d.detectors(c) {
		fs, err := det.Detect(ctx, namePage(a))
		if err != nil {
			return nil, fmt.Errorf("detect in file name: %w", err)
		}
		found = append(found, certainNames(fs)...)
	}
	return found, nil
}

// withName are the texts of an asset and its file's name.
func (p *Plan) withName(asset int) []redact.Page {
	return append(slices.Clone(p.pages[asset]), namePage(p.Case.Assets[asset]))
}

// namePage shows a file's name as a page.
func namePage(a Asset) redact.Page {
	return redact.Page{Part: redact.PartName, Spans: []redact.Span{{Text: spaced(a.Name)}}}
}

// spaced shows the words of a file name apart, rune for rune.
func spaced(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("_-/+", r) {
			return ' '
		}
		return r
	}, name)
}

// certainNames are the findings in file names and metadata that are certain
// enough to rename a file for, or to search in the whole case: whole names of
// people and companies, numbers and addresses. A single capitalised Latin word
// (Report, SONY) is not.
func certainNames(fs []redact.Finding) []redact.Finding {
	return slices.DeleteFunc(fs, func(f redact.Finding) bool {
		if f.Tier != redact.Sure || f.Kind == redact.Location || f.Kind == redact.Other {
			return true
		}
		latin := redact.LangOf(f.Text) == redact.English
		return latin && (f.Kind == redact.Person || f.Kind == redact.Organisation) && len(strings.Fields(f.Text)) < 2
	})
}
