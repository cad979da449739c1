package authz

import "slices"

// A Term is one word of the rule pack's vocabulary.
type Term struct {
	ID        string `yaml:"id"`
	Zh        string `yaml:"zh"`
	En        string `yaml:"en"`
	Marketing bool   `yaml:"marketing,omitempty"` // purposes: needs consent as a rule
	Written   bool   `yaml:"written,omitempty"`   // purposes: needs it in writing
	Sensitive bool   `yaml:"sensitive,omitempty"` // kinds: sensitive personal information (PIPL 28)
	Valid     bool   `yaml:"valid,omitempty"`     // states
	Show      string `yaml:"show,omitempty"`      // kinds: the shown item that is this kind
}

// Label is the term in a language, zh or en.
func (t Term) Label(lang string) string {
	if lang == "zh" {
		return t.Zh
	}
	return t.En
}

// Terms is a list of terms in the order of the pack.
type Terms []Term

// Find gives the term with an id.
func (ts Terms) Find(id string) (Term, bool) {
	i := slices.IndexFunc(ts, func(t Term) bool { return t.ID == id })
	if i < 0 || id == "" {
		return Term{}, false
	}
	return ts[i], true
}

// Has reports whether an id is listed.
func (ts Terms) Has(id string) bool { _, ok := ts.Find(id); return ok }

// Parse gives the term that a person wrote: by id or by either label, whatever
// the case.
func (ts Terms) Parse(s string) (Term, bool) {
	want := FoldName(s)
	i := slices.IndexFunc(ts, func(t Term) bool {
		return FoldName(t.ID) == want || FoldName(t.Zh) == want || FoldName(t.En) == want
	})
	if i < 0 || want == "" {
		return Term{}, false
	}
	return ts[i], true
}

// A Vocabulary is every word that a use or a consent may be put in. A word that
// it does not list hides.
type Vocabulary struct {
	Purposes    Terms `yaml:"purposes"`
	Channels    Terms `yaml:"channels"`
	Territories Terms `yaml:"territories"`
	Shows       Terms `yaml:"shows"`
	Forms       Terms `yaml:"forms"` // of a company's name
	Kinds       Terms `yaml:"kinds"` // of information
	Roles       Terms `yaml:"roles"`
	Ages        Terms `yaml:"ages"`
	NoticeItems Terms `yaml:"notice_items"`
	States      Terms `yaml:"-"`
}
