package exchange

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"consentry/authz"
	"consentry/authz/exchange/dpv"
)

// about reads the subject.
func (r *row) about(s Sheet, v dpv.Subject) {
	id := fromIRI("subject", v.ID)
	if id == "" {
		id = v.Identifier
	}
	if id == "" {
		i, _ := columnByID("id")
		r.fail("id", Empty)
		r.unread = append(r.unread, i)
	}
	r.set(s, "id", id)
	r.subject.Kind = authz.Person
	if slices.Contains(v.Type, "dpv:Organisation") {
		r.subject.Kind = authz.Organisation
	}
	for i, n := range v.Names {
		if i == 0 {
			r.title(n.Text)
			if len(r.subject.Names) > 0 {
				r.subject.Names[0].Use, r.script = n.Use, n.Script
			}
			continue
		}
		r.more = append(r.more, authz.Name{Text: n.Text, Use: n.Use, Script: n.Script})
	}
	r.set(s, "role", v.Role)
	r.set(s, "age", v.Age)
	r.set(s, "company", v.Company)
	r.set(s, "employer", fromIRI("subject", v.Employer))
	r.set(s, "post", v.Post)
	r.set(s, "note", v.Note)
	r.time(s, "since", v.Since)
	r.time(s, "subject_retention", v.Retention)
	for _, c := range v.Contacts {
		switch c := (authz.Contact{Kind: c.Kind, Value: c.Value}); {
		case c.Value == "":
		case plainText(c.Kind+c.Value, MaxCell) != nil:
			r.fail("contacts", ControlMarks)
		case !slices.Contains(r.subject.Contacts, c):
			r.subject.Contacts = append(r.subject.Contacts, c)
		}
	}
	if f := v.Firm; f != nil {
		r.set(s, "credit_code", f.CreditCode)
		r.set(s, "domains", writeList(f.Domains))
		r.set(s, "general_form", f.GeneralForm)
		r.set(s, "contract", f.Contract)
		r.set(s, "clause", f.Clause)
		r.set(s, "logo_rules", f.LogoRules)
		r.set(s, "quote_approval", writeBool(f.QuoteApproval))
	}
	if g := v.Guardian; g != nil {
		r.set(s, "guardian_name", g.Name)
		r.set(s, "guardian_relationship", g.Relationship)
		r.set(s, "guardian_evidence", g.Evidence)
	}
	r.set(s, "deceased", writeBool(v.Deceased))
	r.set(s, "state_organ", writeBool(v.StateOrgan))
	r.set(s, "confidential", writeBool(v.Confidential))
}

func (r *row) time(s Sheet, id string, t dpv.Time) {
	if !t.IsZero() {
		r.set(s, id, t.Format(time.RFC3339Nano))
	}
}

// agreed reads what was agreed.
func (r *row) agreed(s Sheet, v dpv.Record) {
	r.set(s, "consent_id", v.Consent)
	if v.Consent == "" {
		r.set(s, "consent_id", v.Identifier)
	}
	r.set(s, "consent_kind", v.Kind)
	r.set(s, "given_by", v.GivenBy)
	r.consent.CollectedBy = "partner"
	r.set(s, "collected_by", v.CollectedBy)
	r.set(s, "evidence_sha256", v.Evidence)
	r.set(s, "withdraw_scope", v.WithdrawScope)
	r.set(s, "licence_sha256", v.Licence)
	r.set(s, "quote_sha256", v.Quote)
	r.set(s, "figures_sha256", v.Figures)
	r.set(s, "term", v.Term)
	r.set(s, "allowed_forms", strings.Join(v.AllowedForms, ";"))
	for id, yes := range map[string]bool{"voluntary": v.Voluntary, "separate": v.Separate, "written": v.Written, "authority": v.Authority,
		"onward_use": v.OnwardUse, "oversized": v.Oversized, "cross_border": v.CrossBorder} {
		r.set(s, id, writeBool(yes))
	}
	r.time(s, "from", v.From)
	r.time(s, "until", v.Until)
	if sens := v.Sensitive; sens != nil {
		sensitive(&r.record)
		r.set(s, "sensitive_kinds", strings.Join(sens.Kinds, ";"))
		r.set(s, "sensitive_separate", writeBool(sens.Separate))
		r.set(s, "sensitive_necessity", sens.Necessity)
		r.set(s, "sensitive_effect", sens.Effect)
	}
	p := v.Process
	if p == nil {
		return
	}
	r.set(s, "purposes", conceptsOf("purpose", p.Purposes))
	shows, kinds := dpv.One[dpv.Concept]{}, dpv.One[dpv.Concept]{}
	for _, c := range p.Data {
		if strings.HasPrefix(c.ID, "consentry:shows:") {
			shows = append(shows, c)
		} else {
			kinds = append(kinds, c)
		}
	}
	r.set(s, "shows", conceptsOf("shows", shows))
	r.set(s, "kinds", conceptsOf("kind", kinds))
	r.set(s, "channels", strings.Join(p.Channels, ";"))
	r.set(s, "territories", strings.Join(p.Territories, ";"))
	var recipients []string
	for _, e := range p.Recipients {
		if e.Name != "" {
			recipients = append(recipients, e.Name)
		}
	}
	r.set(s, "recipients", writeList(recipients))
	for _, st := range p.Storage {
		if st.Duration != nil && slices.Contains(st.Duration.Type, "dpv:UntilTimeDuration") {
			r.set(s, "retention", st.Duration.Value)
		}
	}
}

// conceptsOf are the words of a list; what is none stays as it is, and is found to
// be no word of the rule pack.
func conceptsOf(list string, cs []dpv.Concept) string {
	var out []string
	for _, c := range cs {
		id := c.ID
		if rest, ok := strings.CutPrefix(id, "consentry:"+list+":"); ok {
			if plain, err := url.PathUnescape(rest); err == nil {
				id = plain
			}
		}
		out = append(out, id)
	}
	return strings.Join(out, ";")
}

// told reads the notice.
func (r *row) told(s Sheet, n dpv.Notice) {
	id := n.Identifier
	if id == "" {
		id = fromIRI("notice", n.ID)
	}
	r.set(s, "notice_sha256", id)
	r.set(s, "notice_title", n.Title)
	r.set(s, "notice_version", n.Version)
	r.set(s, "notice_language", strings.Join(n.Language, ";"))
	r.set(s, "notice_items", strings.Join(n.Items, ";"))
	r.time(s, "notice_at", n.Given)
	r.time(s, "notice_changed_at", n.Changed)
}
