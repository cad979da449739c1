package registry

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/internal/store"
)

// Purged counts what a purge deleted, or would delete.
type Purged struct {
	Subjects int `json:"subjects"`
	Consents int `json:"consents"`
	Evidence int `json:"evidence"`
	Results  int `json:"results"`
}

// Purge deletes what is due by an instant: records and evidence whose retention
// date has passed, with their files, and results kept for longer than a year. dry
// only counts. Each kind of deletion is an entry of the ledger.
func (r *Registrar) Purge(ctx context.Context, at time.Time, dry bool) (Purged, error) {
	if err := r.Allow(ctx, authz.ActKeep); err != nil {
		return Purged{}, err
	}
	if at.After(r.now()) && !dry {
		return Purged{}, errors.New("what is due later is not deleted now; a dry run tells what it will be")
	}
	due, err := r.Vault.Due(ctx, at)
	if err != nil {
		return Purged{}, err
	}
	p := Purged{Subjects: len(due.Subjects), Consents: len(due.Consents), Evidence: len(due.Evidence)}
	if dry {
		return p, nil
	}
	for _, e := range due.Evidence {
		entry := Entry{Action: "evidence.purge", Subject: e.Subject, Evidence: []string{r.Vault.Salted(e.SHA256)}}
		if err := r.Record(ctx, entry, func(tx *store.Tx) error { return tx.DeleteEvidence(ctx, e) }); err != nil {
			return p, err
		}
	}
	for _, id := range due.Consents {
		c, err := r.Vault.Consent(ctx, id)
		if errors.Is(err, authz.ErrUnknown) {
			continue
		}
		if err != nil {
			return p, err
		}
		shut, err := r.holdsShut(ctx, c)
		if err != nil {
			return p, err
		}
		if shut {
			p.Consents--
			continue
		}
		err = r.Record(ctx, Entry{Action: "record.purge", Subject: c.Subject, Consents: []authz.ConsentID{id}}, func(tx *store.Tx) error {
			if err := tx.DeleteConsent(ctx, id); err != nil {
				return err
			}
			return r.ended(ctx, tx, c.Subject)
		})
		if err != nil {
			return p, err
		}
	}
	for _, id := range due.Subjects {
		if _, err := r.Vault.Subject(ctx, id); errors.Is(err, authz.ErrUnknown) {
			continue
		}
		if _, err := r.Erase(ctx, id); err != nil {
			return p, err
		}
	}
	n, err := r.Vault.PurgeResults(ctx, at.AddDate(-1, 0, 0))
	p.Results = int(n)
	return p, err
}

// holdsShut reports whether a record is a no beside a grant that would count
// without it: such a record outlives its date.
func (r *Registrar) holdsShut(ctx context.Context, c authz.Consent) (bool, error) {
	now := r.now()
	if !c.StateAt(now).Closes() {
		return false, nil
	}
	cs, err := r.Vault.Consents(ctx, c.Subject)
	return slices.ContainsFunc(cs, func(o authz.Consent) bool {
		return o.ID != c.ID && o.StateAt(now).Valid() && (o.Until.IsZero() || now.Before(o.Until))
	}), err
}

// Permit puts a text on the allow-list under the user's name, with a reason.
func (r *Registrar) Permit(ctx context.Context, text, reason string) error {
	if err := r.Allow(ctx, authz.ActPrepare); err != nil {
		return err
	}
	a := authz.Allowance{Text: text, Reason: reason, By: r.user, At: r.now()}
	return r.Record(ctx, Entry{Action: "allow.add", Record: r.Vault.Salted(authz.FoldName(text))}, func(tx *store.Tx) error { return tx.AddAllow(ctx, a) })
}

// Unpermit takes a text off the allow-list.
func (r *Registrar) Unpermit(ctx context.Context, text string) error {
	if err := r.Allow(ctx, authz.ActPrepare); err != nil {
		return err
	}
	return r.Record(ctx, Entry{Action: "allow.remove", Record: r.Vault.Salted(authz.FoldName(text))}, func(tx *store.Tx) error { return tx.RemoveAllow(ctx, text) })
}

// Backup writes a copy of the whole vault, sealed as it is, and logs that before:
// so that the copy tells of itself.
func (r *Registrar) Backup(ctx context.Context, w io.Writer) (store.Manifest, error) {
	if err := r.Allow(ctx, authz.ActKeep); err != nil {
		return store.Manifest{}, err
	}
	if err := r.Record(ctx, Entry{Action: "vault.backup"}, nil); err != nil {
		return store.Manifest{}, err
	}
	return r.Vault.Backup(ctx, w)
}

// Export writes the whole registry as a table (.csv, .xlsx), as consent
// records (.jsonld) or, of subjects alone, as cards (.vcf), and logs that.
func (r *Registrar) Export(ctx context.Context, ending string, sheet exchange.Sheet, w io.Writer) error {
	if err := r.Allow(ctx, authz.ActKeep); err != nil {
		return err
	}
	var b exchange.Batch
	var err error
	if b.Subjects, err = r.Vault.Subjects(ctx); err != nil {
		return err
	}
	if b.Consents, err = r.Vault.AllConsents(ctx); err != nil {
		return err
	}
	if b.Notices, err = r.Vault.Notices(ctx); err != nil {
		return err
	}
	h, err := r.Vault.Handler(ctx)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	write := map[string]func() error{
		".csv": func() error { return sheet.Export(w, b) }, ".xlsx": func() error { return sheet.ExportXLSX(w, b) },
		".jsonld": func() error { return sheet.ExportJSONLD(w, b.Records(h)...) }, ".vcf": func() error { return sheet.ExportVCard(w, b, "4.0") },
	}[ending]
	if write == nil {
		return fmt.Errorf("no registry is written as %q: .csv, .xlsx, .jsonld or .vcf", ending)
	}
	if err := r.Record(ctx, Entry{Action: "registry.export", Count: len(b.Subjects)}, nil); err != nil {
		return err
	}
	return write()
}

// SaveMapping keeps how the columns of a table are read, under a name.
func (r *Registrar) SaveMapping(ctx context.Context, name string, m exchange.Mapping) error {
	if err := r.Allow(ctx, authz.ActRegister); err != nil {
		return err
	}
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return r.Vault.PutDoc(ctx, store.MappingBucket, r.Vault.Salted(name), b)
}

// Mapping is the one saved under a name; the error wraps store.ErrNotFound where
// there is none.
func (r *Registrar) Mapping(ctx context.Context, name string) (*exchange.Mapping, error) {
	b, err := r.Vault.Doc(ctx, store.MappingBucket, r.Vault.Salted(name))
	if err != nil {
		return nil, fmt.Errorf("mapping: %w", err)
	}
	m := &exchange.Mapping{}
	if err := json.Unmarshal(b, m); err != nil {
		return nil, fmt.Errorf("mapping: %w", err)
	}
	return m, nil
}
