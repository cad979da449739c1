package screens

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Ask lets somebody choose a file or folder; it is not called back where they do not.
type Ask func(chosen func(path string))

// scopeFields are the fields of what is agreed to or asked for.
type scopeFields struct {
	rows              []fyne.CanvasObject
	badFrom, badUntil bool // the day is none
	set               func(purpose, channel string)
	first, last       *entry
	lead              *tick // the first box
}

// bad reports whether a day is none.
func (x *scopeFields) bad() bool { return x.badFrom || x.badUntil }

func (f *form) scope(v authz.Vocabulary, s *state.Scope, shows []string) *scopeFields {
	w, x := f.words, &scopeFields{}
	s.Shows, s.Territories = as[authz.Shows](shows), []authz.Territory{"CN"}
	purposes, purpose := f.boxes(v.Purposes, nil, func(ids []string) { s.Purposes = as[authz.Purpose](ids) })
	channels, channel := f.boxes(v.Channels, nil, func(ids []string) { s.Channels = as[authz.Channel](ids) })
	territories := f.checks(v.Territories, []string{"CN"}, func(ids []string) { s.Territories = as[authz.Territory](ids) })
	shown := f.checks(v.Shows, shows, func(ids []string) { s.Shows = as[authz.Shows](ids) })
	x.first, x.last = f.day(w.T("form.day.today"), func(t time.Time, no bool) { s.From, x.badFrom = t, no }), f.day(w.T("form.day"), func(t time.Time, no bool) { s.Until, x.badUntil = t, no })
	if len(v.Purposes) > 0 {
		x.lead = purpose[v.Purposes[0].ID]
	}
	x.set = func(p, c string) {
		purpose[p].SetChecked(true)
		channel[c].SetChecked(true)
	}
	x.rows = []fyne.CanvasObject{
		field(w.T("new.purpose"), purposes), field(w.T("new.channel"), channels), field(w.T("registry.shows"), shown),
		field(w.T("new.territory"), territories), two(field(w.T("grant.from"), x.first), field(w.T("grant.until"), x.last)),
	}
	return x
}

// as is words as ones of a type.
func as[T ~string](ids []string) []T {
	out := make([]T, len(ids))
	for i, id := range ids {
		out[i] = T(id)
	}
	return out
}

// Grant records a consent with its notice and evidence.
type Grant struct {
	*form
	grant                     state.Grant
	scope                     *scopeFields
	notice, evidence, licence func(path string)
	kind                      *widgets.Choice
	ticks                     map[string]*tick
}

// NewGrant is the sheet about a subject; notices are those that are kept. me is who
// records it: it says that the grant waits where they may not confirm one.
func NewGrant(w *i18n.Words, v authz.Vocabulary, subject authz.Subject, notices []authz.Notice, me authz.User, file Ask, done func(state.Grant), cancel func()) *Grant {
	s := &Grant{grant: state.Grant{Subject: subject.ID}, ticks: map[string]*tick{}, scope: &scopeFields{}}
	bad := false
	may := me.May(authz.ActConfirm) || me.May(authz.ActRecord)
	company := subject.Kind == authz.Organisation
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case bad || s.scope.bad():
			return "day"
		}
		return s.grant.Missing(time.Now())
	}, cancel)
	s.lacks = func() []string { return s.grant.Lacks() }
	s.scope = s.form.scope(v, &s.grant.Scope, []string{"name"})
	s.first = s.scope.lead // a box: Enter in it does nothing
	on := s.day(w.T("form.day.today"), func(t time.Time, no bool) { s.grant.On, bad = t, no })
	tick := func(key string, to *bool) *tick {
		s.ticks[key] = s.tick(w.T("grant."+key), *to, func(b bool) { *to = b })
		return s.ticks[key]
	}
	var evidence, licence fyne.CanvasObject
	evidence, s.evidence = s.file(w.T("form.file"), file, func(p string) { s.grant.Evidence = p })
	licence, s.licence = s.file(w.T("form.file"), file, func(p string) { s.grant.Licence = p })
	ticks := []fyne.CanvasObject{tick("written", &s.grant.Written), tick("separate", &s.grant.Separate), tick("voluntary", &s.grant.Voluntary)}
	if company {
		ticks = append(ticks, tick("authority", &s.grant.Authority))
	}
	what := w.T("grant.what")
	if !me.May(authz.ActConfirm) {
		what = w.T("grant.what.waits")
	}
	leave := widgets.VBox(theme.S8, tick("onward", &s.grant.OnwardUse), field(w.T("grant.licence"), licence))
	leave.Hide()
	partner := s.tick(w.T("grant.partner"), false, func(b bool) {
		s.grant.Partner = b
		leave.Hidden = !b
		s.Content.Refresh()
	})
	s.ticks["partner"] = partner
	scope := widgets.VBox(theme.S12, s.scope.rows[:len(s.scope.rows)-1]...)
	rows := []fyne.CanvasObject{}
	if company {
		scope.Add(field(w.T("request.forms"), s.checks(v.Forms, []string{"full"}, func(ids []string) { s.grant.Forms = ids })))
		s.grant.Forms = []string{"full"}
	} else {
		s.kind = s.one(state.ConsentKinds, "consent.kind.", state.ToPublish, func(k string) {
			s.grant.Kind = k
			scope.Hidden = k != state.ToPublish
			s.Content.Refresh()
		})
		rows = append(rows, field(w.T("grant.kind"), s.kind))
	}
	rows = append(rows, scope, s.scope.rows[len(s.scope.rows)-1], field(w.T("grant.notice"), s.noticeFields(notices, file)), two(field(w.T("grant.evidence"), evidence), field(w.T("grant.on"), on)))
	if !company {
		rows = append(rows, field(w.T("grant.by"), s.one([]string{"self", "guardian"}, "givenby.", "self", func(by string) { s.grant.GivenBy = by })))
	}
	rows = append(rows, field(w.T("grant.how"), widgets.VBox(0, widgets.Flow(s.wide, theme.S4, ticks...))),
		field(w.T("grant.collected"), widgets.VBox(theme.S4, partner, leave)))
	s.fill(w.T("grant.title", "name", subject.Title()), what, w.T("grant.do"), icons.Seal, widgets.Primary, func() { done(s.grant) }, rows...)
	return s
}

// noticeFields ask for the notice that was read: a file, or one that is kept.
func (s *Grant) noticeFields(notices []authz.Notice, file Ask) fyne.CanvasObject {
	w := s.words
	var pick fyne.CanvasObject
	pick, s.notice = s.file(w.T("form.file"), file, func(p string) { s.grant.Notice, s.grant.Kept = p, "" })
	s.ticks["complete"] = s.tick(w.T("grant.complete"), false, func(b bool) { s.grant.Complete = b })
	fresh := widgets.VBox(0, pick, s.ticks["complete"])
	if len(notices) == 0 {
		return fresh
	}
	var kept authz.Terms
	for _, n := range notices {
		kept = append(kept, authz.Term{ID: n.SHA256, Zh: noticeTitle(n), En: noticeTitle(n)})
	}
	o := s.choose(kept, func(sha string) {
		s.grant.Kept = sha
		fresh.Hidden = sha != ""
		s.Content.Refresh()
	})
	o.PlaceHolder = w.T("grant.kept")
	return widgets.VBox(theme.S8, framed(o), fresh)
}

// noticeTitle tells the versions of a notice apart.
func noticeTitle(n authz.Notice) string {
	title := n.Title
	if n.Version != "" {
		title = strings.TrimSpace(title + " " + n.Version)
	}
	return strings.TrimSpace(title + " (" + day(n.GivenAt.Local()) + ", " + n.SHA256[:min(8, len(n.SHA256))] + ")")
}

// Fill says what is agreed to and by which files, for tests.
func (s *Grant) Fill(purpose, channel, until, notice, evidence string) {
	if purpose != "" {
		s.scope.set(purpose, channel)
	}
	s.scope.last.SetText(until)
	s.notice(notice)
	s.evidence(evidence)
}

// Tick ticks boxes by their keys, for tests.
func (s *Grant) Tick(keys ...string) {
	for _, k := range keys {
		s.ticks[k].SetChecked(true)
	}
}

// Choose says what kind of consent it is, for tests.
func (s *Grant) Choose(kind string) { s.kind.Choose(slices.Index(state.ConsentKinds, kind)) }

// Leave says which file gives leave to use what a partner collected, for tests.
func (s *Grant) Leave(path string) { s.licence(path) }

// Confirm makes a waiting grant count.
type Confirm struct{ *form }

// NewConfirm is the sheet about one record; files are what is kept about the subject.
func NewConfirm(w *i18n.Words, v authz.Vocabulary, subject authz.Subject, c authz.Consent, files []authz.Evidence, may bool, done func(), cancel func()) *Confirm {
	s := &Confirm{}
	s.form = newForm(w, func() string {
		if !may {
			return "notyours"
		}
		return ""
	}, cancel)
	evidence := w.T("confirm.noevidence")
	for _, f := range files {
		if f.SHA256 == c.Evidence {
			evidence = w.T("confirm.evidence", "name", f.Name)
		}
	}
	s.fill(w.T("confirm.title", "name", subject.Title()), w.T("confirm.what"), w.T("confirm.do"), icons.Seal, widgets.Primary, done,
		termsOf(w, v, subject.Kind, c, s.wide), para(evidence, s.wide))
	return s
}

// termsOf is what a record covers, and until when.
func termsOf(w *i18n.Words, v authz.Vocabulary, kind authz.Kind, c authz.Consent, wide float32) fyne.CanvasObject {
	until := w.T("registry.open")
	if !c.Until.IsZero() {
		until = lastDay(c.Until)
	}
	return widgets.VBox(theme.S4, scopeOf(w, v, kind, c, wide), labelled(w.T("grid.until"), theme.Current().Px(90), until, wide))
}

// scopeOf is what a record covers.
func scopeOf(w *i18n.Words, v authz.Vocabulary, kind authz.Kind, c authz.Consent, wide float32) fyne.CanvasObject {
	t := theme.Current()
	label := t.Px(90)
	line := func(key string, words []string) fyne.CanvasObject {
		if len(words) == 0 {
			words = []string{w.T("registry.nothing")}
		}
		return labelled(w.T(key), label, strings.Join(words, w.T("list")), wide)
	}
	terms := func(ts authz.Terms, ids []string) (words []string) {
		for _, id := range ids {
			words = append(words, term(ts, id, w.Lang()))
		}
		return words
	}
	var shows []string
	for _, x := range c.Shows {
		shows = append(shows, shownWord(w, v, kind, x))
	}
	return widgets.VBox(theme.S4, line("new.purpose", terms(v.Purposes, ids(c.Purposes))), line("new.channel", terms(v.Channels, ids(c.Channels))),
		line("new.territory", terms(v.Territories, ids(c.Territories))), line("registry.shows", shows))
}
