package ui

import (
	"cmp"
	"context"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// Apply writes and attacks the package.
func (r *caseRoom) Apply() {
	out := r.out
	r.finish("job.apply", func(ctx context.Context) (state.View, error) { return r.open.Apply(ctx, out) }, r.Apply, func() {
		r.bench.SetDone(r.w.words.T("job.verified"), false)
		r.Sign()
	})
}

// finish runs one of the last steps and shows what it left; again, if any, is
// offered where it failed.
func (r *caseRoom) finish(job string, step func(context.Context) (state.View, error), again, then func()) {
	s, began := r.w.session, time.Now()
	r.bench.SetBusy(r.w.words.T(job))
	caseWork(r, func(ctx context.Context) (result, error) {
		var v state.View
		err := r.w.heavy(ctx, func() (err error) {
			v, err = step(ctx)
			return err
		})
		return r.result(ctx, s, v), err
	}, func(res result, err error) {
		r.bench.SetIdle()
		if res.view.Plan != nil {
			r.set(res)
		}
		if err != nil {
			r.failed(err, again)
			r.stopped(began, err)
			return
		}
		r.w.ended(began, "notify."+job)
		then()
	})
}

// Sign asks for the name, then signs and exports.
func (r *caseRoom) Sign() {
	w := r.w
	if w.room.open != r || w.room.name != roomCase || len(w.sheets) > 0 {
		return
	}
	sheet := screens.NewSign(w.words, r.view.Plan, r.out, cmp.Or(r.view.Plan.Case.By, w.signer()), func(who, to string) {
		w.closeSheet()
		r.export(who, to)
	}, func() {
		w.closeSheet()
		r.submit()
	}, w.closeSheet)
	w.sheet(sheet.Content, sheet.First(), sheet.Submit)
	w.signing = sheet
}

// submit lays the case before whoever signs.
func (r *caseRoom) submit() {
	out, by := r.out, r.view.Plan.Case.By
	r.finish("job.submit", func(ctx context.Context) (state.View, error) { return r.open.Submit(ctx, by, out) }, nil, func() {
		r.bench.SetDone(r.w.words.T("job.submitted"), false)
		r.w.loadDay()
	})
}

func (r *caseRoom) export(who, to string) {
	out, hand := r.out, handTo(r.w.session, to)
	r.finish("job.export", func(ctx context.Context) (state.View, error) { return r.open.Export(ctx, who, hand) }, nil, func() {
		r.bench.SetDone(r.w.words.T("job.exported", "out", out), true)
		r.w.loadDay()
	})
}

// ChooseOut asks for another package folder; a package gets a folder of its own
// inside it.
func (r *caseRoom) ChooseOut() {
	r.w.askFolder(func(dir string) {
		r.out = state.PackageFolder([]string{filepath.Join(dir, r.title)})
		r.bench.SetOut(r.out)
	})
}

// OpenOut shows the package in the system's file manager.
func (r *caseRoom) OpenOut() { r.w.openFolder(r.out) }

// openFolder shows a folder in the system's file manager. Without one nothing opens;
// the window names the folder anyway.
func (w *window) openFolder(dir string) {
	if _, err := os.Stat(dir); err == nil {
		_ = w.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(dir)})
	}
}

// handTo logs that a package is given to somebody; nil where it is for nobody.
func handTo(s Session, to string) state.Hand {
	if to == "" {
		return nil
	}
	return func(ctx context.Context, i casework.Impact, r *casework.Release) error {
		return s.Registry().HandOver(ctx, i, r, to)
	}
}

// Assess asks for what only people can say of the package's impact.
func (r *caseRoom) Assess() {
	w := r.w
	if r.view.Plan == nil || r.bench.Busy() || len(w.sheets) > 0 {
		return
	}
	caseWork(r, func(ctx context.Context) (casework.Impact, error) { return r.open.Impact(ctx) }, func(i casework.Impact, err error) {
		switch {
		case w.room.open != r || w.room.name != roomCase || len(w.sheets) > 0:
		case err != nil:
			r.failed(err, nil)
		default:
			var s *screens.Judge
			s = screens.NewJudge(w.words, cmp.Or(w.signer(), r.view.Plan.Case.By), i, func(j casework.Judgement) {
				caseWork(r, func(ctx context.Context) (casework.Impact, error) { return r.open.Judge(ctx, j) }, func(_ casework.Impact, err error) {
					if err != nil {
						s.Failed(err)
						return
					}
					w.closeSheet()
					r.bench.SetDone(w.words.T("assess.done"), false)
				})
			}, w.closeSheet)
			w.sheet(s.Content, s.First(), s.Submit)
			w.judging = s
		}
	})
}

// RequestAll asks everybody for a consent whom the case hides for want of one.
func (r *caseRoom) RequestAll() {
	w := r.w
	if r.view.Plan == nil || len(w.sheets) > 0 {
		return
	}
	plan := r.view.Plan
	wanted := plan.Wanted()
	w.withHandler(func(me authz.User) {
		var names []string
		for _, x := range wanted {
			names = append(names, w.people.Title(x.Subject))
		}
		ask(w, &w.asking, "ask all", me.Name+" "+plan.Case.ID, func() *screens.RequestAll {
			return screens.NewRequestAll(w.words, *plan.Case, names, me.May(authz.ActRequest), w.askFolder, func(q state.Request) {
				submit(w, w.asking, func(ctx context.Context, g Registry) ([]string, error) { return g.RequestAll(ctx, wanted, q) }, func(folders []string) {
					w.say(w.words.T("request.done"), icons.Doc, theme.Current().OK, append([]string{w.words.T("request.where")}, folders...)...)
				})
			}, w.closeSheet)
		})
	})
}
