package ui

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/screens"
	"consentry/ui/state"
)

// caseRoom is an open case in the window: it stands between the workbench and
// the desk.
type caseRoom struct {
	w     *window
	bench *screens.Workbench
	title string
	out   string
	paths []string

	jobs     state.Jobs // its own line
	progress state.Progress
	open     *state.Open // set by the worker that loaded the desk, read by later ones
	kase     *casework.Case
	view     state.View
	known    screens.Known
	desk     *casework.Desk // for previews
	photo    loaded
	near     near
	tiles    *state.Tiles
	small    bool  // small pictures are being drawn
	err      error // the last failure
}

// startCase shows the workbench and scans at once.
func (w *window) startCase(c casework.Case, paths []string, out string) {
	for _, r := range w.opened {
		if r.kase.ID == c.ID && c.ID != "" {
			w.room.open = r
			w.show(roomCase)
			return
		}
	}
	if c.ID == "" {
		c.ID, c.Created = casework.NewID(), time.Now()
	}
	if out == "" {
		out = state.PackageFolder(paths)
	}
	w.closeIdleCases()
	r := &caseRoom{w: w, title: c.Title, out: out, paths: paths, kase: &c, tiles: state.NewTiles(tileBytes), near: near{}}
	r.bench = r.newBench(c)
	w.room.open = r
	w.opened = append(w.opened, r)
	w.show(roomCase)
	r.scan()
}

// keptOpen is how many cases stay open beside the one on show.
const keptOpen = 3

// closeIdleCases closes those that were opened first and that no job works on.
func (w *window) closeIdleCases() {
	for i := 0; len(w.opened) > keptOpen && i < len(w.opened); {
		if r := w.opened[i]; !r.bench.Busy() {
			w.opened = slices.Delete(w.opened, i, i+1)
			r.shut()
			continue
		}
		i++
	}
}

// shut ends a case's line and removes what was staged; it does not wait.
func (r *caseRoom) shut() { r.w.later(r.close) }

// close ends a case's line, waits for it, and removes what was staged.
func (r *caseRoom) close() {
	r.jobs.Close()
	if r.open != nil {
		r.open.Close()
	}
}

func (r *caseRoom) newBench(c casework.Case) *screens.Workbench {
	return screens.NewWorkbench(r.w.words, r.w.vocab, c, r.out, r, r, r.w.session.Records().Policy, r, r.w, r.focus)
}

// focus gives a control of the workbench the keys, where it can be seen.
func (r *caseRoom) focus(o fyne.Focusable) {
	if r.w.room.open == r && r.w.room.name == roomCase && len(r.w.sheets) == 0 {
		r.w.win.Canvas().Focus(o)
	}
}

// rebuild draws the workbench anew, after the look changed.
func (r *caseRoom) rebuild() {
	if r.w.session == nil {
		return
	}
	if busy := r.bench.Busy(); busy {
		return // the next result draws it
	}
	r.bench = r.newBench(*r.bench.Plan().Case)
	if r.view.Plan != nil {
		r.bench.SetView(r.view, r.known)
	}
}

// result is what a job on the case hands over.
type result struct {
	view  state.View
	known screens.Known
}

// scan loads the desk, takes the files in and scans.
func (r *caseRoom) scan() {
	w, s := r.w, r.w.session
	r.bench.SetBusy(w.words.T("job.models"))
	meter, began := w.meter(r), time.Now()
	caseWork(r, func(ctx context.Context) (result, error) {
		if r.open == nil {
			d, err := s.Desk(ctx, r.kase.Writing)
			if err != nil {
				return result{}, err
			}
			d.Progress = meter
			open := state.NewOpen(d)
			r.open = open
			w.post(func() { r.desk = d })
		}
		if len(r.paths) > 0 {
			if err := r.open.Add(ctx, r.kase, r.paths...); err != nil {
				return result{}, err
			}
			r.paths = nil
		}
		c := *r.kase
		w.post(func() {
			r.tiles.Forget()
			r.bench.SetCase(c)
			r.bench.SetBusy(w.words.T("job.scan"))
		})
		var v state.View
		err := w.heavy(ctx, func() (err error) {
			v, err = r.open.Scan(ctx, r.kase)
			return err
		})
		return r.result(ctx, s, v), err
	}, func(res result, err error) {
		if res.view.Plan != nil {
			r.set(res)
		}
		r.bench.SetIdle()
		switch {
		case err != nil:
			r.failed(err, r.scan)
			r.stopped(began, err)
		case r.bench.Questions() == 0:
			w.ended(began, "notify.scanned.all")
		default:
			w.ended(began, "notify.scanned", "n", r.bench.Questions())
		}
		r.remember()
	})
}

