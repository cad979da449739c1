package ui

import (
	"context"

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
	columns  *screens.Columns
	noes     *screens.Noes
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
		err = w.opts.Backend.Named(err)
		w.post(func() {
			if w.session == s {
				w.heard(err)
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
		w.sent(form)
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
	w.reg.said = screens.NewFailed(w.words, err, w.closeSheet)
	w.sheet(w.reg.said.Content, w.reg.said.First())
}

// say opens a sheet that says what was done.
func (w *window) say(heading string, icon icons.Name, tone theme.Tone, lines ...string) {
	w.reg.said = screens.NewSaid(w.words, heading, icon, tone, lines, w.closeSheet)
	w.sheet(w.reg.said.Content, w.reg.said.First())
}

// asMe opens a sheet that depends on what somebody may do.
func (w *window) asMe(open func(me authz.User)) {
	with(w, func(context.Context, Registry) (struct{}, error) { return struct{}{}, nil }, func(me authz.User, _ struct{}) { open(me) })
}

// with opens a sheet that depends on what somebody may do, and on what is read first.
func with[T any](w *window, read func(context.Context, Registry) (T, error), open func(me authz.User, v T)) {
	type known struct {
		me authz.User
		v  T
	}
	in := w.room.name
	act(w, func(ctx context.Context, r Registry) (k known, err error) {
		if k.me, err = r.Me(ctx); err == nil {
			k.v, err = read(ctx, r)
		}
		return k, err
	}, func(k known, err error) {
		switch {
		case len(w.sheets) > 0 || w.room.name != in: // something else was opened meanwhile
		case err != nil:
			w.failed(err)
		default:
			open(k.me, k.v)
		}
	})
}
