package acts

import (
	"context"
	"time"

	"consentry/authz"
	"consentry/internal/registry"
	"consentry/ui/state"
)

// Notices implements ui.Notices.
func (r Registry) Notices(ctx context.Context) ([]authz.Notice, error) {
	return r.app.Vault.Notices(ctx)
}

// AddNotice implements ui.Notices.
func (r Registry) AddNotice(ctx context.Context, n state.NewNotice) error {
	text, err := registry.ReadFile(n.File, 64<<20)
	if err != nil {
		return err
	}
	x := r.app.NewNotice(text, time.Now().UTC(), false)
	x.Title, x.Version, x.Language, x.Items = state.NoticeTitle(x.Text), n.Version, n.Language, n.Items
	return r.app.AddNotice(ctx, x)
}
