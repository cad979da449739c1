package screens

import (
	"maps"
	"strings"

	"fyne.io/fyne/v2"

	"consentry/authz"
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
	rates  map[string][2]*options // by risk: likelihood and severity
}

// NewJudge is the sheet, filled with what was said before.
func NewJudge(w *i18n.Words, by string, i casework.Impact, done func(casework.Judgement), cancel func()) *Judge {
	s := &Judge{rates: map[string][2]*options{}}
	if i.Judgement != nil {
		s.j = *i.Judgement
	}
	s.j.Risks = maps.Clone(s.j.Risks)
	if s.j.Risks == nil {
		s.j.Risks = map[string]casework.Rating{}
	}
	s.j.By = by
	s.form = newForm(w, func() string {
		for _, t := range []string{s.j.Necessity, s.j.Effect, s.j.Measures, s.j.Remaining, s.j.By} {
			if strings.TrimSpace(t) == "" {
				return "judgement"
			}
		}
		for _, r := range s.j.Risks {
			if r.Likelihood == "" || r.Severity == "" {
				return "rating"
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
	rows = append(rows, strong(w.T("impact.risks")), notePara(w.T("impact.risks.what"), s.wide))
	for _, risk := range casework.Risks {
		rows = append(rows, s.rate(risk))
	}
	who := s.text("", func(t string) { s.j.By = t })
	who.SetText(by)
	rows = append(rows, field(w.T("impact.by"), who))
	s.first = s.fields[0]
	s.fill(w.T("impact.do"), w.T("impact.what"), w.T("impact.keep"), icons.Seal, widgets.Primary, func() { done(s.j) }, rows...)
	return s
}

// rate are how likely and how severe a risk is.
func (s *Judge) rate(risk string) fyne.CanvasObject {
	w := s.words
	one := func(key, now string, put func(r *casework.Rating, rate string)) *options {
		rates := authz.Terms{{ID: "", Zh: w.T("rate.none"), En: w.T("rate.none")}}
		for _, rate := range casework.Rates {
			words := w.T(key, "rate", w.T("rate."+rate))
			rates = append(rates, authz.Term{ID: rate, Zh: words, En: words})
		}
		o := s.choose(rates, func(rate string) {
			r := s.j.Risks[risk]
			put(&r, rate)
			if s.j.Risks[risk] = r; r == (casework.Rating{}) {
				delete(s.j.Risks, risk)
			}
		})
		o.PlaceHolder = w.T("rate.none")
		if now != "" {
			o.SetSelected(term(rates, now, w.Lang()))
		}
		return o
	}
	was := s.j.Risks[risk]
	likely := one("rate.likelihood", was.Likelihood, func(r *casework.Rating, rate string) { r.Likelihood = rate })
	severe := one("rate.severity", was.Severity, func(r *casework.Rating, rate string) { r.Severity = rate })
	s.rates[risk] = [2]*options{likely, severe}
	return field(w.T("risk."+risk), two(framed(likely), framed(severe)))
}

// Rate rates a risk, for tests: the numbers of likelihood and severity in their lists.
func (s *Judge) Rate(risk string, likelihood, severity int) {
	s.rates[risk][0].SetSelectedIndex(likelihood)
	s.rates[risk][1].SetSelectedIndex(severity)
}

// Fill says why it is needed, and the rest, for tests.
func (s *Judge) Fill(necessity, rest string) {
	s.fields[0].SetText(necessity)
	for _, f := range s.fields[1:] {
		f.SetText(rest)
	}
}
