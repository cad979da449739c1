package main

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"consentry/authz"
	"consentry/cmd/consentry-desktop/acts"
	"consentry/internal/casework"
	"consentry/internal/wiring"
	"consentry/redact"
	"consentry/ui"
	"consentry/ui/state"
)

// backend opens vaults for the window.
type backend struct {
	dir  string
	lang redact.Lang // of reports; English if empty

	sample string // folder of the sample case's files, removed at the end
}

// Vault implements ui.Backend.
func (b *backend) Vault() (folder string, exists bool) {
	entries, err := os.ReadDir(b.dir)
	return b.dir, err == nil && len(entries) > 0
}

// Named implements ui.Backend.
func (b *backend) Named(err error) error { return acts.Named(err) }

// Installed implements ui.Backend.
func (b *backend) Installed(context.Context) (state.Installed, error) { return acts.Installed(b.dir) }

// Create implements ui.Backend.
func (b *backend) Create(ctx context.Context, passphrase string) (ui.Session, error) {
	if err := wiring.Init(ctx, b.dir, []byte(passphrase)); err != nil {
		return nil, err
	}
	return b.Unlock(ctx, passphrase)
}

// Unlock implements ui.Backend.
func (b *backend) Unlock(_ context.Context, passphrase string) (ui.Session, error) {
	a, err := wiring.Open(b.dir, []byte(passphrase))
	if err != nil {
		return nil, err
	}
	return b.session(a, b.dir), nil
}

// Keyring implements ui.Backend.
func (b *backend) Keyring() bool { return wiring.HasKeyring() }

// UnlockRemembered implements ui.Backend.
func (b *backend) UnlockRemembered(ctx context.Context) (ui.Session, error) {
	pass, err := wiring.Remembered(b.dir)
	if err != nil {
		return nil, err
	}
	return b.Unlock(ctx, string(pass))
}

// Remember implements ui.Backend.
func (b *backend) Remember(_ context.Context, passphrase string) error {
	return wiring.Remember(b.dir, []byte(passphrase))
}

// Forget implements ui.Backend.
func (b *backend) Forget(context.Context) error { return wiring.Forget(b.dir) }

// Restore implements ui.Backend.
func (b *backend) Restore(_ context.Context, file, passphrase string) (time.Time, error) {
	return acts.Restore(b.dir, file, passphrase)
}

// Recover implements ui.Backend.
func (b *backend) Recover(_ context.Context, key, passphrase string) error {
	return wiring.Recover(b.dir, key, []byte(passphrase))
}

// Sample implements ui.Backend.
func (b *backend) Sample(ctx context.Context) (ui.Session, ui.Sample, error) {
	if b.sample == "" {
		dir, err := os.MkdirTemp("", "consentry-sample-")
		if err != nil {
			return nil, ui.Sample{}, err
		}
		b.sample = dir
	}
	a, c, paths, err := wiring.Sample(ctx, b.sample)
	if err != nil {
		return nil, ui.Sample{}, err
	}
	return b.session(a, ""), ui.Sample{Case: *c, Paths: paths, Out: filepath.Join(b.sample, "package")}, nil
}

func (b *backend) session(a *wiring.App, dir string) *session {
	if b.lang != "" {
		a.Lang = b.lang
	}
	return &session{a, dir}
}

// clean removes the sample case's files: invented people, copied photos.
func (b *backend) clean() {
	if b.sample != "" {
		_ = os.RemoveAll(b.sample)
	}
}

// session is one open vault.
type session struct {
	app *wiring.App
	dir string // of the vault; empty: it is only in memory
}

// Keeper implements ui.Session.
func (s *session) Keeper() ui.Keeper {
	if s.dir == "" {
		return nil
	}
	return acts.Keeper{App: s.app, Dir: s.dir}
}

// Records implements ui.Session.
func (s *session) Records() *casework.Desk { return s.app.Cases() }

// Desk implements ui.Session.
func (s *session) Desk(ctx context.Context, how casework.Writing) (*casework.Desk, error) {
	if err := s.app.Allow(ctx, authz.ActPrepare); err != nil { // whose jobs they are may sign them too
		return nil, err
	}
	return s.app.Desk(ctx, how, nil)
}

// Registry implements ui.Session.
func (s *session) Registry() ui.Registry { return acts.On(s.app) }

// AddPassword implements ui.Session.
func (s *session) AddPassword(p string) { s.app.AddPassword(p) }

// Vocabulary implements ui.Session.
func (s *session) Vocabulary() authz.Vocabulary { return s.app.Pack.Vocabulary }

// Close implements ui.Session.
func (s *session) Close() error { return s.app.Close() }
