package ui

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// about is what the settings say of the program and the vault, without the models.
func (w *window) about() state.About {
	a := state.About{Version: w.opts.Version, RulePack: w.rules()}
	if w.session == nil {
		return a
	}
	a.Open, a.Prepares = true, w.material.Me.May(authz.ActPrepare)
	if k := w.session.Keeper(); k != nil {
		a.Kept, a.Team, a.Keyring = true, k.Team(), w.opts.Backend.Keyring()
		a.Folder, _ = w.opts.Backend.Vault()
		a.MayKeep = w.material.Me.May(authz.ActKeep)
	}
	return a
}

// openSettings adds what has to be read first.
func (w *window) openSettings() {
	s := w.session
	if s == nil {
		return
	}
	type read struct {
		me     authz.User
		models []casework.Model
	}
	act(w, func(ctx context.Context, r Registry) (x read, err error) {
		if x.me, err = r.Me(ctx); err != nil || !x.me.May(authz.ActPrepare) {
			return x, err
		}
		d, err := s.Desk(ctx, casework.Writing{})
		if err == nil {
			x.models = d.Models
		}
		return x, err
	}, func(x read, err error) {
		w.material.Me = x.me
		if v := w.room.settings; v != nil && err == nil {
			a := w.about()
			a.Models = x.models
			v.SetAbout(a)
		}
	})
}

// SetDefaults keeps how things are hidden in new cases.
func (w *window) SetDefaults(d state.Defaults) {
	w.settings.Defaults = d
	w.save()
}

// ChangePassphrase asks for the old and the new one.
func (w *window) ChangePassphrase() {
	s := w.session
	if s == nil || s.Keeper() == nil || len(w.sheets) > 0 {
		return
	}
	var f *screens.NewPassphrase
	f = screens.NewNewPassphrase(w.words, func(old, now string) {
		submit(w, f, func(ctx context.Context, _ Registry) (struct{}, error) {
			return struct{}{}, s.Keeper().ChangePassphrase(ctx, old, now)
		}, func(_ struct{}) {
			w.say(w.words.T("set.pass.done"), icons.Seal, theme.Current().OK, w.words.T("set.pass.after"))
		})
	}, w.closeSheet)
	w.sheet(f.Content, f.First(), f.Submit)
	w.passing = f
}

// ForgetPassphrase takes the passphrase out of the system's keyring.
func (w *window) ForgetPassphrase() {
	if len(w.sheets) > 0 {
		return
	}
	act(w, func(ctx context.Context, _ Registry) (struct{}, error) { return struct{}{}, w.opts.Backend.Forget(ctx) }, func(_ struct{}, err error) {
		if err != nil {
			w.failed(err)
			return
		}
		w.say(w.words.T("set.keyring.done"), icons.Lock, theme.Current().OK, w.words.T("set.keyring.after"))
	})
}

// MakeRecovery asks for the passphrase and shows the recovery key, once.
func (w *window) MakeRecovery() {
	s := w.session
	if s == nil || s.Keeper() == nil || len(w.sheets) > 0 {
		return
	}
	var f *screens.AskPassphrase
	f = screens.NewAskPassphrase(w.words, func(pass string) {
		submit(w, f, func(ctx context.Context, _ Registry) (string, error) { return s.Keeper().NewRecovery(ctx, pass) }, func(key string) {
			w.showRecovery(key, func() {})
		})
	}, w.closeSheet)
	w.sheet(f.Content, f.First(), f.Submit)
}

// showRecovery is the recovery sheet: to be written down or printed, and locked away.
func (w *window) showRecovery(key string, then func()) {
	x := screens.NewRecovery(w.words, key, func() { w.app.Clipboard().SetContent(key) }, func() {
		w.closeSheet()
		then()
	})
	w.sheet(x.Content, x.First(), x.Close)
	w.sheets[len(w.sheets)-1].Stays = true // the key is not shown again
	w.recovery = x
}

// BackUp writes a copy of the vault into a folder.
func (w *window) BackUp() {
	s := w.session
	if s == nil || s.Keeper() == nil || len(w.sheets) > 0 {
		return
	}
	w.askFolder(func(folder string) {
		file := filepath.Join(folder, "consentry-"+time.Now().Format("2006-01-02-150405")+".backup")
		act(w, func(ctx context.Context, _ Registry) (struct{}, error) {
			return struct{}{}, s.Keeper().BackUp(ctx, file)
		}, func(_ struct{}, err error) {
			if err != nil {
				w.failed(err)
				return
			}
			w.say(w.words.T("set.backup.done"), icons.Seal, theme.Current().OK, file, w.words.T("set.backup.after"))
		})
	})
}

// Restart starts the program anew with the same arguments, in the language that was
// chosen, and closes this window.
func (w *window) Restart() {
	exe, err := os.Executable()
	if err == nil {
		args := os.Args[1:]
		if len(w.opts.Paths) > 0 { // they were taken in
			args = args[:len(args)-len(w.opts.Paths)]
		}
		err = exec.Command(exe, args...).Start() //nolint:gosec // the very program that runs, with its own arguments
	}
	if err != nil {
		w.failed(err)
		return
	}
	w.close()
}
