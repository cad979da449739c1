package names

import (
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/lac"
	"consentry/redact/names/lexicon"
)

// chineseRules add what LAC leaves out. They lean on its words: a rule on
// surnames alone drowns in 国务院副总理 and 高级工程师.
func chineseRules(text []rune, t lac.Tagging) []candidate {
	words := t.Words
	r := rules{text: text, starts: map[int]lac.Word{}, odds: t.Names}
	for _, w := range words {
		r.starts[w.Start] = w
	}
	for i, w := range words {
		r.titled(w)
		r.role(w)
		r.familiar(w)
		r.company(words, i)
		r.organ(words, i)
		r.trade(words, i)
		r.kin(words, i)
		r.japanese(w)
		r.paired(words, i)
		r.spoke(words, i)
	}
	if n := len(text); (n == 3 || n == 4) && r.surname(0) == 2 && r.han(0, n) {
		r.add(0, n, redact.Person, redact.Review, whyList) // 闻人清 alone on its line
	}
	r.addressed()
	r.spaced()
	r.labelled()
	r.patterned()
	r.dotted(words)
	return r.out
}

type rules struct {
	text   []rune
	starts map[int]lac.Word
	odds   [][lac.Groups]float32 // of each rune, that it is of a name
	out    []candidate
}

func (r *rules) add(start, end int, k redact.Kind, t redact.Tier, why string) {
	r.out = append(r.out, candidate{start, end, k, t, map[redact.Tier]float64{redact.Sure: 0.9, redact.Review: 0.5}[t], why})
}

func (r *rules) at(i int, s string) bool {
	rs := []rune(s)
	return i+len(rs) <= len(r.text) && string(r.text[i:i+len(rs)]) == s
}

// surname is how long the surname at i is, or 0.
func (r *rules) surname(i int) int {
	if i+1 < len(r.text) && lexicon.DoubleSurnames[string(r.text[i:i+2])] {
		return 2
	}
	if i < len(r.text) && lexicon.Surnames[r.text[i]] {
		return 1
	}
	return 0
}

// title is how long the title at i is, or 0.
func (r *rules) title(i int) int {
	for n := min(longestTitle, len(r.text)-i); n > 0; n-- {
		t := string(r.text[i : i+n])
		if !titles[t] || n == 1 && i+1 < len(r.text) && strings.ContainsRune(lexicon.NotAfter[t], r.text[i+1]) {
			continue
		}
		return n
	}
	return 0
}

var titles, longestTitle = func() (map[string]bool, int) {
	m, longest := map[string]bool{}, 0
	for _, t := range lexicon.Titles {
		m[t] = true
		longest = max(longest, len([]rune(t)))
	}
	return m, longest
}()

// titled finds 张总 and 王小明经理: a surname at the start of a word, with a
// title behind it or behind the given name.
func (r *rules) titled(w lac.Word) {
	n := r.surname(w.Start)
	if n == 1 && r.text[w.Start] == '区' && w.Start > 0 && fold.IsHan(r.text[w.Start-1]) {
		return // 中国区总经理
	}
	if n == 0 || strings.Contains(" v p c u d r m ", " "+w.Tag+" ") && w.End-w.Start != n {
		return
	}
	if strings.Contains(" p c u d r ", " "+w.Tag+" ") {
		return
	}
	if t := r.title(w.Start + n); t > 0 && !lexicon.NotTitled[string(r.text[w.Start:min(len(r.text), w.Start+n+1)])] && (w.End == w.Start+n || w.End == w.Start+n+t || w.Tag == "PER") {
		r.add(w.Start, w.Start+n+t, redact.Person, redact.Sure, whyTitle)
	}
	if end := r.name(w.Start); end > 0 && r.title(end) > 0 {
		r.add(w.Start, end, redact.Person, redact.Sure, whyTitle)
	}
}

// role finds a name behind 记者, 联系人 and the like.
func (r *rules) role(w lac.Word) {
	word := string(r.text[w.Start:w.End])
	for _, role := range lexicon.Roles {
		if strings.HasSuffix(word, role) {
			if end := r.name(w.End); end > 0 {
				r.add(w.End, end, redact.Person, redact.Sure, whyTitle)
			}
			return
		}
	}
}

// name is the end of the full name that begins at i: a surname and one or two
// runes in short words that are no dictionary word together; 0 where there is
// none.
func (r *rules) name(i int) int {
	n := r.surname(i)
	w, ok := r.starts[i]
	if n == 0 || !ok || w.Tag != "PER" && strings.Contains(" p c u w m q d r TIME t LOC ns ORG nt ", " "+w.Tag+" ") || w.End-i > n+2 {
		return 0
	}
	end := w.End
	for end < len(r.text) && end-i < n+2 {
		next, ok := r.starts[end]
		if !ok || strings.Contains(" w u xc p c m LOC ns ORG nt TIME r d q v ", " "+next.Tag+" ") || next.End-i > n+2 {
			break
		}
		if end-i > n && (next.Tag == "PER" || next.End-end > 1 || r.title(end) > 0) {
			break
		}
		end = next.End
	}
	if end-i <= n || end == w.End && w.End-i > 1 && strings.Contains(" n v vn a ad s f ", " "+w.Tag+" ") {
		return 0
	}
	for _, c := range r.text[i:end] {
		if !unicode.Is(unicode.Han, c) {
			return 0
		}
	}
	return end
}

// familiar finds 小王 and 老李.
func (r *rules) familiar(w lac.Word) {
	if w.End-w.Start > 2 || !strings.ContainsRune("小老阿大", r.text[w.Start]) || r.surname(w.Start+1) != 1 {
		return
	}
	if r.text[w.Start] == '大' && !strings.ContainsRune(lexicon.FrequentSurnames, r.text[w.Start+1]) {
		return
	}
	next, ok := r.starts[w.Start+1]
	if s := string(r.text[w.Start : w.Start+2]); !lexicon.Familiar[s] && (w.End == w.Start+2 || ok && next.End == w.Start+2) {
		r.add(w.Start, w.Start+2, redact.Person, redact.Review, whyFamiliar)
	}
}

// likely reports whether the model saw a trace of a name of a group in a place.
func (r *rules) likely(start, end, group int) bool {
	for _, p := range r.odds[start:end] {
		if p[group] >= trace {
			return true
		}
	}
	return false
}

// trace is the probability of a name that is more than none.
const trace = 0.05

func proper(tag string) bool { return strings.Contains(" ORG LOC PER nz nt ns nr nw ", " "+tag+" ") }
