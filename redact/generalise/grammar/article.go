package grammar

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// an reports whether the article before an English word is an: by its first
// sound, as far as spelling tells it.
func an(word string) bool {
	word = strings.TrimLeft(word, `"'“‘([`)
	end := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end >= 0 {
		word = word[:end]
	}
	if word == "" {
		return false
	}
	low := strings.ToLower(word)
	first, _ := utf8.DecodeRuneInString(low)
	if unicode.IsDigit(first) {
		return first == '8' || low == "11" || low == "18"
	}
	if word == strings.ToUpper(word) { // spelt letter by letter
		return strings.ContainsRune("aefhilmnorsx", first)
	}
	for _, silent := range []string{"hour", "honest", "honour", "honor", "heir"} {
		if strings.HasPrefix(low, silent) {
			return true
		}
	}
	for _, consonant := range []string{"uni", "use", "usu", "eu", "one", "once", "ubiq", "ute"} {
		if strings.HasPrefix(low, consonant) && !strings.HasPrefix(low, "unin") && !strings.HasPrefix(low, "unim") {
			return false
		}
	}
	return strings.ContainsRune("aeiou", first)
}

// Article is a or an, as the word asks for.
func Article(word string) string {
	if an(word) {
		return "an"
	}
	return "a"
}

// DropArticle is a phrase without the article it begins with.
func DropArticle(s string) string {
	for _, a := range []string{"a ", "an ", "the ", "A ", "An ", "The "} {
		if rest, ok := strings.CutPrefix(s, a); ok {
			return rest
		}
	}
	return s
}

// FixArticles puts right every a and an of our own phrase.
func FixArticles(s string) string {
	ws := strings.Split(s, " ")
	for i := 0; i+1 < len(ws); i++ {
		if ws[i] == "a" || ws[i] == "an" {
			ws[i] = Article(ws[i+1])
		}
	}
	return strings.Join(ws, " ")
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
