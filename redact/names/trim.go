package names

import (
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/names/lexicon"
)

// trim takes off what is not part of the name: signs, articles, titles before
// and behind it, the English genitive.
func trim(text []rune, c candidate) (start, end int) {
	a, b := c.start, c.end
	for {
		for a < b && !lexicon.NameRune(text[a]) {
			a++
		}
		for b > a && !lexicon.NameRune(text[b-1]) {
			b--
		}
		if behind := trimEnglish(text, a, b); behind > a {
			a = behind
			continue
		}
		if b-a > 2 && (text[b-1] == 's' || text[b-1] == 'S') && (text[b-2] == '\'' || text[b-2] == '’') {
			b -= 2
			continue
		}
		if c.kind == redact.Person && c.why != whyTitle || c.kind == redact.Person && b-a > 3 {
			if before := trimTitle(text, a, b); before < b {
				b = before
				continue
			}
			if behind := trimRole(text, a, b); behind > a {
				a = behind
				continue
			}
		}
		if b < len(text) && text[b] == '.' && abbreviated(text, a, b) {
			b++
		}
		return a, b
	}
}

// shortened are words at a name's end that a full stop belongs to.
var shortened = lexicon.Set("inc ltd corp co cos bros jr sr llc pty pte plc st mt dept univ assn intl")

// abbreviated reports whether the full stop at b belongs to the name that ends
// there: U.N., Harbor Inc. where no sentence ends with it.
func abbreviated(text []rune, a, b int) bool {
	i := b
	for i > a && !unicode.IsSpace(text[i-1]) {
		i--
	}
	word := lower(string(text[i:b]))
	if strings.Contains(word, ".") && len(word) <= 7 && b-1 > i && text[b-2] == '.' {
		return true
	}
	if !shortened[word] || i == a {
		return false
	}
	for b++; b < len(text) && text[b] == ' '; b++ {
	}
	return b < len(text) && text[b] != '\n' && text[b] != '\r' && !unicode.IsUpper(text[b])
}

// trimEnglish is the start behind a first word that is a title or an article.
func trimEnglish(text []rune, a, b int) int {
	i := a
	for i < b && unicode.Is(unicode.Latin, text[i]) {
		i++
	}
	if i == a || i == b || !(unicode.IsSpace(text[i]) || text[i] == '.') || text[i] == '.' && i == a+1 { // A. Dale
		return a
	}
	rest := i
	for rest < b && !lexicon.NameRune(text[rest]) {
		rest++
	}
	if rest == b || !lexicon.EnglishTitles[lower(string(text[a:i]))] {
		return a
	}
	return rest
}

// trimTitle is the end before a Chinese title, where two runes stay.
func trimTitle(text []rune, a, b int) int {
	s := string(text[a:b])
	best := b
	for _, t := range lexicon.Titles {
		n := len([]rune(t))
		if b-a-n >= 2 && n >= 2 && strings.HasSuffix(s, t) && b-n < best {
			best = b - n
		}
	}
	return best
}

// trimRole is the start behind a Chinese role, where two runes stay.
func trimRole(text []rune, a, b int) int {
	s := string(text[a:b])
	best := a
	for _, t := range lexicon.Roles {
		n := len([]rune(t))
		if b-a-n >= 2 && strings.HasPrefix(s, t) && a+n > best {
			best = a + n
		}
	}
	return best
}
