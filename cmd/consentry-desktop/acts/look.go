package acts

import (
	"context"
	"time"

	"consentry/authz"
	"consentry/ui/state"
)

// soon is within how many days a consent that ends is said to lapse.
const soon = 90

// Marks implements ui.Registry.
func (r Registry) Marks(ctx context.Context) (state.Marks, error) {
	now := time.Now()
	m := state.Marks{Lapsing: map[authz.SubjectID]bool{}, Withdrawn: map[authz.SubjectID]bool{}}
	ends, err := r.app.Vault.Endings(ctx, now, now.AddDate(0, 0, soon+1))
	if err != nil {
		return m, err
	}
	for _, e := range ends {
		m.Lapsing[e.Subject] = true
	}
	cs, err := r.app.Vault.AllConsents(ctx)
	if err != nil {
		return m, err
	}
	for _, c := range cs {
		if state.Stands(c, now) == state.AgreedWithdrawn {
			m.Withdrawn[c.Subject] = true
		}
	}
	return m, nil
}
