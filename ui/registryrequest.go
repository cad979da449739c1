package ui

import (
	"context"
	"slices"
	"time"

	"consentry/authz"
	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// RequestConsent makes the letter that asks for a consent.
func (w *window) RequestConsent(s authz.Subject) {
	if w.room.registry != nil {
		w.withHandler(func(me authz.User) { w.request(s, me) })
	}
}

// withHandler goes on once it is said who asks for consents and publishes.
func (w *window) withHandler(then func(me authz.User)) {
	with(w, func(ctx context.Context, r Registry) (authz.Handler, error) { return r.Handler(ctx) }, func(me authz.User, h authz.Handler) {
		if state.HandlerMissing(h) != "" {
			w.handler(h, me, func() { then(me) })
			return
		}
		then(me)
	})
}

func (w *window) request(s authz.Subject, me authz.User) {
	ask(w, &w.reg.request, "request", me.Name+" "+string(s.ID), func() *screens.Request {
		var f *screens.Request
		f = screens.NewRequest(w.words, w.vocab, s, me.May(authz.ActRequest), w.win.Canvas().Size(), w.askFile, w.askFolder, func(q state.Request) { w.draftLetter(f, q) }, func(file, page int) {
			if d := f.Drafted(); file < len(d.Papers) {
				w.view(&w.pictures, d.Papers[file], file, page, func() *screens.Viewer { return f.Viewer })
			}
		}, func(q state.Request) {
			submit(w, f, func(ctx context.Context, r Registry) (string, error) { return r.Request(ctx, q) }, func(folder string) {
				w.changed(s.ID)
				w.say(w.words.T("request.done"), icons.Doc, theme.Current().OK, w.words.T("request.where"), folder, w.words.T("request.then"))
			})
		}, w.closeSheet)
		return f
	})
}

// typing is how long somebody stops to type before a letter is made anew.
const typing = 300 * time.Millisecond

// draftLetter makes the letter as it would be written, once nobody types.
func (w *window) draftLetter(f *screens.Request, q state.Request) {
	s := w.session
	if s == nil {
		return
	}
	w.drafting.Stop()
	unlessStopped(w, &w.drafting, func(ctx context.Context) (state.LetterDraft, error) {
		select {
		case <-ctx.Done():
			return state.LetterDraft{}, ctx.Err()
		case <-time.After(typing):
		}
		return s.Registry().Draft(ctx, q)
	}, func(d state.LetterDraft, err error) {
		if w.session == s {
			f.SetDraft(d, err)
		}
	})
}

// handler asks who asks for consents, and then goes on.
func (w *window) handler(h authz.Handler, me authz.User, then func()) {
	ask(w, &w.reg.handler, "handler", me.Name, func() *screens.Handler {
		return screens.NewHandler(w.words, h, me.May(authz.ActKeep), func(h authz.Handler) {
			submit(w, w.reg.handler, func(ctx context.Context, r Registry) (struct{}, error) { return struct{}{}, r.SetHandler(ctx, h) }, func(_ struct{}) {
				then()
			})
		}, w.closeSheet)
	})
}

// FileReturned asks for the scan of a returned form and seals it.
func (w *window) FileReturned() {
	w.askFile(func(path string) { w.fileReturned("", path, nil) })
}

// fileReturned seals a scan by its code; where none can be read, it asks which
// request it answers.
func (w *window) fileReturned(request, path string, f *screens.FileReturned) {
	act(w, func(ctx context.Context, r Registry) (authz.Consent, error) {
		return r.FileReturned(ctx, request, path)
	}, func(c authz.Consent, err error) {
		switch {
		case err == nil:
			if f != nil {
				w.closeSheet()
			}
			w.changed(c.Subject)
			w.say(w.words.T("returned.done"), icons.Seal, theme.Current().OK, w.words.T("returned.filed", "id", c.ID), w.words.T("returned.then"))
		case f != nil:
			f.Failed(err)
		case len(w.sheets) > 0:
		case state.WhyOf(err) == state.NoCode:
			w.whichRequest(path)
		default:
			w.failed(err)
		}
	})
}

// whichRequest asks which of the requests without an answer a scan answers.
func (w *window) whichRequest(path string) {
	act(w, func(ctx context.Context, r Registry) ([]state.Due, error) { return r.Dues(ctx) }, func(dues []state.Due, err error) {
		switch {
		case len(w.sheets) > 0:
			return
		case err != nil:
			w.failed(err)
			return
		}
		open := slices.DeleteFunc(dues, func(d state.Due) bool { return d.What != "requested" && d.What != "deferred" })
		w.reg.returned = screens.NewFileReturned(w.words, path, open, func(id string) { w.fileReturned(id, path, w.reg.returned) }, w.closeSheet)
		w.sheet(w.reg.returned.Content, w.reg.returned.First())
	})
}
