package forms

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"

	"consentry/redact"

	"gopkg.in/yaml.v3"
)

//go:embed rules.yaml
var rulesYAML []byte

// A Rule is one way in which a name is written otherwise.
type Rule struct {
	ID    string      `yaml:"id"` // as in Term.Why, behind "registry/"
	Kind  redact.Kind `yaml:"kind"`
	About string      `yaml:"about"`
	Sure  bool        `yaml:"sure"`  // the form can mean nothing else, unless it is made of everyday words
	Many  bool        `yaml:"many"`  // few for many people, so that a large registry has them too: a surname's titles
	Found bool        `yaml:"found"` // only once the full name stood in the case
	Deep  bool        `yaml:"deep"`  // only to attack what was written
	// Examples are walked by the tests.
	Examples []struct {
		Names []string `yaml:"names"`
		Forms []string `yaml:"forms"` // found in a text
		Not   []string `yaml:"not"`   // found by none of the rules
	} `yaml:"examples"`
}

// Rules lists the rules.
func Rules() []Rule { return append([]Rule(nil), rules...) }

var (
	rules = func() (rs []Rule) {
		if err := yaml.Unmarshal(rulesYAML, &rs); err != nil {
			panic(fmt.Sprintf("rules.yaml: %v", err)) // it is embedded: a mistake of ours
		}
		return rs
	}()
	rulesBy = func() map[string]*Rule {
		m := map[string]*Rule{}
		for i := range rules {
			m[rules[i].ID] = &rules[i]
		}
		return m
	}()
)

//go:embed titles.yaml
var titlesYAML []byte

// titles are the words beside surnames and given names, see titles.yaml.
var titles = func() (t struct {
	Behind, Before, Given, Last, AfterVerbs, English, EnglishChinese, PinyinBehind, PinyinBefore []string
	dropped, particles, dotted, verbs, words                                                     map[string]bool
}) {
	var m map[string]string
	if err := yaml.Unmarshal(titlesYAML, &m); err != nil {
		panic(fmt.Sprintf("titles.yaml: %v", err))
	}
	set := func(s string) map[string]bool {
		out := map[string]bool{}
		for w := range strings.FieldsSeq(s) {
			out[w] = true
		}
		return out
	}
	t.Behind, t.Before, t.Given, t.Last = strings.Fields(m["behind"]), strings.Fields(m["before"]), strings.Fields(m["given"]), strings.Fields(m["last"])
	t.AfterVerbs, t.English = strings.Fields(m["after_verbs"]), strings.Fields(m["english"])
	t.EnglishChinese = strings.Fields(m["english_chinese"])
	t.PinyinBehind, t.PinyinBefore = strings.Fields(m["pinyin_behind"]), strings.Fields(m["pinyin_before"])
	t.dropped, t.particles, t.dotted, t.verbs = set(m["dropped"]), set(m["particles"]), set(m["dotted"]), set(m["verbs"])
	t.words = set(m["words"])
	return t
}()

// A stage is for whom forms are made; each has those of the ones before it.
type stage int

const (
	certain    stage = iota // of a large registry: the sure forms and titles
	registered              // of a registry
	inCase                  // of a name that stands in the case
	attack                  // to search in what was written
)

// builder collects forms.
type builder struct {
	stage stage
	kind  redact.Kind
	terms []redact.Term
	seen  map[string]int // of a text: 1 + its place in terms
	done  map[string]bool

	everyday map[string]bool // answers of lexicon.Everyday
}

func newBuilder(s stage, k redact.Kind) *builder {
	return &builder{stage: s, kind: k, seen: map[string]int{}, done: map[string]bool{}, everyday: map[string]bool{}}
}

// wants reports whether a rule's forms are asked for.
func (b *builder) wants(rule string) bool {
	r := rulesBy[rule]
	if r == nil {
		panic("forms: no rule " + rule)
	}
	switch {
	case r.Deep:
		return b.stage >= attack
	case r.Found:
		return b.stage >= inCase
	case !r.Sure && !r.Many:
		return b.stage >= registered
	}
	return true
}

// once reports whether something is made for the first time: the titles behind a
// surname that many people have.
func (b *builder) once(what string) bool {
	if b.done[what] {
		return false
	}
	b.done[what] = true
	return true
}

// add adds forms under a rule. They are sure where the rule is and nothing
// narrows them.
func (b *builder) add(rule string, only redact.Narrow, texts ...string) {
	if !b.wants(rule) {
		return
	}
	tier := redact.Review
	if rulesBy[rule].Sure && only == 0 {
		tier = redact.Sure
	}
	for _, s := range texts {
		b.put(redact.Term{Text: s, Kind: b.kind, Tier: tier, Why: WhyRegistered + rule, Only: only})
	}
}

// put adds a term, or widens the one that is there.
func (b *builder) put(t redact.Term) {
	if t.Text == "" || t.Only&redact.Capitals != 0 && t.Text == strings.ToLower(t.Text) && !hasHan(t.Text) {
		return // with no capital to ask for
	}
	id := t.Text
	if t.Only&redact.Capitals == 0 {
		id = strings.ToLower(id)
		if !strings.ContainsAny(id, " ,") {
			t.Text = id // the matcher asks a single word with a capital for one
		}
	}
	i := b.seen[id]
	if i == 0 {
		b.terms = append(b.terms, t)
		b.seen[id] = len(b.terms)
		return
	}
	o := &b.terms[i-1]
	o.Only &= t.Only
	if t.Tier > o.Tier {
		o.Tier = t.Tier
	}
}

// spaced adds forms of several words; those of everyday words alone are found
// with their capitals only: He Can.
func (b *builder) spaced(rule string, only redact.Narrow, texts ...string) {
	for _, s := range texts {
		if len(s) < 16 && cities()[strings.ToLower(s)] {
			continue // Hong Kong
		}
		if b.plain(s) {
			if s == strings.ToLower(s) {
				s = string(titled([]rune(s))) // Sue ten Brink stays
			}
			b.add(rule, only|redact.Capitals, s)
		} else {
			b.add(rule, only, s)
		}
	}
}

// titled has a capital at the start of each word.
func titled(s []rune) []rune {
	for i, r := range s {
		if i == 0 || !unicode.IsLetter(s[i-1]) && s[i-1] != '\'' {
			s[i] = unicode.ToUpper(r)
		}
	}
	return s
}

// handles adds words of small letters, as accounts and addresses have them.
// Where one could be another word it is searched as an address only.
func (b *builder) handles(rule string, texts ...string) {
	for _, s := range texts {
		s = strings.ToLower(s)
		sign := strings.ContainsAny(s, ".- ")
		if sign && len(s) >= leastHandle && !b.plain(s) || !sign && telling(s) || strings.Contains(s, ".") && len(s) >= 4 { // lan.y is no prose
			b.add(rule, 0, s)
			continue
		}
		if !strings.Contains(s, " ") {
			b.mail(rule, s)
		}
	}
}

// mail adds an account's name as it stands in an address or behind @.
func (b *builder) mail(rule, s string) {
	if s = strings.ToLower(s); len(s) >= 2 {
		b.add(rule, 0, s+"@", "@"+s)
	}
}
