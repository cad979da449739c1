package wiring

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"consentry/redact"
	"consentry/redact/faces"
	"consentry/redact/names"
)

// EvalNames runs the name detector over labelled texts.
func (a *App) EvalNames(ctx context.Context, gold io.Reader) (names.Evaluation, error) {
	labelled, err := names.ReadLabelled(gold)
	if err != nil {
		return names.Evaluation{}, err
	}
	m, err := a.load(ctx)
	if err != nil {
		return names.Evaluation{}, err
	}
	found := make([][]redact.Finding, len(labelled))
	for i, l := range labelled {
		page := redact.Page{Spans: []redact.Span{{Text: l.Text}}}
		for _, d := range m.detectors {
			fs, err := d.Detect(ctx, page)
			if err != nil {
				return names.Evaluation{}, fmt.Errorf("line %d: %w", i+1, err)
			}
			found[i] = append(found[i], fs...)
		}
	}
	return names.Evaluate(labelled, found)
}

// EvalFaces runs the face detector over labelled photos, whose paths are
// relative to dir.
func (a *App) EvalFaces(ctx context.Context, gold io.Reader, dir string) (faces.Report, error) {
	labelled, err := faces.ReadGold(gold)
	if err != nil {
		return faces.Report{}, err
	}
	m, err := a.load(ctx)
	if err != nil {
		return faces.Report{}, err
	}
	found := make([][]redact.Finding, len(labelled))
	for i, l := range labelled {
		if found[i], err = m.facesIn(ctx, filepath.Join(dir, filepath.FromSlash(l.Image))); err != nil {
			return faces.Report{}, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return faces.Evaluate(labelled, found)
}

func (m *models) facesIn(ctx context.Context, path string) ([]redact.Finding, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	img, err := pixels(ctx, f, st.Size())
	if err != nil {
		return nil, err
	}
	return m.face.Find(ctx, img)
}
