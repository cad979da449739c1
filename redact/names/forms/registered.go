package forms

import (
	"strings"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/lexicon"
)

// WhyRegistered begins the reason of terms made from a registered name; the id
// of the Rule follows. A registered name itself has the reason "registry".
const WhyRegistered = "registry/"

const whyRegistry = "registry"

// Depth is how many forms of registered names are searched.
type Depth int

// The depths. The zero value has all forms.
const (
	Full  Depth = iota
	Sure        // only forms that can mean nothing else, in their usual spelling, and surnames with titles
	Names       // the names alone
)

// The most subjects of each depth. Making the forms of that many takes seconds of
// one core, and the matcher of them about 100 MB, see BenchmarkForms.
const (
	MostFull = 10_000
	MostSure = 200_000
)

// DepthFor is the Depth for a registry of so many subjects.
func DepthFor(subjects int) Depth {
	switch {
	case subjects <= MostFull:
		return Full
	case subjects <= MostSure:
		return Sure
	}
	return Names
}

// Registered lists what to search for one registered subject: its names, and the
// other ways in which these are written. Forms that can mean nothing else are of
// the sure tier, others, such as initials and a surname with a title, of the
// review tier. Names in any order: a legal name, aliases, former names, pinyin.
// Namesakes share their forms: the terms say that a text is to be hidden, not
// who is meant.
func Registered(kind redact.Kind, names []string) []redact.Term {
	r := NewRegister(Full)
	r.Add(kind, names)
	return r.Terms()
}

// InCase lists what to search for beside Registered's once one of a subject's
// names stood in the case, however it was written: given names alone, a surname
// or brand that is a word too. All are of the review tier.
func InCase(kind redact.Kind, names []string) []redact.Term {
	b := newBuilder(inCase, kind)
	b.subject(names)
	var out []redact.Term
	for _, t := range b.terms {
		if id := strings.TrimPrefix(t.Why, WhyRegistered); rulesBy[id].Found || id == "zh-given-title" {
			out = append(out, t)
		}
	}
	return out
}

// A Register collects the terms of many subjects; what they share, such as 王总,
// it makes once.
type Register struct {
	depth             Depth
	people, companies *builder
}

// NewRegister is an empty Register.
func NewRegister(d Depth) *Register {
	s := registered
	if d != Full {
		s = certain
	}
	return &Register{depth: d, people: newBuilder(s, redact.Person), companies: newBuilder(s, redact.Organisation)}
}

// Add adds a subject.
func (r *Register) Add(kind redact.Kind, names []string) {
	b := r.people
	if kind == redact.Organisation {
		b = r.companies
	}
	for _, n := range names {
		t := redact.Term{Text: fold.OneLine(n), Kind: kind, Tier: redact.Sure, Why: whyRegistry}
		if t.Text != "" {
			b.named(t)
		}
	}
	if r.depth != Names {
		b.subject(names)
	}
}

// Terms lists the terms of all subjects in the order in which they were made.
func (r *Register) Terms() []redact.Term {
	return append(r.people.terms[:len(r.people.terms):len(r.people.terms)], r.companies.terms...)
}

// named puts a registered name itself, which counts before any form.
func (b *builder) named(t redact.Term) {
	id := strings.ToLower(t.Text)
	if i := b.seen[id]; i > 0 {
		b.terms[i-1] = t
		return
	}
	b.terms = append(b.terms, t)
	b.seen[id] = len(b.terms)
}

// subject adds the forms of one subject's names.
func (b *builder) subject(names []string) {
	var chinese [][]rune
	var aliases []string
	for _, n := range names {
		n = fold.OneLine(n)
		if redact.IsLabel(n) || len([]rune(n)) > longestName {
			continue
		}
		if b.kind == redact.Organisation {
			b.company(n)
			continue
		}
		rs := []rune(n)
		han, latin, space := lexicon.Count(n)
		parts := strings.FieldsFunc(n, func(r rune) bool { return strings.ContainsRune("·•‧・∙⋅･", r) })
		switch {
		case len(parts) > 1 && han > 0:
			b.dotted(parts)
		case allHan(rs) && len(rs) > 1:
			chinese = append(chinese, rs)
			b.chinese(rs)
		case han == 0 && latin > 1 && !space:
			aliases = append(aliases, n)
		case han == 0 && latin > 1:
			b.latin(n)
		}
	}
	for _, rs := range chinese {
		s := splits(rs)
		for _, a := range aliases {
			b.english(a, s[0][0], s[0][1])
		}
	}
}

// company adds the forms of one name of a company.
func (b *builder) company(name string) {
	if hasHan(name) {
		b.companyZH(name)
		return
	}
	b.companyLatin(name)
}
