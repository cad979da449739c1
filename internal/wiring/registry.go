package wiring

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/internal/store"
	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/forms"
)

// entry is the ledger's record of one act on the registry: ids only.
type entry struct {
	Operation string            `json:"operation"` // one of the eight of PIPL 4(2)
	Action    string            `json:"action"`
	Subject   authz.SubjectID   `json:"subject,omitempty"`
	Consents  []authz.ConsentID `json:"consents,omitempty"`
	Count     int               `json:"count,omitempty"`
	At        time.Time         `json:"at"`
}

// record makes a change and its ledger entry in one transaction.
func (a *App) record(ctx context.Context, e entry, change func(*store.Tx) error) error {
	e.At = time.Now().UTC()
	b, err := json.Marshal(e)
	if err != nil {
		return err
	}
	_, err = a.Vault.Record(ctx, b, change)
	return err
}

// AddSubject registers a subject with the spellings its names may take, and logs
// it.
func (a *App) AddSubject(ctx context.Context, s authz.Subject) error {
	return a.record(ctx, entry{Operation: "collect", Action: "subject.add", Subject: s.ID}, func(tx *store.Tx) error {
		return tx.PutSubject(ctx, withVariants(s))
	})
}

// Sheet reads and writes registry tables in the rule pack's words.
func (a *App) Sheet() exchange.Sheet { return exchange.Sheet{Vocabulary: a.Pack.Vocabulary} }

// withVariants adds the spellings under which a name is met: pinyin, a company
// without its legal form.
func withVariants(s authz.Subject) authz.Subject {
	has := map[string]bool{}
	for _, n := range s.Names {
		has[authz.FoldName(n.Text)] = true
	}
	for _, n := range s.Names[:len(s.Names):len(s.Names)] {
		for _, v := range append(forms.Variants(n.Text), simplified(n.Text)...) {
			if f := authz.FoldName(v); !has[f] {
				has[f] = true
				s.Names = append(s.Names, authz.Name{Text: v, Use: "variant"})
			}
		}
	}
	return s
}

// simplified is a name with traditional characters in simplified ones.
func simplified(name string) []string {
	if s := fold.Key(name); redact.LangOf(name) == redact.Chinese && s != name {
		return []string{s}
	}
	return nil
}

// Import takes a batch in, whole or not at all, and logs it.
func (a *App) Import(ctx context.Context, b exchange.Batch) error {
	e := entry{Operation: "collect", Action: "subject.import", Count: len(b.Subjects)}
	for _, c := range b.Consents {
		e.Consents = append(e.Consents, c.ID)
	}
	return a.record(ctx, e, func(tx *store.Tx) error {
		for _, n := range b.Notices {
			if err := putNotice(ctx, tx, n); err != nil {
				return fmt.Errorf("import notice: %w", err)
			}
		}
		for _, s := range b.Subjects {
			if err := tx.PutSubject(ctx, withVariants(s)); err != nil {
				return fmt.Errorf("import: %w", err)
			}
		}
		for _, c := range b.Consents {
			// What was recorded since the table was written stays: a withdrawal
			// above all.
			old, err := tx.Consent(ctx, c.ID)
			switch {
			case err == nil:
				c.Events = joinEvents(old.Events, c.Events)
			case !errors.Is(err, authz.ErrUnknown):
				return err
			}
			if err := tx.PutConsent(ctx, c); err != nil {
				return fmt.Errorf("import consent: %w", err)
			}
			if _, err := a.dropTemplate(ctx, tx, c.Subject); err != nil {
				return err
			}
		}
		return nil
	})
}

// putNotice files a notice that is not known yet; one that is may have its text.
func putNotice(ctx context.Context, tx *store.Tx, n authz.Notice) error {
	_, err := tx.Notice(ctx, n.SHA256)
	if errors.Is(err, authz.ErrUnknown) {
		return tx.PutNotice(ctx, n)
	}
	return err
}

// joinEvents is both lists in the order of time, each event once.
func joinEvents(old, more []authz.Event) []authz.Event {
	all := slices.Clone(old)
	for _, e := range more {
		if !slices.ContainsFunc(all, func(o authz.Event) bool { return o.State == e.State && o.At.Equal(e.At) }) {
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b authz.Event) int { return a.At.Compare(b.At) })
	return all
}

// Grant files a consent with its notice and logs it.
func (a *App) Grant(ctx context.Context, c authz.Consent, n *authz.Notice) error {
	e := entry{Operation: "collect", Action: "consent.request.answer", Subject: c.Subject, Consents: []authz.ConsentID{c.ID}}
	return a.record(ctx, e, func(tx *store.Tx) error {
		if n != nil {
			if err := putNotice(ctx, tx, *n); err != nil {
				return err
			}
		}
		return tx.PutConsent(ctx, c)
	})
}

// Withdraw closes every consent of a subject that is not closed yet, or the one
// named, and says how many. Withdrawing where nothing was granted is logged too.
func (a *App) Withdraw(ctx context.Context, s authz.SubjectID, only authz.ConsentID, ev authz.Event) (int, error) {
	cs, err := a.Vault.Consents(ctx, s)
	if err != nil {
		return 0, err
	}
	e := entry{Operation: "collect", Action: "withdrawal.intake", Subject: s}
	for _, c := range cs {
		if (only == "" || c.ID == only) && c.StateAt(ev.At) != authz.Withdrawn {
			e.Consents = append(e.Consents, c.ID)
		}
	}
	if only != "" && len(e.Consents) == 0 {
		return 0, fmt.Errorf("consent %s: %w", only, authz.ErrUnknown)
	}
	return len(e.Consents), a.record(ctx, e, func(tx *store.Tx) error {
		for _, id := range e.Consents {
			if err := tx.AppendEvent(ctx, id, ev); err != nil {
				return err
			}
		}
		_, err := a.dropTemplate(ctx, tx, s)
		return err
	})
}
