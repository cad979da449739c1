package forms

import (
	"strings"
	"unicode"

	"consentry/redact/fold"
	"consentry/redact/names/lexicon"
)

// Variants are other ways of writing a registered name: a Chinese person's in
// pinyin without tones, in both orders; a company's without its legal form. The
// name itself is not among them.
func Variants(s string) []string {
	s = fold.OneLine(s)
	if short := lexicon.Shorten(s); short != s {
		return []string{short}
	}
	rs := []rune(s)
	n := 1
	if len(rs) > 2 && lexicon.DoubleSurnames[string(rs[:2])] {
		n = 2
	}
	if len(rs) <= n || len(rs) > n+2 || n == 1 && !lexicon.Surnames[rs[0]] {
		return nil
	}
	for _, r := range rs {
		if !unicode.Is(unicode.Han, r) {
			return nil
		}
	}
	family, given := romanise(string(rs[:n])), romanise(string(rs[n:]))
	if family == "" || given == "" {
		return nil
	}
	if r := readSurname(rs[:n]); len(r) > 0 {
		family = capital(strings.Join(r[0], ""))
	}
	out := []string{family + " " + given, given + " " + family}
	if strings.Contains(family+given, "v") { // 吕 is Lü, in passports Lyu
		for _, u := range []string{"u", "yu"} {
			f, g := strings.ReplaceAll(family, "v", u), strings.ReplaceAll(given, "v", u)
			out = append(out, f+" "+g, g+" "+f)
		}
	}
	return out
}
