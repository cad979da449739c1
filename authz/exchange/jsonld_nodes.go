package exchange

import (
	"fmt"
	"net/url"
	"time"

	"consentry/authz"
	"consentry/authz/exchange/dpv"
)

// record makes the node of a consent.
func (s Sheet) record(r Record) dpv.Record {
	c, h := r.Consent, r.Handler
	id := uuid(string(c.ID))
	out := dpv.Record{
		ID: "urn:uuid:" + id, Identifier: id, ConformsTo: dpv.RecordSchema,
		Status:  s.statuses(r),
		Process: s.process(r),
		Consent: string(c.ID), Kind: c.Kind, GivenBy: c.GivenBy, CollectedBy: c.CollectedBy, Evidence: c.Evidence,
		Voluntary: c.Voluntary, Separate: c.Separate, Written: c.Written, From: dpv.Time{Time: c.From}, Until: dpv.Time{Time: c.Until},
		Authority: c.Authority, AllowedForms: c.AllowedForms, Quote: c.QuoteSHA256, Figures: c.FiguresSHA256, WithdrawScope: c.WithdrawScope,
		OnwardUse: c.OnwardUse, Licence: c.Licence, Term: c.Term, Oversized: c.Oversized, CrossBorder: c.CrossBorder,
	}
	subject := subjectNode(r.Subject)
	if r.Subject.Kind == authz.Organisation {
		out.Type, out.Organisation, out.LegalBasis = dpv.One[string]{dpv.TypeAuthorisation}, &subject, "consentry:authorisation"
	} else {
		out.Type, out.DataSubject, out.LegalBasis = dpv.One[string]{dpv.TypeRecord}, &subject, "dpv:Consent"
	}
	if sens := c.Sensitive; sens != nil {
		out.Sensitive = &dpv.Sensitive{Kinds: sens.Kinds, Separate: sens.Separate, Necessity: sens.Necessity, Effect: sens.Effect}
	}
	if c.NoticeSHA256 != "" {
		n := r.Notice
		out.Notice = &dpv.Notice{ID: iri("notice", c.NoticeSHA256), Type: dpv.One[string]{dpv.TypeNotice}, Identifier: c.NoticeSHA256,
			Title: n.Title, Version: n.Version, Given: dpv.Time{Time: n.GivenAt}, Changed: dpv.Time{Time: n.ChangedAt}, Items: n.Items}
		if n.Language != "" {
			out.Notice.Language = dpv.One[string]{n.Language}
		}
	}
	if h.ID != "" {
		out.Controller = dpv.One[string]{iri("handler", h.ID)}
		country := h.Country
		if country == "" {
			country = "CN"
		}
		out.Jurisdiction = dpv.One[string]{"loc:" + country}
		out.Entities = dpv.One[dpv.Entity]{handlerNode(h)}
	}
	if h.Withdrawal != "" {
		out.Control = &dpv.Exercise{Type: dpv.One[string]{"dpv:WithdrawConsent"}, At: h.Withdrawal}
	}
	if h.Rights != "" {
		out.Right = &dpv.Exercise{Type: dpv.One[string]{"dpv:DataSubjectRight"}, At: h.Rights}
	}
	return out
}

// parties are the types of handlers.
var parties = map[string]string{"company": "dpv:ForProfitOrganisation", "public-body": "dpv:GovernmentalOrganisation", "association": "dpv:NonProfitOrganisation"}

func handlerNode(h authz.Handler) dpv.Entity {
	party := h.Type
	if party == "" {
		party = "company"
	}
	e := dpv.Entity{ID: iri("handler", h.ID), Type: dpv.One[string]{dpv.TypeController}, Identifier: h.ID,
		Name: h.Name, Address: h.Address, Contact: h.Contact, Officer: h.Officer, Party: party}
	if t := parties[party]; t != "" {
		e.Type = append(e.Type, t)
	}
	return e
}

