package attributes

import (
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/fold"
)

// people tells whether a run of text speaks of a person. It is a hint, not a finder
// of names: what it takes for one only lets a rule speak.
type people struct {
	surnames, doubles map[string]bool
	frequent          map[string]bool   // surnames that follow 小, 老 and 阿
	not               map[string]bool   // words that look like a name
	lead, follow      map[rune]bool     // what may stand before a Chinese name, and behind it
	nouns, someone    map[rune][]string // 患者; 司机 behind 一位, by their first rune
	titles            []string          // behind a surname: 女士
	pronouns          map[string]bool
	ennouns, enverbs  map[string]bool
}

func (f *file) people() people {
	set := func(name string) map[string]bool {
		m := map[string]bool{}
		for _, w := range f.list("@" + name) {
			m[w] = true
		}
		return m
	}
	runes := func(name string) map[rune]bool {
		m := map[rune]bool{}
		for _, r := range f.Shapes[name] {
			m[r] = r != '[' && r != ']'
		}
		return m
	}
	byFirst := func(name string) map[rune][]string {
		m := map[rune][]string{}
		for _, w := range f.list("@" + name) {
			r := []rune(w)[0]
			m[r] = append(m[r], w)
		}
		return m
	}
	return people{
		surnames: set("zhsurnames"), doubles: set("zhdouble"), frequent: set("zhfrequent"), not: set("notname"),
		lead: runes("zhlead"), follow: runes("zhfollow"), nouns: byFirst("zhnouns"), someone: byFirst("zhsomeone"),
		titles: f.list("@zhhonorifics"), pronouns: set("enpronouns"), ennouns: set("enpersonnouns"), enverbs: set("enpersonverbs"),
	}
}

// in reports whether a person stands in sentence n, and remembers it.
func (p *people) in(r *reading, n int) bool {
	s := &r.sent[n]
	if s.person == unasked {
		s.person = nobody
		if p.says(r.cased[s.start:s.end]) {
			s.person = somebody
		}
	}
	return s.person == somebody
}

func (p *people) says(rs []rune) bool {
	return p.chinese(rs) || p.english(rs)
}

// chinese looks for pronouns, nouns of a person and runs that look like a name.
func (p *people) chinese(rs []rune) bool {
	at := func(i int) rune {
		if i < 0 || i >= len(rs) {
			return 0
		}
		return rs[i]
	}
	for i, c := range rs {
		if c < 0x2e80 && c != '·' {
			continue
		}
		switch c {
		case labelPerson:
			return true
		case '他', '她':
			if !strings.ContainsRune("其利吉维", at(i-1)) && !strings.ContainsRune("们人国乡日方处", at(i+1)) {
				return true
			}
		case '我':
			if at(i-1) != '自' && !strings.ContainsRune("们国司厂院校市省局部方军党县区行", at(i+1)) {
				return true
			}
		case '·':
			if unicode.Is(unicode.Han, at(i-1)) && unicode.Is(unicode.Han, at(i+1)) {
				return true
			}
		case '小', '老', '阿':
			if (!fold.IsHan(at(i-1)) || at(i-1) == '的') && p.frequent[string(at(i+1))] && p.ends(at(i+2)) {
				return true
			}
		}
		if p.noun(rs, i) || p.name(rs, i) {
			return true
		}
	}
	return false
}

// ends reports whether a name may end before r.
func (p *people) ends(r rune) bool { return !fold.IsHan(r) || p.follow[r] }

// name reports whether a Chinese name, or a surname with a title, begins at i.
func (p *people) name(rs []rune, i int) bool {
	n := 0
	switch {
	case i >= len(rs):
		return false
	case rs[i] == labelPerson:
		return true
	case i+1 < len(rs) && p.doubles[string(rs[i:i+2])]:
		n = 2
	case p.surnames[string(rs[i])]:
		n = 1
	default:
		return false
	}
	for _, t := range p.titles {
		if w := []rune(t); i+n+len(w) <= len(rs) && string(rs[i+n:i+n+len(w)]) == t {
			return true
		}
	}
	start := i == 0 || !fold.IsHan(rs[i-1])
	if !start && !p.lead[rs[i-1]] {
		return false
	}
	for _, given := range []int{2, 1} {
		end := i + n + given
		if end > len(rs) || !han(rs[i:end]) || p.common(string(rs[i:end]), 2) {
			continue
		}
		if end == len(rs) || p.ends(rs[end]) || (start || n == 2) && given == 2 {
			return true
		}
	}
	return false
}

