package ui

import (
	"context"
	"reflect"
	"slices"
	"strconv"
	"time"

	"consentry/authz"
	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/widgets"
)

// loadDay reads what waits today, shows it where the home screen is on, and brings
// the figures in the rail up to date.
func (w *window) loadDay() {
	s := w.session
	act(w, func(ctx context.Context, r Registry) (m state.Material, err error) {
		d := s.Records()
		if m.Cases, err = d.Cases(ctx); err != nil {
			return m, err
		}
		if m.Releases, err = d.Releases(ctx); err != nil {
			return m, err
		}
		if m.Recalls, err = d.Recall(ctx, time.Time{}); err != nil {
			return m, err
		}
		if m.Dues, err = r.Dues(ctx); err != nil {
			return m, err
		}
		m.Me, err = r.Me(ctx)
		return m, err
	}, func(m state.Material, err error) {
		if err != nil {
			if w.room.home != nil {
				w.room.home.Notice(screens.Wrong(w.words, err))
			}
			return
		}
		w.material = m
		w.redrawDay()
	})
}

// redrawDay shows the day as it is known.
func (w *window) redrawDay() {
	w.material.Busy = w.busyCases()
	w.day = w.material.Today()
	if h := w.room.home; h != nil {
		h.SetDay(w.day, time.Now())
		h.SetRunning(w.runningCases())
	}
	if a := w.room.approvals; a != nil {
		a.SetCases(w.day.Cases, time.Now())
	}
	if p := w.room.published; p != nil {
		rows := w.material.ReleaseRows()
		p.SetReleases(rows, time.Now())
		// Its files are hashed when it is opened: again only where something changed.
		if i := slices.IndexFunc(rows, func(r state.ReleaseRow) bool { return r.Release.ID == p.At() }); i >= 0 && !p.Fresh() && !reflect.DeepEqual(rows[i], p.View().Row) {
			w.OpenRelease(p.At())
		}
	}
	w.refreshRail()
}

// busyCases are the ids of the cases that a job works on.
func (w *window) busyCases() map[string]bool {
	busy := map[string]bool{}
	for _, r := range w.opened {
		if r.bench.Busy() {
			busy[r.kase.ID] = true
		}
	}
	return busy
}

// runningCases are the open cases that a job works on.
func (w *window) runningCases() []screens.Running {
	var rs []screens.Running
	for _, r := range w.opened {
		if !r.bench.Busy() {
			continue
		}
		run := screens.Running{Case: r.kase.ID, Title: r.title, What: w.words.T("running.waits")}
		if p := r.progress; p.Total > 0 {
			run.What, run.Done = screens.CountWords(w.words, p), float32(p.Done)/float32(p.Total)
		}
		rs = append(rs, run)
	}
	return rs
}

// badge is a room's figure in the rail.
func (w *window) badge(r room) string {
	n := 0
	switch r {
	case roomHome:
		n = len(w.day.Tasks)
	case roomCase:
		if c := w.room.open; c != nil {
			n = c.bench.Questions()
		}
	case roomApprovals, roomPublished:
		for _, t := range w.day.Tasks {
			if roomOf(t) == r {
				n++
			}
		}
	}
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// roomOf is where a task is done.
func roomOf(t state.Task) room {
	switch t.Kind {
	case state.TaskRecall:
		return roomPublished
	case state.TaskApprove:
		return roomApprovals
	case state.TaskConfirm, state.TaskAnswers, state.TaskRenew:
		return roomRegistry
	}
	return roomCase
}

// See goes to where a task is done.
func (w *window) See(t state.Task) {
	switch roomOf(t) {
	case roomPublished:
		w.showRelease(t.Release)
	case roomApprovals:
		w.openApproval(t.Case)
	case roomRegistry:
		w.show(roomRegistry)
		w.room.registry.Select(t.Subject)
	default:
		w.OpenCase(t.Case)
	}
}

// StopCase stops a case's job, be it one that waits for its turn.
func (w *window) StopCase(id string) {
	for _, r := range w.opened {
		if r.kase.ID == id && r.bench.Busy() {
			r.Stop()
		}
	}
}

// RecordWithdrawal asks who takes a consent back, from wherever one is.
func (w *window) RecordWithdrawal() {
	if w.session == nil || len(w.sheets) > 0 {
		return
	}
	p := screens.NewPicker(w.words, w.words.T("withdraw.whose"), w.words.T("withdraw.whose.what"), w.people, "", func(authz.Subject) string { return "" }, func(s authz.Subject) {
		w.closeSheet()
		w.WithdrawAll(s)
	}, w.closeSheet, widgets.NewButton(w.words.T("withdraw.many"), icons.Drop, "", widgets.Plain, func() {
		w.closeSheet()
		w.WithdrawMany()
	}))
	w.sheet(p.Content, p.Query)
	w.picker, w.withdraws = p, p
}
