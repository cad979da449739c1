package acts

import (
	"context"
	"time"

	"consentry/authz"
	"consentry/internal/registry"
	"consentry/ui/state"
)

// Answer implements ui.Registry.
func (r Registry) Answer(ctx context.Context, a state.Reply) (waits bool, err error) {
	y := registry.Reply{State: a.State, Intake: a.Intake, Reason: a.Reason}
	if !a.On.IsZero() {
		y.On = a.On.UTC()
	}
	if a.State == authz.Given {
		y.Purposes, y.Channels, y.Shows = a.Purposes, a.Channels, a.Shows
		y.Voluntary, y.Separate, y.Written, y.Authority = a.Voluntary, a.Separate, a.Written, a.Authority
		if !a.Until.IsZero() {
			y.Until = a.Until.AddDate(0, 0, 1)
		}
		y.Territories, y.GivenBy = a.Territories, a.GivenBy
		if a.Authority {
			y.Forms = a.Forms // as Grant records a company's consent
		}
		f, done, err := registry.OpenFile(a.Evidence)
		if err != nil {
			return false, err
		}
		defer done()
		y.Evidence = f
	}
	c, err := r.app.Reply(ctx, a.Consent, y)
	return err == nil && a.State == authz.Given && !c.StateAt(time.Now()).Valid(), err
}
