package acts

import (
	"context"
	"errors"
	"path/filepath"

	"consentry/authz"
	"consentry/internal/registry"
	"consentry/internal/store"
	"consentry/internal/wiring"
	"consentry/ui/state"
)

// Face implements ui.Likenesses.
func (r Registry) Face(ctx context.Context, id authz.SubjectID) (state.Face, error) {
	all, err := r.app.Enrolled(ctx)
	if err != nil {
		return state.Face{}, err
	}
	for _, e := range all {
		if e.Subject == id {
			return state.Face{Enrolled: true, Photos: e.Photos, At: e.At, By: e.By, Unused: e.Unused != ""}, nil
		}
	}
	return state.Face{}, nil
}

// Enrol implements ui.Likenesses.
func (r Registry) Enrol(ctx context.Context, id authz.SubjectID, photos []state.Portrait) (alike int, err error) {
	var ps []wiring.Portrait
	for _, p := range photos {
		f, size, err := registry.OpenRegular(p.File)
		if err != nil {
			return 0, err
		}
		defer f.Close()
		ps = append(ps, wiring.Portrait{Name: filepath.Base(p.File), Body: f, Size: size, Face: p.Face})
	}
	e, err := r.app.Enrol(ctx, id, r.app.User(), ps)
	return len(e.Alike), err
}

// ForgetFace implements ui.Likenesses.
func (r Registry) ForgetFace(ctx context.Context, id authz.SubjectID) error {
	err := r.app.Unenrol(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

// Logos implements ui.Likenesses.
func (r Registry) Logos(ctx context.Context, id authz.SubjectID) (out []state.Logo, err error) {
	all, err := r.app.Logos(ctx, id)
	for _, l := range all {
		out = append(out, state.Logo{ID: l.ID, Name: l.Name, PNG: l.PNG, Size: l.Size})
	}
	return out, err
}

// AddLogo implements ui.Likenesses.
func (r Registry) AddLogo(ctx context.Context, id authz.SubjectID, path string) error {
	f, size, err := registry.OpenRegular(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = r.app.AddLogo(ctx, id, filepath.Base(path), f, size)
	return err
}

// RemoveLogo implements ui.Likenesses.
func (r Registry) RemoveLogo(ctx context.Context, id string) error {
	return r.app.RemoveLogo(ctx, id)
}

// Grouping implements ui.Likenesses.
func (r Registry) Grouping(ctx context.Context) (note, by string, err error) {
	a, err := r.app.Grouping(ctx)
	if err != nil || a == nil {
		return "", "", err
	}
	return a.Note, a.By, nil
}

// Group implements ui.Likenesses.
func (r Registry) Group(ctx context.Context, note, by string) error {
	if note == "" {
		return r.app.StopGrouping(ctx)
	}
	return r.app.AssessGrouping(ctx, note, by)
}
