package ui

import (
	"context"

	"consentry/authz"
	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// FindDuplicates proposes records that may be of one.
func (w *window) FindDuplicates() {
	type found struct {
		me    authz.User
		pairs []state.Pair
		of    int
	}
	lang := w.words.Lang()
	act(w, func(ctx context.Context, r Registry) (f found, err error) {
		if f.me, err = r.Me(ctx); err == nil {
			f.pairs, f.of, err = r.Duplicates(ctx, lang)
		}
		return f, err
	}, func(f found, err error) {
		switch {
		case len(w.sheets) > 0 || w.room.registry == nil:
			return
		case err != nil:
			w.failed(err)
			return
		}
		w.reg.merging = screens.NewDuplicates(w.words, f.pairs, f.of, f.me.May(authz.ActRegister), w.mergePair, w.unmergePair, w.closeSheet)
		w.sheet(w.reg.merging.Content, w.reg.merging.First())
	})
}

func (w *window) mergePair(i int) {
	s := w.reg.merging
	p := s.Pairs[i]
	act(w, func(ctx context.Context, r Registry) (string, error) { return r.Merge(ctx, p.A.ID, p.B.ID) }, func(id string, err error) {
		w.pairChanged(s, i, id, err)
	})
}

func (w *window) unmergePair(i int) {
	s := w.reg.merging
	id := s.Pairs[i].Merge
	act(w, func(ctx context.Context, r Registry) (string, error) { return "", r.Unmerge(ctx, id) }, func(_ string, err error) {
		w.pairChanged(s, i, "", err)
	})
}

func (w *window) pairChanged(s *screens.Duplicates, i int, id string, err error) {
	if err != nil {
		s.Failed(err)
		return
	}
	s.Merged(i, id)
	if r := w.room.registry; r != nil && r.Selected() == s.Pairs[i].B.ID {
		r.Leave() // it may be gone
	}
	w.changed("")
}

// Erase deletes somebody with all that is kept of them. Only a keeper may.
func (w *window) Erase(s authz.Subject, leaning int) {
	w.asMe(func(me authz.User) {
		w.reg.erase = screens.NewErase(w.words, s, leaning, me.May(authz.ActKeep), func() {
			submit(w, w.reg.erase, func(ctx context.Context, r Registry) (int, error) { return r.Erase(ctx, s.ID) }, func(n int) {
				if r := w.room.registry; r != nil {
					r.Leave()
				}
				w.changed("")
				w.say(w.words.T("erase.done"), icons.Seal, theme.Current().OK, w.words.T("erase.gone", "n", n))
			})
		}, w.closeSheet)
		w.sheet(w.reg.erase.Content, w.reg.erase.First(), w.reg.erase.Submit)
	})
}
