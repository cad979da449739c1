package screens

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Purge shows what is due for deletion before it is deleted.
type Purge struct {
	*form
	due, shown state.Purged
	said       *fyne.Container
	on         *entry
	day        time.Time
}

// NewPurge is the sheet; due is what is due now. look asks what will be due on another
// day, which only tells; it comes back through SetDue.
func NewPurge(w *i18n.Words, due state.Purged, may bool, look func(on time.Time), done, cancel func()) *Purge {
	s := &Purge{due: due, said: container.NewStack()}
	bad := false
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case bad:
			return "day"
		case !s.day.IsZero():
			return "purge.today"
		case s.due.Nothing():
			return "purge.none"
		}
		return ""
	}, cancel)
	s.on = s.form.day(w.T("form.day.today"), func(t time.Time, no bool) {
		s.day, bad = t, no
		if !no {
			look(t)
		}
	})
	s.show(due)
	s.fill(w.T("purge.title"), w.T("purge.what"), w.T("purge.do"), icons.Warn, widgets.Danger, done,
		field(w.T("purge.on"), s.on), s.said)
	return s
}

func (s *Purge) show(p state.Purged) {
	w := s.words
	s.shown = p
	put(s.said, widgets.VBox(theme.S4, body(w.T("purge.subjects", "n", p.Subjects)), body(w.T("purge.consents", "n", p.Consents)), body(w.T("purge.evidence", "n", p.Evidence))))
}

// SetDue shows what will be due on the day that is asked for.
func (s *Purge) SetDue(on time.Time, p state.Purged) {
	if on.Equal(s.day) {
		if s.show(p); on.IsZero() {
			s.due = p
		}
		s.check()
	}
}

// Shown is what is counted on the sheet.
func (s *Purge) Shown() state.Purged { return s.shown }

// On asks about another day, for tests.
func (s *Purge) On(day string) { s.on.SetText(day) }
