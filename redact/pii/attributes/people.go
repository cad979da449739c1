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
			from, to := -1, -1 // the group that took part
			for g := 2; g < len(m); g += 2 {
				if m[g] >= 0 {
					from, to = m[g], m[g+1]
				}
			}
			if from < 0 || !p.common(text[at+from:at+to]) {
				return true
			}
			at += to
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
	ws := strings.Fields(string(rs))
	for len(ws) > 2 && p.not[ws[0]] { // "May Elara Quist"
		ws = ws[1:]
	}
	for _, w := range ws {
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
