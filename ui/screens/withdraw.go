package screens

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/widgets"
)

// Intakes are the ways in which a withdrawal reaches us.
var Intakes = []string{"call", "e-mail", "letter", "message", "in-person"}

// Withdraw records that somebody takes a consent back. Anybody may.
type Withdraw struct {
	*form
	no   state.Withdrawal
	how  *widgets.Choice
	note *entry
}

// NewWithdraw is the sheet about a subject; no says whether it is a refusal, and only is
// the one record that it is about, or nil.
func NewWithdraw(w *i18n.Words, v authz.Vocabulary, subject authz.Subject, no state.Withdrawal, only *authz.Consent, file Ask, done func(state.Withdrawal), cancel func()) *Withdraw {
	no.Subject = subject.ID
	s := &Withdraw{no: no}
	heading, what, do := w.T("withdraw.title", "name", subject.Title()), w.T("withdraw.what"), w.T("withdraw.do")
	switch {
	case no.Refusal:
		heading, what, do = w.T("refuse.title", "name", subject.Title()), w.T("refuse.what"), w.T("refuse.do")
	case no.Only != "":
		heading, what = w.T("withdraw.one.title", "name", subject.Title()), w.T("withdraw.one.what")
	}
	bad := false
	s.form = newForm(w, func() string {
		if bad {
			return "day"
		}
		return s.no.Missing(time.Now())
	}, cancel)
	s.how = s.choice(wordsOf(w, "intake.", Intakes), func(i int) { s.no.Intake = Intakes[i] })
	on := s.day(w.T("form.day.today"), func(t time.Time, no bool) { s.no.Received, bad = t, no })
	s.note = s.text("", func(t string) { s.no.Reason = t })
	paper, _ := s.file(w.T("form.file"), file, func(p string) { s.no.Evidence = p })
	s.first = s.how
	rows := []fyne.CanvasObject{field(w.T("withdraw.how"), s.how), field(w.T("withdraw.on"), on), field(w.T("withdraw.note"), s.note), field(w.T("withdraw.evidence"), paper)}
	if only != nil {
		rows = append([]fyne.CanvasObject{termsOf(w, v, subject.Kind, *only, s.wide), widgets.Rule()}, rows...)
	}
	s.fill(heading, what, do, icons.Warn, widgets.Danger, func() { done(s.no) }, rows...)
	return s
}

// Fill says how it reached us and what was said, for tests.
func (s *Withdraw) Fill(intake, note string) {
	s.how.Choose(slices.Index(Intakes, intake))
	s.note.SetText(note)
}
