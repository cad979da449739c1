package acts

import (
	"context"
	"path/filepath"

	"consentry/authz"
	"consentry/internal/letters"
	"consentry/internal/registry"
	"consentry/internal/store"
	"consentry/internal/wiring"
	"consentry/ui/state"
)

// asked is a request as the registry takes it.
func (r Registry) asked(q state.Request) (authz.Consent, registry.Asked, error) {
	c := authz.Consent{ID: q.ID, Subject: q.Subject, AllowedForms: q.Forms}
	q.Put(&c)
	var kinds authz.Terms
	for _, id := range q.Kinds {
		if t, ok := r.app.Pack.Vocabulary.Kinds.Find(id); ok {
			kinds = append(kinds, t)
		}
	}
	registry.Tell(&c, kinds, q.Necessity, q.Effect)
	a := registry.Asked{
		Work: q.Work, Source: q.Source, Keep: q.Keep, Lang: q.Lang, Sender: q.Sender, ReplyTo: q.ReplyTo, ReplyBy: q.ReplyBy,
		Guardian: q.Guardian, Company: letters.Company{Confidentiality: q.Confidentiality},
	}
	for _, x := range q.Recipients {
		a.Pass(&c, letters.Recipient{Name: x.Name, Contact: x.Contact, Purpose: x.Purpose, Method: x.Method, Kinds: x.Kinds, Abroad: x.Abroad, Rights: x.Rights})
	}
	if q.Attached != "" {
		b, err := registry.ReadFile(q.Attached, registry.MaxFile)
		if err != nil {
			return c, a, err
		}
		a.Draft = letters.Attachment{Name: filepath.Base(q.Attached), SHA256: registry.Digest(b)}
	}
	return c, a, nil
}

// Draft implements ui.Registry.
func (r Registry) Draft(ctx context.Context, q state.Request) (state.LetterDraft, error) {
	c, a, err := r.asked(q)
	if err != nil {
		return state.LetterDraft{}, err
	}
	if c.ID == "" {
		c.ID = authz.ConsentID(store.NewID("c_"))
	}
	l, err := r.app.Draft(ctx, c, a, r.app.Press())
	if err != nil {
		return state.LetterDraft{}, err
	}
	d := state.LetterDraft{ID: c.ID}
	for _, f := range l.Files {
		if f.Media != letters.MediaPDF && f.Role != letters.RoleMail || f.Media == letters.MediaMail {
			continue // the same again, to be worked on
		}
		p, err := r.app.Cases().Look(ctx, f.Name, f.Bytes)
		if err != nil {
			return d, err
		}
		d.Files, d.Papers = append(d.Files, f.Role), append(d.Papers, p)
	}
	return d, nil
}

// Request implements ui.Registry.
func (r Registry) Request(ctx context.Context, q state.Request) (string, error) {
	c, a, err := r.asked(q)
	if err != nil {
		return "", err
	}
	l, err := r.app.Ask(ctx, c, a, r.app.Press())
	if err != nil {
		return "", err
	}
	return wiring.WriteLetter(q.Folder, l)
}
