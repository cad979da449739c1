package names

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/lexicon"
)

//go:embed patterns_zh.yaml
var patternsYAML []byte

// A pattern is one entry of patterns_zh.yaml, which says what its fields mean.
type pattern struct {
	Name      string      `yaml:"name"`
	Why       string      `yaml:"why"`
	Kind      redact.Kind `yaml:"kind"`
	Tier      string      `yaml:"tier"` // "sure"; else review
	Items     bool        `yaml:"items"`
	Surname   string      `yaml:"surname"` // "needed", "sure" or empty
	WordsOnly bool        `yaml:"words-only"`
	Needs     string      `yaml:"needs"`
	Pattern   string      `yaml:"pattern"`
	Words     string      `yaml:"words"`
	Contains  string      `yaml:"contains"` // runes that no name has
	Not       string      `yaml:"not"`
	Then      string      `yaml:"then"` // runes that do not follow
	End       string      `yaml:"end"`
	Yes       []string    `yaml:"yes"`
	No        []string    `yaml:"no"`

	re   *regexp.Regexp
	none map[string]bool
	ends []string
}

var patterns = func() []pattern {
	var ps []pattern
	if err := yaml.Unmarshal(patternsYAML, &ps); err != nil {
		panic(fmt.Sprintf("patterns_zh.yaml: %v", err)) // the tests read it
	}
	for i := range ps {
		p := &ps[i]
		words := strings.Fields(p.Words)
		slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
		p.re = regexp.MustCompile(strings.ReplaceAll(p.Pattern, "{words}", strings.Join(words, "|")))
		p.none, p.ends = lexicon.Set(p.Not), strings.Fields(p.End)
	}
	return ps
}()

// patterned finds what the patterns describe.
func (r *rules) patterned() {
	s := string(r.text)
	for i := range patterns {
		p := &patterns[i]
		if p.Needs != "" && !strings.ContainsAny(s, p.Needs) {
			continue
		}
		matchesIn(p.re, s, func(_ string, at place) {
			if !p.Items {
				r.fits(p, at)
				return
			}
			for _, item := range r.items(at) {
				if p.Kind != redact.Person || r.personItem(item) {
					r.fits(p, item)
				}
			}
		})
	}
}

// items are the parts of a list.
func (r *rules) items(at place) []place {
	var out []place
	for i := at.start; i < at.end; {
		j := i
		for j < at.end && (lexicon.NameRune(r.text[j]) || strings.ContainsRune(dots+"&", r.text[j])) && !(strings.ContainsRune("或及和", r.text[j]) && j == i && j > at.start) {
			j++
		}
		if j > i {
			out = append(out, place{i, j})
		}
		i = max(j, i+1)
	}
	return out
}

// personItem reports whether an item of a list behind a label can be a person's
// name, and is no label itself.
func (r *rules) personItem(it place) bool {
	for _, c := range r.text[it.start:it.end] {
		if !fold.IsHan(c) && !strings.ContainsRune(dots, c) {
			return false
		}
	}
	n := it.end - it.start
	return n >= 2 && (n <= 4 || strings.ContainsAny(string(r.text[it.start:it.end]), dots)) &&
		(it.end == len(r.text) || !strings.ContainsRune(":：/／", r.text[it.end]))
}

// fits adds a match that can be a name.
func (r *rules) fits(p *pattern, at place) {
	s := string(r.text[at.start:at.end])
	surname := r.surname(at.start) > 0
	if p.none[s] || strings.ContainsAny(s, p.Contains) && p.Contains != "" || p.Surname == "needed" && (!surname || somebody[s]) || p.WordsOnly && !r.nouns(at) {
		return
	}
	if hasSuffix(s, p.ends) || at.end < len(r.text) && strings.ContainsRune(p.Then, r.text[at.end]) {
		return
	}
	full, known := true, true
	if p.Why == whyAlias {
		if full, known = r.fullName(at.start); !full {
			return
		}
	}
	tier := redact.Review
	if p.Tier == "sure" && known || p.Surname == "sure" && surname {
		tier = redact.Sure
	}
	if p.Surname == "sure" {
		if end := r.name(at.start); end > 0 {
			at.end = end
		}
	}
	r.add(at.start, at.end, p.Kind, tier, p.Why)
}

// fullName looks at what stands before the bracket with an alias at i: whether it can be
// an organisation's full name (a work's, as that of a law, is none), and whether it
// ends as one.
func (r *rules) fullName(i int) (can, does bool) {
	for k := i - 1; k >= max(0, i-30); k-- {
		if strings.ContainsRune("（(", r.text[k]) {
			before := string(r.text[max(0, k-8):k])
			return !strings.HasSuffix(before, "》"), hasSuffix(before, lexicon.OrgSuffixes) || hasSuffix(before, lexicon.Organs)
		}
	}
	return true, false
}

// nouns reports whether a place is made of whole words that can be a name's. Without
// the model's words it is taken to be.
func (r *rules) nouns(at place) bool {
	if r.starts == nil {
		return true
	}
	for i := at.start; i < at.end; {
		w, ok := r.starts[i]
		if !ok || w.End > at.end || strings.Contains(" r u m q d p c w v PER TIME ", " "+w.Tag+" ") {
			return false
		}
		i = w.End
	}
	return true
}
