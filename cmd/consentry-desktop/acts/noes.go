package acts

import (
	"bytes"
	"context"
	"path/filepath"

	"consentry/authz"
	"consentry/internal/registry"
	"consentry/ui/state"
)

// LookAtNoes implements ui.Registry.
func (r Registry) LookAtNoes(ctx context.Context, path, lang string) (t state.NoTable, err error) {
	lines, problems, sum, err := r.noes(ctx, path, lang)
	if err != nil {
		return t, err
	}
	t.Problems, t.SHA256 = problems, sum
	cases, err := r.app.Cases().Cases(ctx)
	if err != nil {
		return t, err
	}
	title := map[string]string{}
	for _, c := range cases {
		title[c.ID] = c.Title
	}
	var who []authz.SubjectID
	for _, l := range lines {
		x, err := r.line(ctx, l)
		if err != nil {
			return t, err
		}
		t.Lines = append(t.Lines, x)
		if l.Err == nil {
			who = append(who, l.ID)
		}
	}
	rs, err := r.app.Cases().Leaning(ctx, who...)
	if err != nil {
		return t, err
	}
	for _, rel := range rs {
		t.Releases = append(t.Releases, title[rel.Case]+" "+rel.ID)
	}
	return t, nil
}

func (r Registry) line(ctx context.Context, l registry.NoLine) (state.NoLine, error) {
	x := state.NoLine{Line: l.Line, Only: l.Consent, Received: l.Received, Err: Named(l.Err)}
	if l.ID == "" {
		return x, nil
	}
	s, err := r.app.Vault.Subject(ctx, l.ID)
	x.Who = s.Title()
	return x, err
}

// RecordNoes implements ui.Registry.
func (r Registry) RecordNoes(ctx context.Context, path string, t state.NoTable, refused bool) (c state.ClosedMany, err error) {
	lines, _, sum, err := r.noes(ctx, path, "")
	if err != nil {
		return c, err
	}
	if sum != t.SHA256 {
		return c, ErrChanged
	}
	err = r.app.RecordNoes(ctx, lines, refused, func(l registry.NoLine, n int, err error) {
		if err != nil {
			c.Left = append(c.Left, state.NoLine{Line: l.Line, Err: Named(err)})
			return
		}
		c.Lines, c.Consents = c.Lines+1, c.Consents+n
	})
	return c, err
}

func (r Registry) noes(ctx context.Context, path, lang string) (lines []registry.NoLine, problems []string, sum string, err error) {
	b, err := registry.ReadFile(path, registry.MaxFile)
	if err != nil {
		return nil, nil, "", err
	}
	lines, ps, err := r.app.NoLines(ctx, r.app.Sheet(), filepath.Base(path), bytes.NewReader(b), int64(len(b)))
	for _, p := range ps {
		problems = append(problems, p.Text(lang))
	}
	return lines, problems, registry.Digest(b), err
}