// before is where the Han runes begin that lead up to rune at, where a mark and a
// Chinese name stand before them, perhaps with a cell or two between: 林知遥，男，…;
// -1 where none does.
func (p *people) before(rs []rune, at int) int {
	start := at
	for start > 0 && at-start < 14 && unicode.Is(unicode.Han, rs[start-1]) {
		start--
	}
	end := start
	for range 3 {
		mark := end - 1
		if mark < 1 || !strings.ContainsRune(",( :、/|·-\n\t", rs[mark]) {
			return -1
		}
		for mark > 1 && strings.ContainsRune(" )", rs[mark-1]) {
			mark--
		}
		for n := 2; n <= 4 && mark-n >= 0; n++ {
			if p.name(rs[:mark], mark-n) && han(rs[mark-n:mark]) {
				return start
			}
		}
		if rs[mark-1] == labelPerson {
			return start
		}
		for end = mark; end > 0 && mark-end < 8 && !strings.ContainsRune(",( :、/|·-\n\t。", rs[end-1]); {
			end--
		}
	}
	return -1
}

func han(rs []rune) bool {
	for _, r := range rs {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return true
}

// noun reports whether a noun of one person begins at i: 患者 by itself, 司机 behind
// 一位, 这名 and the like.
func (p *people) noun(rs []rune, i int) bool {
	has := func(words []string) (end int) {
		for _, w := range words {
			if n := len([]rune(w)); i+n <= len(rs) && i+n > end && string(rs[i:i+n]) == w {
				end = i + n
			}
		}
		return end
	}
	if end := has(p.nouns[rs[i]]); end > 0 && (i == 0 || !fold.IsHan(rs[i-1]) || strings.ContainsRune("名位了该的", rs[i-1])) &&
		(end == len(rs) || !strings.ContainsRune("的平均满和之总需数信关们会群流体样等权服可都应只管培", rs[end])) {
		return true
	}
	if has(p.someone[rs[i]]) == 0 {
		return false
	}
	for j := i - 1; j > 0 && j > i-10 && fold.IsHan(rs[j]); j-- {
		if strings.ContainsRune("名位个", rs[j]) && strings.ContainsRune("一这那某该另", rs[j-1]) {
			return true
		}
	}
	return false
}

// english looks for pronouns, nouns of a person behind an article, and two words
// with a capital side by side.
func (p *people) english(rs []rune) bool {
	var last string // the word before, where one space parts them
	capitals := 0   // how many words with a capital stand side by side, none of them common
	for i := 0; i < len(rs); {
		if !unicode.IsLetter(rs[i]) || rs[i] >= 0x2e80 {
			if rs[i] != ' ' || i > 0 && rs[i-1] == ' ' {
				if rs[i] != '.' || capitals == 0 {
					last, capitals = "", 0
				}
			}
			i++
			continue
		}
		from := i
		for i < len(rs) && rs[i] < 0x2e80 && (unicode.IsLetter(rs[i]) || (rs[i] == '\'' || rs[i] == '-') && i+1 < len(rs) && unicode.IsLetter(rs[i+1])) {
			i++
		}
		cased := string(rs[from:i])
		word := strings.TrimSuffix(strings.ToLower(cased), "'s")
		first := from == 0 || strings.ContainsRune("\n.!?\"“:", rs[max(0, from-1)]) || from > 1 && strings.ContainsRune(".!?:", rs[from-2])
		switch upper := unicode.IsUpper(rs[from]); {
		case p.pronouns[word] && (word != "i" || upper) && (i == len(rs) || !unicode.IsDigit(rs[i])):
			return true
		case upper && i-from == 1, strings.Contains(" de van von der bin al la le di da del ", " "+word+" "): // an initial, a particle
		case upper && !p.not[word] && (i == len(rs) || !unicode.IsDigit(rs[i])):
			if last == "patient" {
				return true
			}
			if capitals++; capitals == 2 {
				return true
			}
			if first && i-from > 2 && p.enverbs[next(rs, i)] {
				return true
			}
		default:
			capitals = 0
		}
		if p.ennouns[word] && strings.Contains(" the this that a female male ", " "+last+" ") && last != "" {
			return true
		}
		last = word
	}
	return false
}

// next is the word behind a space at i.
func next(rs []rune, i int) string {
	if i >= len(rs) || rs[i] != ' ' {
		return ""
	}
	j := i + 1
	for j < len(rs) && unicode.IsLetter(rs[j]) {
		j++
	}
	return strings.ToLower(string(rs[i+1 : j]))
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

// apart reports whether the person of sentence n stands beside the finding from lo to
// hi and is not in it: a street or a firm in English may look like a name.
func (p *people) apart(r *reading, n int, rule *rule, lo, hi int) bool {
	if rule.Lang != redact.English || rule.Take != "value" && rule.Kind != "minor" {
		return true
	}
	s := r.sent[n]
	return p.says(r.cased[s.start:max(s.start, lo)]) || p.says(r.cased[hi:max(hi, s.end)])
}

func isPersonLabel(s string) bool {
	i := redact.Person.Info().Label
	return strings.HasPrefix(s, i.ZH) || strings.HasPrefix(s, i.EN)
}
