package authz

import (
	"cmp"
	"slices"
	"strings"
)

// identify tells whom the sighting may be. One subject without a code is
// certain, one with a code doubtful; several are namesakes; none comes with the
// code that hides.
func (p *Pack) identify(f Facts) ([]SubjectID, string) {
	if id := f.Identity.Confirmed; id != "" {
		if !f.registered(id) {
			return nil, noMatch
		}
		return []SubjectID{id}, ""
	}
	best := ranked(f)
	switch t := p.Thresholds; {
	case len(best) == 0:
		return nil, noMatch
	case best[0].Score < t.Maybe:
		return nil, weakMatch
	default:
		var who []SubjectID
		for _, c := range best {
			// The margin is inclusive, rounding errors of the subtraction too.
			if best[0].Score-c.Score <= t.Margin+1e-9 {
				who = append(who, c.Subject)
			}
		}
		if len(who) == 1 && best[0].Score < t.Sure {
			return who, uncertainMatch
		}
		return who, ""
	}
}

// ranked gives the candidates that are registered, each once, best first. A
// score that is no number from 0 to 1 counts as 0.
func ranked(f Facts) []Candidate {
	scores := map[SubjectID]float64{}
	for _, c := range f.Identity.Candidates {
		if !f.registered(c.Subject) {
			continue
		}
		if !(c.Score >= 0 && c.Score <= 1) {
			c.Score = 0
		}
		scores[c.Subject] = max(scores[c.Subject], c.Score)
	}
	var out []Candidate
	for id, score := range scores {
		out = append(out, Candidate{Subject: id, Score: score})
	}
	slices.SortFunc(out, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(string(a.Subject), string(b.Subject)))
	})
	return out
}

func (f Facts) registered(id SubjectID) bool {
	s, ok := f.Subjects[id]
	return ok && id != "" && (s.Kind == Person || s.Kind == Organisation)
}

// faceMatch asks whether a face was allowed to be matched. A name read in a text
// or given by a reviewer needs no such consent.
func (m matter) faceMatch() string {
	if m.Identity.Confirmed != "" || m.Identity.By == "text" || m.Identity.By == "person" {
		return ""
	}
	code := faceMatchNoConsent
	for i, c := range m.own {
		if c.Kind != faceMatchKind {
			continue
		}
		got := m.faceConsent(i, c)
		if got == "" {
			return ""
		}
		if m.p.rank(got) > m.p.rank(code) {
			code = got
		}
	}
	return code
}

func (m matter) faceConsent(i int, c Consent) string {
	state := m.state(i, c)
	_, granted := m.grant(c)
	at := m.Use.At
	switch {
	case state == stateWithdrawn, state == stateExpired, state == blockedByWithdrawal, state == stateTerminated,
		granted && !c.Until.IsZero() && !at.Before(c.Until):
		return faceMatchEnded
	case state != "", c.From.IsZero(), c.Until.IsZero(), at.Before(c.From), m.giver(c) != "", m.quality(c) != "":
		return faceMatchNoConsent
	case !c.Separate:
		return faceMatchBundled
	}
	return ""
}
