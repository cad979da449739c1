package screens

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// answers are what somebody may say to a request.
var answers = []answer{{"given", authz.Given}, {"refused", authz.Refused}, {"deferred", authz.Deferred}}

type answer struct {
	key   string
	state authz.State
}

// Reply records what somebody said to a request.
type Reply struct {
	*form
	a        state.Reply
	is, how  *widgets.Choice
	by       *widgets.Choice  // who signed; nil for a company
	boxes    map[string]*tick // what was asked for, by its id
	evidence func(path string)
}

// NewReply is the sheet about one request; filed: a form came back. Nothing is ticked
// for anybody.
func NewReply(w *i18n.Words, v authz.Vocabulary, subject authz.Subject, c authz.Consent, filed bool, me authz.User, file Ask, done func(state.Reply), cancel func()) *Reply {
	s := &Reply{a: state.Reply{Consent: c.ID, Filed: filed}, boxes: map[string]*tick{}}
	badOn, badUntil := false, false
	s.form = newForm(w, func() string {
		switch {
		case s.a.State == authz.Given && !me.May(authz.ActConfirm) && !me.May(authz.ActRecord), s.a.State == authz.Deferred && !me.May(authz.ActRequest):
			return "notyours"
		case badOn, badUntil && s.a.State == authz.Given:
			return "day"
		}
		return s.a.Missing(time.Now())
	}, cancel)
	s.lacks = func() []string { return s.a.Lacks() }
	yes := widgets.VBox(theme.S12,
		field(w.T("new.purpose"), s.asked(v.Purposes, ids(c.Purposes), func(x []string) { s.a.Purposes = as[authz.Purpose](x) })),
		field(w.T("new.channel"), s.asked(v.Channels, ids(c.Channels), func(x []string) { s.a.Channels = as[authz.Channel](x) })),
		field(w.T("registry.shows"), s.asked(v.Shows, ids(c.Shows), func(x []string) { s.a.Shows = as[authz.Shows](x) })))
	if len(c.Territories) > 1 {
		yes.Add(field(w.T("new.territory"), s.asked(v.Territories, ids(c.Territories), func(x []string) { s.a.Territories = as[authz.Territory](x) })))
	}
	var paper fyne.CanvasObject
	paper, s.evidence = s.file(w.T("form.file"), file, func(p string) { s.a.Evidence = p })
	if filed {
		paper = widgets.VBox(theme.S4, note(w.T("reply.filed")), paper)
	}
	ticks := []fyne.CanvasObject{
		s.tick(w.T("grant.written"), false, func(b bool) { s.a.Written = b }),
		s.tick(w.T("grant.separate"), false, func(b bool) { s.a.Separate = b }), s.tick(w.T("grant.voluntary"), false, func(b bool) { s.a.Voluntary = b }),
	}
	if subject.Kind == authz.Organisation {
		ticks = append(ticks, s.tick(w.T("grant.authority"), false, func(b bool) { s.a.Authority = b }))
		s.a.Forms = []string{"full"}
		yes.Add(field(w.T("request.forms"), s.checks(v.Forms, s.a.Forms, func(ids []string) { s.a.Forms = ids })))
	} else {
		s.by = s.one([]string{"self", "guardian", "other"}, "givenby.", "self", func(by string) {
			if s.a.GivenBy = by; by == "self" {
				s.a.GivenBy = ""
			}
		})
		yes.Add(field(w.T("reply.by"), s.by))
	}
	till := s.day(w.T("form.day"), func(t time.Time, no bool) { s.a.Until, badUntil = t, no })
	yes.Add(two(field(w.T("reply.until"), till), field(w.T("grant.evidence"), paper)))
	yes.Add(field(w.T("grant.how"), widgets.Flow(s.wide, theme.S4, ticks...)))
	s.how = s.choice(wordsOf(w, "intake.", Intakes), func(i int) { s.a.Intake = Intakes[i] })
	no := widgets.VBox(theme.S12, field(w.T("withdraw.how"), s.how), field(w.T("reply.note"), s.text("", func(t string) { s.a.Reason = t })))
	yes.Hide()
	no.Hide()
	choose := notePara(w.T("reply.choose"), s.wide)
	var said []string
	for _, a := range answers {
		said = append(said, w.T("reply.is."+a.key))
	}
	s.is = s.choice(said, func(i int) {
		s.a.State = answers[i].state
		yes.Hidden, no.Hidden = s.a.State != authz.Given, s.a.State == authz.Given
		choose.Hide()
		s.Content.Refresh()
	})
	on := s.day(w.T("form.day.today"), func(t time.Time, bad bool) { s.a.On, badOn = t, bad })
	s.first = s.is
	// The dialog keeps its height, whatever was said.
	rows := []fyne.CanvasObject{field(w.T("reply.is"), s.is), field(w.T("reply.on"), on), widgets.Room(0, theme.Current().Px(380), widgets.VBox(0, choose, yes, no))}
	s.fill(w.T("reply.title", "name", subject.Title()), w.T("reply.what"), w.T("reply.do"), icons.Mail, widgets.Primary, func() { done(s.a) }, rows...)
	return s
}

// asked are boxes of what was asked for, none of them ticked.
func (s *Reply) asked(ts authz.Terms, asked []string, changed func([]string)) fyne.CanvasObject {
	on := map[string]bool{}
	var boxes []fyne.CanvasObject
	for _, id := range asked {
		b := s.tick(term(ts, id, s.words.Lang()), false, func(yes bool) {
			on[id] = yes
			changed(slices.DeleteFunc(slices.Clone(asked), func(x string) bool { return !on[x] }))
		})
		s.boxes[id] = b
		boxes = append(boxes, b)
	}
	return widgets.Flow(s.wide, theme.S4, boxes...)
}

// By says who signed, for tests: the number in the list.
func (s *Reply) By(n int) { s.by.Choose(n) }

// Fill says what they said: what they agreed to, or how a no reached us; for tests.
func (s *Reply) Fill(is, intake, evidence string, agreed ...string) {
	s.is.Choose(slices.IndexFunc(answers, func(a answer) bool { return a.key == is }))
	s.how.Choose(slices.Index(Intakes, intake))
	if evidence != "" {
		s.evidence(evidence)
	}
	for _, id := range agreed {
		s.boxes[id].SetChecked(true)
	}
}
