package ui

import (
	"context"
	"time"

	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/theme"
)

// RestoreVault makes the vault from a backup, in a folder that holds none.
func (w *window) RestoreVault() {
	folder, exists := w.opts.Backend.Vault()
	if exists || len(w.sheets) > 0 {
		return
	}
	w.house.restore = screens.NewRestore(w.words, folder, w.askFile, func(path, pass string) {
		before(w, w.house.restore, func(ctx context.Context) (time.Time, error) { return w.opts.Backend.Restore(ctx, path, pass) }, func(made time.Time) {
			w.show(roomStart)
			w.say(w.words.T("restore.done"), icons.Seal, theme.Current().OK, w.words.T("restore.made", "at", made.Local().Format(time.DateTime)), w.words.T("restore.then"))
		})
	}, w.closeSheet)
	w.sheet(w.house.restore.Content, w.house.restore.First(), w.house.restore.Submit)
}

// RecoverVault sets another passphrase with the recovery key.
func (w *window) RecoverVault() {
	if _, exists := w.opts.Backend.Vault(); !exists || len(w.sheets) > 0 {
		return
	}
	w.house.recover = screens.NewRecover(w.words, func(key, pass string) {
		before(w, w.house.recover, func(ctx context.Context) (struct{}, error) { return struct{}{}, w.opts.Backend.Recover(ctx, key, pass) }, func(struct{}) {
			w.say(w.words.T("set.pass.done"), icons.Seal, theme.Current().OK, w.words.T("recover.then"))
		})
	}, w.closeSheet)
	w.sheet(w.house.recover.Content, w.house.recover.First(), w.house.recover.Submit)
}

// before is submit while no vault is open.
func before[T any](w *window, form interface{ Failed(error) }, do func(context.Context) (T, error), done func(T)) {
	work(w, do, func(v T, err error) {
		if err != nil {
			form.Failed(err)
			return
		}
		w.closeSheet()
		done(v)
	})
}
