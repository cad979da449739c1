package ui

import (
	"time"

	"consentry/ui/state"
)

// tick is how often the window looks whether the vault is to be locked.
const tick = 5 * time.Second

// watch looks at every tick whether nobody has used the window for long enough.
func (w *window) watch() (stop func()) {
	t, done := time.NewTicker(tick), make(chan struct{})
	go func() {
		for {
			select {
			case <-t.C:
				w.post(func() { w.lockIdle(time.Now()) })
			case <-done:
				return
			}
		}
	}()
	return func() { t.Stop(); close(done) }
}

// touch says that somebody used the window: a key, a room, a sheet, or anything that
// is worked out for them. That a pointer passes over it is no use.
func (w *window) touch() { w.idle.Touch(time.Now()) }

// lockIdle locks the vault where it is time. What is typed into a field counts as
// use, and jobs are waited for. The sample case has nothing to lock.
func (w *window) lockIdle(now time.Time) {
	if w.session == nil || w.sample {
		return
	}
	if f, ok := w.win.Canvas().Focused().(interface{ Typed() string }); ok && f.Typed() != w.typed {
		w.typed = f.Typed()
		w.idle.Touch(now)
	}
	if w.idle.Due(now, w.working() || w.jobs.Busy() || w.acts.Busy() || w.finds.Busy() || w.checks.Busy() || w.pictures.Busy()) {
		w.lock()
	}
}

// working reports whether a job runs on a case, or on a package that somebody looks at.
func (w *window) working() bool {
	for _, r := range w.opened {
		if r.jobs.Busy() {
			return true
		}
	}
	return w.draft != nil && w.draft.jobs.Busy()
}

// lock closes the vault, after the jobs that still use it, and goes back to where it
// is unlocked. What was shown of a case or of people is shown no more.
func (w *window) lock() {
	if w.session == nil {
		return
	}
	for len(w.sheets) > 0 {
		w.closeSheet()
	}
	for o := w.win.Canvas().Overlays(); o.Top() != nil; {
		o.Remove(o.Top()) // a dialog for files
	}
	w.pictures.Stop()
	w.leave()
	w.forget()
	w.show(roomStart)
	w.room.start.Relocked(w.words.T("start.relocked"))
}

// forget drops what the window itself knew of the vault.
func (w *window) forget() {
	w.people, w.waiting, w.loading, w.typed = state.NewPeople(nil), nil, "", ""
	w.material, w.day, w.issued = state.Material{}, state.Agenda{}, issued{}
	w.form, w.picker, w.unlocking, w.signing, w.reason, w.find, w.wordsFor, w.clues, w.palette, w.judging, w.recovery, w.options = nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil
	w.reg = registrySheets{}
}
