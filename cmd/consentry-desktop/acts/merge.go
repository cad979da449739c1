package acts

import (
	"context"

	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/ui/state"
)

// mostPairs is how many proposals the window lists.
const mostPairs = 50

// Duplicates implements ui.Registry.
func (r Registry) Duplicates(ctx context.Context, lang string) (out []state.Pair, of int, err error) {
	all, err := r.app.Vault.Subjects(ctx)
	if err != nil {
		return nil, 0, err
	}
	by := map[authz.SubjectID]authz.Subject{}
	for _, s := range all {
		by[s.ID] = s
	}
	ps := exchange.Duplicates(all)
	for _, p := range ps[:min(len(ps), mostPairs)] {
		x := state.Pair{A: by[p.A], B: by[p.B]}
		for _, l := range p.Why {
			x.Why = append(x.Why, l.Text(lang))
		}
		out = append(out, x)
	}
	return out, len(ps), nil
}

// Merge implements ui.Registry.
func (r Registry) Merge(ctx context.Context, keep, other authz.SubjectID) (string, error) {
	m, err := r.app.Merge(ctx, keep, other)
	return m.ID, err
}

// Unmerge implements ui.Registry.
func (r Registry) Unmerge(ctx context.Context, id string) error {
	_, err := r.app.Unmerge(ctx, id)
	return err
}

// Erase implements ui.Registry.
func (r Registry) Erase(ctx context.Context, id authz.SubjectID) (int, error) {
	n, err := r.app.Erase(ctx, id)
	return n, err
}
