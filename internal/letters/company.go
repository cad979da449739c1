package letters

import (
	"fmt"
	"strings"

	"consentry/authz"
)

// companyOnly refuses what is people's to give: a company's authorization covers
// none of them.
func (r Request) companyOnly() error {
	if r.Faces != nil || r.asksSensitive() {
		return fmt.Errorf("%w: face matching and sensitive information are asked of people only", ErrPeople)
	}
	for _, s := range r.Shows {
		if s == "portrait" || s == "voice" || s == "post" {
			return fmt.Errorf("%w: ask them for %s", ErrPeople, s)
		}
	}
	return nil
}

// company fills in an authorization: a row for each form of the name and each item.
func (r Request) company(f Fields) {
	w := words[r.Lang]
	firm := authz.Firm{}
	if r.Subject.Firm != nil {
		firm = *r.Subject.Firm
	}
	var full string
	var short []string
	for i, n := range r.Subject.Names {
		switch {
		case i == 0 || full == "" && n.Use == "legal":
			full = n.Text
		case n.Use == "short" || n.Use == "brand":
			short = append(short, n.Text)
		}
	}
	var rows []string
	for _, s := range r.Shows {
		term, _ := r.Vocabulary.Shows.Find(string(s))
		row := term.Label(r.Lang)
		switch s {
		case "name":
			rows = append(rows, fmt.Sprintf(w.full, full))
			if len(short) > 0 {
				rows = append(rows, fmt.Sprintf(w.short, strings.Join(short, pick(r.Lang, "、", ", "))))
			}
			if firm.GeneralForm != "" {
				rows = append(rows, fmt.Sprintf(w.general, firm.GeneralForm))
			}
			continue
		case "logo":
			if firm.LogoRules != "" {
				row += fmt.Sprintf(w.rules, firm.LogoRules)
			}
		case "quote":
			if r.Company.Quote.SHA256 != "" {
				row += fmt.Sprintf(w.approved, r.Company.Quote.SHA256)
			}
		case "figures":
			if r.Company.Figures.SHA256 != "" {
				row += fmt.Sprintf(w.approved, r.Company.Figures.SHA256)
			}
		}
		rows = append(rows, row)
	}
	for i := range rows {
		rows[i] = strings.Join(strings.Fields(rows[i]), " ")
	}
	f["company_item_rows"], f["company_full_name"], f["company_uscc"] = r.rows(rows), full, firm.CreditCode
	f["contract_no"], f["confidentiality_note"] = firm.Contract, sentence(r.Company.Confidentiality)
	f["recipient_rows"] = strings.Trim(f["recipient_rows"]+"\n"+f["abroad_recipient_rows"], "\n")
	if firm.Contract == "" && f["confidentiality_note"] == "" && !r.Subject.Confidential {
		f["confidentiality_note"] = none(r.Lang)
	}
}
