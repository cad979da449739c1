package screens

import (
	"path/filepath"
	"reflect"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Request makes the letter that asks somebody for a consent, and shows it beside what
// is said, as it will be written.
type Request struct {
	*form
	Viewer *Viewer

	ask     state.Request
	vocab   authz.Vocabulary
	preview func(state.Request)
	scope   *scopeFields
	work    *entry
	source  *entry
	keep    *entry
	folder  func(path string)
	where   *widgets.Label
	said    *fyne.Container // over the preview
	kinds   *fyne.Container
	effects *fyne.Container
	others  *fyne.Container
	drafted state.LetterDraft
	last    state.Request // that a letter was asked for
	badBy   bool
}

// NewRequest is the sheet about a subject; file and folder let one be chosen. preview is
// asked for the letter whenever it can be made; it comes back through SetDraft. load is
// asked for its pages.
func NewRequest(w *i18n.Words, v authz.Vocabulary, subject authz.Subject, may bool, size fyne.Size, file, folder Ask, preview func(state.Request), load func(file, page int), done func(state.Request), cancel func()) *Request {
	s := &Request{
		ask: state.Request{Subject: subject.ID, Lang: w.Lang()}, vocab: v, preview: preview, scope: &scopeFields{},
		said: container.NewStack(), kinds: container.NewStack(), effects: widgets.VBox(theme.S12), others: widgets.VBox(theme.S12),
	}
	company := subject.Kind == authz.Organisation
	s.ask.Guardian = !company && subject.Age != "adult"
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case s.scope.bad() || s.badBy:
			return "day"
		}
		return s.ask.Missing(time.Now())
	}, cancel)
	s.lacks = func() []string { return s.ask.Lacks() }
	s.Viewer = NewViewer(w, load, nil)
	s.Viewer.Say(w.T("request.preview.none"))
	s.work = s.text(w.T("request.work.hint"), func(t string) { s.ask.Work = t })
	s.scope = s.form.scope(s.askable(company), &s.ask.Scope, []string{"name"})
	s.source = s.text(w.T("request.source.hint"), func(t string) { s.ask.Source = t })
	s.keep = s.text(w.T("request.keep.hint"), func(t string) { s.ask.Keep = t })
	necessity, effect := s.text("", func(t string) { s.ask.Necessity = t }), s.text("", func(t string) { s.ask.Effect = t })
	s.effects.Add(field(w.T("request.necessity"), necessity))
	s.effects.Add(field(w.T("request.effect"), effect))
	s.effects.Hide()
	sender, replyTo := s.text(w.T("request.sender.hint"), func(t string) { s.ask.Sender = t }), s.text(w.T("request.replyto.hint"), func(t string) { s.ask.ReplyTo = t })
	by := s.day(w.T("form.day"), func(t time.Time, no bool) { s.ask.ReplyBy, s.badBy = t, no })
	attached, _ := s.file(w.T("form.file"), file, func(p string) { s.ask.Attached = p })
	var into fyne.CanvasObject
	into, s.folder = s.file(w.T("cmd.open-folder"), folder, func(p string) {
		s.ask.Folder = p
		s.tellWhere()
	})
	s.where = widgets.NewCutLabel(w.T("request.into"), theme.Note, false, theme.Current().Muted)
	lang := s.one(i18n.Languages, "lang.", w.Lang(), func(l string) { s.ask.Lang = l })
	more := widgets.NewButton(w.T("request.recipient.add"), icons.Plus, "", widgets.Plain, s.addRecipient)

	rows := []fyne.CanvasObject{two(field(w.T("request.work"), s.work), field(w.T("request.lang"), lang))}
	rows = append(rows, s.scope.rows...)
	if company {
		rows = append(rows, field(w.T("request.forms"), s.checks(v.Forms, nil, func(ids []string) { s.ask.Forms = ids })),
			field(w.T("request.confidentiality"), s.text("", func(t string) { s.ask.Confidentiality = t })))
	} else {
		rows = append(rows, field(w.T("request.kinds"), s.kinds), s.effects)
		s.drawKinds()
	}
	rows = append(rows, two(field(w.T("request.source"), s.source), field(w.T("request.keep"), s.keep)),
		two(field(w.T("request.replyby"), by), field(w.T("request.replyto"), replyTo)),
		two(field(w.T("request.sender"), sender), field(w.T("request.attached"), attached)))
	if !company {
		rows = append(rows, s.tick(w.T("request.guardian"), s.ask.Guardian, func(b bool) { s.ask.Guardian = b }))
	}
	rows = append(rows, field(w.T("request.recipients"), widgets.VBox(theme.S12, s.others, widgets.HBox(0, more))),
		field(w.T("request.folder"), widgets.VBox(0, into, s.where)))
	s.form.changed = s.look
	s.fill(w.T("request.title", "name", subject.Title()), w.T("request.what"), w.T("request.do"), icons.Doc, widgets.Primary, func() { done(s.ask) }, rows...)
	s.beside(widgets.Border(widgets.VBox(theme.S8, head(w.T("form.preview")), s.said), nil, nil, nil, s.Viewer.Content), size)
	return s
}

