// Package acts does with the registry what its room in the window asks. It is
// apart from the window, so that the window's tests go through it too.
package acts

import (
	"context"
	"errors"
	"slices"
	"time"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/internal/registry"
	"consentry/internal/store"
	"consentry/internal/wiring"
	"consentry/ui/state"
)

// Registry implements ui.Registry on an open vault.
type Registry struct{ app *wiring.App }

// On is the registry of an open vault.
func On(a *wiring.App) Registry { return Registry{a} }

// Find implements ui.Registry.
func (r Registry) Find(ctx context.Context, text string, limit int) ([]authz.SubjectID, error) {
	names, err := r.app.Vault.Names(ctx)
	if err != nil {
		return nil, err
	}
	var ids []authz.SubjectID
	for _, h := range names.Search(text, limit) {
		ids = append(ids, authz.SubjectID(h.Subject))
	}
	reached, err := r.app.Vault.ByContact(ctx, text)
	if err != nil {
		return nil, err
	}
	for _, id := range reached {
		if len(ids) < limit && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// People implements ui.Registry.
func (r Registry) People(ctx context.Context, ids []authz.SubjectID) ([]state.Person, error) {
	now := time.Now()
	var out []state.Person
	for _, id := range ids {
		s, err := r.app.Vault.Subject(ctx, id)
		if errors.Is(err, authz.ErrUnknown) {
			continue
		}
		if err != nil {
			return nil, err
		}
		cs, err := r.app.Vault.Consents(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, state.Person{Subject: s, Agreed: state.Agreed(cs, now)})
	}
	return out, nil
}

// Dossier implements ui.Registry.
func (r Registry) Dossier(ctx context.Context, id authz.SubjectID) (d state.Dossier, err error) {
	if d.Subject, err = r.app.Vault.Subject(ctx, id); err != nil {
		return d, err
	}
	if d.Consents, err = r.app.Vault.Consents(ctx, id); err != nil {
		return d, err
	}
	if d.Evidence, err = r.app.Vault.Evidence(ctx, id); err != nil {
		return d, err
	}
	d.Grounds, err = r.app.Vault.Grounds(ctx, id)
	return d, err
}

// mostDues is how many reminders the window lists, the most urgent: what is seen to
// makes room for the next.
const mostDues = 1000

// Dues implements ui.Registry.
func (r Registry) Dues(ctx context.Context) ([]state.Due, error) {
	ds, err := r.app.Dues(ctx)
	if err != nil {
		return nil, err
	}
	var out []state.Due
	for _, d := range ds[:min(len(ds), mostDues)] {
		s, err := r.app.Vault.Subject(ctx, d.Subject)
		if errors.Is(err, authz.ErrUnknown) {
			continue // erased meanwhile
		}
		if err != nil {
			return nil, err
		}
		out = append(out, state.Due{Consent: d.Consent, Subject: s, What: d.What, Days: d.Days, Within: d.Within, Filed: d.Filed, Until: d.Until, Work: d.Work})
	}
	return out, nil
}

// Me implements ui.Registry.
func (r Registry) Me(ctx context.Context) (authz.User, error) { return r.app.Me(ctx) }

// Add implements ui.Registry.
func (r Registry) Add(ctx context.Context, s authz.Subject) (authz.SubjectID, error) {
	s.ID, s.Created = authz.SubjectID(store.NewID("s_")), time.Now().UTC()
	return s.ID, r.app.AddSubject(ctx, s)
}

// Withdraw implements ui.Registry.
func (r Registry) Withdraw(ctx context.Context, no state.Withdrawal) (state.Closed, error) {
	do := r.app.Withdraw
	if no.Refusal {
		do = r.app.Refuse
	}
	paper, done, err := registry.OpenFile(no.Evidence)
	if err != nil {
		return state.Closed{}, err
	}
	defer done()
	n, err := do(ctx, no.Subject, registry.No{Only: no.Only, Intake: no.Intake, Received: no.Received, Reason: no.Reason, Evidence: paper})
	if err != nil {
		return state.Closed{}, err
	}
	rs, err := r.app.Cases().Leaning(ctx, no.Subject)
	return state.Closed{Consents: n, Releases: len(rs)}, err
}

// Confirm implements ui.Registry.
func (r Registry) Confirm(ctx context.Context, id authz.ConsentID) error {
	return r.app.Confirm(ctx, id)
}

// Explain implements ui.Registry.
func (r Registry) Explain(ctx context.Context, id authz.SubjectID, q state.Question, lang string) (state.Explanation, error) {
	use := q.Use
	use.At = casework.EndOf(q.On)
	use.QuoteSHA256, use.FiguresSHA256 = wiring.TextDigest(q.Quote), wiring.TextDigest(q.Figures)
	a, err := r.app.Explain(ctx, id, "", use, lang)
	return state.Explanation{Verdict: a.Verdict, Why: a.Why, Next: a.Next, Law: a.Law, Rule: a.Rule, Code: a.Reason}, err
}

// Handler implements ui.Registry.
func (r Registry) Handler(ctx context.Context) (authz.Handler, error) {
	h, err := r.app.Vault.Handler(ctx)
	if errors.Is(err, store.ErrNotFound) {
		return authz.Handler{}, nil
	}
	return h, err
}

// SetHandler implements ui.Registry.
func (r Registry) SetHandler(ctx context.Context, h authz.Handler) error {
	return r.app.SetHandler(ctx, h)
}

// FileReturned implements ui.Registry.
func (r Registry) FileReturned(ctx context.Context, request, path string) (authz.Consent, error) {
	b, err := registry.ReadFile(path, registry.MaxFile)
	if err != nil {
		return authz.Consent{}, err
	}
	id, err := r.app.FileReturned(ctx, request, path, b)
	if err != nil {
		return authz.Consent{}, err
	}
	return r.app.Vault.Consent(ctx, authz.ConsentID(id))
}
