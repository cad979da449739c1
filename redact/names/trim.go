package names

import (
	"strings"
	"unicode"

	"consentry/redact"
)

// trim takes off what is not part of the name: signs, articles, titles before
// and behind it, the English genitive.
func trim(text []rune, c candidate) (start, end int) {
	a, b := c.start, c.end
	for {
		for a < b && !nameRune(text[a]) {
			a++
		}
		for b > a && !nameRune(text[b-1]) {
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
		return a, b
	}
}

func nameRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// trimEnglish is the start behind a first word that is a title or an article.
func trimEnglish(text []rune, a, b int) int {
	i := a
	for i < b && unicode.Is(unicode.Latin, text[i]) {
		i++
	}
	if i == a || i == b || !(unicode.IsSpace(text[i]) || text[i] == '.') {
		return a
	}
	rest := i
	for rest < b && !nameRune(text[rest]) {
		rest++
	}
	if rest == b || !englishTitles[lower(string(text[a:i]))] {
		return a
	}
	return rest
}

// trimTitle is the end before a Chinese title, where two runes stay.
func trimTitle(text []rune, a, b int) int {
	s := string(text[a:b])
	best := b
	for _, t := range titles {
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
	for _, t := range roles {
		n := len([]rune(t))
		if b-a-n >= 2 && strings.HasPrefix(s, t) && a+n > best {
			best = a + n
		}
	}
	return best
}

// isTitle reports whether s is only a title or a legal form, which names nobody.
func isTitle(s string) bool {
	for _, list := range [][]string{titles, roles, orgSuffixes} {
		for _, t := range list {
			if s == t {
				return true
			}
		}
	}
	return englishTitles[lower(s)]
}
