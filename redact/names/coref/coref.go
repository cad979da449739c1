// Package coref brings the mentions of one subject in a case together: 王小明,
// 王总, 小明, Xiaoming Wang and xiaoming.wang@… become one chain, so that one
// subject is one label, one question and one answer.
//
// It is a resolver by rules and tables (words.yaml), in the manner of the sieves
// of Lee et al. 2013, "Deterministic coreference resolution based on
// entity-centric, precision-ranked rules": the surest evidence first, and each
// later step sees what the earlier ones joined. Unlike there, two subjects that
// fit equally well are never chosen between: they become a Question.
//
// A wrong merge would show somebody under another's consent; a missed one only
// costs consistency. So Link.Sure is kept for evidence that can mean nothing
// else, and nothing but a sure link should ever carry a consent along.
package coref

import (
	"cmp"
	"fmt"
	"log/slog"
	"slices"

	"consentry/redact"
)

// A Document is one asset of the case as it was read.
type Document struct {
	Name     string
	Pages    []redact.Page
	Findings []redact.Finding
}

// A Ref points at a finding: Documents[Doc].Findings[Finding].
type Ref struct{ Doc, Finding int }

// A Role is what a person is in the case, in the words of the rule pack's
// vocabulary; empty where nothing says so. Whatever the role, a company's
// consent never covers its people.
type Role string

// The roles.
const (
	Unknown   Role = ""
	Contact   Role = "contact"   // the customer's
	Employee  Role = "employee"  // the customer's
	EndUser   Role = "end-user"  // the customer's customer, patient, pupil's parent
	Speaker   Role = "speaker"   // at an event
	Bystander Role = "bystander" // seen or named by chance
	Minor     Role = "minor"     // under 18
	OwnStaff  Role = "own-staff" // the publisher's
)

// A Chain is the mentions of one subject, in the order of the documents.
type Chain struct {
	Kind     redact.Kind
	Name     string // the fullest written form
	Mentions []Link
	Role     Role
	Org      int // index of the chain of the company a person belongs to, or -1
}

// A Link says why a mention belongs to its chain.
type Link struct {
	Ref
	Score float64 // 0 to 1
	Sure  bool    // can mean nothing else: see the package's comment
	Why   Reason
}

// A Reason is the rule that linked a mention.
type Reason string

// The reasons.
const (
	WhyFirst     Reason = "first"      // stands alone or begins the chain
	WhySameName  Reason = "same-name"  // the same full name
	WhySameForm  Reason = "same-form"  // the same short form, 王总 and 王总
	WhyAlias     Reason = "alias"      // the text says so: 以下简称, known as, （Tony）
	WhyTitle     Reason = "title"      // surname with title or honorific
	WhyFamiliar  Reason = "familiar"   // 老王, 小王
	WhySurname   Reason = "surname"    // surname alone
	WhyGiven     Reason = "given-name" // given name alone
	WhyPinyin    Reason = "pinyin"     // a Chinese name in Latin letters
	WhyOrder     Reason = "order"      // family name first and last
	WhyLonger    Reason = "longer"     // with and without middle name, nickname for name
	WhyInitials  Reason = "initials"   // J. Smith, NLG
	WhyEmail     Reason = "email"      // the local part spells the name
	WhyHandle    Reason = "handle"     // an account's name spells the name
	WhyDomain    Reason = "domain"     // a company's domain
	WhyShortForm Reason = "short-form" // a company without legal form, place or trade
	WhyNamesake  Reason = "namesake"   // the same name, told apart by company, number or role
)

// A Question is a chain that fits several others equally well, so that a person
// has to say which; until then it is a subject of its own.
type Question struct {
	Chain      int // the chain that is asked about
	Candidates []Candidate
	Why        Reason
}

// A Candidate is one chain that the asked one could be, best first.
type Candidate struct {
	Chain int
	Score float64
	Why   Reason
}

// A Result is what Resolve found. Each finding that names a person or a company
// stands in exactly one chain.
type Result struct {
	Chains    []Chain
	Questions []Question
}

// Resolve links the findings of all documents of a case that name people and
// companies, e-mail addresses and accounts included. Faces, numbers and other
// kinds are left out; telephone numbers count as evidence. The result depends on
// the documents alone. It takes time about linear in text and findings.
func Resolve(docs []Document) Result {
	r := newResolver(docs)
	r.organisations()
	r.around()
	r.namesakes()
	r.bridges()
	r.partials()
	r.addresses()
	return r.result()
}

// Of maps each linked finding to its chain.
func (r Result) Of() map[Ref]int {
	m := map[Ref]int{}
	for i, c := range r.Chains {
		for _, l := range c.Mentions {
			m[l.Ref] = i
		}
	}
	return m
}

// String says how large a chain is, never whose.
func (c Chain) String() string {
	return fmt.Sprintf("%s of %d mention(s)", c.Kind, len(c.Mentions))
}

// LogValue is String, for log/slog.
func (c Chain) LogValue() slog.Value { return slog.StringValue(c.String()) }

// result numbers the identities by first mention and hands them out.
func (r *resolver) result() Result {
	var live []*identity
	for _, m := range r.mentions {
		if id := r.find(m.id); id.chain < 0 {
			id.chain = len(live)
			live = append(live, id)
		}
	}
	out := Result{Chains: make([]Chain, len(live))}
	for i, id := range live {
		slices.Sort(id.mentions)
		c := Chain{Kind: id.kind, Name: r.fullest(id), Role: id.role, Org: -1}
		if id.org != nil {
			c.Org = r.root(id.org).chain
		}
		for k, mi := range id.mentions {
			m := &r.mentions[mi]
			l := Link{Ref: m.ref, Score: m.score, Sure: m.sure, Why: m.why}
			if k == 0 && m.why == "" {
				l.Why, l.Score = WhyFirst, 1
			}
			c.Mentions = append(c.Mentions, l)
		}
		out.Chains[i] = c
	}
	for _, id := range live {
		if len(id.asked) == 0 {
			continue
		}
		q := Question{Chain: id.chain, Why: id.askedWhy}
		seen := map[int]bool{id.chain: true}
		for _, c := range id.asked {
			if to := r.root(c.id).chain; to >= 0 && !seen[to] {
				seen[to] = true
				q.Candidates = append(q.Candidates, Candidate{to, c.score, c.why})
			}
		}
		slices.SortStableFunc(q.Candidates, func(a, b Candidate) int { return cmp.Compare(b.Score, a.Score) })
		if len(q.Candidates) > 0 {
			out.Questions = append(out.Questions, q)
		}
	}
	return out
}
