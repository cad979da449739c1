package registry

import (
	"context"
	"fmt"
	"io"

	"consentry/authz"
	"consentry/internal/store"
)

// A File is a piece of evidence as it comes.
type File struct {
	Name string // of the file; kept sealed
	Body io.Reader
}

// keep seals a file as evidence, in the act's transaction, with an entry of its own.
func (r *Registrar) keep(ctx context.Context, tx *store.Tx, f File, e authz.Evidence) (authz.Evidence, error) {
	e.Name, e.At, e.By = f.Name, r.now(), r.user
	e, err := tx.PutEvidence(ctx, e, f.Body)
	if err != nil {
		return e, fmt.Errorf("keep the evidence: %w", err)
	}
	entry := Entry{Action: "evidence.keep", Subject: e.Subject, Evidence: []string{r.Vault.Salted(e.SHA256)}}
	if e.Consent != "" {
		entry.Consents = []authz.ConsentID{e.Consent}
	}
	return e, r.Append(ctx, tx, entry)
}

// KeepEvidence seals a file that shows something about a consent or subject.
func (r *Registrar) KeepEvidence(ctx context.Context, f File, e authz.Evidence) (kept authz.Evidence, err error) {
	if err := r.Allow(ctx, authz.ActRecord); err != nil {
		return e, err
	}
	if _, err := r.Vault.Subject(ctx, e.Subject); err != nil {
		return e, err
	}
	err = r.Vault.Update(ctx, func(tx *store.Tx) error {
		kept, err = r.keep(ctx, tx, f, e)
		return err
	})
	return kept, err
}
