package forms

import (
	"strings"
	"unicode"

	"consentry/redact/fold"
	"consentry/redact/names/lexicon"

	"github.com/mozillazg/go-pinyin"
)

// readings of surnames that are read differently elsewhere.
var readings = map[string]string{"单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "任": "ren", "查": "zha", "区": "ou", "盖": "ge", "朴": "piao",
	"翟": "zhai", "缪": "miao", "冼": "xian", "覃": "qin", "乐": "yue", "秘": "bi", "折": "she", "召": "shao", "尉迟": "yuchi", "单于": "chanyu", "长孙": "zhangsun"}

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
	if r, ok := readings[string(rs[:n])]; ok {
		family = capital(r)
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

// romanise is one capitalised word; empty where a rune has no reading.
func romanise(s string) string {
	var b strings.Builder
	for _, syllable := range pinyin.Pinyin(s, pinyin.NewArgs()) {
		if len(syllable) == 0 {
			return ""
		}
		b.WriteString(syllable[0])
	}
	if b.Len() == 0 {
		return ""
	}
	return capital(b.String())
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
