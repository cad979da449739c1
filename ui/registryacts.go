package ui

import (
	"context"

	"consentry/authz"
	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// AddSubject registers a person or company.
func (w *window) AddSubject() { w.AddNamed("") }

// AddNamed registers somebody who was searched for in vain.
func (w *window) AddNamed(name string) {
	w.asMe(func(me authz.User) {
		ask(w, &w.reg.add, "add", name, func() *screens.AddSubject {
			f := screens.NewAddSubject(w.words, w.vocab, me.May(authz.ActRegister), func(n state.NewSubject) {
				submit(w, w.reg.add, func(ctx context.Context, r Registry) (authz.SubjectID, error) { return r.Add(ctx, n.Subject()) }, func(id authz.SubjectID) {
					w.changed(id)
				})
			}, w.closeSheet)
			f.Fill(name)
			return f
		})
	})
}

// WithdrawAll records that somebody takes everything back.
func (w *window) WithdrawAll(s authz.Subject) { w.sayNo(s, state.Withdrawal{}, nil) }

// WithdrawOne records that somebody takes one consent back.
func (w *window) WithdrawOne(s authz.Subject, c authz.Consent) {
	w.sayNo(s, state.Withdrawal{Only: c.ID}, &c)
}

// Refuse records that somebody says no to everything.
func (w *window) Refuse(s authz.Subject) { w.sayNo(s, state.Withdrawal{Refusal: true}, nil) }

// sayNo records a no; only is the one record that it is of, or nil.
func (w *window) sayNo(s authz.Subject, no state.Withdrawal, only *authz.Consent) {
	done, closed := "withdraw.done", "withdraw.closed"
	if no.Refusal {
		done, closed = "refuse.done", "refuse.closed"
	}
	about := string(s.ID) + " " + string(no.Only) + " " + done
	ask(w, &w.reg.withdraw, "no", about, func() *screens.Withdraw {
		return screens.NewWithdraw(w.words, w.vocab, s, no, only, w.askFile, func(no state.Withdrawal) {
			submit(w, w.reg.withdraw, func(ctx context.Context, r Registry) (state.Closed, error) { return r.Withdraw(ctx, no) }, func(c state.Closed) {
				w.changed(s.ID)
				w.saidNo(w.words.T(done), c.Releases, w.words.T(closed, "n", c.Consents, "name", s.Title()))
			})
		}, w.closeSheet)
	})
}

// saidNo says what a no did, and goes to the releases that have to be taken down.
func (w *window) saidNo(heading string, releases int, lines ...string) {
	if releases == 0 {
		w.say(heading, icons.Seal, theme.Current().OK, append(lines, w.words.T("withdraw.lean.none"))...)
		return
	}
	w.reg.said = screens.NewSaidNo(w.words, heading, append(lines, w.words.T("withdraw.lean", "n", releases)), func() {
		w.closeSheet()
		w.show(roomPublished)
	}, w.closeSheet)
	w.sheet(w.reg.said.Content, w.reg.said.First())
}

// kept are the files about somebody on show.
func (w *window) kept(s authz.Subject) []authz.Evidence {
	if r := w.room.registry; r != nil && r.Shown().Subject.ID == s.ID {
		return r.Shown().Evidence
	}
	return nil
}

// RecordGrant records a consent.
func (w *window) RecordGrant(s authz.Subject) {
	with(w, func(ctx context.Context, r Registry) ([]authz.Notice, error) { return r.Notices(ctx) }, func(me authz.User, notices []authz.Notice) {
		ask(w, &w.reg.grant, "grant", me.Name+" "+string(s.ID), func() *screens.Grant {
			return screens.NewGrant(w.words, w.vocab, s, notices, me, w.askFile, func(g state.Grant) {
				submit(w, w.reg.grant, func(ctx context.Context, r Registry) (bool, error) { return r.Grant(ctx, g) }, func(waits bool) {
					w.changed(s.ID)
					if waits {
						w.say(w.words.T("grant.done"), icons.Ask, theme.Current().Ask, w.words.T("registry.waits"))
					}
				})
			}, w.closeSheet)
		})
	})
}

// ConfirmGrant makes a waiting grant count.
func (w *window) ConfirmGrant(s authz.Subject, c authz.Consent) {
	w.asMe(func(me authz.User) {
		w.reg.confirm = screens.NewConfirm(w.words, w.vocab, s, c, w.kept(s), me.May(authz.ActConfirm), func() {
			submit(w, w.reg.confirm, func(ctx context.Context, r Registry) (struct{}, error) { return struct{}{}, r.Confirm(ctx, c.ID) }, func(_ struct{}) {
				w.changed(s.ID)
			})
		}, w.closeSheet)
		w.sheet(w.reg.confirm.Content, w.reg.confirm.First(), w.reg.confirm.Submit)
	})
}

// ExplainUse asks the rules whether somebody may be shown.
func (w *window) ExplainUse(s authz.Subject) {
	var sheet *screens.Explain
	sheet = screens.NewExplain(w.words, w.vocab, s, func(q state.Question) {
		act(w, func(ctx context.Context, r Registry) (state.Explanation, error) {
			return r.Explain(ctx, s.ID, q, w.words.Lang())
		}, func(e state.Explanation, err error) {
			switch {
			case !q.Same(sheet.Asked): // another question was asked meanwhile
			case err != nil:
				sheet.Failed(err)
			default:
				sheet.Set(e)
			}
		})
	}, w.closeSheet)
	w.reg.explain = sheet
	w.sheet(sheet.Content, sheet.First())
}
