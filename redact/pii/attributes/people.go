package attributes

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/fold"
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
			if from < 0 || !p.common(text[at+from:at+to], 2) {
				return true
			}
			_, first := utf8.DecodeRuneInString(text[at+from:])
			if w := strings.IndexByte(text[at+from:at+to], ' '); w > 0 {
				first = w + 1
			}
			at += from + first // a name may begin within what was none
		}
	}
	return false
}

// common reports whether what looks like a name begins (ends 1), or begins or ends
// (2), with a common word.
func (p *people) common(name string, ends int) bool {
	rs := []rune(strings.ToLower(name))
	if fold.IsHan(rs[0]) && len(rs) > 1 {
		return p.not[string(rs[:2])] || ends > 1 && p.not[string(rs[len(rs)-2:])]
	}
	for _, w := range strings.Fields(string(rs)) {
		if p.not[w] {
			return true
		}
	}
	return false
}

// apart reports whether the person of sentence n stands beside the value from lo to
// hi and is not the value itself: a street or a firm in English may look like a name.
func (p *people) apart(r *reading, n int, rule *rule, lo, hi int) bool {
	if rule.Take != "value" || rule.Lang != redact.English {
		return true
	}
	s := r.sent[n]
	end := max(hi, min(s.end, s.start+400))
	return p.says(string(r.cased[s.start:max(s.start, lo)]) + "," + string(r.cased[hi:end]))
}

func isPersonLabel(s string) bool {
	i := redact.Person.Info().Label
	return strings.HasPrefix(s, i.ZH) || strings.HasPrefix(s, i.EN)
}
