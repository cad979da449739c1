package screens

import (
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
	Use     authz.Use // what is asked about now

	words            *i18n.Words
	vocab            authz.Vocabulary
	said             *fyne.Container
	verdict          string
	purpose, channel *options
	close            *widgets.Button
}

// NewExplain is the sheet; ask wants an answer about a use, for Set.
func NewExplain(w *i18n.Words, v authz.Vocabulary, subject authz.Subject, ask func(authz.Use), cancel func()) *Explain {
	s := &Explain{words: w, vocab: v, said: container.NewStack(), close: widgets.NewButton(w.T("close"), "", "Esc", widgets.Plain, cancel)}
	s.Use = authz.Use{Territory: "CN", Shows: []authz.Shows{"name"}}
	f := newForm(w, func() string { return "" }, cancel)
	again := func() {
		if s.Use.Purpose != "" && s.Use.Channel != "" && len(s.Use.Shows) > 0 {
			ask(s.Use)
			return
		}
		s.say(note(w.T("explain.choose")))
	}
	s.purpose = f.choose(v.Purposes, func(id string) { s.Use.Purpose = authz.Purpose(id); again() })
	s.channel = f.choose(v.Channels, func(id string) { s.Use.Channel = authz.Channel(id); again() })
	shows := f.checks(v.Shows, []string{"name"}, func(ids []string) { s.Use.Shows = as[authz.Shows](ids); again() })
	again()
	s.Content = sheetOf(f.wide, widgets.VBox(theme.S12, title(w.T("explain.title", "name", subject.Title())), notePara(w.T("explain.what"), f.wide)),
		scrolled(f.wide, two(field(w.T("new.purpose"), framed(s.purpose)), field(w.T("new.channel"), framed(s.channel))),
			field(w.T("explain.shows"), shows), widgets.Rule(), widgets.Room(0, theme.Current().Px(170), s.said)),
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
	rows := []fyne.CanvasObject{widgets.HBox(theme.S8, widgets.NewTag(word, icon, tone), note(e.Rule)), para(e.Why, wide)}
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

// Verdict is the answer's, for tests: hide, ask or show; empty before there is one.
func (s *Explain) Verdict() string { return s.verdict }

// First is what has the focus.
func (s *Explain) First() fyne.Focusable { return s.purpose }
