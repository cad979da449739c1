package acts

import (
	"context"

	"consentry/internal/registry"
	"consentry/ui/state"
)

// RecordGround implements ui.Grounds.
func (r Registry) RecordGround(ctx context.Context, g state.NewGround) error {
	f, done, err := registry.OpenFile(g.Snapshot)
	if err != nil {
		return err
	}
	defer done()
	_, err = r.app.RecordGround(ctx, g.Ground(), f)
	return err
}

// ApproveGround implements ui.Grounds.
func (r Registry) ApproveGround(ctx context.Context, id, reason string) error {
	return r.app.ApproveGround(ctx, id, reason)
}

// RevokeGround implements ui.Grounds.
func (r Registry) RevokeGround(ctx context.Context, id string) error {
	return r.app.RevokeGround(ctx, id)
}
