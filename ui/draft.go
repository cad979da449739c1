package ui

import (
	"context"
	"slices"

	"consentry/internal/casework"
	"consentry/ui/state"
)

// draft is a case scanned, written and attacked again for somebody who looks at the
// result and signs it: in the approvals room, and as a new version of what is
// published.
type draft struct {
	w     *window
	jobs  state.Jobs
	kase  *casework.Case
	open  *state.Open
	desk  *casework.Desk
	ready ready
}

// ready is a package that withstood the attacks.
type ready struct {
	state.Draft
	kase casework.Case
	plan *casework.Plan
}

func (r ready) names() (ns []string) {
	for _, a := range r.Files {
		ns = append(ns, a.Name)
	}
	return ns
}

// drafted makes a draft of a case. What was worked on before is not worked on again.
// tell hears of progress, done of the end; both on the window's goroutine.
func (w *window) drafted(id string, tell func(state.Progress), done func(*draft, error)) {
	if w.draft != nil {
		w.draft.shut()
	}
	d := &draft{w: w}
	w.draft = d
	s := w.session
	if !w.setAside(id) {
		w.post(func() { done(d, errBusyCase) })
		return
	}
	meter := &state.Meter{Tell: func(p state.Progress) {
		w.post(func() {
			if w.draft == d {
				tell(p)
			}
		})
	}}
	workIn(w, &d.jobs, func(ctx context.Context) (r ready, err error) {
		c, err := s.Records().Load(ctx, id)
		if err != nil {
			return r, err
		}
		desk, err := s.Desk(ctx, c.Writing)
		if err != nil {
			return r, err
		}
		desk.Progress = meter
		d.desk, d.kase, d.open = desk, c, state.NewOpen(desk)
		err = w.heavy(ctx, func() error {
			if _, err := d.open.Scan(ctx, c); err != nil {
				return err
			}
			v, err := d.open.Apply(ctx, state.KeptFolder(*c))
			r.plan = v.Plan
			return err
		})
		r.kase = *c
		if err != nil {
			return r, err
		}
		r.Draft, err = d.open.Draft(ctx)
		return r, err
	}, func(r ready, err error) {
		d.ready = r
		if w.draft == d {
			done(d, err)
		}
	})
}

// setAside closes a case in its own room, so that the draft has the package's folder;
// false where a job works on it.
func (w *window) setAside(id string) bool {
	i := slices.IndexFunc(w.opened, func(r *caseRoom) bool { return r.kase.ID == id })
	if i < 0 {
		return true
	}
	r := w.opened[i]
	if r.bench.Busy() {
		return false
	}
	w.opened = slices.Delete(slices.Clone(w.opened), i, i+1)
	if w.room.open == r {
		w.room.open = nil
	}
	r.close() // nothing runs in its line
	return true
}

// shut stops a draft and removes what it staged, without waiting.
func (d *draft) shut() {
	if d.w.draft == d {
		d.w.draft = nil
	}
	d.jobs.Stop()
	d.w.later(d.close)
}

func (d *draft) close() {
	d.jobs.Close()
	if d.open != nil {
		d.open.Close()
	}
}
