package ui

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"consentry/authz"
	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// listed bounds how many people the room lists at a time.
const listed = 200

// registrySheets are the sheets of the registry room that were last opened.
type registrySheets struct {
	add      *screens.AddSubject
	withdraw *screens.Withdraw
	grant    *screens.Grant
	confirm  *screens.Confirm
	explain  *screens.Explain
	request  *screens.Request
	handler  *screens.Handler
	imports  *screens.Import
	returned *screens.FileReturned
	said     *screens.Said
	copy     *screens.Copy
	reply    *screens.Reply
	merging  *screens.Duplicates
	erase    *screens.Erase
	paper    *screens.Paper // the file that is looked at
	marks    state.Marks    // for the filters of the list
}

// act is work on the registry. It has a line of its own, so that a withdrawal
// does not wait for a scan. Where the session was left meanwhile, nothing is
// handed over.
func act[T any](w *window, compute func(context.Context, Registry) (T, error), done func(T, error)) {
	s := w.session
	if s == nil {
		return
	}
	w.acts.Do(func(ctx context.Context) {
		v, err := compute(ctx, s.Registry())
		w.post(func() {
			if w.session == s {
				done(v, err)
			}
		})
	})
}

// submit is act for a sheet's form: what went wrong is said in the form, which keeps
// what was typed; otherwise the sheet closes, and then done goes on.
func submit[T any](w *window, form interface{ Failed(error) }, do func(context.Context, Registry) (T, error), done func(T)) {
	act(w, do, func(v T, err error) {
		if err != nil {
			form.Failed(err)
			return
		}
		w.closeSheet()
		done(v)
	})
}

// openRegistry fills the room when it is shown.
func (w *window) openRegistry() {
	w.FindPeople("", state.Everyone)
	w.countPeople()
	w.ShowDues()
}

// FindPeople searches while somebody types: what is asked later goes before.
func (w *window) FindPeople(query string, f state.PeopleFilter) {
	s, people, marks := w.session, w.people, w.reg.marks
	w.finds.Stop()
	w.finds.Do(func(ctx context.Context) {
		found, err := findPeople(ctx, s.Registry(), people, query, f, marks)
		if err != nil || ctx.Err() != nil {
			return
		}
		w.post(func() {
			if r := w.room.registry; r != nil && w.session == s && r.Query.Text == query && r.Filter == f {
				r.SetPeople(found, len(w.people.Subjects))
			}
		})
	})
}

// findPeople asks the vault for names and contacts, and the index of the window
// for companies.
func findPeople(ctx context.Context, r Registry, people *state.People, query string, f state.PeopleFilter, m state.Marks) ([]state.Person, error) {
	var ids []authz.SubjectID
	if query != "" {
		var err error
		if ids, err = r.Find(ctx, query, listed); err != nil {
			return nil, err
		}
	}
	return r.People(ctx, people.Listed(query, f, m, ids, listed))
}

// countPeople reads what the filters ask of the records, behind whatever somebody
// does: in a large registry it takes a while.
func (w *window) countPeople() {
	s := w.session
	if r := w.room.registry; r != nil {
		r.SetCounts(w.people.Counts(w.reg.marks))
	}
	background(w, func(ctx context.Context) (state.Marks, error) { return s.Registry().Marks(ctx) }, func(m state.Marks, err error) {
		if err != nil || w.session != s {
			return
		}
		w.reg.marks = m
		if r := w.room.registry; r != nil {
			r.SetCounts(w.people.Counts(m))
			if r.Filter != state.Everyone {
				w.FindPeople(r.Query.Text, r.Filter)
			}
		}
	})
}

// ShowDues reads what somebody has to see to.
func (w *window) ShowDues() {
	act(w, func(ctx context.Context, r Registry) ([]state.Due, error) { return r.Dues(ctx) }, func(ds []state.Due, err error) {
		if err == nil && w.room.registry != nil {
			w.room.registry.SetDues(ds)
		}
	})
}

// changed reads the registry anew after an act on it, and shows somebody.
func (w *window) changed(id authz.SubjectID) {
	s := w.session
	act(w, func(ctx context.Context, _ Registry) (*state.People, error) {
		all, err := s.Records().Registry.Subjects(ctx)
		return state.NewPeople(all), err
	}, func(p *state.People, err error) {
		if err == nil {
			w.people = p
		}
		w.loadDay()
		r := w.room.registry
		if r == nil {
			return
		}
		w.FindPeople(r.Query.Text, r.Filter)
		w.countPeople()
		if id == "" {
			w.ShowDues()
			return
		}
		if r.Selected() == id {
			w.ShowSubject(id)
			return
		}
		r.Select(id)
	})
}

