package acts

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"

	"consentry/authz/exchange"
	"consentry/internal/registry"
	"consentry/ui/state"
)

// Preview implements ui.Registry.
func (r Registry) Preview(ctx context.Context, path, lang string, m *exchange.Mapping) (state.Preview, error) {
	data, err := registry.ReadFile(path, registry.MaxFile)
	if err != nil {
		return state.Preview{}, err
	}
	out := state.Preview{SHA256: registry.Digest(data), Said: m != nil}
	// Cards and records name no columns.
	if _, out.Header, err = exchange.Header(filepath.Base(path), bytes.NewReader(data), int64(len(data))); err != nil {
		return state.Preview{}, err
	}
	if out.Mapping = exchange.Guess(out.Header); m != nil {
		out.Mapping = *m
	}
	b, err := r.batch(path, data, m)
	if len(out.Header) > 0 && (errors.Is(err, exchange.ErrHeader) || errors.Is(err, exchange.ErrMapping)) {
		out.Wrong = Named(err) // somebody can say what the columns are
		return out, nil
	}
	if err != nil {
		return state.Preview{}, err
	}
	p, err := exchange.Compare(ctx, b, r.app.Vault)
	if err != nil {
		return state.Preview{}, err
	}
	out.New, out.Changed, out.Same = p.Subjects.New, p.Subjects.Changed, p.Subjects.Unchanged
	out.Consents, out.Like, out.Skipped = p.Consents.New+p.Consents.Changed, p.Like, p.Skipped
	for _, x := range b.Problems {
		out.Problems = append(out.Problems, x.Text(lang))
	}
	return out, nil
}

// Import implements ui.Registry.
func (r Registry) Import(ctx context.Context, path string, p state.Preview) error {
	data, err := registry.ReadFile(path, registry.MaxFile)
	if err != nil {
		return err
	}
	if registry.Digest(data) != p.SHA256 {
		return ErrChanged
	}
	var m *exchange.Mapping
	if p.Said {
		m = &p.Mapping
	}
	b, err := r.batch(path, data, m)
	if err != nil {
		return err
	}
	return r.app.Import(ctx, b)
}

func (r Registry) batch(path string, data []byte, m *exchange.Mapping) (exchange.Batch, error) {
	return r.app.Sheet().ImportFile(filepath.Base(path), bytes.NewReader(data), int64(len(data)), m)
}

// Mapping implements ui.Registry.
func (r Registry) Mapping(ctx context.Context, name string) (exchange.Mapping, error) {
	m, err := r.app.Mapping(ctx, name)
	if err != nil {
		return exchange.Mapping{}, err
	}
	return *m, nil
}

// KeepMapping implements ui.Registry.
func (r Registry) KeepMapping(ctx context.Context, name string, m exchange.Mapping) error {
	if err := m.Check(); err != nil {
		return err
	}
	return r.app.SaveMapping(ctx, name, m)
}