// result adds what is known of the people in a view. It runs on the worker.
func (r *caseRoom) result(ctx context.Context, s Session, v state.View) result {
	res := result{v, screens.Known{Subjects: map[authz.SubjectID]authz.Subject{}, States: map[authz.SubjectID]string{}}}
	if v.Plan == nil {
		return res
	}
	reg := s.Records().Registry
	add := func(id authz.SubjectID) {
		if _, ok := res.known.Subjects[id]; ok || id == "" {
			return
		}
		subject, err := reg.Subject(ctx, id)
		if err != nil {
			return
		}
		res.known.Subjects[id] = subject
		cs, err := reg.Consents(ctx, id)
		if err != nil || len(cs) == 0 {
			return
		}
		res.known.States[id] = r.w.words.T("agreed." + string(state.Agreed(cs, time.Now())))
	}
	for _, it := range v.Plan.Items {
		add(it.Decision.Subject)
		if it.Asks() {
			for _, c := range it.Candidates {
				add(c.Subject)
			}
		}
	}
	return res
}

func (r *caseRoom) set(res result) {
	r.view, r.known = res.view, res.known
	r.tiles.SetLooks(res.view.Looks)
	r.bench.SetView(res.view, res.known)
	if r.w.room.open == r && r.w.room.name == roomCase {
		r.w.retitle()
	}
}

// remember puts the case into what the home screen knows.
func (r *caseRoom) remember() {
	w := r.w
	if r.view.Plan != nil {
		c := *r.view.Plan.Case
		at := slices.IndexFunc(w.material.Cases, func(o *casework.Case) bool { return o.ID == c.ID })
		if at < 0 {
			w.material.Cases = append(slices.Clone(w.material.Cases), &c)
		} else {
			w.material.Cases = slices.Clone(w.material.Cases)
			w.material.Cases[at] = &c
		}
	}
	r.progress = state.Progress{}
	w.redrawDay()
}

// failed says in the job line what went wrong. again may be nil.
func (r *caseRoom) failed(err error, again func()) {
	r.err = err
	if leak := (*redact.LeakError)(nil); errors.As(err, &leak) {
		again = nil // the same would come of it
		if r.bench.SetLeak(leak.Asset) {
			return
		}
	}
	r.bench.SetFailed(screens.Wrong(r.w.words, err), state.DetailsOf(err), again)
}

// stopped tells that long work ended before its end.
func (r *caseRoom) stopped(began time.Time, err error) {
	if !errors.Is(err, context.Canceled) {
		r.w.ended(began, "notify.failed")
	}
}

// Answer takes answers that are undone together.
func (r *caseRoom) Answer(as ...casework.Answer) {
	r.change(func(ctx context.Context) (state.View, error) { return r.open.Answer(ctx, as...) })
}

// Back undoes or gives again.
func (r *caseRoom) Back(redo bool) {
	r.change(func(ctx context.Context) (state.View, error) {
		if redo {
			return r.open.Redo(ctx)
		}
		return r.open.Undo(ctx)
	})
}

func (r *caseRoom) change(do func(context.Context) (state.View, error)) {
	s := r.w.session
	caseWork(r, func(ctx context.Context) (result, error) {
		v, err := do(ctx)
		return r.result(ctx, s, v), err
	}, func(res result, err error) {
		if res.view.Plan != nil {
			r.set(res)
		}
		if err != nil {
			r.failed(err, nil)
		}
		r.remember()
	})
}

// Stop cancels the running job; what is done is kept.
func (r *caseRoom) Stop() { r.jobs.Stop() }

// questions is the number on the rail's case entry.
func (w *window) questions() string { return strconv.Itoa(w.room.open.bench.Questions()) }