// failed says what went wrong, in a sheet.
func (w *window) failed(err error) {
	w.say(w.words.T("wrong.title"), icons.Warn, theme.Current().Stop, screens.Wrong(w.words, err))
}

// say opens a sheet that says what was done.
func (w *window) say(heading string, icon icons.Name, tone theme.Tone, lines ...string) {
	w.reg.said = screens.NewSaid(w.words, heading, icon, tone, lines, w.closeSheet)
	w.sheet(w.reg.said.Content, w.reg.said.First())
}

// asMe opens a sheet that depends on what somebody may do.
func (w *window) asMe(open func(me authz.User)) {
	act(w, func(ctx context.Context, r Registry) (authz.User, error) { return r.Me(ctx) }, func(me authz.User, err error) {
		switch {
		case len(w.sheets) > 0 || w.room.registry == nil: // something else was opened meanwhile
		case err != nil:
			w.failed(err)
		default:
			open(me)
		}
	})
}

// AddSubject registers a person or company.
func (w *window) AddSubject() { w.AddNamed("") }

// AddNamed registers somebody who was searched for in vain.
func (w *window) AddNamed(name string) {
	w.asMe(func(me authz.User) {
		w.reg.add = screens.NewAddSubject(w.words, w.vocab, me.May(authz.ActRegister), func(n state.NewSubject) {
			submit(w, w.reg.add, func(ctx context.Context, r Registry) (authz.SubjectID, error) { return r.Add(ctx, n.Subject()) }, func(id authz.SubjectID) {
				w.changed(id)
			})
		}, w.closeSheet)
		w.reg.add.Fill(name)
		w.sheet(w.reg.add.Content, w.reg.add.First(), w.reg.add.Submit)
	})
}

// WithdrawAll records that somebody takes everything back.
func (w *window) WithdrawAll(s authz.Subject) { w.sayNo(s, state.Withdrawal{}) }

// WithdrawOne records that somebody takes one consent back.
func (w *window) WithdrawOne(s authz.Subject, c authz.Consent) {
	w.sayNo(s, state.Withdrawal{Only: c.ID})
}

// Refuse records that somebody says no to everything.
func (w *window) Refuse(s authz.Subject) { w.sayNo(s, state.Withdrawal{Refusal: true}) }

func (w *window) sayNo(s authz.Subject, no state.Withdrawal) {
	done, closed := "withdraw.done", "withdraw.closed"
	if no.Refusal {
		done, closed = "refuse.done", "refuse.closed"
	}
	w.reg.withdraw = screens.NewWithdraw(w.words, s, no, func(no state.Withdrawal) {
		submit(w, w.reg.withdraw, func(ctx context.Context, r Registry) (state.Closed, error) { return r.Withdraw(ctx, no) }, func(c state.Closed) {
			w.changed(s.ID)
			lean := w.words.T("withdraw.lean.none")
			if c.Releases > 0 {
				lean = w.words.T("withdraw.lean", "n", c.Releases)
			}
			w.say(w.words.T(done), icons.Seal, theme.Current().OK, w.words.T(closed, "n", c.Consents, "name", s.Title()), lean)
		})
	}, w.closeSheet)
	w.sheet(w.reg.withdraw.Content, w.reg.withdraw.First(), w.reg.withdraw.Submit)
}

// RecordGrant records a consent.
func (w *window) RecordGrant(s authz.Subject) {
	w.asMe(func(me authz.User) {
		w.reg.grant = screens.NewGrant(w.words, w.vocab, s, me, w.askFile, func(g state.Grant) {
			submit(w, w.reg.grant, func(ctx context.Context, r Registry) (bool, error) { return r.Grant(ctx, g) }, func(waits bool) {
				w.changed(s.ID)
				if waits {
					w.say(w.words.T("grant.done"), icons.Ask, theme.Current().Ask, w.words.T("registry.waits"))
				}
			})
		}, w.closeSheet)
		w.sheet(w.reg.grant.Content, w.reg.grant.First(), w.reg.grant.Submit)
	})
}

