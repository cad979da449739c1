package screens

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Explain asks the rules whether somebody may be shown in a use of today.
type Explain struct {
	Content fyne.CanvasObject
	Asked   state.Question // what is asked about now

	words            *i18n.Words
	vocab            authz.Vocabulary
	said             *fyne.Container
	verdict          string
	purpose, channel *options
	on               *entry
	quote, figures   *entry
	form             *widgets.Choice // of a company's name; nil for a person
	boxes            map[string]*tick
	close            *widgets.Button
}

// NewExplain is the sheet; ask wants an answer about a use, for Set.
func NewExplain(w *i18n.Words, v authz.Vocabulary, subject authz.Subject, ask func(state.Question), cancel func()) *Explain {
	s := &Explain{words: w, vocab: v, said: container.NewStack(), close: widgets.NewButton(w.T("close"), "", "Esc", widgets.Plain, cancel)}
	q := &s.Asked
	q.Use = authz.Use{Territory: "CN", Shows: []authz.Shows{"name"}}
	f := newForm(w, func() string { return "" }, cancel)
	badDay := false
	again := func() {
		switch {
		case badDay:
			s.say(note(w.T("new.on.bad")))
		case q.Use.Purpose != "" && q.Use.Channel != "" && len(q.Use.Shows) > 0:
			ask(*q)
		default:
			s.say(note(w.T("explain.choose")))
		}
	}
	text := func(into *string) *entry {
		return f.text(w.T("explain.text.hint"), func(t string) { *into = t; again() })
	}
	s.quote, s.figures = text(&q.Quote), text(&q.Figures)
	wording := container.NewStack()
	s.purpose = f.choose(v.Purposes, func(id string) { q.Use.Purpose = authz.Purpose(id); again() })
	s.channel = f.choose(v.Channels, func(id string) { q.Use.Channel = authz.Channel(id); again() })
	territory := f.choose(v.Territories, func(id string) { q.Use.Territory = authz.Territory(id); again() })
	territory.SetSelected(term(v.Territories, "CN", w.Lang()))
	s.on = f.day(w.T("form.day.today"), func(on time.Time, bad bool) { q.On, badDay = on, bad; again() })
	shows, boxes := f.boxes(v.Shows, []string{"name"}, func(ids []string) {
		q.Use.Shows = as[authz.Shows](ids)
		var rows []fyne.CanvasObject
		if slices.Contains(ids, "quote") {
			rows = append(rows, field(w.T("explain.quote"), s.quote))
		}
		if slices.Contains(ids, "figures") {
			rows = append(rows, field(w.T("explain.figures"), s.figures))
		}
		put(wording, widgets.VBox(theme.S12, rows...))
		again()
	})
	s.boxes = boxes
	rows := []fyne.CanvasObject{two(field(w.T("new.purpose"), framed(s.purpose)), field(w.T("new.channel"), framed(s.channel))),
		two(field(w.T("new.territory"), framed(territory)), field(w.T("new.on"), s.on))}
	if subject.Kind == authz.Organisation {
		var forms []string
		for _, form := range v.Forms {
			forms = append(forms, term(v.Forms, form.ID, w.Lang()))
		}
		s.form = f.choice(forms, func(i int) { q.Use.Form = v.Forms[i].ID; again() })
		s.form.Start(slices.IndexFunc(v.Forms, func(t authz.Term) bool { return t.ID == "full" }))
		rows = append(rows, field(w.T("request.forms"), s.form))
	}
	again()
	s.Content = sheetOf(f.wide, widgets.VBox(theme.S12, title(w.T("explain.title", "name", subject.Title())), notePara(w.T("explain.what"), f.wide)),
		scrolled(f.wide, append(rows, field(w.T("explain.shows"), shows), wording, widgets.Rule(), widgets.Room(0, theme.Current().Px(170), s.said))...),
		widgets.HBox(theme.S8, widgets.Spacer(), s.close))
	return s
}

func (s *Explain) say(rows ...fyne.CanvasObject) {
	s.said.Objects = []fyne.CanvasObject{widgets.VBox(theme.S8, rows...)}
	s.said.Refresh()
}

// Set shows the answer.
func (s *Explain) Set(e state.Explanation) {
	w, wide := s.words, formWidth()
	s.verdict = e.Verdict.String()
	word, icon, tone := verdictTag(w, e.Verdict, "")
	rows := []fyne.CanvasObject{widgets.HBox(0, widgets.NewTag(word, icon, tone)), para(e.Why, wide)}
	if e.Law != "" {
		rows = append(rows, notePara(w.T("panel.law", "law", e.Law), wide))
	}
	if e.Next != "" {
		rows = append(rows, field(w.T("explain.next"), para(e.Next, wide)))
	}
	s.say(rows...)
}

// Failed says why there is no answer.
func (s *Explain) Failed(err error) { s.say(trouble(s.words, err, formWidth())) }

// Fill chooses purpose and channel, for tests.
func (s *Explain) Fill(purpose, channel string) {
	s.purpose.SetSelected(term(s.vocab.Purposes, purpose, s.words.Lang()))
	s.channel.SetSelected(term(s.vocab.Channels, channel, s.words.Lang()))
}

// Ask asks about other things that would be shown, the words of a quotation, and a day,
// for tests.
func (s *Explain) Ask(shows, quote, on string) {
	for id, box := range s.boxes {
		box.SetChecked(id == shows)
	}
	s.verdict = ""
	s.quote.SetText(quote)
	s.on.SetText(on)
}

// Verdict is the answer's, for tests: hide, ask or show; empty before there is one.
func (s *Explain) Verdict() string { return s.verdict }

// First is what has the focus.
func (s *Explain) First() fyne.Focusable { return s.purpose }
