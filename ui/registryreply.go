package ui

import (
	"context"

	"consentry/authz"
	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// AnswerRequest records what somebody said to a request.
func (w *window) AnswerRequest(s authz.Subject, c authz.Consent, filed bool) {
	w.asMe(func(me authz.User) {
		ask(w, &w.reg.reply, "reply", me.Name+" "+string(c.ID), func() *screens.Reply {
			return screens.NewReply(w.words, w.vocab, s, c, filed, me, w.askFile, func(a state.Reply) {
				submit(w, w.reg.reply, func(ctx context.Context, r Registry) (bool, error) { return r.Answer(ctx, a) }, func(waits bool) {
					w.changed(s.ID)
					if waits {
						w.say(w.words.T("grant.done"), icons.Ask, theme.Current().Ask, w.words.T("registry.waits"))
					}
				})
			}, w.closeSheet)
		})
	})
}
