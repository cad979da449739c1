package wiring

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/internal/letters"
	"consentry/internal/store"
	"consentry/redact"
)

// assessor fills in the sheet of an impact assessment, as forms are.
type assessor struct{ *App }

// Sheet makes the sheet as a PDF. A name that the font cannot print gives way to
// the record's id, so that it keeps no package back.
func (a assessor) Sheet(r casework.Report, i casework.Impact) ([]byte, error) {
	s, err := a.assessment(r, i)
	if err != nil {
		return nil, err
	}
	b, err := a.print(s)
	if !errors.Is(err, letters.ErrGlyph) {
		return b, err
	}
	s.Work = r.Case
	for k := range s.People {
		s.People[k].Name = string(i.People[k].Subject)
	}
	return a.print(s)
}

func (a assessor) print(s letters.Assessment) ([]byte, error) {
	md, err := s.Text()
	if err != nil {
		return nil, err
	}
	return a.Press().PDF(letters.Document{Text: md, Lang: s.Lang})
}

func (a assessor) assessment(r casework.Report, i casework.Impact) (letters.Assessment, error) {
	lang := a.Lang
	s := letters.Assessment{
		Terms: letters.Terms{
			Lang: string(lang), Vocabulary: a.Pack.Vocabulary, Work: printable(cmp.Or(r.Title, r.Case)), Zone: time.Local, From: r.On,
			Purposes: []authz.Purpose{r.Purpose}, Channels: []authz.Channel{r.Channel}, Territories: []authz.Territory{r.Territory},
		},
		ID: "PIA-" + strings.TrimPrefix(r.Release.ID, "R-"), Release: r.Release.ID, Date: r.Made, RulePack: a.Pack.Version,
		Hidden: r.Hidden(), Shown: r.Shown(), HiddenSensitive: i.Sensitive, Clues: len(r.Clues), LeftOut: len(r.Refused),
		Style: styles[lang][r.Style], Pseudonymise: r.Mode == casework.Pseudonymise,
	}
	h, err := a.Vault.Handler(context.Background())
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return s, err
	}
	s.Security, s.Withdrawal = h.Security, h.Withdrawal
	for _, f := range r.Assets {
		if f.Proved {
			s.Files++
		} else {
			s.LeftOut++
		}
	}
	for _, id := range r.Attacks { // their versions stand in report.json
		name, _, _ := strings.Cut(id, " ")
		name, _, _ = strings.Cut(name, "(")
		s.Attacks = append(s.Attacks, name)
	}
	for _, c := range i.Causes {
		s.Causes = append(s.Causes, string(c))
	}
	kinds, notices := map[string]bool{}, map[string]bool{}
	for _, p := range i.People {
		who := letters.Assessed{Name: printable(p.Name), Grounds: p.Grounds, Until: p.Until, Child: p.Child}
		for _, k := range p.Shows {
			word := k.Info().Name.In(lang)
			if who.Shows = append(who.Shows, word); !kinds[word] {
				kinds[word] = true
				s.Kinds = append(s.Kinds, word)
			}
		}
		for _, c := range p.Consents {
			who.Records = append(who.Records, string(c))
		}
		for _, n := range p.Notices {
			if !notices[n] {
				notices[n] = true
				s.Notices = append(s.Notices, n)
			}
		}
		s.People = append(s.People, who)
	}
	if j := i.Judgement; j != nil {
		s.Said = &letters.Said{Necessity: j.Necessity, Effect: j.Effect, Measures: j.Measures, Remaining: j.Remaining, By: j.By, At: j.At, Risks: map[string][2]string{}}
		for name, r := range j.Risks {
			s.Said.Risks[name] = [2]string{r.Likelihood, r.Severity}
		}
	}
	return s, nil
}

var styles = map[redact.Lang]map[redact.Method]string{
	redact.Chinese: {redact.Solid: "色块", redact.Mosaic: "马赛克", redact.Blur: "模糊"},
	redact.English: {redact.Solid: "solid fill", redact.Mosaic: "mosaic", redact.Blur: "blur"},
}

// printable is a text without what no form takes.
func printable(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Co, unicode.Cf) || r == unicode.ReplacementChar || strings.ContainsRune(letters.Marks, r) {
			return -1
		}
		return r
	}, s))
}
