package ui

import (
	"context"
	"time"

	"consentry/authz"
	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// ShowSubject reads what the registry holds of somebody, and what the rules say today.
func (w *window) ShowSubject(id authz.SubjectID) {
	lang := w.words.Lang()
	act(w, func(ctx context.Context, r Registry) (d state.Dossier, err error) {
		if d, err = r.Dossier(ctx, id); err == nil {
			d.Grid, err = r.Grid(ctx, id, "", lang)
		}
		return d, err
	}, func(d state.Dossier, err error) {
		switch {
		case w.room.registry == nil || w.room.registry.Selected() != id:
		case err != nil:
			w.room.registry.Leave()
			w.failed(err)
		default:
			var ids []authz.ConsentID
			for _, c := range d.Consents {
				ids = append(ids, c.ID)
			}
			d.Leaning = state.LeaningOn(w.material.ReleaseRows(), ids)
			w.room.registry.SetDossier(d, time.Now())
		}
	})
}

// ShowFor asks the rules about another purpose.
func (w *window) ShowFor(id authz.SubjectID, p authz.Purpose) {
	lang := w.words.Lang()
	act(w, func(ctx context.Context, r Registry) (state.Grid, error) { return r.Grid(ctx, id, p, lang) }, func(g state.Grid, err error) {
		switch r := w.room.registry; {
		case r == nil || r.Selected() != id:
		case err != nil:
			w.failed(err)
		default:
			r.SetGrid(id, g)
		}
	})
}

// aboutThem asks whoever is selected in the registry for a consent, records that they take
// theirs back, or changes what is known of them. With nobody selected, it goes to the registry.
func (w *window) aboutThem(c state.Command) {
	r := w.room.registry
	switch {
	case w.session == nil:
	case r == nil:
		w.show(roomRegistry)
	case r.Selected() == "" || r.Shown().Subject.ID != r.Selected():
	case c == state.RequestThem:
		w.RequestConsent(r.Shown().Subject)
	case c == state.ChangeThem:
		w.ChangeSubject(r.Shown().Subject)
	case c == state.GroundsOf:
		w.ShowGrounds(r.Shown().Subject)
	default:
		w.WithdrawAll(r.Shown().Subject)
	}
}

// SeeRelease goes to a release that leans on somebody's records.
func (w *window) SeeRelease(id string) { w.showRelease(id) }

// OpenEvidence shows a sealed file. It is held in memory only while its sheet is open.
func (w *window) OpenEvidence(e authz.Evidence) {
	act(w, func(ctx context.Context, r Registry) (state.Paper, error) {
		return r.OpenEvidence(ctx, e.SHA256, e.Name)
	}, func(p state.Paper, err error) {
		switch {
		case len(w.sheets) > 0 || w.room.registry == nil: // something else was opened meanwhile
			return
		case err != nil:
			w.failed(err)
			return
		}
		var s *screens.Paper
		s = screens.NewPaper(w.words, e.Name, w.win.Canvas().Size(), func(file, page int) {
			w.view(&w.pictures, p, file, page, func() *screens.Viewer {
				if w.reg.paper == s {
					return s.Viewer
				}
				return nil
			})
		}, w.closeSheet)
		w.sheet(s.Content, s.First())
		w.reg.paper = s
		s.Viewer.SetFiles([]string{e.Name})
	})
}

// SaveCopy writes all that is kept of somebody into a folder, to be handed to them.
func (w *window) SaveCopy(s authz.Subject) {
	w.asMe(func(me authz.User) {
		w.reg.copy = screens.NewCopy(w.words, s, me.May(authz.ActRegister), w.askFolder, func(to, folder string) {
			submit(w, w.reg.copy, func(ctx context.Context, r Registry) (string, error) { return r.Copy(ctx, s.ID, to, folder) }, func(file string) {
				w.say(w.words.T("copy.done"), icons.Seal, theme.Current().OK, w.words.T("copy.where"), file)
			})
		}, w.closeSheet)
		w.sheet(w.reg.copy.Content, w.reg.copy.First(), w.reg.copy.Submit)
	})
}
