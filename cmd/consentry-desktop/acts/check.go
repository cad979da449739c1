package acts

import (
	"context"
	"path/filepath"
	"time"

	"consentry/internal/casework"
	"consentry/internal/wiring"
	"consentry/ui/state"
)

// Check implements ui.House. Nothing that is found is kept.
func (r Registry) Check(ctx context.Context, path string, tell casework.Progress) (state.Checked, error) {
	d, err := r.app.Desk(ctx, casework.Writing{}, tell)
	if err != nil {
		return state.Checked{}, err
	}
	if casework.IsPackage(path) {
		path = filepath.Join(path, "files")
	}
	p, err := wiring.Look(ctx, d, &casework.Case{ID: casework.NewID(), Created: time.Now()}, wiring.SniffAny, path)
	if err != nil {
		return state.Checked{}, err
	}
	if _, err := d.Expose(ctx, p); err != nil {
		return state.Checked{}, err
	}
	return state.NewChecked(p), nil
}

// Installed says what of the program is there; dir is the vault's folder.
func Installed(dir string) (state.Installed, error) {
	i, err := wiring.Doctor(dir, true)
	if err != nil {
		return state.Installed{}, err
	}
	out := state.Installed{Tool: i.Tool, System: i.System, Vault: i.Vault, Assets: i.Assets}
	for _, f := range i.Files {
		x := state.InstalledFile{Name: f.Name, SHA256: f.SHA256, Package: f.Package + " " + f.Version, Licence: f.Licence, State: f.State}
		if f.State == "wrong digest" {
			x.State = "changed"
		}
		out.Files = append(out.Files, x)
	}
	return out, nil
}
