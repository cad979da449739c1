package ui

import (
	"cmp"
	"context"
	"errors"

	"consentry/internal/casework"
	"consentry/ui/screens"
	"consentry/ui/state"
)

// books are what the registry and the archive held when a vault was opened.
type books struct {
	people *state.People
	cases  []*casework.Case
}

func readBooks(ctx context.Context, s Session) (books, error) {
	d := s.Records()
	subjects, err := d.Registry.Subjects(ctx)
	if err != nil {
		return books{}, err
	}
	cases, err := d.Cases(ctx)
	return books{state.NewPeople(subjects), cases}, err
}

// OpenVault makes or unlocks the vault.
func (w *window) OpenVault(passphrase string, remember bool) {
	_, exists := w.opts.Backend.Vault()
	open := w.opts.Backend.Create
	if exists {
		open = w.opts.Backend.Unlock
	}
	w.openVault(func(ctx context.Context) (Session, error) { return open(ctx, passphrase) }, func(ctx context.Context, s Session, o *opened) (err error) {
		if !exists && s.Keeper() != nil {
			o.recovery, err = s.Keeper().NewRecovery(ctx, passphrase)
		}
		if remember {
			o.forgot = w.opts.Backend.Named(w.opts.Backend.Remember(ctx, passphrase))
		}
		return err
	})
}

// OpenRemembered implements screens.Gate.
func (w *window) OpenRemembered() {
	w.openVault(w.opts.Backend.UnlockRemembered, func(context.Context, Session, *opened) error { return nil })
}

// opened is a vault that was made or unlocked.
type opened struct {
	session  Session
	books    books
	recovery string // of a new vault
	forgot   error  // why the keyring did not take the passphrase
}

// openVault opens the vault and goes home; then is done on the worker once it is open.
func (w *window) openVault(open func(context.Context) (Session, error), then func(context.Context, Session, *opened) error) {
	w.room.start.Busy(w.words.T("start.opening"))
	work(w, func(ctx context.Context) (opened, error) {
		s, err := open(ctx)
		if err != nil {
			return opened{}, err
		}
		o := opened{session: s}
		if o.books, err = readBooks(ctx, s); err == nil {
			err = then(ctx, s, &o)
		}
		return o, err
	}, func(o opened, err error) {
		switch {
		case err != nil:
			w.room.start.Failed(w.notOpened(err), state.DetailsOf(err))
		default:
			w.enter(o.session, o.books, false)
			w.show(roomHome)
			next := func() {
				if o.forgot != nil {
					w.failed(o.forgot)
					return
				}
				w.takeWaiting()
			}
			if o.recovery != "" {
				w.showRecovery(o.recovery, next)
				return
			}
			next()
		}
	})
}

// takeWaiting takes in what was dropped or named before a vault was open.
func (w *window) takeWaiting() {
	if paths := w.waiting; len(paths) > 0 {
		w.waiting = nil
		w.take(paths)
	}
}

// OpenSample opens the sample case on a vault in memory.
func (w *window) OpenSample() {
	if w.room.start != nil {
		w.room.start.Busy(w.words.T("start.opening"))
	}
	type opened struct {
		session Session
		books   books
		sample  Sample
	}
	work(w, func(ctx context.Context) (opened, error) {
		s, m, err := w.opts.Backend.Sample(ctx)
		if err != nil {
			return opened{}, err
		}
		b, err := readBooks(ctx, s)
		return opened{s, b, m}, err
	}, func(o opened, err error) {
		switch {
		case err == nil:
			w.enter(o.session, o.books, true)
			w.startCase(o.sample.Case, o.sample.Paths, o.sample.Out)
		case w.room.start != nil:
			w.room.start.Failed(w.notOpened(err), state.DetailsOf(err))
		case w.room.home != nil:
			w.room.home.Notice(w.notOpened(err))
		}
	})
}

// notOpened says why the vault is not open.
func (w *window) notOpened(err error) string {
	return w.words.T("start.failed", "why", screens.Wrong(w.words, err))
}

// enter makes a session the window's own and starts to load its models.
func (w *window) enter(s Session, b books, sample bool) {
	w.leave()
	w.session, w.sample = s, sample
	w.idle.After = w.settings.Lock()
	w.touch()
	w.people, w.vocab = b.people, s.Vocabulary()
	w.material = state.Material{Cases: b.cases}
	w.day = w.material.Today()
	w.loading = w.words.T("home.loading")
	work(w, func(ctx context.Context) (struct{}, error) {
		_, err := s.Desk(ctx, casework.Writing{})
		return struct{}{}, err
	}, func(_ struct{}, err error) {
		w.loading = ""
		if err != nil && !errors.Is(err, context.Canceled) {
			w.loading = w.words.T("home.models", "why", screens.Wrong(w.words, err))
		}
		if w.room.home != nil {
			w.room.home.Notice(w.loading)
		}
	})
}

// leave closes the session before, after the jobs that still use it.
func (w *window) leave() {
	old, cases := w.session, w.opened
	if w.draft != nil {
		w.draft.shut()
	}
	w.session, w.room.open, w.opened, w.drafts = nil, nil, nil, nil
	w.file, w.house = fileSheets{}, houseSheets{} // with what was typed and read
	if old == nil {
		return
	}
	work(w, func(context.Context) (struct{}, error) {
		w.finds.Wait()
		w.checks.Wait()
		w.drafting.Wait()
		w.acts.Wait()
		for _, c := range cases {
			c.close()
		}
		return struct{}{}, old.Close()
	}, func(struct{}, error) {})
}

// take opens the form of a new case over paths that were dropped or chosen.
func (w *window) take(paths []string) {
	if len(paths) == 0 {
		return
	}
	if w.session == nil {
		w.waiting = append(w.waiting, paths...)
		return
	}
	if len(w.sheets) > 0 {
		return
	}
	draft := casework.Case{Title: state.Title(paths), By: cmp.Or(w.settings.By, w.material.Me.Name)}
	if state.Photos(paths) {
		draft.Purpose = "event-report"
	}
	w.settings.Defaults.Put(&draft)
	form := screens.NewNewCase(w.words, w.vocab, draft, len(paths), func(c casework.Case) {
		w.closeSheet()
		w.settings.By = c.By
		w.save()
		w.startCase(c, paths, "")
	}, w.closeSheet)
	w.sheet(form.Content, form.First(), form.Submit)
	w.form = form
}

// OpenCase opens a case that was kept: what was scanned before is not scanned
// again.
func (w *window) OpenCase(id string) {
	for _, c := range w.material.Cases {
		if c.ID == id {
			again := *c
			w.startCase(again, nil, state.KeptFolder(again))
			return
		}
	}
}
