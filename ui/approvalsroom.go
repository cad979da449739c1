package ui

import (
	"cmp"
	"context"
	"errors"
	"time"

	"consentry/internal/casework"
	"consentry/ui/screens"
	"consentry/ui/state"
)

// errBusyCase is why a case cannot be signed now: its own room works on it.
var errBusyCase = errors.New("a job works on this case")

// openApprovals fills the room when it is shown.
func (w *window) openApprovals() {
	w.room.approvals.SetCases(w.day.Cases, time.Now())
	w.loadDay()
}

// openApproval shows a case that waits for a signature.
func (w *window) openApproval(id string) {
	w.show(roomApprovals)
	if w.room.approvals != nil {
		w.room.approvals.Open(id)
	}
}

// OpenApproval implements screens.Approving.
func (w *window) OpenApproval(id string) {
	a := w.room.approvals
	for _, c := range w.material.Cases {
		if c.ID == id {
			a.SetBusy(*c)
		}
	}
	began := time.Now()
	w.drafted(id, func(p state.Progress) {
		if a := w.room.approvals; a != nil {
			a.SetProgress(p)
		}
	}, func(d *draft, err error) {
		a := w.room.approvals
		if a == nil || a.At() != id {
			return
		}
		if err != nil {
			a.Failed(d.ready.kase, w.draftFailed(err))
			return
		}
		a.SetPackage(d.ready.kase, d.ready.Draft)
		w.ended(began, "notify.draft")
	})
}

// draftFailed says why there is no package to look at.
func (w *window) draftFailed(err error) string {
	switch {
	case errors.Is(err, errBusyCase):
		return w.words.T("draft.busy")
	case errors.Is(err, casework.ErrUnsettled):
		return w.words.T("draft.asks")
	}
	return screens.Wrong(w.words, err)
}

// LoadWritten implements screens.Approving and screens.Publishing.
func (w *window) LoadWritten(file, page int) {
	d := w.draft
	if d == nil || file >= len(d.ready.Files) {
		return
	}
	w.view(&w.pictures, filed{d.desk, d.ready.Files[file]}, file, page, func() *screens.Viewer {
		switch {
		case w.draft != d:
		case w.room.approvals != nil:
			return w.room.approvals.Viewer
		case w.room.published != nil:
			return w.room.published.New
		}
		return nil
	})
}

// Assess asks for what only people can say of the package's impact.
func (w *window) Assess() {
	d, a := w.draft, w.room.approvals
	if d == nil || a == nil || d.ready.plan == nil || len(w.sheets) > 0 {
		return
	}
	var s *screens.Judge
	s = screens.NewJudge(w.words, w.signer(), d.ready.Impact, func(j casework.Judgement) {
		workIn(w, &d.jobs, func(ctx context.Context) (casework.Impact, error) { return d.open.Judge(ctx, j) }, func(i casework.Impact, err error) {
			if err != nil {
				s.Failed(err)
				return
			}
			w.closeSheet()
			d.ready.Impact = i
			if a := w.room.approvals; a != nil && a.At() == d.ready.kase.ID {
				a.SetImpact(i)
			}
		})
	}, w.closeSheet)
	w.sheet(s.Content, s.First(), s.Submit)
	w.judging = s
}

// signer is the name that is offered for a signature.
func (w *window) signer() string { return cmp.Or(w.material.Me.Name, w.settings.By) }

// SignPackage asks for the name and signs what is on show.
func (w *window) SignPackage() {
	d, a := w.draft, w.room.approvals
	if d == nil || a == nil || !a.Ready() {
		return
	}
	w.signDraft(d, func(err error) {
		if a := w.room.approvals; a != nil {
			if err != nil {
				a.Failed(d.ready.kase, w.draftFailed(err))
				return
			}
			a.Leave(w.words.T("approve.done", "title", d.ready.kase.Title))
		}
	})
}

// signDraft asks for the name under a draft, signs and exports it.
func (w *window) signDraft(d *draft, done func(error)) {
	if len(w.sheets) > 0 || d.ready.plan == nil {
		return
	}
	out := state.KeptFolder(d.ready.kase)
	sheet := screens.NewSign(w.words, d.ready.plan, out, w.signer(), func(who, to string) {
		w.closeSheet()
		hand := handTo(w.session, to)
		workIn(w, &d.jobs, func(ctx context.Context) (struct{}, error) {
			_, err := d.open.Export(ctx, who, hand)
			return struct{}{}, err
		}, func(_ struct{}, err error) {
			if err == nil && w.draft == d {
				d.shut()
			}
			w.loadDay()
			done(err)
		})
	}, nil, w.closeSheet)
	w.sheet(sheet.Content, sheet.First(), sheet.Submit)
	w.signing = sheet
}

// SendBack implements screens.Approving.
func (w *window) SendBack(remark string) {
	d, a := w.draft, w.room.approvals
	if d == nil || a == nil {
		return
	}
	who := w.signer()
	workIn(w, &d.jobs, func(ctx context.Context) (struct{}, error) {
		if d.desk == nil {
			return struct{}{}, errBusyCase
		}
		if d.open != nil {
			d.open.Close()
		}
		return struct{}{}, d.desk.SendBack(ctx, d.kase, who, remark)
	}, func(_ struct{}, err error) {
		if err != nil {
			w.failed(err)
			return
		}
		d.shut()
		w.loadDay()
		if a := w.room.approvals; a != nil {
			a.Leave(w.words.T("approve.returned"))
		}
	})
}

// StopApproval stops the running checks; what is done is kept.
func (w *window) StopApproval() {
	if w.draft != nil {
		w.draft.jobs.Stop()
	}
}
