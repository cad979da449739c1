package spacy

import (
	"strings"
	"unicode"
)

// A Token is a stretch of the text with the features that the network reads.
type Token struct {
	Start, End int // runes of the text
	Text       string
	Norm       string
	Space      bool // only white space
	Spaced     bool // a single space belongs to it that stands behind
}

// Tokenize cuts a text as spaCy's English tokenizer does: at white space, then
// prefixes and suffixes off each word, then at infixes, with a table of
// exceptions. Every rune but single spaces belongs to one token.
func (m *Model) Tokenize(text []rune) []Token {
	var out []Token
	for i := 0; i < len(text); {
		j, space := i, isSpace(text[i])
		for j < len(text) && isSpace(text[j]) == space {
			j++
		}
		if !space {
			out = m.chunk(out, text[i:j], i)
		} else {
			s := i
			if text[i] == ' ' && i > 0 {
				s++ // belongs to the token before
				out[len(out)-1].Spaced = true
			}
			if s < j {
				t := string(text[s:j])
				out = append(out, Token{Start: s, End: j, Text: t, Norm: m.spaceNorm(t), Space: true})
			}
		}
		i = j
	}
	return out
}

func (m *Model) spaceNorm(t string) string {
	if ps, ok := m.exceptions[t]; ok && len(ps) == 1 && ps[0].Norm != "" {
		return ps[0].Norm
	}
	return m.norm(t)
}

// chunk cuts a stretch w without white space, which begins at off.
func (m *Model) chunk(out []Token, w []rune, off int) []Token {
	a, b := 0, len(w)
	var suffixes [][2]int // outermost first
	exception := func(a, b int) bool {
		_, ok := m.exceptions[string(w[a:b])]
		return ok
	}
	for a < b && !exception(a, b) {
		pre := prefixLen(w[a:b])
		if pre > 0 && a+pre < b && exception(a+pre, b) {
			out = m.token(out, w, a, a+pre, off)
			a += pre
			break
		}
		suf := 0
		if a+pre < b {
			suf = suffixLen(w[a+pre : b])
		}
		if suf > 0 && b-suf > a && exception(a, b-suf) {
			suffixes = append(suffixes, [2]int{b - suf, b})
			b -= suf
			break
		}
		if pre == 0 && suf == 0 {
			break
		}
		if pre > 0 {
			out = m.token(out, w, a, a+pre, off)
			a += pre
		}
		if suf > 0 {
			suffixes = append(suffixes, [2]int{b - suf, b})
			b -= suf
		}
	}
	out = m.core(out, w, a, b, off)
	for i := len(suffixes) - 1; i >= 0; i-- {
		out = m.token(out, w, suffixes[i][0], suffixes[i][1], off)
	}
	return out
}

// core cuts what is left between prefixes and suffixes.
func (m *Model) core(out []Token, w []rune, a, b, off int) []Token {
	if a >= b {
		return out
	}
	s := string(w[a:b])
	if pieces, ok := m.exceptions[s]; ok {
		at := off + a
		for _, p := range pieces {
			n := p.Norm
			if n == "" {
				n = m.norm(p.Text)
			}
			end := at + len([]rune(p.Text))
			out = append(out, Token{Start: at, End: end, Text: p.Text, Norm: n})
			at = end
		}
		return out
	}
	if strings.ContainsRune(s, '.') && urlLike.MatchString(s) {
		return m.token(out, w, a, b, off)
	}
	start := a
	for _, in := range infixes(w[a:b]) {
		from, to := a+in[0], a+in[1]
		if from == a {
			continue // spaCy leaves an infix at the very start on its word
		}
		if from > start {
			out = m.token(out, w, start, from, off)
		}
		out = m.token(out, w, from, to, off)
		start = to
	}
	if start < b {
		out = m.token(out, w, start, b, off)
	}
	return out
}

func (m *Model) token(out []Token, w []rune, a, b, off int) []Token {
	s := string(w[a:b])
	return append(out, Token{Start: off + a, End: off + b, Text: s, Norm: m.norm(s)})
}

// norm is the spelling by which a word is known: a table of variants, then one
// of signs, then lower case.
func (m *Model) norm(s string) string {
	if n, ok := m.norms[Hash(s)]; ok {
		return n
	}
	if n, ok := signNorms[s]; ok {
		return n
	}
	return lowercase(s)
}

// lowercase is Python's, which knows the Greek sigma at the end of a word.
func lowercase(s string) string {
	low := strings.ToLower(s)
	if !strings.ContainsRune(s, 'Σ') {
		return low
	}
	from, to := []rune(s), []rune(low)
	for i, r := range from {
		if r == 'Σ' && i > 0 && unicode.IsLetter(from[i-1]) && (i+1 == len(from) || !unicode.IsLetter(from[i+1])) && len(to) == len(from) {
			to[i] = 'ς'
		}
	}
	return string(to)
}

// isSpace is Python's idea of white space, which has four more runes than Go's.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

// signNorms are spaCy's BASE_NORMS (MIT).
var signNorms = pairs("’s 's ’S 's 'S 's ’ ' ‘ ' ´ ' ` ' ” \" “ \" '' \" `` \" ´´ \" „ \" » \" « \" ‘‘ \" ’’ \"" +
	" ？ ? ！ ! ， , ； ; ： : 。 . । . … ... — - – - -- - --- - —— - € $ £ $ ¥ $ ฿ $ US$ $ C$ $ A$ $ ₺ $ ₹ $ ৳ $ ₩ $ Mex$ $ ₣ $ E£ $")

func pairs(s string) map[string]string {
	fs := strings.Fields(s)
	m := make(map[string]string, len(fs)/2)
	for i := 0; i+1 < len(fs); i += 2 {
		m[fs[i]] = fs[i+1]
	}
	return m
}

// shape is spaCy's word shape: X for capitals, x for other letters, d for
// digits, at most four of a kind in a row.
func shape(s string) string {
	rs := []rune(s)
	if len(rs) >= 100 {
		return "LONG"
	}
	out := make([]rune, 0, len(rs))
	last, run := rune(-1), 0
	for _, r := range rs {
		switch {
		case unicode.IsUpper(r):
			r = 'X'
		case unicode.IsLetter(r):
			r = 'x'
		case unicode.IsDigit(r) || unicode.Is(unicode.No, r) && strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", r):
			r = 'd'
		}
		if r == last {
			run++
		} else {
			last, run = r, 0
		}
		if run < 4 {
			out = append(out, r)
		}
	}
	return string(out)
}
