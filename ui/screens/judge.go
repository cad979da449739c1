package screens

import (
	"strings"

	"fyne.io/fyne/v2"

	"consentry/internal/casework"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Judge asks for what only people can say of a package's impact on people (PIPL 56).
type Judge struct {
	*form
	j      casework.Judgement
	fields []*entry
}

// NewJudge is the sheet, filled with what was said before.
func NewJudge(w *i18n.Words, by string, i casework.Impact, done func(casework.Judgement), cancel func()) *Judge {
	s := &Judge{}
	if i.Judgement != nil {
		s.j = *i.Judgement
	}
	s.j.By = by
	s.form = newForm(w, func() string {
		for _, t := range []string{s.j.Necessity, s.j.Effect, s.j.Measures, s.j.Remaining, s.j.By} {
			if strings.TrimSpace(t) == "" {
				return "judgement"
			}
		}
		return ""
	}, cancel)
	var rows []fyne.CanvasObject
	for _, f := range []struct {
		key  string
		into *string
	}{{"impact.necessity", &s.j.Necessity}, {"impact.effect", &s.j.Effect}, {"impact.measures", &s.j.Measures}, {"impact.remaining", &s.j.Remaining}} {
		e := s.text(w.T(f.key+".hint"), func(t string) { *f.into = t })
		e.MultiLine, e.Wrapping = true, fyne.TextWrapWord
		e.SetText(*f.into)
		s.fields = append(s.fields, e)
		rows = append(rows, field(w.T(f.key), widgets.Room(0, theme.Current().Px(64), e)))
	}
	who := s.text("", func(t string) { s.j.By = t })
	who.SetText(by)
	rows = append(rows, field(w.T("impact.by"), who))
	s.first = s.fields[0]
	s.fill(w.T("impact.do"), w.T("impact.what"), w.T("impact.keep"), icons.Seal, widgets.Primary, func() { done(s.j) }, rows...)
	return s
}

// Fill says why it is needed, and the rest, for tests.
func (s *Judge) Fill(necessity, rest string) {
	s.fields[0].SetText(necessity)
	for _, f := range s.fields[1:] {
		f.SetText(rest)
	}
}
