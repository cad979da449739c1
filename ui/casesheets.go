package ui

import (
	"context"
	"strings"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/widgets"
)

// Pick opens the search for a registered subject.
func (r *caseRoom) Pick(kind authz.Kind, done func(authz.Subject)) {
	w := r.w
	if len(w.sheets) > 0 {
		return
	}
	var p *screens.Picker
	add := widgets.NewButton(w.words.T("cmd.add-subject"), icons.Plus, "", widgets.Ghost, func() {
		name := strings.TrimSpace(p.Query.Text)
		w.closeSheet()
		w.AddNamed(name)
	})
	p = screens.NewPicker(w.words, w.words.T("pick.title"), w.words.T("pick.what"), w.people, kind, func(s authz.Subject) string { return r.known.States[s.ID] }, func(s authz.Subject) {
		w.closeSheet()
		done(s)
	}, w.closeSheet, add)
	w.sheet(p.Content, p.Query)
	w.picker = p
}

// Options asks how things are hidden in the case and its files are written, and scans
// again.
func (r *caseRoom) Options() {
	w := r.w
	if r.view.Plan == nil || r.bench.Busy() || len(w.sheets) > 0 {
		return
	}
	s := screens.NewCaseOptions(w.words, *r.view.Plan.Case, func(to casework.Case) {
		w.closeSheet()
		r.bench.SetBusy(w.words.T("job.scan"))
		caseWork(r, func(ctx context.Context) (struct{}, error) {
			err := r.open.Change(ctx, r.kase, to)
			if err == nil {
				r.open = nil // the next desk writes files as the case says
			}
			return struct{}{}, err
		}, func(_ struct{}, err error) {
			r.bench.SetIdle()
			if err != nil {
				r.failed(err, nil)
				return
			}
			r.near, r.photo = near{}, loaded{}
			r.scan()
		})
	}, w.closeSheet)
	w.sheet(s.Content, s.First(), s.Submit)
	w.options = s
}

// add takes files or a folder into the case as well, and scans again.
func (r *caseRoom) add(paths []string) {
	if r.bench.Busy() {
		return
	}
	r.paths = paths
	r.scan()
}

// Unlock asks for the password of a protected file and scans again with it.
func (r *caseRoom) Unlock(asset int) {
	w := r.w
	if len(w.sheets) > 0 || asset >= len(r.view.Plan.Case.Assets) {
		return
	}
	s := screens.NewUnlock(w.words, r.view.Plan.Case.Assets[asset].Name, func(password string) {
		w.closeSheet()
		w.session.AddPassword(password)
		r.scan()
	}, w.closeSheet)
	w.sheet(s.Content, s.First(), s.Submit)
	w.unlocking = s
}

// Who shows every face that a yes covers.
func (r *caseRoom) Who(q screens.Covered, off map[string]bool) {
	w := r.w
	if len(w.sheets) > 0 {
		return
	}
	s := screens.NewWho(w.words, q, off, r.view.Plan, r, w.closeSheet)
	w.sheet(s.Content, s.First())
	w.who = s
}

// Find opens the search for a text in the whole case.
func (r *caseRoom) Find(text string, kind redact.Kind) {
	w := r.w
	if len(w.sheets) > 0 {
		return
	}
	var s *screens.Find
	look := func(text string, kind redact.Kind) {
		caseWork(r, func(ctx context.Context) ([]state.Hit, error) { return r.open.Find(ctx, text, kind) }, func(hits []state.Hit, err error) {
			if err != nil {
				w.closeSheet()
				r.failed(err, nil)
				return
			}
			s.SetHits(text, hits)
		})
	}
	s = screens.NewFind(w.words, text, kind, look, func(text string, kind redact.Kind) {
		r.Answer(casework.Answer{Action: casework.FindAll, Text: text, Kind: kind, By: r.view.Plan.Case.By})
		look(text, kind)
	}, func(item string) {
		w.closeSheet()
		r.bench.ChooseID(item)
	}, w.closeSheet)
	w.sheet(s.Content, s.Query)
	w.find = s
}

// Clues lists what may still tell whom the case is about; one that is chosen gets
// other words.
func (r *caseRoom) Clues() {
	w := r.w
	caseWork(r, func(ctx context.Context) ([]casework.Clue, error) { return r.open.Clues(ctx) }, func(clues []casework.Clue, err error) {
		if err != nil {
			r.failed(err, nil)
			return
		}
		if w.room.open != r || w.room.name != roomCase || len(w.sheets) > 0 {
			return
		}
		s := screens.NewClues(w.words, clues, func(c casework.Clue) {
			w.closeSheet()
			var ideas []string
			if c.Instead != "" {
				ideas = append(ideas, c.Instead)
			}
			by := r.view.Plan.Case.By
			r.Words(c.Text, ideas, func(text string) {
				r.change(func(ctx context.Context) (state.View, error) { return r.open.Soften(ctx, c, text, by) })
			})
		}, w.closeSheet)
		w.sheet(s.Content, s.List)
		w.clues = s
	})
}

// Words asks what stands instead of a subject.
func (r *caseRoom) Words(now string, ideas []string, done func(string)) {
	w := r.w
	if len(w.sheets) > 0 {
		return
	}
	s := screens.NewWords(w.words, now, ideas, func(text string) {
		w.closeSheet()
		done(text)
	}, w.closeSheet)
	w.sheet(s.Content, s.First(), s.Submit)
	w.wordsFor = s
}

// Note asks for a remark on a finding.
func (r *caseRoom) Note(now string, done func(string)) {
	w := r.w
	if len(w.sheets) > 0 {
		return
	}
	s := screens.NewNote(w.words, now, func(text string) {
		w.closeSheet()
		done(text)
	}, w.closeSheet)
	w.sheet(s.Content, s.First())
	w.note = s
}

// Reason asks why a sure finding is cleared.
func (r *caseRoom) Reason(done func(why string)) {
	w := r.w
	if len(w.sheets) > 0 {
		return
	}
	s := screens.NewReason(w.words, r.view.Plan.Case.By, func(why string) {
		w.closeSheet()
		done(why)
	}, w.closeSheet)
	w.sheet(s.Content, s.First(), s.Submit)
	w.reason = s
}
