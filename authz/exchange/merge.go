package exchange

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"consentry/authz"
)

// ErrContradicts is given where two subjects say different things of a field that
// decisions lean on. The error names the field and nothing of what it says.
var ErrContradicts = errors.New("the two subjects contradict each other")

// Merge joins two subjects that are one. It keeps the first's id, and leaves both
// as they are, so that whoever keeps them can undo it; moving the consents is the
// caller's.
//
// Names, contacts and domains add up; a former first name becomes an alias. What
// only one says is kept. Restrictions hold if either has them: deceased, state
// organ, confidential, quotations approved first. Of the times the earlier
// beginning and the later day of deletion are kept. Free texts that differ keep
// the first's; the other's go into the note. Kind, age, role, employer, guardian
// and credit code may not differ: that is ErrContradicts.
func Merge(keep, other authz.Subject) (authz.Subject, error) {
	out := keep
	if keep.Kind != other.Kind {
		return authz.Subject{}, contradicts("kind")
	}
	for _, f := range []struct {
		name string
		to   *string
		from string
	}{
		{"age", (*string)(&out.Age), string(other.Age)},
		{"role", (*string)(&out.Role), string(other.Role)},
		{"employer", (*string)(&out.Employer), string(other.Employer)},
	} {
		if err := agree(f.name, f.to, f.from); err != nil {
			return authz.Subject{}, err
		}
	}
	switch {
	case keep.Guardian == nil && other.Guardian != nil:
		g := *other.Guardian
		out.Guardian = &g
	case keep.Guardian != nil && other.Guardian != nil && *keep.Guardian != *other.Guardian:
		return authz.Subject{}, contradicts("guardian")
	}

	out.Names = slices.Clone(keep.Names)
	for i, n := range other.Names {
		if slices.ContainsFunc(out.Names, func(o authz.Name) bool { return authz.FoldName(o.Text) == authz.FoldName(n.Text) }) {
			continue
		}
		if i == 0 && n.Use == "" {
			n.Use = "alias"
		}
		out.Names = append(out.Names, n)
	}
	out.Contacts = slices.Clone(keep.Contacts)
	for _, c := range other.Contacts {
		if !slices.Contains(out.Contacts, c) {
			out.Contacts = append(out.Contacts, c)
		}
	}

	m := notes{out: &out}
	m.text("company", &out.Company, other.Company)
	m.text("post", &out.Post, other.Post)
	if err := m.firm(keep.Firm, other.Firm); err != nil {
		return authz.Subject{}, err
	}
	out.Deceased = keep.Deceased || other.Deceased
	out.StateOrgan = keep.StateOrgan || other.StateOrgan
	out.Confidential = keep.Confidential || other.Confidential
	out.Since = earlier(keep.Since, other.Since)
	out.Created = earlier(keep.Created, other.Created)
	if other.Retention.After(out.Retention) {
		out.Retention = other.Retention
	}
	if other.Note != "" && other.Note != keep.Note {
		m.lines = append(m.lines, other.Note)
	}
	out.Note = strings.Join(slices.DeleteFunc(append([]string{keep.Note}, m.lines...), func(s string) bool { return s == "" }), "\n")
	return out, nil
}

func contradicts(field string) error { return fmt.Errorf("%w: %s", ErrContradicts, field) }

// agree takes a field over where the first has none.
func agree(field string, to *string, from string) error {
	switch {
	case from == "" || *to == from:
	case *to == "":
		*to = from
	default:
		return contradicts(field)
	}
	return nil
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// notes are what differs and is kept in the note.
type notes struct {
	out   *authz.Subject
	lines []string
}

func (m *notes) text(field string, to *string, from string) {
	switch {
	case from == "" || authz.FoldName(*to) == authz.FoldName(from):
	case *to == "":
		*to = from
	default:
		m.lines = append(m.lines, field+": "+from)
	}
}

func (m *notes) firm(keep, other *authz.Firm) error {
	if other == nil {
		return nil
	}
	var f authz.Firm
	if keep != nil {
		f = *keep
		f.Domains = slices.Clone(keep.Domains)
	}
	if err := agree("credit_code", &f.CreditCode, other.CreditCode); err != nil {
		return err
	}
	for _, d := range other.Domains {
		if !slices.Contains(f.Domains, d) {
			f.Domains = append(f.Domains, d)
		}
	}
	m.text("general_form", &f.GeneralForm, other.GeneralForm)
	m.text("contract", &f.Contract, other.Contract)
	m.text("clause", &f.Clause, other.Clause)
	m.text("logo_rules", &f.LogoRules, other.LogoRules)
	f.QuoteApproval = f.QuoteApproval || other.QuoteApproval
	m.out.Firm = &f
	return nil
}
