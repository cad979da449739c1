package wiring

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/internal/letters"
	"consentry/internal/registry"
	"consentry/internal/store"
	"consentry/redact/fold"
)

// A Takedown says what stands in letters to whoever published a release.
type Takedown struct {
	Lang         string
	Within       int      // days
	Replacements []string // names of enclosed files
}

// WriteTakedowns writes, for each place where what is recalled still stands, a letter
// that asks to take it down, as PDF, DOCX and text, into dir, and gives the files.
// Each is logged before it is written, with a salted digest of who gets it. A file
// that is there is not written over.
func (a *App) WriteTakedowns(ctx context.Context, dir string, recalled []casework.Recall, t Takedown) (files []string, err error) {
	if err := a.Allow(ctx, authz.ActRequest); err != nil {
		return nil, err
	}
	h, err := a.Vault.Handler(ctx)
	if errors.Is(err, store.ErrNotFound) {
		return nil, registry.ErrNoHandler
	}
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("write the letters: %w", err)
	}
	now := time.Now()
	for _, r := range recalled {
		title, err := a.neutral(ctx, r)
		if err != nil {
			return files, err
		}
		for i, p := range r.Release.Places {
			if !p.Gone.IsZero() {
				continue
			}
			l := letters.Takedown{
				Lang: t.Lang, ID: fmt.Sprintf("T-%s-%d", strings.TrimPrefix(r.Release.ID, "R-"), i+1), Handler: h, Sender: a.User(),
				Partner: cmp.Or(p.Partner, publisher[t.Lang]), Contract: p.Contract, Date: now, Due: now.AddDate(0, 0, t.Within), Zone: time.Local, Replacements: t.Replacements,
			}
			for _, f := range r.Release.Files {
				l.Pieces = append(l.Pieces, letters.Piece{Title: title, Where: p.Where, SHA256: f.String()})
			}
			written, err := a.writeTakedown(ctx, dir, l, cmp.Or(p.Partner, p.Where))
			if err != nil {
				return files, fmt.Errorf("letter %s: %w", l.ID, err)
			}
			files = append(files, written...)
		}
	}
	return files, nil
}

// neutral is the title of what is recalled, or the case's number where the title names
// somebody whose record ended.
func (a *App) neutral(ctx context.Context, r casework.Recall) (string, error) {
	for _, l := range r.Lapses {
		if l.Subject == "" {
			return r.Release.Case, nil // nobody knows any more whose name it was
		}
		s, err := a.Vault.Subject(ctx, l.Subject)
		if errors.Is(err, authz.ErrUnknown) {
			return r.Release.Case, nil
		}
		if err != nil {
			return "", err
		}
		for _, n := range s.Names {
			if n.Text != "" && strings.Contains(fold.Key(r.Title), fold.Key(n.Text)) {
				return r.Release.Case, nil
			}
		}
	}
	return cmp.Or(r.Title, r.Release.Case), nil
}

// publisher is whom a letter is to where nobody said who publishes at a place.
var publisher = map[string]string{letters.Zh: "发布方", letters.En: "whoever publishes there"}

func (a *App) writeTakedown(ctx context.Context, dir string, l letters.Takedown, recipient string) (files []string, err error) {
	text, err := l.Text()
	if err != nil {
		return nil, err
	}
	doc := letters.Document{Text: text, Lang: l.Lang}
	pdf, err := a.Press().PDF(doc)
	if err != nil {
		return nil, err
	}
	docx, err := letters.DOCX(doc)
	if err != nil {
		return nil, err
	}
	all := []letters.File{{Name: ".pdf", Bytes: pdf}, {Name: ".docx", Bytes: docx}, {Name: ".md", Bytes: []byte(text)}}
	for _, f := range all {
		if _, err := os.Lstat(filepath.Join(dir, "takedown-"+l.ID+f.Name)); err == nil {
			return nil, fmt.Errorf("%s: %w", "takedown-"+l.ID+f.Name, os.ErrExist)
		}
	}
	if err := a.Record(ctx, registry.Entry{Action: "partner.takedown", Record: l.ID, Recipient: a.Vault.Salted(recipient)}, nil); err != nil {
		return nil, err
	}
	for _, f := range all {
		name := filepath.Join(dir, "takedown-"+l.ID+f.Name)
		if err := WriteNew(name, func(w *os.File) error { _, err := w.Write(f.Bytes); return err }); err != nil {
			return files, err
		}
		files = append(files, name)
	}
	return files, nil
}

// HandOver logs that a signed release is given to somebody, whose name is kept as a
// salted digest only. It is refused where an impact assessment is owed and missing.
func (a *App) HandOver(ctx context.Context, i casework.Impact, r *casework.Release, to string) error {
	if err := i.MayProvide(); err != nil {
		return err
	}
	e := registry.Entry{Action: "package.hand-over", Record: r.ID, Consents: r.Consents, Count: len(r.Files), Recipient: a.Vault.Salted(to)}
	return a.Record(ctx, e, nil)
}
