package screens

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/widgets"
)

// RequestAll makes the letters to everybody whom a case hides for want of a consent.
type RequestAll struct {
	*form
	ask    state.Request
	texts  []*entry
	folder func(path string)
}

// NewRequestAll is the sheet about a case; names are those who are asked.
func NewRequestAll(w *i18n.Words, c casework.Case, names []string, may bool, folder Ask, done func(state.Request), cancel func()) *RequestAll {
	s := &RequestAll{ask: state.Request{Lang: w.Lang(), Work: c.Title, Scope: state.Scope{
		Purposes: []authz.Purpose{c.Purpose}, Channels: []authz.Channel{c.Channel}, Territories: []authz.Territory{c.Territory}, Shows: []authz.Shows{"name"},
	}}}
	bad := false
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case len(names) == 0:
			return "nobody"
		case bad:
			return "day"
		}
		return s.ask.Missing(time.Now())
	}, cancel)
	s.lacks = func() []string { return s.ask.Lacks() }
	text := func(hint string, to *string) *entry {
		e := s.text(hint, func(t string) { *to = t })
		e.SetText(*to)
		s.texts = append(s.texts, e)
		return e
	}
	work := text("", &s.ask.Work)
	until := s.day(w.T("form.day"), func(t time.Time, no bool) { s.ask.Until, bad = t, no })
	s.texts = append(s.texts, until)
	source, keep := text(w.T("request.source.hint"), &s.ask.Source), text(w.T("request.keep.hint"), &s.ask.Keep)
	var into fyne.CanvasObject
	into, s.folder = s.file(w.T("cmd.open-folder"), folder, func(p string) { s.ask.Folder = p })
	s.first = until
	who := strings.Join(names, w.T("sep"))
	if who == "" {
		who = w.T("request.all.none")
	}
	s.fill(w.T("cmd.request-all"), w.T("request.all.what"), w.T("request.do"), icons.Mail, widgets.Primary, func() { done(s.ask) },
		field(w.T("request.all.who"), para(who, s.wide)), two(field(w.T("request.work"), work), field(w.T("request.lang"), s.one(i18n.Languages, "lang.", w.Lang(), func(l string) { s.ask.Lang = l }))),
		two(field(w.T("grant.until"), until), field(w.T("request.source"), source)), field(w.T("request.keep"), keep), field(w.T("request.folder"), into))
	return s
}

// Fill says until when, where from, how long and where to, for tests.
func (s *RequestAll) Fill(until, source, keep, folder string) {
	for i, t := range []string{until, source, keep} {
		s.texts[i+1].SetText(t)
	}
	s.folder(folder)
}
