package ui

import (
	"context"

	"consentry/authz"
	"consentry/redact"
	"consentry/ui/screens"
	"consentry/ui/state"
)

// houseSheets are those about the vault as a whole that were last opened.
type houseSheets struct {
	notices    *screens.Notices
	notice     *screens.AddNotice
	text       *screens.Reading
	users      *screens.Users
	user       *screens.SetUser
	remove     *screens.Confirm
	waiting    *screens.Waiting
	purge      *screens.Purge
	export     *screens.Export
	ledger     *screens.Ledger
	ledgerFile *screens.LedgerFile
	restore    *screens.Restore
	recover    *screens.Recover
	allow      *screens.Allow
	permit     *screens.Permit
	owns       *screens.Owns
	try        *screens.TryOwn
	grouping   *screens.Grouping
	installed  *screens.Installed
}

// ShowNotices lists the versions of the notice.
func (w *window) ShowNotices() {
	with(w, func(ctx context.Context, r Registry) ([]authz.Notice, error) { return r.Notices(ctx) }, func(me authz.User, ns []authz.Notice) {
		w.house.notices = screens.NewNotices(w.words, w.vocab, ns, me.May(authz.ActRequest), func(n authz.Notice) {
			w.read(n.Title, n.Text)
		}, w.AddNotice, w.closeSheet)
		w.sheet(w.house.notices.Content, w.house.notices.First())
	})
}

// read shows a text over the sheet that lists it.
func (w *window) read(name, text string) {
	w.house.text = screens.NewReading(w.words, name, text, w.win.Canvas().Size(), w.closeSheet)
	w.sheet(w.house.text.Content, w.house.text.First())
}

// AddNotice files a version of the notice.
func (w *window) AddNotice() {
	w.closeSheet()
	w.asMe(func(me authz.User) {
		ask(w, &w.house.notice, "notice", me.Name, func() *screens.AddNotice {
			return screens.NewAddNotice(w.words, w.vocab, me.May(authz.ActRequest), w.askFile, func(n state.NewNotice) {
				submit(w, w.house.notice, func(ctx context.Context, r Registry) (struct{}, error) { return struct{}{}, r.AddNotice(ctx, n) }, func(struct{}) {
					w.ShowNotices()
				})
			}, w.closeSheet)
		})
	})
}

// ShowWaiting lists the grants that wait for somebody who may confirm them.
func (w *window) ShowWaiting() {
	with(w, func(ctx context.Context, r Registry) ([]state.Due, error) { return r.Dues(ctx) }, func(me authz.User, dues []state.Due) {
		w.house.waiting = screens.NewWaiting(w.words, dues, me.May(authz.ActConfirm), func(d state.Due) {
			w.closeSheet()
			w.confirmDue(d)
		}, w.closeSheet)
		w.sheet(w.house.waiting.Content, w.house.waiting.First())
	})
}

// confirmDue opens the grant that waits, to be looked at and confirmed.
func (w *window) confirmDue(d state.Due) {
	with(w, func(ctx context.Context, r Registry) (state.Dossier, error) { return r.Dossier(ctx, d.Subject.ID) }, func(_ authz.User, x state.Dossier) {
		for _, c := range x.Consents {
			if c.ID == d.Consent {
				w.ConfirmGrant(x.Subject, c)
			}
		}
	})
}

// kindName is a kind of finding in a word.
func (w *window) kindName(k redact.Kind) string { return screens.KindWord(w.words, k) }
