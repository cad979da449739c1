package screens

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Users lists who works with the vault and what is theirs to do.
type Users struct{ *listing }

// NewUsers is the sheet; me is who acts. change with an empty name adds somebody.
func NewUsers(w *i18n.Words, us []authz.User, me authz.User, change func(authz.User), remove func(authz.User), cancel func()) *Users {
	keeps := me.May(authz.ActKeep)
	add := widgets.NewButton(w.T("user.add"), icons.Plus, "", widgets.Plain, func() { change(authz.User{}) })
	add.SetEnabled(keeps)
	what := w.T("user.what")
	if len(us) == 0 {
		what = w.T("user.what.alone")
	}
	s := &Users{newListing(w, w.T("user.title"), w.T("user.me", "name", me.Name, "jobs", jobWords(w, me.Jobs))+"\n"+what, cancel, add)}
	var lines []fyne.CanvasObject
	for _, u := range us {
		about := jobWords(w, u.Jobs)
		if u.By != "" {
			about += w.T("sep") + w.T("user.by", "who", u.By, "day", day(u.Added.Local()))
		}
		var tag fyne.CanvasObject
		if authz.FoldName(u.Name) == authz.FoldName(me.Name) {
			tag = widgets.NewTag(w.T("user.is.me"), icons.Person, theme.Current().Show)
		}
		lines = append(lines, s.line(u.Name, about, tag, s.do("user.change", keeps, func() { change(u) }), s.do("user.remove", keeps, func() { remove(u) })))
	}
	s.set(w.T("user.none"), lines...)
	return s
}

func jobWords(w *i18n.Words, js []authz.Job) string {
	var out []string
	for _, j := range js {
		out = append(out, w.T("job.is."+string(j)))
	}
	if len(out) == 0 {
		return w.T("job.is.none")
	}
	return strings.Join(out, w.T("list"))
}

// SetUser puts somebody on the list, or gives them other jobs.
type SetUser struct {
	*form
	name *entry
	jobs map[string]*tick
	u    authz.User
}

// NewSetUser is the sheet about a user; one without a name is new.
func NewSetUser(w *i18n.Words, u authz.User, may bool, done func(name string, jobs []authz.Job), cancel func()) *SetUser {
	s := &SetUser{u: u, jobs: map[string]*tick{}}
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case strings.TrimSpace(s.u.Name) == "":
			return "name"
		case len(s.u.Jobs) == 0:
			return "job"
		}
		return ""
	}, cancel)
	s.name = s.text(w.T("user.name.hint"), func(t string) { s.u.Name = t })
	s.name.SetText(u.Name)
	heading, do := w.T("user.add"), w.T("user.do")
	if u.Name != "" {
		heading, do = w.T("user.change.title", "name", u.Name), w.T("user.change.do")
		s.name.Disable()
	}
	rows := widgets.VBox(theme.S4)
	var js authz.Terms
	for _, j := range authz.Jobs {
		js = append(js, authz.Term{ID: string(j), Zh: w.T("job.is." + string(j)), En: w.T("job.is." + string(j))})
	}
	_, of := s.boxes(js, ids(u.Jobs), func(ids []string) { s.u.Jobs = as[authz.Job](ids) })
	s.jobs = of
	inset := theme.Current().Px(widgets.BoxSize) + theme.S8 // under the word of the box
	for _, j := range authz.Jobs {
		rows.Add(widgets.VBox(0, of[string(j)], container.New(layout.NewCustomPaddedLayout(0, 0, inset, 0), notePara(w.T("job.what."+string(j)), s.wide-inset))))
	}
	if u.Name != "" {
		s.first = of[string(authz.Jobs[0])]
	}
	s.fill(heading, w.T("user.set.what"), do, icons.Person, widgets.Primary, func() { done(strings.TrimSpace(s.u.Name), s.u.Jobs) },
		field(w.T("user.name"), s.name), field(w.T("user.jobs"), rows))
	return s
}

// Fill says who it is and ticks jobs, for tests.
func (s *SetUser) Fill(name string, jobs ...authz.Job) {
	if name != "" {
		s.name.SetText(name)
	}
	for id, t := range s.jobs {
		on := false
		for _, j := range jobs {
			on = on || string(j) == id
		}
		t.SetChecked(on)
	}
}

// NewRemoveUser asks once more before somebody is taken off the list.
func NewRemoveUser(w *i18n.Words, u authz.User, done, cancel func()) *Confirm {
	s := &Confirm{newForm(w, func() string { return "" }, cancel)}
	s.fill(w.T("user.remove.title", "name", u.Name), w.T("user.remove.what"), w.T("user.remove"), icons.Warn, widgets.Danger, done, body(jobWords(w, u.Jobs)))
	return s
}

// Waiting lists the grants that wait for somebody who may confirm them.
type Waiting struct{ *listing }

// NewWaiting is the sheet; may is what whoever acts may confirm.
func NewWaiting(w *i18n.Words, dues []state.Due, may bool, see func(state.Due), cancel func()) *Waiting {
	s := &Waiting{newListing(w, w.T("waiting.title"), w.T("waiting.what"), cancel)}
	if !may {
		s.Say(w.T("missing.notyours"))
	}
	var lines []fyne.CanvasObject
	for _, d := range dues {
		if d.What == "confirm" {
			lines = append(lines, s.line(d.Subject.Title(), SubjectNote(w, d.Subject), nil, s.do("waiting.see", may, func() { see(d) })))
		}
	}
	s.set(w.T("waiting.none"), lines...)
	return s
}
