package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"consentry/authz"
	"consentry/internal/registry"
)

// facts are the flags of what is known of a subject.
type facts struct {
	company, post, since, role, age, note, keep, employer    string
	phones, emails, aliases, former, pinyin, brands, domains []string
	guardian, relationship, guardianEvidence                 string
	creditCode, generalForm, contract, clause, logoRules     string
	deceased, stateOrgan, confidential, quoteApproval        bool
}

func (f *facts) put(cmd *cobra.Command, a app, s *authz.Subject) error {
	set := cmd.Flags().Changed
	v := a.Pack.Vocabulary
	if set("age") && !v.Ages.Has(f.age) || set("role") && f.role != "" && !v.Roles.Has(f.role) && f.role != "customer" {
		return usage("--age or --role is not in the rule pack")
	}
	for _, t := range []struct {
		flag string
		from string
		to   *string
	}{
		{"company", f.company, &s.Company}, {"post", f.post, &s.Post}, {"note", f.note, &s.Note}, {"role", f.role, (*string)(&s.Role)},
		{"age", f.age, (*string)(&s.Age)}, {"employer", f.employer, (*string)(&s.Employer)},
	} {
		if set(t.flag) {
			*t.to = t.from
		}
	}
	for _, t := range []struct {
		flag string
		from string
		to   *time.Time
	}{{"since", f.since, &s.Since}, {"keep-until", f.keep, &s.Retention}} {
		if set(t.flag) {
			at, err := day(t.from, time.Time{})
			if err != nil {
				return err
			}
			*t.to = at
		}
	}
	for _, t := range []struct {
		flag string
		from bool
		to   *bool
	}{{"deceased", f.deceased, &s.Deceased}, {"state-organ", f.stateOrgan, &s.StateOrgan}, {"confidential", f.confidential, &s.Confidential}} {
		if set(t.flag) {
			*t.to = t.from
		}
	}
	for _, t := range []struct {
		use   string
		texts []string
	}{{"alias", f.aliases}, {"former", f.former}, {"pinyin", f.pinyin}, {"brand", f.brands}} {
		for _, n := range t.texts {
			if n = strings.TrimSpace(n); n == "" {
				return usage("a name is empty")
			}
			if !slices.ContainsFunc(s.Names, func(o authz.Name) bool { return o.Text == n }) {
				s.Names = append(s.Names, authz.Name{Text: n, Use: t.use})
			}
		}
	}
	for kind, values := range map[string][]string{"phone": f.phones, "email": f.emails} {
		for _, n := range values {
			if t := (authz.Contact{Kind: kind, Value: strings.TrimSpace(n)}); t.Value != "" && !slices.Contains(s.Contacts, t) {
				s.Contacts = append(s.Contacts, t)
			}
		}
	}
	if set("guardian") || set("guardian-relationship") || set("guardian-evidence") {
		s.Guardian = &authz.Guardian{Name: f.guardian, Relationship: f.relationship}
		if f.guardianEvidence != "" {
			b, err := registry.ReadFile(f.guardianEvidence, registry.MaxFile)
			if err != nil {
				return fmt.Errorf("read the guardian's evidence: %w", err)
			}
			s.Guardian.Evidence = registry.Digest(b)
		}
	}
	firm := authz.Firm{}
	if s.Firm != nil {
		firm = *s.Firm
	}
	for _, t := range []struct {
		flag string
		from string
		to   *string
	}{{"credit-code", f.creditCode, &firm.CreditCode}, {"general-form", f.generalForm, &firm.GeneralForm}, {"contract", f.contract, &firm.Contract},
		{"clause", f.clause, &firm.Clause}, {"logo-rules", f.logoRules, &firm.LogoRules}} {
		if set(t.flag) {
			*t.to = t.from
			s.Firm = &firm
		}
	}
	if set("domain") {
		firm.Domains, s.Firm = f.domains, &firm
	}
	if set("quote-approval") {
		firm.QuoteApproval, s.Firm = f.quoteApproval, &firm
	}
	if s.Firm != nil && s.Kind != authz.Organisation {
		return usage("only a company has a credit code, domains, a general form, a contract or logo rules")
	}
	return nil
}

func (f *facts) flags(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&f.company, "company", "", "where a person works; tells namesakes apart")
	fs.StringVar(&f.employer, "employer", "", "the `id` of the company a person works for")
	fs.StringVar(&f.post, "post", "", "a person's post")
	fs.StringVar(&f.since, "since", "", "`day` since when a person works there")
	fs.StringVar(&f.role, "role", "", "contact, employee, end-user, speaker, bystander, minor, own-staff, customer")
	fs.StringVar(&f.age, "age", "adult", "adult, under-18, under-14, under-10, unclear")
	fs.StringArrayVar(&f.aliases, "alias", nil, "another `name` of the same subject")
	fs.StringArrayVar(&f.former, "former", nil, "a `name` the subject bore before")
	fs.StringArrayVar(&f.pinyin, "pinyin", nil, "the name in pinyin, where it is not the usual one")
	fs.StringArrayVar(&f.brands, "brand", nil, "companies: a brand")
	fs.StringArrayVar(&f.phones, "phone", nil, "a telephone `number`")
	fs.StringArrayVar(&f.emails, "email", nil, "an e-mail `address`")
	fs.StringVar(&f.note, "note", "", "a note")
	fs.StringVar(&f.keep, "keep-until", "", "`day` after which the record is to be deleted")
	fs.StringVar(&f.guardian, "guardian", "", "minors: the guardian's `name`")
	fs.StringVar(&f.relationship, "guardian-relationship", "", "minors: mother, father, …")
	fs.StringVar(&f.guardianEvidence, "guardian-evidence", "", "minors: a `file` that shows it")
	fs.BoolVar(&f.deceased, "deceased", false, "the person has died")
	fs.BoolVar(&f.stateOrgan, "state-organ", false, "a state organ, or somebody who works for one")
	fs.BoolVar(&f.confidential, "confidential", false, "a confidentiality clause binds us")
	fs.StringVar(&f.creditCode, "credit-code", "", "companies: unified social credit code")
	fs.StringArrayVar(&f.domains, "domain", nil, "companies: a `domain` of theirs")
	fs.StringVar(&f.generalForm, "general-form", "", "companies: what may stand instead, such as 某大型制造企业")
	fs.StringVar(&f.contract, "contract", "", "companies: number of the contract")
	fs.StringVar(&f.clause, "clause", "", "companies: its clause on publicity")
	fs.StringVar(&f.logoRules, "logo-rules", "", "companies: how the logo may be used")
	fs.BoolVar(&f.quoteApproval, "quote-approval", false, "companies: every quotation goes to them first")
}

// tellForm says why a general form that was given will not be used in texts.
func (c *cli) tellForm(cmd *cobra.Command, a app, s authz.Subject) error {
	if !cmd.Flags().Changed("general-form") || s.Firm == nil || s.Firm.GeneralForm == "" {
		return nil
	}
	hints, err := a.FormHints(cmd.Context(), s)
	for _, h := range hints {
		fmt.Fprintf(c.err, "consentry: this general form will not be used in texts: %s\n", h.In(c.language()))
	}
	return err
}
