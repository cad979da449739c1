package acts

import (
	"cmp"
	"context"
	"time"

	"consentry/authz"
	"consentry/internal/registry"
	"consentry/internal/store"
	"consentry/ui/state"
)

// Grant implements ui.Registry.
func (r Registry) Grant(ctx context.Context, g state.Grant) (waits bool, err error) {
	s, err := r.app.Vault.Subject(ctx, g.Subject)
	if err != nil {
		return false, err
	}
	at := time.Now().UTC()
	if !g.On.IsZero() {
		at = g.On.UTC()
	}
	c := authz.Consent{
		ID: authz.ConsentID(store.NewID("c_")), Subject: g.Subject, Kind: cmp.Or(g.Kind, state.ToPublish), GivenBy: cmp.Or(g.GivenBy, "self"), CollectedBy: "us", From: at,
		Events:    []authz.Event{{State: authz.Given, At: at, By: r.app.User()}},
		Voluntary: g.Voluntary, Separate: g.Separate, Written: g.Written, Authority: g.Authority,
	}
	if s.Kind == authz.Organisation {
		c.GivenBy, c.AllowedForms = "company", g.Forms
	}
	if g.Partner {
		c.CollectedBy, c.OnwardUse = "partner", g.OnwardUse
	}
	g.Put(&c)
	if c.Kind != state.ToPublish {
		c.Purposes, c.Channels, c.Shows = nil, nil, nil
	}
	n, err := r.notice(ctx, g, at)
	if err != nil {
		return false, err
	}
	c.Notice, c.NoticeSHA256 = n.SHA256, n.SHA256
	evidence, done, err := registry.OpenFile(g.Evidence)
	if err != nil {
		return false, err
	}
	defer done()
	licence, closeLicence, err := registry.OpenFile(g.Licence)
	if err != nil {
		return false, err
	}
	defer closeLicence()
	got, err := r.app.Grant(ctx, registry.Grant{Consent: c, Notice: &n, Evidence: evidence, Licence: licence})
	return err == nil && !got.StateAt(time.Now()).Valid(), err
}

// notice is the one that was read: one that is kept, or a file.
func (r Registry) notice(ctx context.Context, g state.Grant, at time.Time) (authz.Notice, error) {
	if g.Kept != "" {
		return r.app.Vault.Notice(ctx, g.Kept)
	}
	text, err := registry.ReadFile(g.Notice, 64<<20)
	if err != nil {
		return authz.Notice{}, err
	}
	return r.app.NewNotice(text, at, g.Complete), nil
}
