package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"consentry/redact"
)

// A Recurrence is a name that was found in several cases and that nobody
// registered or allowed: the publisher's own product, a public body.
type Recurrence struct {
	Text  string      `json:"text"` // as it was written most often
	Kind  redact.Kind `json:"kind"`
	Cases int         `json:"cases"`
}

// Recurring proposes what the allow-list may lack: names of organisations, places
// and things that stand in at least so many of the kept cases, most frequent
// first. People are never proposed, nor what anybody registered bears as a name.
// Only what was scanned before is looked at; nothing is scanned anew.
func (d *Desk) Recurring(ctx context.Context, least int) ([]Recurrence, error) {
	cases, err := d.Cases(ctx)
	if err != nil {
		return nil, err
	}
	allowed, err := d.Registry.Allowed(ctx)
	if err != nil {
		return nil, fmt.Errorf("allow-list: %w", err)
	}
	skip := map[string]bool{}
	for _, a := range allowed {
		skip[fold(a.Text)] = true
	}
	type seen struct {
		cases     map[string]bool
		spellings map[string]int
		kinds     map[redact.Kind]int
	}
	names := map[string]*seen{}
	for _, c := range cases {
		for _, a := range c.Assets {
			var s scanned
			ok, err := d.recall(ctx, d.scanKey(a, d.detectors(c)), &s)
			if err != nil {
				return nil, err
			}
			if !ok {
				continue
			}
			for _, f := range s.Findings {
				key := fold(f.Text)
				if !f.Region.IsText() || !judgeable(f) || key == "" || skip[key] {
					continue
				}
				if names[key] == nil {
					names[key] = &seen{map[string]bool{}, map[string]int{}, map[redact.Kind]int{}}
				}
				n := names[key]
				n.cases[c.ID] = true
				n.spellings[f.Text]++
				n.kinds[f.Kind]++
			}
		}
	}
	var out []Recurrence
	for _, n := range names {
		r := Recurrence{Text: most(n.spellings), Kind: most(n.kinds), Cases: len(n.cases)}
		if r.Cases < least || n.kinds[redact.Person] > 0 {
			continue
		}
		ms, err := d.Registry.Match(ctx, sighting(redact.Finding{Text: r.Text, Kind: redact.Other}))
		if err != nil {
			return nil, fmt.Errorf("match: %w", err)
		}
		if len(ms) == 0 {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b Recurrence) int {
		return cmp.Or(cmp.Compare(b.Cases, a.Cases), cmp.Compare(a.Text, b.Text))
	})
	return out, nil
}

// most is the key that was counted most often, the least of several.
func most[K cmp.Ordered](counts map[K]int) (best K) {
	n := 0
	for k, c := range counts {
		if c > n || c == n && k < best {
			best, n = k, c
		}
	}
	return best
}
