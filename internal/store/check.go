package store

import (
	"context"
	"errors"
	"fmt"
	"io"

	"consentry/internal/ledger"
)

// Check reads all of the vault: the pages of the database, every sealed row but
// those of the results cache, and the ledger, against heads copied out before
// where there are any. It returns what the ledger's check found.
func (v *Vault) Check(ctx context.Context, heads ...string) (ledger.Result, error) {
	if err := v.dialect.integrity(ctx, v.pool); err != nil {
		return ledger.Result{}, err
	}
	if _, err := v.Subjects(ctx); err != nil {
		return ledger.Result{}, err
	}
	if _, err := v.AllConsents(ctx); err != nil {
		return ledger.Result{}, err
	}
	if _, err := v.Notices(ctx); err != nil {
		return ledger.Result{}, err
	}
	if _, err := v.Allowed(ctx); err != nil {
		return ledger.Result{}, err
	}
	var docs [][2]string
	err := v.rows(ctx, `select bucket, id from doc`, nil, func(scan func(...any) error) error {
		var d [2]string
		err := scan(&d[0], &d[1])
		docs = append(docs, d)
		return err
	})
	if err != nil {
		return ledger.Result{}, fmt.Errorf("list documents: %w", err)
	}
	for _, d := range docs {
		if _, err := v.Doc(ctx, d[0], d[1]); err != nil && !errors.Is(err, ErrNotFound) {
			return ledger.Result{}, err
		}
	}
	if err := v.checkEvidence(ctx); err != nil {
		return ledger.Result{}, err
	}
	if _, err := v.readNames(ctx, nil); err != nil {
		return ledger.Result{}, err
	}
	l, err := v.Ledger(ctx)
	if err != nil {
		return ledger.Result{}, err
	}
	return l.Check(ctx, heads...)
}

// checkEvidence reads every file once.
func (v *Vault) checkEvidence(ctx context.Context) error {
	es, err := v.AllEvidence(ctx)
	if err != nil {
		return err
	}
	read := map[string]bool{}
	for _, e := range es {
		if read[e.SHA256] {
			continue
		}
		read[e.SHA256] = true
		if err := v.OpenEvidence(ctx, e.SHA256, io.Discard); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	return nil
}
