package names

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"consentry/redact"
	"consentry/redact/names/lexicon"
)

// An englishRule finds names by a pattern, at its last group. english_rules.yaml
// lists them, each with what it finds and what it leaves alone.
type englishRule struct {
	ID      string      `yaml:"id"`
	Pattern string      `yaml:"pattern"`
	With    []string    `yaml:"with"` // one of these stands in every text that it finds something in; any where empty
	Kind    redact.Kind `yaml:"kind"`
	Tier    string      `yaml:"tier"`
	Why     string      `yaml:"why"`
	Long    bool        `yaml:"long"` // takes any words with a capital before a key word: in a heading only to be reviewed

	// Examples: a text and all that the rule finds in it, apart by |; and texts
	// in which it finds nothing.
	Finds  map[string]string `yaml:"finds"`
	Leaves []string          `yaml:"leaves"`

	re   *regexp.Regexp
	tier redact.Tier
}

//go:embed english_rules.yaml
var englishRulesFile []byte

var englishRuleTable = func() []englishRule {
	var list []englishRule
	dec := yaml.NewDecoder(strings.NewReader(string(englishRulesFile)))
	dec.KnownFields(true)
	if err := dec.Decode(&list); err != nil {
		panic(fmt.Sprintf("english_rules.yaml: %v", err)) // it is embedded: a mistake of ours
	}
	words := strings.NewReplacer("{given}", lexicon.GivenWords, "{org}", lexicon.OrgHeads, "{trade}", lexicon.OrgTails,
		"{Name}", `\p{Lu}(?:\pL{0,2}\.(?:\pL{1,3}\.)*|[\pL\pN'’&-]*(?:\.[\pL\pN]+)*)`, "{Word}", `\p{Lu}[\pL'’-]+`)
	for i := range list {
		r := &list[i]
		r.re = regexp.MustCompile(words.Replace(r.Pattern))
		r.tier = redact.Review
		if r.Tier == "sure" {
			r.tier = redact.Sure
		}
	}
	return list
}()

// find calls do with the places, in runes of s, of what the rule finds.
func (r *englishRule) find(s string, do func(place)) {
	found := len(r.With) == 0
	for _, w := range r.With {
		found = found || strings.Contains(s, w)
	}
	if !found {
		return
	}
	at, runes := 0, 0 // matches come in order
	for _, m := range r.re.FindAllStringSubmatchIndex(s, -1) {
		from, to := m[len(m)-2], m[len(m)-1]
		if from < 0 {
			continue
		}
		runes += utf8.RuneCountInString(s[at:from])
		at = from
		start := 0
		if r.Long {
			start = opening(s[from:to])
		}
		if start < to-from {
			do(place{runes + start, runes + utf8.RuneCountInString(s[from:to])})
		}
	}
}

// opening is how many runes the words at the start of a name take that begin a
// sentence or a heading: How, The, When.
func opening(s string) int {
	n := 0
	for {
		word, rest, ok := strings.Cut(s[n:], " ")
		if w := lower(word); !ok || rest == "" || w == "new" || !lexicon.Common[w] && !lexicon.SmallWords[w] && !lexicon.EnglishTitles[w] {
			return n
		}
		n += len(word) + 1 // these words are ASCII
	}
}

// englishRules add what spaCy leaves out.
func englishRules(text []rune, heading bool) []candidate {
	r := rules{text: text}
	matches(halfLatin, text, func(_ string, p place) {
		r.halfLatin(p)
	})
	s := string(text)
	for i := range englishRuleTable {
		e := &englishRuleTable[i]
		tier := e.tier
		if heading && e.Long {
			tier = redact.Review
		}
		e.find(s, func(p place) { r.add(p.start, p.end, e.Kind, tier, e.Why) })
	}
	return r.out
}
