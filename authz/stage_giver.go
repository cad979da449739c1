package authz

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// publish is the kind of a consent to publication.
const publish = "publish"

var zeroTime time.Time

// consented asks whether one record covers the whole use. Records do not add up.
func (m matter) consented() outcome {
	type weighed struct {
		outcome
		granted time.Time
	}
	var best weighed
	for i, c := range m.own {
		if c.Kind != publish {
			continue
		}
		e, _ := m.grant(c)
		w := weighed{outcome: outcome{code: m.record(i, c)}, granted: e.At}
		if w.code == "" {
			w.outcome = outcome{code: consentCovers, asks: m.openPoints(c), consents: []ConsentID{c.ID}}
		}
		// What shows goes before what asks, then what got furthest, then the newer
		// record, then the lower id.
		if best.code == "" || cmp.Or(
			m.p.rank(w.code)-m.p.rank(best.code),
			len(best.asks)-len(w.asks),
			w.granted.Compare(best.granted),
			strings.Compare(string(first(best.consents)), string(first(w.consents))),
		) > 0 {
			best = w
		}
	}
	if best.code == "" {
		best.code = m.none()
	}
	return best.outcome
}

// record is the first code that stops a record, stage by stage.
func (m matter) record(i int, c Consent) string {
	for _, stage := range []func() string{
		func() string { return m.giver(c) },
		func() string { return m.state(i, c) },
		func() string { return m.quality(c) },
		func() string { return m.scope(c) },
		func() string { return m.strength(c) },
		func() string { return m.organisation(c) },
	} {
		if code := stage(); code != "" {
			return code
		}
	}
	return ""
}

// none is the code where no record is about publication.
func (m matter) none() string {
	switch {
	case slices.ContainsFunc(m.own, func(c Consent) bool { return c.Kind == "contact" }):
		return contactNotPublish
	case m.subject.Kind == Organisation:
		return orgNoAuthorization
	}
	return noConsent
}

// openPoints are the questions that remain although a record covers the use.
func (m matter) openPoints(c Consent) []string {
	var asks []string
	if c.Until.IsZero() {
		asks = append(asks, noTerm)
	}
	if m.subject.Kind == Organisation && m.subject.Confidential {
		asks = append(asks, confidentialClause)
	}
	return asks
}

// giver asks whether the one who agreed could.
func (m matter) giver(c Consent) string {
	switch {
	case c.CollectedBy != "us" && !c.OnwardUse: // a collector not named is not us
		return partnerNoOnward
	case c.CollectedBy != "us" && blank(c.Licence):
		return partnerNoEvidence
	}
	if m.subject.Kind == Organisation {
		switch {
		case !c.Authority, c.GivenBy != "company" && c.GivenBy != "self" && c.GivenBy != "other":
			return signerNoAuthority
		}
		return ""
	}
	guardian := c.GivenBy == "guardian" && m.subject.Guardian.complete()
	switch {
	case c.GivenBy == "company":
		return companyNotPeople
	case c.GivenBy == "photographer":
		return photographerNotSitter
	case m.child() && !guardian:
		return minorNoGuardian
	case m.subject.Age == "under-18" && m.marketing() && !(guardian && c.Written):
		return minorTeenNoGuardian
	case c.GivenBy == "self", guardian, c.GivenBy == "other" && c.Authority:
		return ""
	}
	return givenByOther
}

func first(ids []ConsentID) ConsentID {
	if len(ids) == 0 {
		return ""
	}
	return ids[0]
}
