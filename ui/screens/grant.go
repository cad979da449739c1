package screens

import (
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
	rows []fyne.CanvasObject
	bad  bool // the day is none
	set  func(purpose, channel string)
	till *entry
}

func (f *form) scope(v authz.Vocabulary, s *state.Scope, shows []string) *scopeFields {
	w, x := f.words, &scopeFields{}
	s.Shows = as[authz.Shows](shows)
	purpose := f.choose(v.Purposes, func(id string) { s.Purposes = []authz.Purpose{authz.Purpose(id)} })
	channel := f.choose(v.Channels, func(id string) { s.Channels = []authz.Channel{authz.Channel(id)} })
	territory := choice(v.Territories, w.Lang(), "CN", func(id string) { s.Territories = []authz.Territory{authz.Territory(id)} })
	x.till = f.day(w.T("form.day"), func(t time.Time, no bool) { s.Until, x.bad = t, no })
	x.set = func(p, c string) {
		for _, t := range []struct {
			set func(string)
			ts  authz.Terms
			id  string
		}{{purpose.SetSelected, v.Purposes, p}, {channel.SetSelected, v.Channels, c}} {
			t.set(term(t.ts, t.id, w.Lang()))
		}
	}
	x.rows = []fyne.CanvasObject{
		two(field(w.T("new.purpose"), framed(purpose)), field(w.T("new.channel"), framed(channel))),
		two(field(w.T("new.territory"), framed(territory)), field(w.T("grant.until"), x.till)),
		field(w.T("registry.shows"), f.checks(v.Shows, shows, func(ids []string) { s.Shows = as[authz.Shows](ids) })),
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
	grant            state.Grant
	scope            *scopeFields
	notice, evidence func(path string)
}

// NewGrant is the sheet about a subject. me is who records it: it says that the
// grant waits where they may not confirm one.
func NewGrant(w *i18n.Words, v authz.Vocabulary, subject authz.Subject, me authz.User, file Ask, done func(state.Grant), cancel func()) *Grant {
	s := &Grant{grant: state.Grant{Subject: subject.ID}}
	bad := false
	may := me.May(authz.ActConfirm) || me.May(authz.ActRecord)
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case bad || s.scope.bad:
			return "day"
		}
		return s.grant.Missing(time.Now())
	}, cancel)
	s.scope = &scopeFields{}
	s.scope = s.form.scope(v, &s.grant.Scope, []string{"name"})
	on := s.day(w.T("form.day.today"), func(t time.Time, no bool) { s.grant.On, bad = t, no })
	var notice, evidence fyne.CanvasObject
	notice, s.notice = s.file(w.T("form.file"), file, func(p string) { s.grant.Notice = p })
	evidence, s.evidence = s.file(w.T("form.file"), file, func(p string) { s.grant.Evidence = p })
	complete := s.tick(w.T("grant.complete"), false, func(b bool) { s.grant.Complete = b })
	ticks := []fyne.CanvasObject{
		s.tick(w.T("grant.written"), false, func(b bool) { s.grant.Written = b }),
		s.tick(w.T("grant.separate"), false, func(b bool) { s.grant.Separate = b }), s.tick(w.T("grant.voluntary"), false, func(b bool) { s.grant.Voluntary = b }),
	}
	if subject.Kind == authz.Organisation {
		ticks = append(ticks, s.tick(w.T("grant.authority"), false, func(b bool) { s.grant.Authority = b }))
	}
	what := w.T("grant.what")
	if !me.May(authz.ActConfirm) {
		what = w.T("grant.what.waits")
	}
	rows := append(s.scope.rows,
		two(field(w.T("grant.notice"), notice), field(w.T("grant.evidence"), evidence)),
		field(w.T("grant.on"), on),
		field(w.T("grant.how"), widgets.VBox(0, widgets.Flow(s.wide, theme.S4, ticks...), complete)))
	s.fill(w.T("grant.title", "name", subject.Title()), what, w.T("grant.do"), icons.Seal, widgets.Primary, func() { done(s.grant) }, rows...)
	return s
}

// Fill says what is agreed to and by which files, for tests.
func (s *Grant) Fill(purpose, channel, until, notice, evidence string) {
	s.scope.set(purpose, channel)
	s.scope.till.SetText(until)
	s.notice(notice)
	s.evidence(evidence)
}

// Confirm makes a waiting grant count.
type Confirm struct{ *form }

// NewConfirm is the sheet about one record.
func NewConfirm(w *i18n.Words, v authz.Vocabulary, subject authz.Subject, c authz.Consent, may bool, done func(), cancel func()) *Confirm {
	s := &Confirm{}
	s.form = newForm(w, func() string {
		if !may {
			return "notyours"
		}
		return ""
	}, cancel)
	evidence := w.T("confirm.noevidence")
	if c.Evidence != "" {
		evidence = w.T("confirm.evidence")
	}
	s.fill(w.T("confirm.title", "name", subject.Title()), w.T("confirm.what"), w.T("confirm.do"), icons.Seal, widgets.Primary, done,
		scopeOf(w, v, c, s.wide), body(evidence))
	return s
}

// scopeOf is what a record covers, in the rule pack's words.
func scopeOf(w *i18n.Words, v authz.Vocabulary, c authz.Consent, wide float32) fyne.CanvasObject {
	t := theme.Current()
	label := t.Px(90)
	line := func(key string, ts authz.Terms, ids []string) fyne.CanvasObject {
		words := ""
		for i, id := range ids {
			if i > 0 {
				words += w.T("sep")
			}
			words += term(ts, id, w.Lang())
		}
		if words == "" {
			words = w.T("registry.nothing")
		}
		return widgets.Border(nil, nil, widgets.Room(label, 0, note(w.T(key))), nil, para(words, wide-label))
	}
	return widgets.VBox(theme.S4, line("new.purpose", v.Purposes, ids(c.Purposes)), line("new.channel", v.Channels, ids(c.Channels)),
		line("new.territory", v.Territories, ids(c.Territories)), line("registry.shows", v.Shows, ids(c.Shows)))
}
