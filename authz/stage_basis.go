package authz

import "slices"

// The statutory exceptions of CC 999 and 1020.
const (
	exceptionScene = "public-scene"
	exceptionNews  = "news"
)

// excepted asks whether a statutory exception may be put before an approver.
func (m matter) excepted() outcome {
	allowed, ask := []Shows{"portrait"}, publicSceneApprover
	if m.Claim.Exception == exceptionNews {
		allowed, ask = []Shows{"portrait", "name"}, newsApprover
	}
	for _, s := range m.Use.Shows {
		if !slices.Contains(allowed, s) {
			return outcome{code: basisMissing}
		}
	}
	switch code := m.refused(); {
	case m.Claim.MainSubject:
		return outcome{code: sceneMainSubject}
	case m.Claim.Exception == exceptionNews && blank(m.Claim.EditorialNote):
		return outcome{code: basis5NoEvidence}
	case len(m.sensitive()) > 0:
		return outcome{code: basisSensitive}
	case m.subject.Age == "under-18" && m.marketing():
		return outcome{code: minorTeenNoGuardian}
	case code != "":
		return outcome{code: code}
	}
	for _, k := range m.Use.Kinds {
		if !m.implied(k) {
			return outcome{code: kindNotListed}
		}
	}
	return outcome{code: exceptionApproved, asks: []string{ask}}
}

// based asks whether a basis other than consent has its evidence (PIPL 13).
func (m matter) based() outcome {
	c := m.Claim
	switch {
	case c.Basis == 2 && (blank(c.ContractNo) || blank(c.Clause)):
		return outcome{code: basis2NoEvidence}
	case c.Basis == 3 && blank(c.Provision):
		return outcome{code: basis3NoEvidence}
	case c.Basis == 4 && blank(c.Incident):
		return outcome{code: basis4NoEvidence}
	case c.Basis == 5 && blank(c.EditorialNote):
		return outcome{code: basis5NoEvidence}
	case c.Basis == 6:
		return m.public()
	case c.Basis == 7 && blank(c.Provision):
		return outcome{code: basis7NoEvidence}
	case c.Basis < 2, c.Basis > 7:
		return outcome{code: basisMissing}
	case len(m.sensitive()) > 0:
		return outcome{code: basisSensitive}
	case m.subject.Age == "under-18" && m.marketing():
		return outcome{code: minorTeenNoGuardian}
	}
	if code := m.refused(); code != "" {
		return outcome{code: code}
	}
	ask := basisApprover
	if m.marketing() {
		ask = marketingNeedsConsent
	}
	return outcome{code: basisAccepted, asks: []string{ask}}
}

// public asks whether information already public may be used (PIPL 27).
func (m matter) public() outcome {
	c := m.Claim
	switch {
	case blank(c.SourceURL), blank(c.SnapshotSHA256), blank(c.ScopeNote), c.CapturedAt.IsZero(), c.CapturedAt.After(m.now()):
		return outcome{code: publicNoTrace}
	case m.refused() != "":
		return outcome{code: publicRefused}
	case c.MajorEffect:
		return outcome{code: publicMajorEffect}
	case m.shows("portrait", "voice"):
		return outcome{code: portraitNotPublic}
	case len(m.sensitive()) > 0:
		return outcome{code: basisSensitive}
	case m.subject.Age == "under-18" && m.marketing():
		return outcome{code: minorTeenNoGuardian}
	case m.marketing():
		return outcome{code: publicSource, asks: []string{publicMarketing}}
	}
	return outcome{code: publicSource}
}

// refused is the code of a refusal or withdrawal that stands, whatever use it was
// about: who said no is not shown on a basis that needs no yes.
func (m matter) refused() string {
	code := ""
	for _, c := range m.own {
		if c.Kind != publish && c.WithdrawScope != "all" {
			continue
		}
		e, found := c.eventAt(m.now())
		if !found || !e.State.Closes() {
			e, _ = c.closedBetween(zeroTime, m.now())
		}
		switch e.State {
		case Refused:
			return stateRefused
		case Withdrawn:
			code = stateWithdrawn
		}
	}
	return code
}