// askable is what may be asked of somebody: a company's authorization covers none of
// its people.
func (s *Request) askable(company bool) authz.Vocabulary {
	v := s.vocab
	if company {
		v.Shows = slices.DeleteFunc(slices.Clone(v.Shows), func(t authz.Term) bool {
			return slices.Contains([]string{"portrait", "voice", "post"}, t.ID)
		})
	}
	return v
}

// drawKinds shows the kinds that are asked for beside what is shown; one that is
// chosen again goes.
func (s *Request) drawKinds() {
	w := s.words
	var chips []fyne.CanvasObject
	s.ask.Sensitive = false
	for _, id := range s.ask.Kinds {
		t, _ := s.vocab.Kinds.Find(id)
		s.ask.Sensitive = s.ask.Sensitive || t.Sensitive
		chips = append(chips, widgets.NewChip(t.Label(w.Lang()), icons.Cross, true, func() {
			s.ask.Kinds = slices.DeleteFunc(slices.Clone(s.ask.Kinds), func(k string) bool { return k == id })
			s.drawKinds()
			s.check()
		}))
	}
	more := s.choose(slices.DeleteFunc(slices.Clone(s.vocab.Kinds), func(t authz.Term) bool { return t.Show != "" || slices.Contains(s.ask.Kinds, t.ID) }), func(id string) {
		s.Kind(id)
	})
	more.PlaceHolder = w.T("request.kinds.add")
	chips = append(chips, framed(more))
	s.effects.Hidden = !s.ask.Sensitive
	put(s.kinds, widgets.Flow(s.wide, theme.S8, chips...))
}

// Kind asks for another kind of information.
func (s *Request) Kind(id string) {
	s.ask.Kinds = append(slices.Clone(s.ask.Kinds), id)
	s.drawKinds()
	s.check()
}

// addRecipient has fields for somebody else who gets it.
func (s *Request) addRecipient() {
	w := s.words
	r := &state.Recipient{}
	at := len(s.ask.Recipients)
	s.ask.Recipients = append(slices.Clone(s.ask.Recipients), *r)
	set := func() {
		s.ask.Recipients = slices.Clone(s.ask.Recipients) // a letter may be made of what it was
		s.ask.Recipients[at] = *r
	}
	text := func(key string, to *string) fyne.CanvasObject {
		return field(w.T("recipient."+key), s.text("", func(t string) { *to = t; set() }))
	}
	rights := text("rights", &r.Rights)
	rights.Hide()
	s.others.Add(widgets.VBox(theme.S8, two(text("name", &r.Name), text("contact", &r.Contact)), two(text("purpose", &r.Purpose), text("method", &r.Method)),
		text("kinds", &r.Kinds), s.tick(w.T("recipient.abroad"), false, func(b bool) {
			r.Abroad = b
			rights.(*fyne.Container).Hidden = !b
			set()
		}), rights, widgets.Rule()))
	s.check()
	s.Content.Refresh()
}

// look asks for the letter as it would be written now.
func (s *Request) look() {
	m := s.ask.Unsaid(time.Now())
	if s.scope.bad() || s.badBy {
		m = "day"
	}
	if m != "" {
		if len(s.drafted.Files) > 0 {
			put(s.said, notePara(s.words.T("request.preview.old"), s.wide/2))
		}
		return
	}
	now := s.ask
	now.ID, now.Folder = "", ""
	if !reflect.DeepEqual(now, s.last) {
		s.last = now
		s.preview(s.ask)
	}
}

// SetDraft shows the letter, or why there is none.
func (s *Request) SetDraft(d state.LetterDraft, err error) {
	if err != nil {
		put(s.said, notePara(Wrong(s.words, err), s.wide/2))
		return
	}
	s.ask.ID, s.drafted = d.ID, d
	var names []string
	for _, f := range d.Files {
		names = append(names, s.words.T("letter."+f))
	}
	put(s.said, notePara(s.words.T("request.preview.what"), s.wide/2))
	s.Viewer.SetFiles(names)
	s.tellWhere()
}

// Drafted is the letter on show.
func (s *Request) Drafted() state.LetterDraft { return s.drafted }

// tellWhere names the folder that the files will be in.
func (s *Request) tellWhere() {
	if s.ask.Folder != "" {
		s.where.Set(filepath.Join(s.ask.Folder, string(s.ask.ID)))
	}
}

// Fill says what is asked for, for tests.
func (s *Request) Fill(work, purpose, channel, until, folder string) {
	s.work.SetText(work)
	s.scope.set(purpose, channel)
	s.scope.last.SetText(until)
	s.source.SetText("-")
	s.keep.SetText("-")
	if folder != "" {
		s.folder(folder)
	}
}
