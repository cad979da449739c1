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

// AddEvidence seals a file that shows something about somebody.
type AddEvidence struct {
	*form
	e    state.NewEvidence
	file func(path string)
}

// NewAddEvidence is the sheet about a subject, or about one record of theirs.
func NewAddEvidence(w *i18n.Words, subject authz.Subject, c authz.ConsentID, may bool, file Ask, done func(state.NewEvidence), cancel func()) *AddEvidence {
	s := &AddEvidence{e: state.NewEvidence{Subject: subject.ID, Consent: c, Of: authz.OfGrant}}
	bad := false
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case bad:
			return "day"
		}
		return s.e.Missing(time.Now())
	}, cancel)
	var kinds authz.Terms
	for _, k := range state.EvidenceKinds {
		kinds = append(kinds, authz.Term{ID: k, Zh: w.T("evidence." + k), En: w.T("evidence." + k)})
	}
	of := choice(kinds, w.Lang(), authz.OfGrant, func(id string) { s.e.Of = id; s.check() })
	var pick fyne.CanvasObject
	pick, s.file = s.form.file(w.T("form.file"), file, func(p string) { s.e.File = p })
	keep := s.day(w.T("evidence.keep.hint"), func(t time.Time, no bool) { s.e.Keep, bad = t, no })
	about := w.T("evidence.about.all")
	if c != "" {
		about = w.T("evidence.about", "id", string(c))
	}
	s.fill(w.T("evidence.add.title", "name", subject.Title()), about, w.T("evidence.add.do"), icons.Seal, widgets.Primary, func() { done(s.e) },
		field(w.T("evidence.file"), pick), two(field(w.T("evidence.of"), framed(of)), field(w.T("evidence.keep"), keep)))
	return s
}

// Fill says which file it is, for tests.
func (s *AddEvidence) Fill(path string) { s.file(path) }
