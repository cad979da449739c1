// Package authz answers one question: may this subject be shown, in this use?
//
// It knows people, organisations and what they agreed to. It knows nothing of
// pages, pixels, databases or windows. Deciding is pure: facts and an instant
// go in, a decision comes out; there is no clock and no store in it.
package authz

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// ErrUnknown is returned by a [Registry] that holds no such record.
var ErrUnknown = errors.New("no such record in the registry")

// Identifiers. They are random and never derived from a name.
type (
	SubjectID string
	ConsentID string
)

// The vocabulary below is the rule pack's; a word that the pack does not list
// hides (reason vocabulary-unknown).
type (
	Purpose   string // case-study, website, event-report, …
	Channel   string // website, wechat, press, …
	Territory string // CN, HK, MO, TW, world
	Shows     string // name, portrait, post, company, quote, voice, logo, story, figures
	Role      string // contact, employee, end-user, speaker, bystander, minor, own-staff, customer
	Age       string // adult, under-18, under-14, under-10, unclear
)

// Kind tells a person from an organisation.
type Kind string

// The kinds of subject.
const (
	Person       Kind = "person"
	Organisation Kind = "organisation"
)

// A Name is one way a subject is written.
type Name struct {
	Text   string `json:"text"`
	Use    string `json:"use,omitempty"`    // legal (default), alias, pinyin, former, short, brand, english; variant: made by the program
	Script string `json:"script,omitempty"` // ISO 15924: Hans, Hant, Latn, …
}

// A Contact is where a subject can be reached. It is no permission to do so.
type Contact struct {
	Kind  string `json:"kind"` // phone, email, address
	Value string `json:"value"`
}

// A Firm is what is known of an organisation beside its names.
type Firm struct {
	CreditCode    string   `json:"credit_code,omitempty"` // unified social credit code (GB 32100)
	Domains       []string `json:"domains,omitempty"`
	GeneralForm   string   `json:"general_form,omitempty"` // what may stand for it, such as 某大型制造企业
	Contract      string   `json:"contract,omitempty"`     // its number
	Clause        string   `json:"clause,omitempty"`       // the one on publicity
	LogoRules     string   `json:"logo_rules,omitempty"`
	QuoteApproval bool     `json:"quote_approval,omitempty"` // every quotation goes to it first
}

// A Subject is a person or an organisation whose consent counts. Its printed
// form is kind and id only.
type Subject struct {
	ID           SubjectID `json:"id"`
	Kind         Kind      `json:"kind"`
	Names        []Name    `json:"names"` // the first is the one shown in lists
	Role         Role      `json:"role,omitempty"`
	Age          Age       `json:"age,omitempty"`
	Employer     SubjectID `json:"employer,omitempty"`
	Company      string    `json:"company,omitempty"` // free text, tells namesakes apart on screen
	Since        time.Time `json:"since,omitzero"`    // when the employment began
	Post         string    `json:"post,omitempty"`
	Contacts     []Contact `json:"contacts,omitempty"`
	Firm         *Firm     `json:"firm,omitempty"` // organisations
	Note         string    `json:"note,omitempty"`
	Guardian     *Guardian `json:"guardian,omitempty"`
	Deceased     bool      `json:"deceased,omitempty"`
	StateOrgan   bool      `json:"state_organ,omitempty"`
	Confidential bool      `json:"confidential,omitempty"` // a confidentiality clause binds us
	Created      time.Time `json:"created"`
	Retention    time.Time `json:"retention,omitzero"` // when the record is due for deletion
}

// A Guardian stands for a minor (PIPL 31).
type Guardian struct {
	Name         string `json:"name"`
	Relationship string `json:"relationship"`
	Evidence     string `json:"evidence"` // SHA-256, hex
}

// Title is the subject's first name, for a screen that may show it.
func (s Subject) Title() string {
	if len(s.Names) == 0 {
		return string(s.ID)
	}
	return s.Names[0].Text
}

// String names kind and id, never the person.
func (s Subject) String() string { return string(s.Kind) + " " + string(s.ID) }

// LogValue is String, for log/slog.
func (s Subject) LogValue() slog.Value { return slog.StringValue(s.String()) }

// A Notice is a version of the text a person read before agreeing (PIPL 17). It
// is known by the SHA-256 of its text.
type Notice struct {
	SHA256    string    `json:"sha256"` // hex
	Title     string    `json:"title,omitempty"`
	Version   string    `json:"version,omitempty"`
	Language  string    `json:"language,omitempty"` // zh, en
	Items     []string  `json:"items"`              // handler, purpose, method, kinds, retention, rights
	GivenAt   time.Time `json:"given_at"`
	ChangedAt time.Time `json:"changed_at,omitzero"` // when purpose, method or kinds changed
	Text      string    `json:"text,omitempty"`
}

// State is one of the ten consent states of ISO/IEC TS 27560. Only ConsentGiven
// and RenewedConsentGiven are valid.
type State string

// The states.
const (
	Given       State = "ConsentGiven"
	Renewed     State = "RenewedConsentGiven"
	Unknown     State = "ConsentUnknown"
	Requested   State = "ConsentRequested"
	Deferred    State = "ConsentRequestDeferred"
	Refused     State = "ConsentRefused"
	Withdrawn   State = "ConsentWithdrawn"
	Expired     State = "ConsentExpired"
	Terminated  State = "ConsentTerminated"
	Invalidated State = "ConsentInvalidated"
)

// An Event moves a consent to a state.
type Event struct {
	State    State     `json:"state"`
	At       time.Time `json:"at"`                 // from when it counts
	By       string    `json:"by,omitempty"`       // who recorded it
	Intake   string    `json:"intake,omitempty"`   // withdrawals: how it reached us (call, e-mail, letter)
	Received time.Time `json:"received,omitzero"`  // when it reached us, where that was before it was recorded
	Evidence string    `json:"evidence,omitempty"` // SHA-256 of the file that shows it
	Reason   string    `json:"reason,omitempty"`
}

// Same reports whether two events are one: their instants are compared as such,
// whatever zone they are written in.
func (e Event) Same(o Event) bool {
	same := e.At.Equal(o.At) && e.Received.Equal(o.Received)
	o.At, o.Received = e.At, e.Received
	return same && e == o
}

// A Consent is one recorded permission. The zero value permits nothing: an empty
// scope covers nothing, and each false field counts against showing.
type Consent struct {
	ID            ConsentID   `json:"id"`
	Subject       SubjectID   `json:"subject"`
	Kind          string      `json:"kind"`         // publish, contact, face-match
	GivenBy       string      `json:"given_by"`     // self, guardian, company, photographer, other
	CollectedBy   string      `json:"collected_by"` // us, partner; empty counts as partner
	Events        []Event     `json:"events"`       // oldest first
	Evidence      string      `json:"evidence,omitempty"`
	Notice        string      `json:"notice,omitempty"`        // id of the notice in Facts.Notices; its SHA-256 in the vault
	NoticeSHA256  string      `json:"notice_sha256,omitempty"` // what the signed form says
	Voluntary     bool        `json:"voluntary"`
	Separate      bool        `json:"separate"`
	Written       bool        `json:"written"`
	Purposes      []Purpose   `json:"purposes"`
	Channels      []Channel   `json:"channels"`
	Territories   []Territory `json:"territories"`
	Shows         []Shows     `json:"shows"`
	From          time.Time   `json:"from,omitzero"`
	Until         time.Time   `json:"until,omitzero"` // exclusive: the midnight after the last day
	Kinds         []string    `json:"kinds,omitempty"`
	Sensitive     *Sensitive  `json:"sensitive,omitempty"`
	Authority     bool        `json:"authority,omitempty"`     // organisations: the signer may sign
	AllowedForms  []string    `json:"allowed_forms,omitempty"` // organisations: full, short, general
	QuoteSHA256   string      `json:"quote_sha256,omitempty"`
	FiguresSHA256 string      `json:"figures_sha256,omitempty"`
	WithdrawScope string      `json:"withdraw_scope,omitempty"` // record; empty: everything
	OnwardUse     bool        `json:"onward_use,omitempty"`
	Licence       string      `json:"licence,omitempty"`
	Term          string      `json:"term,omitempty"` // open, fixed
	Oversized     bool        `json:"oversized,omitempty"`
	CrossBorder   bool        `json:"cross_border,omitempty"`
	Recipients    []string    `json:"recipients,omitempty"` // third parties who get it
	Retention     time.Time   `json:"retention,omitzero"`
}

// Sensitive is the separate consent for sensitive information (PIPL 28–30).
type Sensitive struct {
	Kinds     []string `json:"kinds"`
	Separate  bool     `json:"separate"`
	Necessity string   `json:"necessity"`
	Effect    string   `json:"effect"`
}

// A Use is what someone wants to publish of a subject.
type Use struct {
	Purpose         Purpose   `json:"purpose"`
	Channel         Channel   `json:"channel"`
	Territory       Territory `json:"territory"`
	Shows           []Shows   `json:"shows"`
	At              time.Time `json:"at"`
	Form            string    `json:"form,omitempty"` // organisations: full, short, general
	Kinds           []string  `json:"kinds,omitempty"`
	QuoteSHA256     string    `json:"quote_sha256,omitempty"`
	FiguresSHA256   string    `json:"figures_sha256,omitempty"`
	RecipientAbroad bool      `json:"recipient_abroad,omitempty"`
}

// A Candidate is a subject a sighting may be.
type Candidate struct {
	Subject SubjectID `json:"subject"`
	Score   float64   `json:"score"` // 0 to 1
}

// An Identity says who was seen and how we know.
type Identity struct {
	By         string      `json:"by"` // text, face, person
	Candidates []Candidate `json:"candidates"`
	Confirmed  SubjectID   `json:"confirmed,omitempty"` // named by a reviewer
}

// An Approval is a named person's exception, with the reason.
type Approval struct {
	By     string `json:"by"`
	Reason string `json:"reason"`
	Role   string `json:"role,omitempty"` // legal
}

// Facts are all a decision leans on.
type Facts struct {
	Use        Use
	Identity   Identity
	Subjects   map[SubjectID]Subject
	Consents   []Consent
	Notices    map[string]Notice // by Consent.Notice
	PreparedBy string
	Claim      Claim
	Grounds    []Ground // what was recorded for the candidates, beside consents
	Case       string   // for grounds that are one case's only
	Approval   *Approval
	DrawnHide  bool // a person marked the region to hide
	Overlaps   bool // the region overlaps another that is hidden
	GiveAway   bool // the region is wording that may tell who the subject is, not a name
	// KnownAt is when we decide, where that is later than Use.At: a refusal or
	// withdrawal known by then closes the gate whatever day is asked for. Zero
	// means Use.At.
	KnownAt time.Time
}

// Verdict is the outcome. Its zero value hides: an unset verdict is safe.
type Verdict int

// The verdicts.
const (
	Hide Verdict = iota
	Ask
	Show
)

func (v Verdict) String() string {
	switch v {
	case Ask:
		return "ask"
	case Show:
		return "show"
	}
	return "hide"
}

// MarshalText writes hide, ask or show.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads hide, ask or show; anything else is Hide.
func (v *Verdict) UnmarshalText(b []byte) error {
	switch string(b) {
	case "ask":
		*v = Ask
	case "show":
		*v = Show
	default:
		*v = Hide
	}
	return nil
}

// A Decision is a verdict with its reason and the records it leans on, which a
// later recall follows backwards.
type Decision struct {
	Verdict  Verdict     `json:"verdict"`
	Reason   string      `json:"reason"`            // reason code of the rule pack
	Rule     string      `json:"rule,omitempty"`    // R0101 …
	Subject  SubjectID   `json:"subject,omitempty"` // whom it is about, where one is known
	Consents []ConsentID `json:"consents,omitempty"`
	Ground   string      `json:"ground,omitempty"` // the recorded ground it leans on in their place
}

// A Sighting is what a document showed, in words the registry understands.
type Sighting struct {
	Kind Kind // empty where the detector did not know
	Text string
}

// Registry looks subjects and their records up. It must be safe for concurrent
// use.
type Registry interface {
	// Match returns the subjects a sighting may be, best first; none is no error.
	Match(ctx context.Context, s Sighting) ([]Candidate, error)
	Subject(ctx context.Context, id SubjectID) (Subject, error)
	// Consents returns every record of a subject, whatever its state.
	Consents(ctx context.Context, id SubjectID) ([]Consent, error)
	Notice(ctx context.Context, sha256 string) (Notice, error)
	// Grounds returns every recorded ground of a subject, whatever it is worth.
	Grounds(ctx context.Context, id SubjectID) ([]Ground, error)
}
