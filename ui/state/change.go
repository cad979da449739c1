package state

import (
	"slices"
	"strings"
	"time"

	"consentry/authz"
)

// A SubjectChange is other facts about somebody who is registered. Names and contacts
// are added; what somebody bore before stays.
type SubjectChange struct {
	ID                                        authz.SubjectID
	Kind                                      authz.Kind
	Name                                      string // borne now
	Aliases, Former, Pinyin, Brands           string // with commas between them
	Phones, Emails                            string
	Role                                      authz.Role
	Age                                       authz.Age
	Company, Post, Note                       string
	Employer                                  authz.SubjectID
	Since, Keep                               time.Time // Keep: the day after which the record is deleted
	Guardian, Relationship                    string
	GuardianFile                              string // a file that shows it
	Deceased, StateOrgan, Confidential        bool
	CreditCode, GeneralForm, Contract, Clause string
	LogoRules, Domains                        string
	QuoteApproval                             bool
}

// ChangeOf is what is known of somebody, before anything is changed.
func ChangeOf(s authz.Subject) SubjectChange {
	c := SubjectChange{
		ID: s.ID, Kind: s.Kind, Name: s.Title(), Role: s.Role, Age: s.Age, Company: s.Company, Post: s.Post, Note: s.Note, Employer: s.Employer,
		Since: s.Since, Keep: s.Retention, Deceased: s.Deceased, StateOrgan: s.StateOrgan, Confidential: s.Confidential,
	}
	if g := s.Guardian; g != nil {
		c.Guardian, c.Relationship = g.Name, g.Relationship
	}
	if f := s.Firm; f != nil {
		c.CreditCode, c.GeneralForm, c.Contract, c.Clause, c.LogoRules = f.CreditCode, f.GeneralForm, f.Contract, f.Clause, f.LogoRules
		c.Domains, c.QuoteApproval = strings.Join(f.Domains, ", "), f.QuoteApproval
	}
	return c
}

// Missing is the key of what is not said yet, or empty.
func (c SubjectChange) Missing() string {
	switch {
	case strings.TrimSpace(c.Name) == "":
		return "name"
	case c.Guardian == "" && (c.Relationship != "" || c.GuardianFile != ""):
		return "guardian"
	}
	return ""
}

// Put writes the facts into a record, of whom nothing else is changed.
func (c SubjectChange) Put(s *authz.Subject) {
	if name := strings.TrimSpace(c.Name); len(s.Names) > 0 && s.Names[0].Text != name {
		s.Names = slices.Clone(s.Names)
		s.Names[0].Use = "former"
		s.Names = append([]authz.Name{{Text: name, Use: "legal"}}, slices.DeleteFunc(s.Names, func(n authz.Name) bool { return n.Text == name })...)
	}
	for _, t := range []struct{ use, texts string }{{"alias", c.Aliases}, {"former", c.Former}, {"pinyin", c.Pinyin}, {"brand", c.Brands}} {
		for _, n := range Listed(t.texts) {
			if !slices.ContainsFunc(s.Names, func(o authz.Name) bool { return o.Text == n }) {
				s.Names = append(s.Names, authz.Name{Text: n, Use: t.use})
			}
		}
	}
	for _, t := range []struct{ kind, texts string }{{"phone", c.Phones}, {"email", c.Emails}} {
		for _, v := range Listed(t.texts) {
			if n := (authz.Contact{Kind: t.kind, Value: v}); !slices.Contains(s.Contacts, n) {
				s.Contacts = append(s.Contacts, n)
			}
		}
	}
	s.Note, s.Retention = strings.TrimSpace(c.Note), c.Keep
	s.StateOrgan, s.Confidential = c.StateOrgan, c.Confidential
	if s.Kind == authz.Person {
		s.Role, s.Age, s.Company, s.Post, s.Employer, s.Since, s.Deceased = c.Role, c.Age, strings.TrimSpace(c.Company), strings.TrimSpace(c.Post), c.Employer, c.Since, c.Deceased
		was := authz.Guardian{}
		if s.Guardian != nil {
			was = *s.Guardian
		}
		if c.Guardian != was.Name || c.Relationship != was.Relationship {
			s.Guardian = &authz.Guardian{Name: strings.TrimSpace(c.Guardian), Relationship: strings.TrimSpace(c.Relationship)}
			if s.Guardian.Name == was.Name {
				s.Guardian.Evidence = was.Evidence
			}
		}
		return
	}
	f := authz.Firm{CreditCode: strings.TrimSpace(c.CreditCode), GeneralForm: strings.TrimSpace(c.GeneralForm), Contract: strings.TrimSpace(c.Contract),
		Clause: strings.TrimSpace(c.Clause), LogoRules: strings.TrimSpace(c.LogoRules), Domains: Listed(c.Domains), QuoteApproval: c.QuoteApproval}
	if s.Firm != nil || f.CreditCode+f.GeneralForm+f.Contract+f.Clause+f.LogoRules != "" || len(f.Domains) > 0 || f.QuoteApproval {
		s.Firm = &f
	}
}

// Listed are the texts of a field in which commas stand between them.
func Listed(s string) (out []string) {
	for _, o := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",;，；、", r) }) {
		if o = strings.TrimSpace(o); o != "" && !slices.Contains(out, o) {
			out = append(out, o)
		}
	}
	return out
}
