package authz

import "slices"

// The stages, in the order in which they are asked.
var stages = []string{"use", "region", "identity", "subject", "basis", "giver", "state", "quality", "scope", "strength", "organisation", "cleared"}

// The reason codes. What they mean is written in the rule pack.
const (
	useIncomplete     = "use-incomplete"
	vocabularyUnknown = "vocabulary-unknown"

	drawnByPerson = "drawn-by-person"
	overlap       = "overlap"

	noMatch             = "no-match"
	weakMatch           = "weak-match"
	uncertainMatch      = "uncertain-match"
	namesakes           = "namesakes"
	namesakesNone       = "namesakes-none-cleared"
	faceMatchNoConsent  = "face-match-no-consent"
	faceMatchBundled    = "face-match-bundled"
	faceMatchEnded      = "face-match-ended"
	minorUnclear        = "minor-unclear"
	minorNoGuardian     = "minor-no-guardian"
	minorTeenNoGuardian = "minor-14-17-no-guardian"
	minorEndorser       = "minor-endorser"
	deceased            = "deceased"
	stateOrganInAd      = "state-organ-in-ad"
	sceneMainSubject    = "scene-main-subject"
	publicSceneApprover = "public-scene-approver"
	newsApprover        = "news-approver"
	giveAway            = "give-away"

	basisMissing          = "basis-missing"
	basis2NoEvidence      = "basis2-no-evidence"
	basis3NoEvidence      = "basis3-no-evidence"
	basis4NoEvidence      = "basis4-no-evidence"
	basis5NoEvidence      = "basis5-no-evidence"
	basis7NoEvidence      = "basis7-no-evidence"
	publicNoTrace         = "public-no-trace"
	publicRefused         = "public-refused"
	publicMajorEffect     = "public-major-effect"
	portraitNotPublic     = "portrait-not-public-basis"
	publicMarketing       = "public-marketing"
	marketingNeedsConsent = "marketing-needs-consent"
	basisApprover         = "basis-approver"
	basisSensitive        = "basis-sensitive"

	noConsent             = "no-consent"
	contactNotPublish     = "contact-not-publish"
	companyNotPeople      = "company-not-people"
	photographerNotSitter = "photographer-not-sitter"
	givenByOther          = "given-by-other"
	partnerNoOnward       = "partner-no-onward"
	partnerNoEvidence     = "partner-no-evidence"
	signerNoAuthority     = "signer-no-authority"

	stateUnknown        = "state-unknown"
	stateRequested      = "state-requested"
	stateDeferred       = "state-deferred"
	stateRefused        = "state-refused"
	stateWithdrawn      = "state-withdrawn"
	stateExpired        = "state-expired"
	stateTerminated     = "state-terminated"
	stateInvalidated    = "state-invalidated"
	stateUnreadable     = "state-unreadable"
	blockedByRefusal    = "blocked-by-refusal"
	blockedByWithdrawal = "blocked-by-withdrawal"
	openTermEnded       = "open-term-ended"
	fixedTermEnded      = "fixed-term-ended"

	noEvidence         = "no-evidence"
	noticeMissing      = "notice-missing"
	noticeIncomplete   = "notice-incomplete"
	noticeMismatch     = "notice-mismatch"
	noticeAfterConsent = "notice-after-consent"
	noticeChanged      = "notice-changed"
	notVoluntary       = "not-voluntary"
	oversizedTerms     = "oversized-terms"

	purposeMismatch   = "purpose-mismatch"
	channelMismatch   = "channel-mismatch"
	territoryMismatch = "territory-mismatch"
	showsMismatch     = "shows-mismatch"
	kindNotListed     = "kind-not-listed"
	notYetValid       = "not-yet-valid"
	windowOver        = "window-over"
	noTerm            = "no-term"

	notSeparate           = "not-separate"
	sensitiveNoSeparate   = "sensitive-no-separate"
	sensitiveNoNecessity  = "sensitive-no-necessity"
	sensitiveNoEffect     = "sensitive-no-effect"
	writtenMissing        = "written-missing"
	crossBorderNoSeparate = "cross-border-no-separate"

	orgNoAuthorization = "org-no-authorization"
	orgFormNotAllowed  = "org-form-not-allowed"
	quoteTextDiffers   = "quote-text-differs"
	figuresNotApproved = "figures-not-approved"
	confidentialClause = "confidential-clause"

	consentCovers     = "consent-covers"
	exceptionApproved = "exception-approved"
	basisAccepted     = "basis-accepted"
	publicSource      = "public-source"
	approvedByPerson  = "approved-by-person"
)

