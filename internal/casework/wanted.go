package casework

import (
	"slices"

	"consentry/authz"
	"consentry/redact"
)

// Wanted is a subject that a case hides though a consent would show it.
type Wanted struct {
	Subject authz.SubjectID `json:"subject"`
	Shows   []authz.Shows   `json:"shows"`
	Reason  string          `json:"reason"` // of the first mention
}

// Wanted lists the registered subjects that a consent to this case's use would
// show, in the order in which they appear: for the letters that ask for it. Who
// said no is not asked again.
func (p *Plan) Wanted() []Wanted {
	var out []Wanted
	for _, it := range p.Items {
		d := it.Decision
		if !it.Hidden() || d.Subject == "" || it.Answer != nil && it.Answer.Action == HideIt || !authz.Curable(d.Reason) {
			continue
		}
		shows := authz.Shows("name")
		switch it.Holds() {
		case redact.Face:
			shows = "portrait"
		case redact.Logo:
			shows = "logo"
		}
		i := slices.IndexFunc(out, func(w Wanted) bool { return w.Subject == d.Subject })
		if i < 0 {
			out = append(out, Wanted{Subject: d.Subject, Reason: d.Reason})
			i = len(out) - 1
		}
		if !slices.Contains(out[i].Shows, shows) {
			out[i].Shows = append(out[i].Shows, shows)
		}
	}
	return out
}
