package ui

import (
	"context"
	"time"

	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// This file is the only place where workers meet the window. A worker computes
// with what it was given, and hands an immutable result over through post, which
// runs it on the window's goroutine: fyne.Do, or in tests a queue. An error is given its
// word on the way.

// work runs compute on the window's worker, in order, and then done on the window's
// goroutine.
func work[T any](w *window, compute func(context.Context) (T, error), done func(T, error)) {
	workIn(w, &w.jobs, compute, done)
}

// workIn is work in another line.
func workIn[T any](w *window, line *state.Jobs, compute func(context.Context) (T, error), done func(T, error)) {
	w.touch()
	always(w, line, compute, done)
}

// always hands over what was computed, and unlessStopped only where nobody stopped it.
func always[T any](w *window, line *state.Jobs, compute func(context.Context) (T, error), done func(T, error)) {
	line.Do(func(ctx context.Context) {
		v, err := compute(ctx)
		err = w.opts.Backend.Named(err)
		w.post(func() { w.heard(err); done(v, err) })
	})
}

func unlessStopped[T any](w *window, line *state.Jobs, compute func(context.Context) (T, error), done func(T, error)) {
	line.Do(func(ctx context.Context) {
		v, err := compute(ctx)
		err = w.opts.Backend.Named(err)
		if ctx.Err() == nil {
			w.post(func() { w.heard(err); done(v, err) })
		}
	})
}

// heard keeps what can be copied of an error, for where there is no room for a button.
func (w *window) heard(err error) {
	if d := state.DetailsOf(err); d != "" {
		w.trouble = d
	}
}

// CopyDetails copies what is known of the last error that the window has no words for,
// or not enough.
func (w *window) CopyDetails() {
	key := "trouble.none"
	if w.trouble != "" {
		key = "trouble.copied"
		w.app.Clipboard().SetContent(w.trouble)
	}
	w.say(w.words.T("trouble.title"), icons.Doc, theme.Current().Hide, w.words.T(key))
}

// later is work that hands nothing over: something is closed, behind all that still
// uses it.
func (w *window) later(do func()) {
	work(w, func(context.Context) (struct{}, error) {
		do()
		return struct{}{}, nil
	}, func(struct{}, error) {})
}

// caseWork is work on a case, in the case's own line: answers to one case do not
// wait for another's scan.
func caseWork[T any](r *caseRoom, compute func(context.Context) (T, error), done func(T, error)) {
	workIn(r.w, &r.jobs, compute, done)
}

// heavy runs what takes all cores and much memory: of all open cases one at a time.
func (w *window) heavy(ctx context.Context, do func() error) error {
	select {
	case w.turn <- struct{}{}:
		defer func() { <-w.turn }()
		return do()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// load is work for pictures: what is loaded gives way to the next.
func load[T any](w *window, compute func(context.Context) (T, error), done func(T, error)) {
	loadIn(w, &w.pictures, compute, done)
}

// loadIn is load in another line.
func loadIn[T any](w *window, line *state.Jobs, compute func(context.Context) (T, error), done func(T, error)) {
	w.touch()
	line.Drop()
	unlessStopped(w, line, compute, done)
}

// turned is load for a page: who leaps over pages wants none of those between.
func turned[T any](w *window, compute func(context.Context) (T, error), done func(T, error)) {
	load(w, settled(turnPause, compute), done)
}

// ahead is load for what may be wanted next: it gives way to what is wanted now, and
// begins when that has stood for a moment.
func ahead[T any](w *window, compute func(context.Context) (T, error), done func(T, error)) {
	unlessStopped(w, &w.pictures, settled(aheadPause, compute), done)
}

// A page that is being drawn is drawn to its end, and what is asked for meanwhile
// waits. A held key comes each 30 ms; a page takes 100 ms and more.
const (
	turnPause  = 40 * time.Millisecond
	aheadPause = 120 * time.Millisecond
)

// settled computes when nobody asked for anything else for a while.
func settled[T any](pause time.Duration, compute func(context.Context) (T, error)) func(context.Context) (T, error) {
	return func(ctx context.Context) (v T, err error) {
		select {
		case <-ctx.Done():
			return v, ctx.Err()
		case <-time.After(pause):
			return compute(ctx)
		}
	}
}

// background is work for small pictures, in order, behind nothing else.
func background[T any](w *window, compute func(context.Context) (T, error), done func(T, error)) {
	always(w, &w.small, compute, done)
}

// meter hands progress over, at most ten times a second.
func (w *window) meter(c *caseRoom) *state.Meter {
	return &state.Meter{Tell: func(p state.Progress) {
		w.post(func() {
			c.progress = p
			c.bench.SetProgress(p)
			if h := w.room.home; h != nil {
				h.SetRunning(w.runningCases())
			}
		})
	}}
}
