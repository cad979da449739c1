package acts

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"consentry/authz"
	"consentry/internal/registry"
	"consentry/internal/wiring"
	"consentry/redact"
	"consentry/ui/state"
)

// Change implements ui.Subjects.
func (r Registry) Change(ctx context.Context, c state.SubjectChange, lang string) (hints []string, err error) {
	s, err := r.app.Vault.Subject(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	was := ""
	if s.Firm != nil {
		was = s.Firm.GeneralForm
	}
	c.Put(&s)
	if c.GuardianFile != "" && s.Guardian != nil {
		f, done, err := registry.OpenFile(c.GuardianFile)
		if err != nil {
			return nil, err
		}
		defer done()
		e, err := r.app.KeepEvidence(ctx, *f, authz.Evidence{Of: authz.OfGuardian, Subject: s.ID, Retention: s.Retention})
		if err != nil {
			return nil, err
		}
		g := *s.Guardian
		g.Evidence = e.SHA256
		s.Guardian = &g
	}
	if err := r.app.ChangeSubject(ctx, s); err != nil {
		return nil, err
	}
	if s.Firm == nil || s.Firm.GeneralForm == "" || s.Firm.GeneralForm == was {
		return nil, nil
	}
	hs, err := r.app.FormHints(ctx, s)
	for _, h := range hs {
		hints = append(hints, h.In(redact.Lang(lang)))
	}
	return hints, err
}

// KeepEvidence implements ui.Subjects.
func (r Registry) KeepEvidence(ctx context.Context, e state.NewEvidence) error {
	f, done, err := registry.OpenFile(e.File)
	if err != nil {
		return err
	}
	defer done()
	x := authz.Evidence{Of: e.Of, Subject: e.Subject, Consent: e.Consent}
	if !e.Keep.IsZero() {
		x.Retention = e.Keep.AddDate(0, 0, 1)
	}
	_, err = r.app.KeepEvidence(ctx, *f, x)
	return err
}

// SaveEvidence implements ui.Subjects.
func (r Registry) SaveEvidence(ctx context.Context, e authz.Evidence, folder string) (string, error) {
	name := filepath.Base(strings.ReplaceAll(e.Name, `\`, "/"))
	if name == "." || name == "/" || name == "" {
		name = e.SHA256
	}
	return r.write(filepath.Join(folder, name), func(f *os.File) error { return r.app.GetEvidence(ctx, e.SHA256, f) })
}

// Receipt implements ui.Subjects.
func (r Registry) Receipt(ctx context.Context, id authz.ConsentID, ending, lang, folder string) (string, error) {
	file, err := r.write(filepath.Join(folder, "receipt-"+string(id)+ending), func(f *os.File) error {
		return r.app.Receipt(ctx, id, ending, lang, r.app.Sheet(), r.app.Press(), f)
	})
	return file, err
}

// Export implements ui.Subjects.
func (r Registry) Export(ctx context.Context, ending, folder string) (string, error) {
	return r.write(filepath.Join(folder, "registry-"+time.Now().Format("2006-01-02-150405")+ending), func(f *os.File) error {
		return r.app.Export(ctx, ending, r.app.Sheet(), f)
	})
}

// write writes a file that is not there yet, and names it.
func (r Registry) write(name string, do func(*os.File) error) (string, error) {
	return name, wiring.WriteNew(name, do)
}