// codes are all of them: a pack has to explain each.
var codes = []string{
	useIncomplete, vocabularyUnknown, drawnByPerson, overlap,
	noMatch, weakMatch, uncertainMatch, namesakes, namesakesNone, faceMatchNoConsent, faceMatchBundled, faceMatchEnded,
	minorUnclear, minorNoGuardian, minorTeenNoGuardian, minorEndorser, deceased, stateOrganInAd, sceneMainSubject,
	publicSceneApprover, newsApprover, giveAway,
	basisMissing, basis2NoEvidence, basis3NoEvidence, basis4NoEvidence, basis5NoEvidence, basis7NoEvidence,
	publicNoTrace, publicRefused, publicMajorEffect, portraitNotPublic, publicMarketing, marketingNeedsConsent, basisApprover, basisSensitive,
	noConsent, contactNotPublish, companyNotPeople, photographerNotSitter, givenByOther, partnerNoOnward, partnerNoEvidence, signerNoAuthority,
	stateUnknown, stateRequested, stateDeferred, stateRefused, stateWithdrawn, stateExpired, stateTerminated, stateInvalidated,
	stateUnreadable, blockedByRefusal, blockedByWithdrawal, openTermEnded, fixedTermEnded,
	noEvidence, noticeMissing, noticeIncomplete, noticeMismatch, noticeAfterConsent, noticeChanged, notVoluntary, oversizedTerms,
	purposeMismatch, channelMismatch, territoryMismatch, showsMismatch, kindNotListed, notYetValid, windowOver, noTerm,
	notSeparate, sensitiveNoSeparate, sensitiveNoNecessity, sensitiveNoEffect, writtenMissing, crossBorderNoSeparate,
	orgNoAuthorization, orgFormNotAllowed, quoteTextDiffers, figuresNotApproved, confidentialClause,
	consentCovers, exceptionApproved, basisAccepted, publicSource, approvedByPerson,
}

// questions are the codes that a pack may turn into a question to a person; all
// others before the last stage hide.
var questions = []string{
	uncertainMatch, namesakes, deceased, publicSceneApprover, newsApprover, giveAway,
	publicMarketing, marketingNeedsConsent, basisApprover, noTerm, confidentialClause,
}

// curable are the codes that another consent of the same subject could mend.
// Where somebody said no, or was asked already, nobody is asked again.
var curable = []string{
	noConsent, contactNotPublish, companyNotPeople, photographerNotSitter, givenByOther, partnerNoOnward, partnerNoEvidence, signerNoAuthority,
	stateUnknown, stateExpired, stateInvalidated, stateUnreadable, noEvidence, noticeMissing, noticeIncomplete, noticeMismatch, noticeAfterConsent,
	noticeChanged, notVoluntary, oversizedTerms, purposeMismatch, channelMismatch, territoryMismatch, showsMismatch, kindNotListed, windowOver,
	notSeparate, sensitiveNoSeparate, sensitiveNoNecessity, sensitiveNoEffect, writtenMissing, crossBorderNoSeparate,
	orgNoAuthorization, orgFormNotAllowed, quoteTextDiffers, figuresNotApproved, minorNoGuardian, minorTeenNoGuardian,
}

// Curable reports whether a consent that is asked for could change a decision with
// this code.
func Curable(code string) bool { return slices.Contains(curable, code) }
