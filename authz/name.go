package authz

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// FoldName is the form in which two spellings of one name are equal: Unicode
// NFKC (full-width letters become plain ones), case folded, the middle dots of
// transliterated names as one, runs of white space as one space, and none beside
// a Han rune. It is for comparing, never for showing.
func FoldName(s string) string {
	ascii, han := true, true
	for _, r := range s {
		ascii = ascii && r < utf8.RuneSelf
		han = han && 0x4e00 <= r && r <= 0x9fff
	}
	switch { // most names that are compared
	case han:
		return s
	case ascii:
		return strings.Join(strings.Fields(strings.ToLower(s)), " ")
	}
	return foldName(s)
}

// foldName is FoldName for any text.
func foldName(s string) string {
	s = cases.Fold().String(norm.NFKC.String(s))
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) { // zero-width marks
			return -1
		}
		return r
	}, s)
	var out []rune
	for _, w := range strings.Fields(s) {
		rs := []rune(w)
		if n := len(out); n > 0 && !unicode.Is(unicode.Han, out[n-1]) && !unicode.Is(unicode.Han, rs[0]) {
			out = append(out, ' ')
		}
		for _, r := range rs {
			switch r {
			case '•', '‧', '・', '⋅', '∙':
				r = '·'
			case '’', '‘', 'ʼ':
				r = '\''
			case '‐', '‑', '–':
				r = '-'
			}
			out = append(out, r)
		}
	}
	return string(out)
}
