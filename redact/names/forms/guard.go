package forms

import (
	"strings"
	"sync"
	"unicode"

	"consentry/redact/names/lexicon"
)

// lettersOf are the words of letters in s.
func lettersOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) })
}

// plain reports whether all words of s are everyday words or single letters: He
// Can, Will Young, A Long.
func plain(s string) bool { return allWords(s, lexicon.Everyday) }

// plain is plain with what was asked before.
func (b *builder) plain(s string) bool {
	return allWords(s, func(w string) bool {
		is, ok := b.everyday[w]
		if !ok {
			is = lexicon.Everyday(w)
			if len(b.everyday) < 1<<16 {
				b.everyday[w] = is
			}
		}
		return is
	})
}

// allWords reports whether is holds for all words of s of two bytes and more.
func allWords(s string, is func(string) bool) bool {
	from := -1
	for i, r := range s {
		letter := unicode.IsLetter(r) || r > 0x7f && unicode.Is(unicode.M, r)
		switch {
		case letter && from < 0:
			from = i
		case !letter && from >= 0:
			if i-from > 1 && !is(s[from:i]) {
				return false
			}
			from = -1
		}
	}
	return from < 0 || len(s)-from < 2 || is(s[from:])
}

// leastHandle is how many letters a word made of a name must have to be searched
// in small letters wherever it stands.
const leastHandle = 5

// telling reports whether a word of small letters means nothing but the name it
// was made of: it is long enough, no everyday word and no city.
func telling(s string) bool {
	return len(s) >= leastHandle && !lexicon.Everyday(s) && !cities()[s] && !lexicon.JobWords[s] && !lexicon.HeadingWords[s]
}

// cities are the places of the lexicon in pinyin.
var cities = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for p := range lexicon.Places {
		for _, l := range placeLatin(p) {
			m[strings.ToLower(l)] = true
		}
	}
	return m
})

// spelledSurnames are the Chinese surnames in pinyin and in the spellings of
// other regions: alone, each is a great many people's.
var spelledSurnames = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for r := range lexicon.Surnames {
		for _, s := range readSurname([]rune{r}) {
			for _, u := range umlauts(strings.Join(s, "")) {
				m[u] = true
			}
		}
	}
	for d := range lexicon.DoubleSurnames {
		for _, s := range readSurname([]rune(d)) {
			m[strings.Join(s, "")] = true
		}
	}
	for _, rs := range readings.Regional {
		for _, s := range rs {
			m[s] = true
		}
	}
	return m
})

// usable reports whether a part of a Chinese name may be searched alone: two
// runes and more that are no title, no trade and no everyday word.
func usable(s string) bool {
	n := len([]rune(s))
	return n >= 2 && !lexicon.IsTitle(s) && !lexicon.TradeWords[s] && !lexicon.Places[s] && !lexicon.Everyday(s)
}
