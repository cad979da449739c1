package authz

import (
	"slices"
	"strings"
	"time"
)

// Decide judges one use of one sighting. It is pure: the same facts give the
// same decision, and what the facts do not say counts against showing. The
// stages are asked in the order of the pack; each has a file of its own.
func (p *Pack) Decide(f Facts) Decision {
	if p == nil {
		p = &Pack{}
	}
	for _, stage := range []func(Facts) string{p.use, p.region} {
		if code := stage(f); code != "" {
			return p.decision(code)
		}
	}
	who, code := p.identify(f)
	switch {
	case len(who) == 0:
		return p.decision(code)
	case len(who) > 1:
		return p.amongNamesakes(f, who)
	}
	d := p.onGrounds(f, who[0], p.judge(f, who[0]))
	switch {
	case d.Verdict != Hide && code != "": // doubt lowers show to ask
		ground := d.Ground
		d = p.decision(code, d.Consents...)
		d.Ground = ground
	case d.Verdict == Hide && f.GiveAway && p.stageOf(d.Reason) > slices.Index(stages, "subject"):
		d = p.decision(giveAway)
	}
	d.Subject = who[0]
	return d
}

// amongNamesakes asks where any of them may be shown and hides where none may.
func (p *Pack) amongNamesakes(f Facts, who []SubjectID) Decision {
	code := namesakesNone
	var consents []ConsentID
	for _, id := range who {
		if d := p.judge(f, id); d.Verdict != Hide {
			code, consents = namesakes, append(consents, d.Consents...)
		}
	}
	return p.decision(code, consents...)
}

// A matter is the facts about one subject.
type matter struct {
	Facts
	p       *Pack
	subject Subject
	id      SubjectID
	own     []Consent // records of this subject, of every kind
}

// judge decides about one subject, who is taken to be the one seen.
func (p *Pack) judge(f Facts, id SubjectID) Decision {
	m := matter{Facts: f, p: p, subject: f.Subjects[id], id: id}
	for _, c := range f.Consents {
		if c.Subject == id {
			m.own = append(m.own, c)
		}
	}
	for _, stage := range []func() string{m.faceMatch, m.who} {
		if code := stage(); code != "" {
			return p.decision(code)
		}
	}
	var o outcome
	switch {
	case m.subject.Kind == Organisation:
		o = m.consented()
	case m.Claim.Exception != "":
		o = m.excepted()
	case m.Claim.Basis == 1:
		o = m.consented()
	default:
		o = m.based()
	}
	if m.subject.Deceased {
		o.asks = append(o.asks, deceased)
	}
	return m.settle(o)
}

// An outcome is where a path ended: the code that hides, or the code that shows
// once each question is answered.
type outcome struct {
	code     string
	asks     []string
	consents []ConsentID
}

// settle puts open questions before an approver.
func (m matter) settle(o outcome) Decision {
	d := m.p.decision(o.code, o.consents...)
	if d.Verdict != Show {
		return m.p.decision(o.code)
	}
	slices.SortFunc(o.asks, func(a, b string) int { return m.p.rank(a) - m.p.rank(b) })
	for _, ask := range o.asks {
		r, _ := m.p.Rule(ask)
		if r.Outcome != "ask" || r.Asks == "reviewer" || !m.approved(r.Asks == "legal") {
			return m.p.decision(ask, o.consents...)
		}
	}
	if len(o.asks) > 0 && o.code == consentCovers {
		return m.p.decision(approvedByPerson, o.consents...)
	}
	return d
}

// approved reports whether a named person other than the preparer cleared the
// open points with a reason.
func (m matter) approved(legal bool) bool {
	a := m.Approval
	if a == nil || blank(a.By) || blank(a.Reason) || blank(m.PreparedBy) {
		return false
	}
	return FoldName(a.By) != FoldName(m.PreparedBy) && (!legal || a.Role == "legal")
}

// now is when refusals and withdrawals are counted up to.
func (f Facts) now() time.Time {
	if f.KnownAt.After(f.Use.At) {
		return f.KnownAt
	}
	return f.Use.At
}

// decision looks a code up in the pack; one that is not in it hides.
func (p *Pack) decision(code string, consents ...ConsentID) Decision {
	r, _ := p.Rule(code)
	d := Decision{Reason: code, Rule: r.ID}
	switch {
	case r.Outcome == "show" && r.Stage == "cleared":
		d.Verdict = Show
	case r.Outcome == "ask":
		d.Verdict = Ask
	default:
		return d
	}
	d.Consents = consents
	return d
}

// rank tells how far a code lies in the pack.
func (p *Pack) rank(code string) int {
	r, _ := p.Rule(code)
	return r.rank
}

func (p *Pack) stageOf(code string) int {
	r, _ := p.Rule(code)
	return slices.Index(stages, r.Stage)
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }
