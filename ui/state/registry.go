package state

import (
	"slices"
	"strings"
	"time"

	"consentry/authz"
	"consentry/authz/exchange"
)

// Agreement is in one word what a subject agreed to. It is for a list: what may be
// shown is for the rules to say.
type Agreement string

// The agreements.
const (
	AgreedNothing   Agreement = "none"      // nothing is on record
	AgreedGiven     Agreement = "given"     // a grant is in force
	AgreedPartly    Agreement = "partly"    // one is, and another was ended
	AgreedWaits     Agreement = "waits"     // a grant waits for somebody who may confirm it
	AgreedRequested Agreement = "requested" // asked, no answer
	AgreedDeferred  Agreement = "deferred"
	AgreedExpired   Agreement = "expired"
	AgreedRefused   Agreement = "refused"
	AgreedWithdrawn Agreement = "withdrawn"
	AgreedEnded     Agreement = "ended" // terminated, or found to be invalid
	AgreedUnknown   Agreement = "unknown"
)

// Agreements are all of them, the strongest first.
var Agreements = []Agreement{AgreedWithdrawn, AgreedRefused, AgreedEnded, AgreedPartly, AgreedGiven, AgreedWaits, AgreedRequested, AgreedDeferred,
	AgreedExpired, AgreedUnknown, AgreedNothing}

// awaits is the reason of a grant that was recorded by somebody who may not
// confirm one.
const awaits = "awaits-confirmation"

// Stands is how one record stands at an instant.
func Stands(c authz.Consent, now time.Time) Agreement {
	switch s := c.StateAt(now); {
	case s.Valid() && !c.Until.IsZero() && !now.Before(c.Until), s == authz.Expired:
		return AgreedExpired
	case s.Valid():
		return AgreedGiven
	case s == authz.Withdrawn:
		return AgreedWithdrawn
	case s == authz.Terminated, s == authz.Invalidated:
		return AgreedEnded
	case s == authz.Refused:
		return AgreedRefused
	case s == authz.Requested:
		return AgreedRequested
	case s == authz.Deferred:
		return AgreedDeferred
	}
	if Waits(c, now) {
		return AgreedWaits
	}
	return AgreedUnknown
}

// Waits reports whether a record's grant waits for somebody to confirm it.
func Waits(c authz.Consent, now time.Time) bool {
	return c.StateAt(now) == authz.Unknown &&
		slices.ContainsFunc(c.Events, func(e authz.Event) bool { return e.State == authz.Unknown && e.Reason == awaits })
}

// Agreed sums a subject's records up. A no is never hidden behind a yes.
func Agreed(cs []authz.Consent, now time.Time) Agreement {
	has := map[Agreement]bool{}
	for _, c := range cs {
		has[Stands(c, now)] = true
	}
	if has[AgreedGiven] && (has[AgreedWithdrawn] || has[AgreedRefused] || has[AgreedEnded]) {
		return AgreedPartly
	}
	for _, a := range Agreements {
		if has[a] {
			return a
		}
	}
	return AgreedNothing
}

// A Person is a person or company as the registry lists it.
type Person struct {
	Subject authz.Subject
	Agreed  Agreement
}

// A Dossier is what the room shows of one subject.
type Dossier struct {
	Subject  authz.Subject
	Consents []authz.Consent
	Evidence []authz.Evidence
	Grounds  []authz.Ground
	Grid     Grid         // for the purpose that was asked about
	Leaning  []ReleaseRow // the releases that lean on any of the consents
}

// Matched reports whether a consent to face matching is in force. What it is worth, the
// rules say.
func (d Dossier) Matched(now time.Time) bool {
	return slices.ContainsFunc(d.Consents, func(c authz.Consent) bool { return c.Kind == ToFaceMatch && Stands(c, now) == AgreedGiven })
}

// Agreed sums its consents up.
func (d Dossier) Agreed(now time.Time) Agreement { return Agreed(d.Consents, now) }

// Timeline is the records, the one that changed last first.
func (d Dossier) Timeline() []authz.Consent {
	last := func(c authz.Consent) (at time.Time) {
		for _, e := range c.Events {
			if e.At.After(at) {
				at = e.At
			}
		}
		return at
	}
	cs := slices.Clone(d.Consents)
	slices.SortStableFunc(cs, func(a, b authz.Consent) int { return last(b).Compare(last(a)) })
	return cs
}

// A Due is something about a consent that somebody has to see to.
type Due struct {
	Consent authz.ConsentID
	Subject authz.Subject
	What    string // confirm, expired, expiring, requested, deferred
	Days    int    // expiring: that are left; requested and deferred: that have passed
	Within  int    // expiring: 7, 30 or 90
	Filed   bool   // a form came back and waits to be read
	Until   time.Time
	Work    string
}

// DueWhats are the kinds of due in the order of a list.
var DueWhats = []string{"confirm", "expired", "expiring", "requested", "deferred"}

// Wherever the acts below name a day, it is its first instant here.

// NewSubject is a person or company to be registered.
type NewSubject struct {
	Kind                       authz.Kind
	Name, Other, Company, Post string
	Role                       authz.Role
	Age                        authz.Age
	Phone, Email, Note         string
}

// Missing is the key of what is not said yet, or empty.
func (n NewSubject) Missing() string {
	switch {
	case n.Kind != authz.Person && n.Kind != authz.Organisation:
		return "kind"
	case strings.TrimSpace(n.Name) == "":
		return "name"
	case n.Kind == authz.Person && n.Age == "":
		return "age"
	}
	return ""
}

// Subject is the record; who keeps it gives it an id.
func (n NewSubject) Subject() authz.Subject {
	s := authz.Subject{Kind: n.Kind, Age: "adult", Note: strings.TrimSpace(n.Note), Names: []authz.Name{{Text: strings.TrimSpace(n.Name), Use: "legal"}}}
	for _, o := range strings.FieldsFunc(n.Other, func(r rune) bool { return strings.ContainsRune(",;，；、", r) }) {
		if o = strings.TrimSpace(o); o != "" && !slices.ContainsFunc(s.Names, func(x authz.Name) bool { return x.Text == o }) {
			s.Names = append(s.Names, authz.Name{Text: o, Use: "alias"})
		}
	}
	if n.Kind == authz.Person {
		s.Age, s.Role = n.Age, n.Role
		s.Company, s.Post = strings.TrimSpace(n.Company), strings.TrimSpace(n.Post)
	}
	for _, c := range []authz.Contact{{Kind: "phone", Value: n.Phone}, {Kind: "email", Value: n.Email}} {
		if c.Value = strings.TrimSpace(c.Value); c.Value != "" {
			s.Contacts = append(s.Contacts, c)
		}
	}
	return s
}

// Withdrawal is a withdrawal, or a refusal, as it reached us.
type Withdrawal struct {
	Subject  authz.SubjectID
	Only     authz.ConsentID // of that record; empty: of everything
	Refusal  bool            // they never agreed, and say no
	Intake   string          // call, e-mail, letter, …
	Received time.Time       // the day on which it reached us; zero: now
	Reason   string
	Evidence string // a file of the letter, mail or recording; may be empty
}

// Missing is the key of what is not said yet, or empty. A gate is closed with as
// few words as can be: only how the word reached us is asked for.
func (n Withdrawal) Missing(now time.Time) string {
	switch {
	case strings.TrimSpace(n.Intake) == "":
		return "intake"
	case n.Received.After(now):
		return "future"
	}
	return ""
}

// Closed is what a withdrawal did.
type Closed struct {
	Consents int // records that it closed
	Releases int // that lean on the subject's records
}

// Scope is what is agreed to or asked for.
type Scope struct {
	Purposes    []authz.Purpose
	Channels    []authz.Channel
	Territories []authz.Territory
	Shows       []authz.Shows
	From        time.Time // the first day; zero: now
	Until       time.Time // the last day
}

// wants are what a scope has to name beside its last day.
func (s Scope) wants() []want {
	return []want{{"purpose", len(s.Purposes) > 0}, {"channel", len(s.Channels) > 0}, {"territory", len(s.Territories) > 0}, {"shows", len(s.Shows) > 0}}
}

// wrongDays is the key of what cannot be of its days, or empty.
func (s Scope) wrongDays(now time.Time) string {
	switch {
	case s.Until.IsZero():
		return ""
	case s.Until.Before(now):
		return "past"
	case s.Until.Before(s.From):
		return "backwards"
	}
	return ""
}

// Put writes the scope into a record.
func (s Scope) Put(c *authz.Consent) {
	c.Purposes, c.Channels, c.Territories, c.Shows = s.Purposes, s.Channels, s.Territories, s.Shows
	c.Until = s.Until.AddDate(0, 0, 1)
	if !s.From.IsZero() {
		c.From = s.From
	}
}

// HandlerMissing is the key of what a handler does not say yet, or empty.
func HandlerMissing(h authz.Handler) string { return first(HandlerLacks(h)) }

// HandlerLacks are the keys of all that a handler does not say yet.
func HandlerLacks(h authz.Handler) []string {
	said := func(text string) bool { return strings.TrimSpace(text) != "" }
	return lacking([]want{
		{"handler.name", said(h.Name)}, {"handler.address", said(h.Address)}, {"handler.contact", said(h.Contact)},
		{"handler.storage", said(h.Storage)}, {"handler.withdrawal", said(h.Withdrawal)},
	})
}

// An Explanation is a decision of the rules in words.
type Explanation struct {
	Verdict              authz.Verdict
	Why, Next, Law, Rule string
	Code                 string // of the reason
}

// A Preview is what taking a file in would do.
type Preview struct {
	New, Changed, Same int // people and companies
	Consents           int // records that are new or change
	Like               int // new ones that may be known already
	Skipped            int // rows that do not go in
	Problems           []string
	SHA256             string // of the file

	// Of a table: the names of its columns, what they are taken for, whether somebody
	// said so, and why it cannot be read in that way.
	Header  []string
	Mapping exchange.Mapping
	Said    bool
	Wrong   error
}

// Empty reports whether there is nothing to take in.
func (p Preview) Empty() bool { return p.New+p.Changed+p.Consents == 0 }

// Day reads a day as 2027-05-31; an empty text is the zero time, false one that
// is no day.
func Day(s string) (time.Time, bool) {
	if s = strings.TrimSpace(s); s == "" {
		return time.Time{}, true
	}
	t, err := time.ParseInLocation(time.DateOnly, s, time.Local)
	return t, err == nil
}
