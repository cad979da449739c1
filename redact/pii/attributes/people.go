package attributes

import (
	"regexp"
	"strings"

	"consentry/redact"
)

// people tells whether a sentence speaks of a person. It is a hint, not a finder
// of names: what it takes for one only lets a rule speak.
type people struct {
	chinese, english *regexp.Regexp
	not              map[string]bool // words that look like a name
}

func (f *file) people() (p people, err error) {
	if p.chinese, err = f.pattern("{zhperson}", "", ""); err != nil {
		return p, err
	}
	if p.english, err = f.pattern("{enperson}", "", ""); err != nil {
		return p, err
	}
	p.not = map[string]bool{}
	for _, w := range f.list("@notname") {
		p.not[w] = true
	}
	return p, nil
}

// in reports whether a person stands in sentence n, and remembers it.
func (p *people) in(r *reading, n int) bool {
	s := &r.sent[n]
	if s.person == unasked {
		s.person = nobody
		if text := string(r.cased[s.start:min(s.end, s.start+400)]); p.says(text) {
			s.person = somebody
		}
	}
	return s.person == somebody
}

func (p *people) says(text string) bool {
	for _, re := range []*regexp.Regexp{p.chinese, p.english} {
		for at := 0; at < len(text); {
			m := re.FindStringSubmatchIndex(text[at:])
			if m == nil {
				break
			}
			if m[2] < 0 || !p.common(text[at+m[2]:at+m[3]]) {
				return true
			}
			at += max(m[3], m[0]+1)
		}
	}
	return false
}

// common reports whether what looks like a name begins or ends with a common word.
func (p *people) common(name string) bool {
	rs := []rune(strings.ToLower(name))
	if len(rs) >= 2 && p.not[string(rs[:2])] || p.not[string(rs)] {
		return true
	}
	for _, w := range strings.Fields(string(rs)) {
		if p.not[w] {
			return true
		}
	}
	return len(rs) == 3 && p.not[string(rs[1:])]
}

func isPersonLabel(s string) bool {
	i := redact.Person.Info().Label
	return strings.HasPrefix(s, i.ZH) || strings.HasPrefix(s, i.EN)
}
