package store

import (
	"context"

	"consentry/authz"
)

// The methods below are those of [Tx], each in a transaction of its own.

// PutSubject is [Tx.PutSubject] alone.
func (v *Vault) PutSubject(ctx context.Context, s authz.Subject) error {
	return v.Update(ctx, func(tx *Tx) error { return tx.PutSubject(ctx, s) })
}

// PutConsent is [Tx.PutConsent] alone.
func (v *Vault) PutConsent(ctx context.Context, c authz.Consent) error {
	return v.Update(ctx, func(tx *Tx) error { return tx.PutConsent(ctx, c) })
}

// AppendEvent is [Tx.AppendEvent] alone.
func (v *Vault) AppendEvent(ctx context.Context, id authz.ConsentID, e authz.Event) error {
	return v.Update(ctx, func(tx *Tx) error { return tx.AppendEvent(ctx, id, e) })
}

// PutNotice is [Tx.PutNotice] alone.
func (v *Vault) PutNotice(ctx context.Context, n authz.Notice) error {
	return v.Update(ctx, func(tx *Tx) error { return tx.PutNotice(ctx, n) })
}

// AddAllow is [Tx.AddAllow] alone.
func (v *Vault) AddAllow(ctx context.Context, a authz.Allowance) error {
	return v.Update(ctx, func(tx *Tx) error { return tx.AddAllow(ctx, a) })
}

// RemoveAllow is [Tx.RemoveAllow] alone.
func (v *Vault) RemoveAllow(ctx context.Context, text string) error {
	return v.Update(ctx, func(tx *Tx) error { return tx.RemoveAllow(ctx, text) })
}

// PutDoc is [Tx.PutDoc] alone.
func (v *Vault) PutDoc(ctx context.Context, bucket, id string, data []byte) error {
	return v.Update(ctx, func(tx *Tx) error { return tx.PutDoc(ctx, bucket, id, data) })
}

// DeleteDoc is [Tx.DeleteDoc] alone.
func (v *Vault) DeleteDoc(ctx context.Context, bucket, id string) error {
	return v.Update(ctx, func(tx *Tx) error { return tx.DeleteDoc(ctx, bucket, id) })
}
