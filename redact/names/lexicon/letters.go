package lexicon

import (
	"strings"
	"unicode"
)

func Count(s string) (han, latin int, space bool) {
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.IsLetter(r):
			latin++
		case unicode.IsSpace(r):
			space = true
		}
	}
	return
}

func NameRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// IsTitle reports whether s is only a title or a legal form, which names nobody.
func IsTitle(s string) bool {
	for _, list := range [][]string{Titles, Roles, OrgSuffixes} {
		for _, t := range list {
			if s == t {
				return true
			}
		}
	}
	return EnglishTitles[strings.ToLower(s)]
}

// Shouted reports whether all letters are capitals.
func Shouted(text []rune) bool {
	n := 0
	for _, r := range text {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 4
}

// TitleCase makes small letters of all but the first of each word, rune by rune.
func TitleCase(text []rune) []rune {
	out := make([]rune, len(text))
	for i, r := range text {
		if i > 0 && unicode.IsLetter(text[i-1]) {
			r = unicode.ToLower(r)
		}
		out[i] = r
	}
	return out
}

// Truecase makes small letters of all but the first of each word, and of that too
// in words that mostly stand in small letters, rune by rune.
func Truecase(text []rune) []rune { return Raise(TitleCase(text)) }

// Raise gives a capital to each word that does not mostly stand in small letters,
// and a small letter to each that does, rune by rune.
func Raise(text []rune) []rune {
	out := make([]rune, len(text))
	copy(out, text)
	for i := 0; i < len(out); {
		j := i
		for j < len(out) && (unicode.IsLetter(out[j]) || out[j] == '-') {
			j++
		}
		if j > i {
			if w := strings.ToLower(string(out[i:j])); SmallWords[w] {
				out[i] = unicode.ToLower(out[i])
			} else {
				out[i] = unicode.ToUpper(out[i])
			}
		}
		i = max(j, i+1)
	}
	return out
}
