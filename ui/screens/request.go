package screens

import (
	"time"

	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/widgets"
)

// Request makes the letter that asks somebody for a consent.
type Request struct {
	*form
	ask    state.Request
	scope  *scopeFields
	work   *entry
	source *entry
	keep   *entry
	folder func(path string)
}

// NewRequest is the sheet about a subject; folder lets a folder be chosen.
func NewRequest(w *i18n.Words, v authz.Vocabulary, subject authz.Subject, may bool, folder Ask, done func(state.Request), cancel func()) *Request {
	s := &Request{ask: state.Request{Subject: subject.ID, Lang: w.Lang()}, scope: &scopeFields{}}
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case s.scope.bad:
			return "day"
		}
		return s.ask.Missing(time.Now())
	}, cancel)
	s.work = s.text("", func(t string) { s.ask.Work = t })
	s.scope = s.form.scope(v, &s.ask.Scope, []string{"name"})
	s.source = s.text(w.T("request.source.hint"), func(t string) { s.ask.Source = t })
	s.keep = s.text(w.T("request.keep.hint"), func(t string) { s.ask.Keep = t })
	var into fyne.CanvasObject
	into, s.folder = s.file(w.T("cmd.open-folder"), folder, func(p string) { s.ask.Folder = p })
	rows := append([]fyne.CanvasObject{field(w.T("request.work"), s.work)}, s.scope.rows...)
	rows = append(rows, two(field(w.T("request.source"), s.source), field(w.T("request.keep"), s.keep)), field(w.T("request.folder"), into))
	s.fill(w.T("request.title", "name", subject.Title()), w.T("request.what"), w.T("request.do"), icons.Doc, widgets.Primary, func() { done(s.ask) }, rows...)
	return s
}

// Fill says what is asked for, for tests.
func (s *Request) Fill(work, purpose, channel, until, folder string) {
	s.work.SetText(work)
	s.scope.set(purpose, channel)
	s.scope.till.SetText(until)
	s.source.SetText("-")
	s.keep.SetText("-")
	s.folder(folder)
}

// Handler says who asks for consents and publishes.
type Handler struct {
	*form
	h     authz.Handler
	texts []*entry
}

// NewHandler is the sheet over what was said so far.
func NewHandler(w *i18n.Words, h authz.Handler, may bool, done func(authz.Handler), cancel func()) *Handler {
	s := &Handler{h: h}
	s.form = newForm(w, func() string {
		if !may {
			return "notyours"
		}
		return state.HandlerMissing(s.h)
	}, cancel)
	var rows []fyne.CanvasObject
	for _, f := range []struct {
		label string
		to    *string
	}{
		{w.T("handler.name"), &s.h.Name}, {w.T("handler.address"), &s.h.Address}, {w.T("handler.contact"), &s.h.Contact},
		{w.T("handler.storage"), &s.h.Storage}, {w.T("handler.withdrawal"), &s.h.Withdrawal},
	} {
		e := s.text("", func(t string) { *f.to = t })
		e.SetText(*f.to)
		s.texts = append(s.texts, e)
		rows = append(rows, field(f.label, e))
	}
	s.fill(w.T("handler.title"), w.T("handler.what"), w.T("handler.do"), "", widgets.Primary, func() { done(s.h) }, rows...)
	return s
}

// Fill writes the fields in their order, for tests.
func (s *Handler) Fill(texts ...string) {
	for i, t := range texts {
		s.texts[i].SetText(t)
	}
}