// ConfirmGrant makes a waiting grant count.
func (w *window) ConfirmGrant(s authz.Subject, c authz.Consent) {
	w.asMe(func(me authz.User) {
		w.reg.confirm = screens.NewConfirm(w.words, w.vocab, s, c, me.May(authz.ActConfirm), func() {
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
	sheet = screens.NewExplain(w.words, w.vocab, s, func(use authz.Use) {
		act(w, func(ctx context.Context, r Registry) (state.Explanation, error) {
			return r.Explain(ctx, s.ID, use, w.words.Lang())
		}, func(e state.Explanation, err error) {
			switch {
			case !sameUse(use, sheet.Use): // another question was asked meanwhile
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

func sameUse(a, b authz.Use) bool {
	return a.Purpose == b.Purpose && a.Channel == b.Channel && slices.Equal(a.Shows, b.Shows)
}

// RequestConsent makes the letter that asks for a consent; who asks has to be
// said first.
func (w *window) RequestConsent(s authz.Subject) {
	type known struct {
		me authz.User
		h  authz.Handler
	}
	act(w, func(ctx context.Context, r Registry) (k known, err error) {
		if k.me, err = r.Me(ctx); err == nil {
			k.h, err = r.Handler(ctx)
		}
		return k, err
	}, func(k known, err error) {
		switch {
		case len(w.sheets) > 0 || w.room.registry == nil:
		case err != nil:
			w.failed(err)
		case state.HandlerMissing(k.h) != "":
			w.sayHandler(k.h, k.me, s)
		default:
			w.request(s, k.me)
		}
	})
}

func (w *window) request(s authz.Subject, me authz.User) {
	w.reg.request = screens.NewRequest(w.words, w.vocab, s, me.May(authz.ActRequest), w.askFolder, func(q state.Request) {
		submit(w, w.reg.request, func(ctx context.Context, r Registry) (string, error) { return r.Request(ctx, q) }, func(folder string) {
			w.changed(s.ID)
			w.say(w.words.T("request.done"), icons.Doc, theme.Current().OK, w.words.T("request.where"), folder, w.words.T("request.then"))
		})
	}, w.closeSheet)
	w.sheet(w.reg.request.Content, w.reg.request.First(), w.reg.request.Submit)
}

func (w *window) sayHandler(h authz.Handler, me authz.User, s authz.Subject) {
	w.reg.handler = screens.NewHandler(w.words, h, me.May(authz.ActKeep), func(h authz.Handler) {
		submit(w, w.reg.handler, func(ctx context.Context, r Registry) (struct{}, error) { return struct{}{}, r.SetHandler(ctx, h) }, func(_ struct{}) {
			w.request(s, me)
		})
	}, w.closeSheet)
	w.sheet(w.reg.handler.Content, w.reg.handler.First(), w.reg.handler.Submit)
}

// ImportFile asks for a table or cards, and shows what they would do.
func (w *window) ImportFile() { w.askFile(w.importFile) }

func (w *window) importFile(path string) {
	type looked struct {
		preview state.Preview
		me      authz.User
	}
	act(w, func(ctx context.Context, r Registry) (l looked, err error) {
		if l.me, err = r.Me(ctx); err == nil {
			l.preview, err = r.Preview(ctx, path, w.words.Lang())
		}
		return l, err
	}, func(l looked, err error) {
		switch {
		case len(w.sheets) > 0 || w.room.registry == nil:
			return
		case err != nil:
			w.failed(err)
			return
		}
		w.reg.imports = screens.NewImport(w.words, path, l.preview, l.me.May(authz.ActRegister), func() {
			submit(w, w.reg.imports, func(ctx context.Context, r Registry) (struct{}, error) {
				return struct{}{}, r.Import(ctx, path, l.preview)
			}, func(_ struct{}) {
				w.changed("")
			})
		}, w.closeSheet)
		w.sheet(w.reg.imports.Content, w.reg.imports.First())
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
		case errors.Is(err, state.ErrNoCode):
			w.reg.returned = screens.NewFileReturned(w.words, path, func(id string) { w.fileReturned(id, path, w.reg.returned) }, w.closeSheet)
			w.sheet(w.reg.returned.Content, w.reg.returned.First())
		default:
			w.failed(err)
		}
	})
}

// askFile lets a file be chosen.
func (w *window) askFile(chosen func(string)) {
	dialog.ShowFileOpen(func(r fyne.URIReadCloser, err error) {
		if err == nil && r != nil {
			r.Close()
			chosen(r.URI().Path())
		}
	}, w.win)
}

// askFolder lets a folder be chosen.
func (w *window) askFolder(chosen func(string)) {
	dialog.ShowFolderOpen(func(u fyne.ListableURI, err error) {
		if err == nil && u != nil {
			chosen(u.Path())
		}
	}, w.win)
}
