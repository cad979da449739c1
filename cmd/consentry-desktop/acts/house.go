package acts

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"consentry/authz"
	"consentry/internal/ledger"
	"consentry/internal/registry"
	"consentry/internal/store"
	"consentry/internal/wiring"
	"consentry/ui/state"
)

// Users implements ui.House.
func (r Registry) Users(ctx context.Context) ([]authz.User, error) { return r.app.Vault.Users(ctx) }

// SetUser implements ui.House.
func (r Registry) SetUser(ctx context.Context, name string, jobs []authz.Job) error {
	return r.app.SetUser(ctx, name, jobs)
}

// RemoveUser implements ui.House.
func (r Registry) RemoveUser(ctx context.Context, name string) error {
	return r.app.RemoveUser(ctx, name)
}

// Due implements ui.House.
func (r Registry) Due(ctx context.Context, on time.Time) (state.Purged, error) {
	if on.IsZero() {
		on = time.Now()
	}
	p, err := r.app.Purge(ctx, on, true)
	return state.Purged{Subjects: p.Subjects, Consents: p.Consents, Evidence: p.Evidence}, err
}

// Purge implements ui.House.
func (r Registry) Purge(ctx context.Context) (state.Purged, error) {
	if _, err := r.app.Expire(ctx); err != nil {
		return state.Purged{}, err
	}
	p, err := r.app.Registrar.Purge(ctx, time.Now(), false)
	return state.Purged{Subjects: p.Subjects, Consents: p.Consents, Evidence: p.Evidence}, err
}

// CheckLedger implements ui.House.
func (r Registry) CheckLedger(ctx context.Context, head string) (state.LedgerSaid, error) {
	heads, err := readIf(head)
	if err != nil {
		return state.LedgerSaid{}, err
	}
	res, err := r.app.Ledger().Check(ctx, heads...)
	return said(res), err
}

// CheckExport implements ui.House.
func (r Registry) CheckExport(ctx context.Context, f state.LedgerFiles) (state.LedgerSaid, error) {
	b, err := registry.ReadFile(f.Ledger, 1<<30)
	if err != nil {
		return state.LedgerSaid{}, err
	}
	keys, err := readIf(f.Key)
	if err != nil {
		return state.LedgerSaid{}, err
	}
	heads, err := readIf(f.Head)
	if err != nil {
		return state.LedgerSaid{}, err
	}
	res, err := ledger.CheckExport(ctx, bytes.NewReader(b), strings.TrimSpace(strings.Join(keys, "")), heads...)
	return said(res), err
}

// readIf is the text of a small file, where one is named.
func readIf(path string) ([]string, error) {
	if path == "" {
		return nil, nil
	}
	b, err := registry.ReadFile(path, 1<<20)
	if err != nil {
		return nil, err
	}
	return []string{string(b)}, nil
}

func said(r ledger.Result) state.LedgerSaid {
	return state.LedgerSaid{Entries: r.Size, Root: fmt.Sprint(r.Root)}
}

// SaveLedger implements ui.House.
func (r Registry) SaveLedger(ctx context.Context, folder string) (files []string, err error) {
	stamp := time.Now().Format("2006-01-02-150405")
	head, err := r.app.Ledger().Head(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range []struct {
		name string
		do   func(*os.File) error
	}{
		{"ledger-" + stamp + ".jsonl", func(f *os.File) error { return r.app.Ledger().Export(ctx, f) }},
		{"ledger-head-" + stamp + ".txt", func(f *os.File) error { _, err := f.WriteString(head); return err }},
		{"ledger-key-" + stamp + ".txt", func(f *os.File) error { _, err := f.WriteString(r.app.Ledger().Key() + "\n"); return err }},
	} {
		name, err := r.write(filepath.Join(folder, f.name), f.do)
		if err != nil {
			return files, err
		}
		files = append(files, name)
	}
	return files, nil
}

// Allowed implements ui.House.
func (r Registry) Allowed(ctx context.Context) ([]authz.Allowance, error) {
	return r.app.Vault.Allowed(ctx)
}

// Permit implements ui.House.
func (r Registry) Permit(ctx context.Context, text, reason string) error {
	return r.app.Permit(ctx, text, reason)
}

// Unpermit implements ui.House.
func (r Registry) Unpermit(ctx context.Context, text string) error {
	return r.app.Unpermit(ctx, text)
}

// Own implements ui.House.
func (r Registry) Own(ctx context.Context, what state.Own) ([]byte, error) {
	return r.app.Own(ctx, wiring.Own(what))
}

// UseOwn implements ui.House.
func (r Registry) UseOwn(ctx context.Context, what state.Own, path string) error {
	b, err := registry.ReadFile(path, 1<<20)
	if err != nil {
		return err
	}
	return r.app.UseOwn(ctx, wiring.Own(what), b)
}

// DropOwn implements ui.House.
func (r Registry) DropOwn(ctx context.Context, what state.Own) error {
	return r.app.DropOwn(ctx, wiring.Own(what))
}

// TryOwn implements ui.House.
func (r Registry) TryOwn(ctx context.Context, what state.Own, path, text string) ([]state.Tried, error) {
	var file []byte
	if path != "" {
		b, err := registry.ReadFile(path, 1<<20)
		if err != nil {
			return nil, err
		}
		file = b
	}
	found, err := r.app.TryOwn(ctx, wiring.Own(what), file, text)
	var out []state.Tried
	for _, f := range found {
		out = append(out, state.Tried{Start: f.Start, End: f.End, Text: string([]rune(text)[f.Start:f.End]), What: f.What, With: f.With, Hides: what == state.OwnKinds})
	}
	return out, err
}

// CheckBackup implements ui.Keeper.
func (k Keeper) CheckBackup(_ context.Context, path, passphrase string) (time.Time, error) {
	return restore(path, func(f *os.File, size int64) (store.Manifest, error) {
		return store.CheckBackup(f, size, []byte(passphrase))
	})
}

// Restore makes a vault from a backup, in a folder that holds none.
func Restore(dir, path, passphrase string) (time.Time, error) {
	return restore(path, func(f *os.File, size int64) (store.Manifest, error) {
		return store.Restore(dir, f, size, []byte(passphrase))
	})
}

func restore(path string, do func(*os.File, int64) (store.Manifest, error)) (time.Time, error) {
	f, size, err := registry.OpenRegular(path)
	if err != nil {
		return time.Time{}, err
	}
	defer f.Close()
	m, err := do(f, size)
	return m.Made, err
}
