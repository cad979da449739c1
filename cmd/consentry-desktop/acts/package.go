package acts

import (
	"context"
	"slices"
	"time"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/internal/wiring"
	"consentry/ui/state"
)

// HandOver implements ui.Packages.
func (r Registry) HandOver(ctx context.Context, i casework.Impact, rel *casework.Release, to string) error {
	return r.app.HandOver(ctx, i, rel, to)
}

// Takedowns implements ui.Packages.
func (r Registry) Takedowns(ctx context.Context, release string, t state.Takedown) ([]string, error) {
	rs, err := r.app.Cases().Recall(ctx, time.Time{})
	if err != nil {
		return nil, err
	}
	rs = slices.DeleteFunc(rs, func(x casework.Recall) bool { return x.Release.ID != release })
	files, err := r.app.WriteTakedowns(ctx, t.Folder, rs, wiring.Takedown{Lang: t.Lang, Within: t.Within, Replacements: state.Listed(t.Replacements)})
	return files, err
}

// RequestAll implements ui.Packages.
func (r Registry) RequestAll(ctx context.Context, wanted []casework.Wanted, q state.Request) (folders []string, err error) {
	for _, w := range wanted {
		q.ID, q.Subject, q.Shows = "", w.Subject, w.Shows
		s, err := r.app.Vault.Subject(ctx, w.Subject)
		if err != nil {
			return folders, err
		}
		if q.Forms = nil; s.Kind == authz.Organisation {
			q.Forms = []string{"full"}
		}
		folder, err := r.Request(ctx, q)
		if err != nil {
			return folders, err
		}
		folders = append(folders, folder)
	}
	return folders, nil
}
