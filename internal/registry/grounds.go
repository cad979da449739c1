package registry

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"consentry/authz"
	"consentry/internal/store"
)

// ErrOwnGround is returned where somebody would approve what they recorded.
var ErrOwnGround = errors.New("whoever recorded a ground does not approve it")

// RecordGround files a basis other than consent, or a statutory exception, with
// its evidence. It shows nobody until somebody else approved it where the rules
// ask for that; what its claim lacks, the rules say when they are asked.
func (r *Registrar) RecordGround(ctx context.Context, g authz.Ground, snapshot *File) (authz.Ground, error) {
	if err := r.Allow(ctx, authz.ActPrepare); err != nil {
		return g, err
	}
	if g.Claim.Basis < 2 && g.Claim.Exception == "" || g.Claim.Basis > 7 {
		return g, fmt.Errorf("%w: a ground is a basis from 2 to 7, or an exception", ErrUnsaid)
	}
	if len(g.Purposes) == 0 {
		return g, fmt.Errorf("%w: a ground is for a purpose", ErrUnsaid)
	}
	if _, err := r.Vault.Subject(ctx, g.Subject); err != nil {
		return g, err
	}
	g.ID, g.By, g.At, g.Approval = store.NewID("g_"), r.user, r.now(), nil
	err := r.Record(ctx, Entry{Action: "ground.record", Subject: g.Subject, Record: g.ID}, func(tx *store.Tx) error {
		if snapshot != nil {
			e, err := r.keep(ctx, tx, *snapshot, authz.Evidence{Of: authz.OfSource, Subject: g.Subject})
			if err != nil {
				return err
			}
			g.Claim.SnapshotSHA256 = e.SHA256
		}
		return tx.PutGround(ctx, g)
	})
	return g, err
}

// ApproveGround puts a name and a reason under a ground (PIPL 13, CC 1020, 1025).
func (r *Registrar) ApproveGround(ctx context.Context, id, reason string) error {
	if err := r.Allow(ctx, authz.ActApprove); err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return fmt.Errorf("%w: an approval has a reason", ErrUnsaid)
	}
	g, err := r.ground(ctx, id)
	if err != nil {
		return err
	}
	if authz.FoldName(g.By) == authz.FoldName(r.user) {
		return ErrOwnGround
	}
	g.Approval = &authz.Approval{By: r.user, Reason: reason, Role: string(authz.Legal)}
	return r.Record(ctx, Entry{Action: "ground.approve", Subject: g.Subject, Record: g.ID}, func(tx *store.Tx) error { return tx.PutGround(ctx, g) })
}

// RevokeGround ends a ground now.
func (r *Registrar) RevokeGround(ctx context.Context, id string) error {
	g, err := r.ground(ctx, id)
	if err != nil {
		return err
	}
	if !g.Revoked.IsZero() {
		return nil
	}
	g.Revoked = r.now()
	return r.Record(ctx, Entry{Action: "ground.revoke", Subject: g.Subject, Record: g.ID}, func(tx *store.Tx) error { return tx.PutGround(ctx, g) })
}

func (r *Registrar) ground(ctx context.Context, id string) (authz.Ground, error) {
	all, err := r.Vault.AllGrounds(ctx)
	if err != nil {
		return authz.Ground{}, err
	}
	for _, g := range all {
		if g.ID == id {
			return g, nil
		}
	}
	return authz.Ground{}, store.ErrNotFound
}