func subjectNode(s authz.Subject) dpv.Subject {
	out := dpv.Subject{
		ID: iri("subject", string(s.ID)), Type: dpv.One[string]{dpv.TypeSubject, "dpv:DataSubject"}, Identifier: string(s.ID),
		Role: string(s.Role), Age: string(s.Age), Company: s.Company, Since: dpv.Time{Time: s.Since}, Post: s.Post, Note: s.Note,
		Deceased: s.Deceased, StateOrgan: s.StateOrgan, Confidential: s.Confidential, Retention: dpv.Time{Time: s.Retention},
	}
	switch {
	case s.Kind == authz.Organisation:
		out.Type[1] = "dpv:Organisation"
	case s.Age == "under-18", s.Age == "under-14", s.Age == "under-10":
		out.Type = append(out.Type, "dpv:Child")
	}
	if s.Employer != "" {
		out.Employer = iri("subject", string(s.Employer))
	}
	for _, n := range s.Names {
		if n.Use != variant {
			out.Names = append(out.Names, dpv.Name{Text: n.Text, Use: n.Use, Script: n.Script})
		}
	}
	for _, c := range s.Contacts {
		out.Contacts = append(out.Contacts, dpv.Contact{Kind: c.Kind, Value: c.Value})
	}
	if f := s.Firm; f != nil {
		out.Firm = &dpv.Firm{CreditCode: f.CreditCode, Domains: f.Domains, GeneralForm: f.GeneralForm, Contract: f.Contract,
			Clause: f.Clause, LogoRules: f.LogoRules, QuoteApproval: f.QuoteApproval}
	}
	if g := s.Guardian; g != nil {
		out.Guardian = &dpv.Guardian{ID: out.ID + ":guardian", Type: dpv.One[string]{"dpv:GuardianOfDataSubject"},
			Name: g.Name, Relationship: g.Relationship, Evidence: g.Evidence}
	}
	return out
}

// process says what is consented to, where it is kept and who gets it.
func (s Sheet) process(r Record) *dpv.Process {
	c, h := r.Consent, r.Handler
	p := &dpv.Process{Type: dpv.One[string]{"dpv:Process"}}
	for _, w := range c.Purposes {
		p.Purposes = append(p.Purposes, concept("purpose", string(w), s.Vocabulary.Purposes, purposeOf))
	}
	for _, w := range c.Shows {
		p.Data = append(p.Data, concept("shows", string(w), s.Vocabulary.Shows, dataOf))
	}
	for _, w := range c.Kinds {
		p.Data = append(p.Data, concept("kind", w, s.Vocabulary.Kinds, dataOf))
	}
	for _, w := range c.Channels {
		p.Channels = append(p.Channels, string(w))
	}
	for _, w := range c.Territories {
		p.Territories = append(p.Territories, string(w))
	}
	for _, w := range c.Recipients {
		p.Recipients = append(p.Recipients, dpv.Entity{Type: dpv.One[string]{"dpv:ThirdParty"}, Name: w})
	}
	if h.Storage != "" {
		p.Storage = append(p.Storage, dpv.Storage{Type: dpv.One[string]{"dpv:StorageLocation"}, Location: h.Storage})
	}
	keep := &dpv.Duration{Type: dpv.One[string]{"dpv:TemporalDuration"}, Value: fmt.Sprintf("P%dY", keepYears(h))} // after the consent's end
	if !c.Retention.IsZero() {
		keep = until(c.Retention)
	}
	p.Storage = append(p.Storage, dpv.Storage{Type: dpv.One[string]{"dpv:StorageDuration"}, Duration: keep})
	return p
}

func keepYears(h authz.Handler) int {
	if h.KeepYears == 0 {
		return 3
	}
	return h.KeepYears
}

func until(t time.Time) *dpv.Duration {
	return &dpv.Duration{Type: dpv.One[string]{"dpv:UntilTimeDuration"}, Value: t.UTC().Format(time.RFC3339Nano)}
}

// concept is a word of the rule pack as a node.
func concept(list, id string, terms authz.Terms, broader func(authz.Term) string) dpv.Concept {
	t, ok := terms.Find(id)
	c := dpv.Concept{ID: "consentry:" + list + ":" + url.PathEscape(id), Broader: broader(authz.Term{ID: id})}
	if ok {
		c.Broader, c.Label = broader(t), map[string]string{"zh": t.Zh, "en": t.En}
	}
	return c
}

