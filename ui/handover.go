package ui

import (
	"context"

	"consentry/ui/state"
)

// This file is the only place where workers meet the window. A worker computes
// with what it was given, and hands an immutable result over through post, which
// runs it on the window's goroutine: fyne.Do, or in tests a queue.

// work runs compute on the worker of the desk, in order, and then done on the
// window's goroutine.
func work[T any](w *window, compute func(context.Context) (T, error), done func(T, error)) {
	w.jobs.Do(func(ctx context.Context) {
		v, err := compute(ctx)
		w.post(func() { done(v, err) })
	})
}

// load is work for pictures: what is loaded gives way to the next.
func load[T any](w *window, compute func(context.Context) (T, error), done func(T, error)) {
	w.pictures.Stop()
	w.pictures.Do(func(ctx context.Context) {
		v, err := compute(ctx)
		if ctx.Err() == nil {
			w.post(func() { done(v, err) })
		}
	})
}

// meter hands progress over, at most ten times a second.
func (w *window) meter(c *caseRoom) *state.Meter {
	return &state.Meter{Tell: func(p state.Progress) {
		w.post(func() {
			if w.room.open == c {
				c.bench.SetProgress(p)
			}
		})
	}}
}
