package ui

import (
	"context"
	"time"

	"consentry/authz"
	"consentry/ui/screens"
	"consentry/ui/state"
)

// ShowGrounds lists the bases other than consent that were recorded about somebody.
func (w *window) ShowGrounds(s authz.Subject) {
	with(w, func(ctx context.Context, r Registry) (state.Dossier, error) { return r.Dossier(ctx, s.ID) }, func(me authz.User, d state.Dossier) {
		w.file.grounds = screens.NewGrounds(w.words, w.vocab, s, d.Grounds, me, w, time.Now(), w.closeSheet)
		w.sheet(w.file.grounds.Content, w.file.grounds.First())
	})
}

// RecordGround implements screens.Grounding.
func (w *window) RecordGround(s authz.Subject) {
	w.closeSheet()
	w.asMe(func(me authz.User) {
		ask(w, &w.file.ground, "ground", me.Name+" "+string(s.ID), func() *screens.RecordGround {
			return screens.NewRecordGround(w.words, w.vocab, s, me.May(authz.ActPrepare), w.askFile, func(g state.NewGround) {
				submit(w, w.file.ground, func(ctx context.Context, r Registry) (struct{}, error) { return struct{}{}, r.RecordGround(ctx, g) }, w.groundChanged(s))
			}, w.closeSheet)
		})
	})
}

// groundChanged shows somebody anew, and their grounds again.
func (w *window) groundChanged(s authz.Subject) func(struct{}) {
	return func(struct{}) {
		w.changed(s.ID)
		w.ShowGrounds(s)
	}
}

// ApproveGround implements screens.Grounding.
func (w *window) ApproveGround(s authz.Subject, g authz.Ground) {
	w.closeSheet()
	w.asMe(func(me authz.User) {
		ask(w, &w.file.approve, "approve", me.Name+" "+g.ID, func() *screens.ApproveGround {
			return screens.NewApproveGround(w.words, w.vocab, s, g, me, func(reason string) {
				submit(w, w.file.approve, func(ctx context.Context, r Registry) (struct{}, error) {
					return struct{}{}, r.ApproveGround(ctx, g.ID, reason)
				}, w.groundChanged(s))
			}, w.closeSheet)
		})
	})
}

// RevokeGround implements screens.Grounding. It closes a gate, and is anybody's.
func (w *window) RevokeGround(s authz.Subject, g authz.Ground) {
	w.closeSheet()
	w.file.revoke = screens.NewRevokeGround(w.words, w.vocab, s, g, func() {
		submit(w, w.file.revoke, func(ctx context.Context, r Registry) (struct{}, error) { return struct{}{}, r.RevokeGround(ctx, g.ID) }, w.groundChanged(s))
	}, w.closeSheet)
	w.sheet(w.file.revoke.Content, w.file.revoke.First(), w.file.revoke.Submit)
}
