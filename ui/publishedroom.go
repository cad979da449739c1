package ui

import (
	"context"
	"time"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// openPublished fills the room when it is shown.
func (w *window) openPublished() {
	w.room.published.SetReleases(w.material.ReleaseRows(), time.Now())
	w.loadDay()
}

// showRelease goes to a release.
func (w *window) showRelease(id string) {
	w.show(roomPublished)
	if w.room.published != nil {
		w.room.published.Open(id)
	}
}

// issued is a release as it lies in its package's folder.
type issued struct {
	view  screens.Released
	desk  *casework.Desk
	files []casework.Asset
}

// OpenRelease implements screens.Publishing.
func (w *window) OpenRelease(id string) {
	s := w.session
	var row state.ReleaseRow
	for _, r := range w.material.ReleaseRows() {
		if r.Release.ID == id {
			row = r
		}
	}
	if row.Release == nil {
		return
	}
	act(w, func(ctx context.Context, reg Registry) (i issued, err error) {
		me, err := reg.Me(ctx)
		if err != nil {
			return i, err
		}
		i.view = screens.Released{Row: row, Prepares: me.May(authz.ActPrepare), Names: map[authz.SubjectID]string{}, Stands: map[authz.ConsentID]state.Agreement{}, Shown: map[authz.ConsentID]authz.SubjectID{}}
		d := s.Records()
		for _, id := range row.Release.Consents {
			c, err := d.Registry.Consent(ctx, id)
			if err != nil {
				i.view.Stands[id] = state.AgreedEnded // it is kept no more
				continue
			}
			i.view.Stands[id], i.view.Shown[id] = state.Stands(c, time.Now()), c.Subject
			if sub, err := d.Registry.Subject(ctx, c.Subject); err == nil {
				i.view.Names[c.Subject] = sub.Title()
			}
		}
		for _, l := range row.Lapses { // a later no may stand in another record
			if _, ok := i.view.Stands[l.Consent]; ok && l.State != "" {
				i.view.Stands[l.Consent] = ended(l.State)
			}
		}
		i.desk = d // to compare and look at files takes formats, and no models
		if row.Case == nil {
			i.view.Missing = len(row.Release.Files)
			return i, nil
		}
		i.files, i.view.Missing, err = i.desk.InPackage(ctx, row.Release, state.KeptFolder(*row.Case))
		for _, a := range i.files {
			i.view.Files = append(i.view.Files, a.Name)
		}
		return i, err
	}, func(i issued, err error) {
		p := w.room.published
		if p == nil || p.At() != id {
			return
		}
		if err != nil {
			w.failed(err)
			return
		}
		w.issued = i
		p.SetReleased(i.view)
	})
}

func ended(s authz.State) state.Agreement {
	switch s {
	case authz.Withdrawn:
		return state.AgreedWithdrawn
	case authz.Refused:
		return state.AgreedRefused
	case authz.Expired:
		return state.AgreedExpired
	}
	return state.AgreedEnded
}

// LoadReleased implements screens.Publishing.
func (w *window) LoadReleased(file, page int) {
	p, is := w.room.published, w.issued
	if p == nil {
		return
	}
	here := func() bool { return w.room.published == p && p.At() == is.view.Row.Release.ID }
	if file >= len(is.files) {
		return
	}
	// A line of its own: the new version loads beside it.
	w.view(&w.elder, filed{is.desk, is.files[file]}, file, page, func() *screens.Viewer {
		if here() {
			return p.Old
		}
		return nil
	})
}

// MakeNew implements screens.Publishing.
func (w *window) MakeNew() {
	p := w.room.published
	if p == nil || p.NewVersionOf() == nil {
		return
	}
	at := p.At()
	p.SetBusy()
	w.drafted(p.NewVersionOf().ID, func(x state.Progress) {
		if p := w.room.published; p != nil {
			p.SetProgress(x)
		}
	}, func(d *draft, err error) {
		p := w.room.published
		if p == nil || p.At() != at {
			return
		}
		if err != nil {
			p.Say(w.draftFailed(err))
			return
		}
		p.SetNew(d.ready.names())
	})
}

// ExportNew implements screens.Publishing.
func (w *window) ExportNew() {
	p, d := w.room.published, w.draft
	if p == nil || d == nil || !p.Fresh() {
		return
	}
	w.signDraft(d, func(err error) {
		p := w.room.published
		if p == nil {
			return
		}
		if err != nil {
			p.Say(w.draftFailed(err))
			return
		}
		p.Signed(w.words.T("published.done"))
	})
}

// AddPlace implements screens.Publishing.
func (w *window) AddPlace(where string) { w.addPlace(state.NewPlace{Where: where}) }

func (w *window) addPlace(p state.NewPlace) {
	by := w.signer()
	w.placed(func(ctx context.Context, d *casework.Desk, id string) error {
		return d.Publish(ctx, id, casework.Publication{Where: p.Where, Partner: p.Partner, Contract: p.Contract, By: by})
	})
}

// AddPlaceOf implements screens.Publishing.
func (w *window) AddPlaceOf(where string) {
	if w.room.published == nil || len(w.sheets) > 0 {
		return
	}
	w.placing = screens.NewPlace(w.words, where, func(p state.NewPlace) {
		w.closeSheet()
		w.addPlace(p)
	}, w.closeSheet)
	w.sheet(w.placing.Content, w.placing.First(), w.placing.Submit)
}

// WriteTakedowns implements screens.Publishing.
func (w *window) WriteTakedowns() {
	p := w.room.published
	if p == nil || p.At() == "" {
		return
	}
	id, n := p.At(), len(p.View().Row.Standing())
	w.withHandler(func(me authz.User) {
		ask(w, &w.taking, "takedown", me.Name+" "+id, func() *screens.Takedown {
			return screens.NewTakedown(w.words, n, me.May(authz.ActRequest), w.askFolder, func(t state.Takedown) {
				submit(w, w.taking, func(ctx context.Context, r Registry) ([]string, error) { return r.Takedowns(ctx, id, t) }, func(files []string) {
					w.say(w.words.T("takedown.done"), icons.Mail, theme.Current().OK, append([]string{w.words.T("request.where")}, files...)...)
				})
			}, w.closeSheet)
		})
	})
}

// TakenDown implements screens.Publishing.
func (w *window) TakenDown(where string) {
	w.placed(func(ctx context.Context, d *casework.Desk, id string) error { return d.TakenDown(ctx, id, where) })
}

// placed changes where a release stands, and shows it anew.
func (w *window) placed(change func(context.Context, *casework.Desk, string) error) {
	p, s := w.room.published, w.session
	if p == nil {
		return
	}
	id := p.At()
	act(w, func(ctx context.Context, _ Registry) (struct{}, error) {
		return struct{}{}, change(ctx, s.Records(), id)
	}, func(_ struct{}, err error) {
		if err != nil {
			w.failed(err)
			return
		}
		w.loadDay()
	})
}

// OpenPackage shows the package in the system's file manager.
func (w *window) OpenPackage() {
	if p := w.room.published; p != nil && p.NewVersionOf() != nil {
		w.openFolder(state.KeptFolder(*p.NewVersionOf()))
	}
}
