package registry

import (
	"context"
	"fmt"
	"slices"

	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/internal/store"
)

// Import takes a batch in, whole or not at all. Grants in it wait for somebody
// to confirm them where whoever imports may not.
func (r *Registrar) Import(ctx context.Context, b exchange.Batch) error {
	me, err := r.Me(ctx)
	switch {
	case err != nil:
		return err
	case !me.May(authz.ActRegister):
		return fmt.Errorf("%w: to import", ErrNotYours)
	}
	e := Entry{Action: "subject.import", Count: len(b.Subjects)}
	var parts [][]authz.ConsentID // an entry of the ledger holds so many ids and no more
	for part := range slices.Chunk(b.Consents, mostInEntry) {
		var ids []authz.ConsentID
		for _, c := range part {
			ids = append(ids, c.ID)
		}
		parts = append(parts, ids)
	}
	if len(parts) > 0 {
		e.Consents, parts = parts[0], parts[1:]
	}
	return r.Record(ctx, e, func(tx *store.Tx) error {
		for _, ids := range parts {
			if err := r.Append(ctx, tx, Entry{Action: "subject.import", Consents: ids}); err != nil {
				return err
			}
		}
		for _, n := range b.Notices {
			if err := putNotice(ctx, tx, n); err != nil {
				return fmt.Errorf("import notice: %w", err)
			}
		}
		for part := range slices.Chunk(b.Subjects, imported) {
			if err := r.importSubjects(ctx, tx, part, me); err != nil {
				return fmt.Errorf("import subjects: %w", err)
			}
		}
		for part := range slices.Chunk(b.Consents, imported) {
			if err := r.importConsents(ctx, tx, part, me); err != nil {
				return fmt.Errorf("import consents: %w", err)
			}
		}
		return nil
	})
}

// imported is how many records of an import are looked up at once.
const imported = 1000

func (r *Registrar) importSubjects(ctx context.Context, tx *store.Tx, ss []authz.Subject, me authz.User) error {
	var ids []authz.SubjectID
	for _, s := range ss {
		ids = append(ids, s.ID)
	}
	known, err := tx.SubjectsOf(ctx, ids)
	if err != nil {
		return err
	}
	for _, s := range ss {
		if old, ok := known[s.ID]; ok { // what a file leaves empty stays as it is
			s = exchange.Update(old, s)
			if eases(old, s) && !me.May(authz.ActConfirm) {
				return fmt.Errorf("%w: the file makes it easier to show %s", ErrNotYours, s.ID)
			}
		}
		s = r.variants(s)
		if err := tx.PutSubject(ctx, s); err != nil {
			return err
		}
		known[s.ID] = s
	}
	return nil
}

func (r *Registrar) importConsents(ctx context.Context, tx *store.Tx, cs []authz.Consent, me authz.User) error {
	var ids []authz.ConsentID
	for _, c := range cs {
		ids = append(ids, c.ID)
	}
	known, err := tx.ConsentsOf(ctx, ids)
	if err != nil {
		return err
	}
	var of []authz.SubjectID
	for _, c := range cs {
		c = r.join(known[c.ID], c, me.May(authz.ActConfirm))
		if err := tx.PutConsent(ctx, c); err != nil {
			return err
		}
		known[c.ID], of = c, append(of, c.Subject)
	}
	return r.ended(ctx, tx, of...)
}

// mostInEntry is how many consents an entry of the ledger names: ids have up to 128
// characters, and an entry up to 1 MiB.
const mostInEntry = 5000
