package ui

import (
	"context"

	"consentry/authz"
	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// fileSheets are those about one record that were last opened.
type fileSheets struct {
	change   *screens.Change
	evidence *screens.AddEvidence
	receipt  *screens.Receipt
	enrol    *screens.Enrol
	logos    *screens.Logos
	grounds  *screens.Grounds
	ground   *screens.RecordGround
	approve  *screens.ApproveGround
	revoke   *screens.Confirm
}

// ChangeSubject puts other facts about somebody.
func (w *window) ChangeSubject(s authz.Subject) {
	w.asMe(func(me authz.User) {
		ask(w, &w.file.change, "change", me.Name+" "+string(s.ID), func() *screens.Change {
			return screens.NewChange(w.words, w.vocab, s, me.May(authz.ActRegister) || me.May(authz.ActConfirm), w.people.Title, w.pickCompany, w.askFile, func(c state.SubjectChange) {
				submit(w, w.file.change, func(ctx context.Context, r Registry) ([]string, error) { return r.Change(ctx, c, w.words.Lang()) }, func(hints []string) {
					w.changed(s.ID)
					if len(hints) > 0 {
						w.say(w.words.T("change.hints"), icons.Ask, theme.Current().Ask, hints...)
					}
				})
			}, w.closeSheet)
		})
	})
}

// pickCompany lets a registered company be chosen, over the sheet that asks for it.
func (w *window) pickCompany(chosen func(authz.Subject)) {
	p := screens.NewPicker(w.words, w.words.T("pick.company"), w.words.T("pick.hint"), w.people, authz.Organisation, func(authz.Subject) string { return "" }, func(s authz.Subject) {
		w.closeSheet()
		chosen(s)
	}, w.closeSheet)
	w.sheet(p.Content, p.Query)
	w.picker = p
}

// AddEvidence seals a file about somebody, or about one record of theirs.
func (w *window) AddEvidence(s authz.Subject, c authz.ConsentID) {
	w.asMe(func(me authz.User) {
		ask(w, &w.file.evidence, "evidence", me.Name+" "+string(s.ID)+" "+string(c), func() *screens.AddEvidence {
			return screens.NewAddEvidence(w.words, s, c, me.May(authz.ActRecord), w.askFile, func(e state.NewEvidence) {
				submit(w, w.file.evidence, func(ctx context.Context, r Registry) (struct{}, error) { return struct{}{}, r.KeepEvidence(ctx, e) }, func(struct{}) {
					w.changed(s.ID)
				})
			}, w.closeSheet)
		})
	})
}

// SaveEvidence writes a sealed file into a folder.
func (w *window) SaveEvidence(e authz.Evidence) {
	w.askFolder(func(folder string) { w.saveEvidence(e, folder) })
}

func (w *window) saveEvidence(e authz.Evidence, folder string) {
	act(w, func(ctx context.Context, r Registry) (string, error) { return r.SaveEvidence(ctx, e, folder) }, w.written("evidence.saved"))
}

// written says where a file was written, or why it was not.
func (w *window) written(key string) func(string, error) {
	return func(file string, err error) {
		if err != nil {
			w.failed(err)
			return
		}
		w.say(w.words.T(key), icons.Seal, theme.Current().OK, w.words.T("copy.where"), file)
	}
}

// WriteReceipt writes what was recorded of a consent, for the person.
func (w *window) WriteReceipt(s authz.Subject, c authz.Consent) {
	w.asMe(func(me authz.User) {
		ask(w, &w.file.receipt, "receipt", me.Name+" "+string(c.ID), func() *screens.Receipt {
			return screens.NewReceipt(w.words, s, me.May(authz.ActRequest), w.askFolder, func(ending, lang, folder string) {
				submit(w, w.file.receipt, func(ctx context.Context, r Registry) (string, error) {
					return r.Receipt(ctx, c.ID, ending, lang, folder)
				}, func(file string) { w.written("receipt.done")(file, nil) })
			}, w.closeSheet)
		})
	})
}