// purposeOf is the wider term of DPV for a purpose.
func purposeOf(t authz.Term) string {
	switch {
	case t.ID == "advertising":
		return "dpv:Advertising"
	case t.Marketing:
		return "dpv:Marketing"
	}
	return "dpv:Purpose"
}

// wider are the terms of DPV for personal data.
var wider = map[string]string{
	"name": "pd:Name", "person-name": "pd:Name", "portrait": "pd:Picture", "post": "pd:Job", "company": "pd:CurrentEmployment", "employer": "pd:CurrentEmployment",
	"mobile": "pd:TelephoneNumber", "landline": "pd:TelephoneNumber", "email": "pd:EmailAddress", "home-address": "pd:PhysicalAddress",
}

// dataOf is the wider term of DPV for a kind of information.
func dataOf(t authz.Term) string {
	switch {
	case wider[t.ID] != "":
		return wider[t.ID]
	case t.Sensitive:
		return "dpv:SensitivePersonalData"
	}
	return "dpv:PersonalData"
}

// byGiver reports whether an event is an act of whoever gives the consent; the
// others are the handler's.
func byGiver(e authz.Event) bool {
	switch e.State {
	case authz.Given, authz.Renewed, authz.Refused, authz.Withdrawn, authz.Deferred:
		return true
	}
	return false
}

// stateTerms are DPV's terms for the ten states. It has ConsentRevoked, by somebody
// else than the person, where the standard has ConsentTerminated.
var stateTerms = map[authz.State]string{
	authz.Given: "dpv:ConsentGiven", authz.Renewed: "dpv:RenewedConsentGiven", authz.Unknown: "dpv:ConsentUnknown", authz.Requested: "dpv:ConsentRequested",
	authz.Deferred: "dpv:ConsentRequestDeferred", authz.Refused: "dpv:ConsentRefused", authz.Withdrawn: "dpv:ConsentWithdrawn", authz.Expired: "dpv:ConsentExpired",
	authz.Terminated: "dpv:ConsentRevoked", authz.Invalidated: "dpv:ConsentInvalidated",
}

// statuses are the events. A state that is none of the ten counts as unknown, and
// is written so.
func (s Sheet) statuses(r Record) []dpv.Status {
	var out []dpv.Status
	for _, e := range r.Consent.Events {
		term, ok := stateTerms[e.State]
		if !ok {
			term = stateTerms[authz.Unknown]
		}
		st := dpv.Status{Type: dpv.One[string]{term}, At: dpv.Time{Time: e.At}, Method: e.Intake, Recorder: e.By,
			Received: dpv.Time{Time: e.Received}, Evidence: e.Evidence, Reason: e.Reason,
			Duration: &dpv.Duration{Type: dpv.One[string]{"dpv:IndeterminateDuration"}}}
		switch {
		case r.Subject.Kind == authz.Organisation:
		case r.Consent.Separate:
			st.Type = append(st.Type, "dpv:ExplicitlyExpressedConsent")
		default:
			st.Type = append(st.Type, "dpv:ExpressedConsent")
		}
		if e.State.Valid() && !r.Consent.Until.IsZero() {
			st.Duration = until(r.Consent.Until)
		}
		if by := actor(r, e); by != "" {
			st.By = dpv.One[string]{by}
		}
		out = append(out, st)
	}
	return out
}

// actor is who acted.
func actor(r Record, e authz.Event) string {
	subject := iri("subject", string(r.Subject.ID))
	switch by := r.Consent.GivenBy; {
	case !byGiver(e) && r.Handler.ID == "":
		return ""
	case !byGiver(e):
		return iri("handler", r.Handler.ID)
	case by == "self", by == "company" && r.Subject.Kind == authz.Organisation:
		return subject
	case by == "guardian":
		return subject + ":guardian"
	case by != "":
		return "consentry:giver:" + url.PathEscape(by)
	}
	return ""
}
