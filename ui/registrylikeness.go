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

// ShowFace says what is kept of a person's face, and enrols them from photos.
func (w *window) ShowFace(s authz.Subject) {
	type known struct {
		face    state.Face
		consent bool
	}
	with(w, func(ctx context.Context, r Registry) (k known, err error) {
		if k.face, err = r.Face(ctx, s.ID); err != nil {
			return k, err
		}
		d, err := r.Dossier(ctx, s.ID)
		k.consent = d.Matched(time.Now())
		return k, err
	}, func(me authz.User, k known) {
		f := screens.NewEnrol(w.words, s, k.face, k.consent, me.May(authz.ActPrepare), w.askFile, func(photos []state.Portrait) {
			submit(w, w.file.enrol, func(ctx context.Context, r Registry) (int, error) { return r.Enrol(ctx, s.ID, photos) }, func(alike int) {
				lines := []string{w.words.T("face.done.what")}
				if alike > 0 {
					lines = append(lines, w.words.T("face.alike", "n", alike))
				}
				w.say(w.words.T("face.done"), icons.Seal, theme.Current().OK, lines...)
			})
		}, func() {
			w.closeSheet()
			w.RecordGrant(s)
		}, func() {
			act(w, func(ctx context.Context, r Registry) (struct{}, error) { return struct{}{}, r.ForgetFace(ctx, s.ID) }, func(_ struct{}, err error) {
				if err != nil {
					w.file.enrol.Failed(err)
					return
				}
				w.closeSheet()
				w.ShowFace(s)
			})
		}, w.closeSheet)
		w.file.enrol = f
		w.sheet(f.Content, f.First(), f.Submit)
	})
}

// ShowLogos shows the pictures of a company's logo.
func (w *window) ShowLogos(s authz.Subject) {
	with(w, func(ctx context.Context, r Registry) ([]state.Logo, error) { return r.Logos(ctx, s.ID) }, func(me authz.User, all []state.Logo) {
		w.file.logos = screens.NewLogos(w.words, s, all, me.May(authz.ActRegister), func() {
			w.askFile(func(path string) { w.addLogo(s, path) })
		}, func(l state.Logo) {
			w.logoChanged(s, func(ctx context.Context, r Registry) error { return r.RemoveLogo(ctx, l.ID) })
		}, w.closeSheet)
		w.sheet(w.file.logos.Content, w.file.logos.First())
	})
}

func (w *window) addLogo(s authz.Subject, path string) {
	w.logoChanged(s, func(ctx context.Context, r Registry) error { return r.AddLogo(ctx, s.ID, path) })
}

func (w *window) logoChanged(s authz.Subject, do func(context.Context, Registry) error) {
	again(w, w.file.logos, do, func() { w.ShowLogos(s) })
}

// again does something to a line of a sheet, and opens the sheet anew.
func again(w *window, sheet interface{ Failed(error) }, do func(context.Context, Registry) error, open func()) {
	act(w, func(ctx context.Context, r Registry) (struct{}, error) { return struct{}{}, do(ctx, r) }, func(_ struct{}, err error) {
		if err != nil {
			sheet.Failed(err)
			return
		}
		w.closeSheet()
		open()
	})
}
