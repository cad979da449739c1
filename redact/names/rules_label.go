package names

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/lac"
	"consentry/redact/names/lexicon"
)

// A Latin given name with a Chinese surname: David 吴.
var halfLatin = regexp.MustCompile(`(\p{Lu}\pL+ ?\p{Han})(?:\P{Han}|$)`)

// matches calls do for each match with its first group, and the place of its
// last one in runes.
func matches(re *regexp.Regexp, text []rune, do func(first string, p place)) {
	matchesIn(re, string(text), do)
}

// matchesIn is matches in a text that is a string already.
func matchesIn(re *regexp.Regexp, s string, do func(first string, p place)) {
	for _, m := range re.FindAllStringSubmatchIndex(s, -1) {
		first := ""
		if len(m) > 2 && m[2] >= 0 {
			first = s[m[2]:m[3]]
		}
		from, to := m[len(m)-2], m[len(m)-1]
		start := utf8.RuneCountInString(s[:from])
		do(first, place{start, start + utf8.RuneCountInString(s[from:to])})
	}
}

// labelled finds the half-Latin names; patterned finds what stands behind a label.
func (r *rules) labelled() {
	matches(halfLatin, r.text, func(_ string, p place) {
		r.halfLatin(p)
	})
}

// halfLatin takes in David 吴, but not PDF和.
func (r *rules) halfLatin(p place) {
	if !strings.ContainsRune(lexicon.FrequentSurnames+"王马林何高", r.text[p.end-1]) || p.end < len(r.text) && fold.IsHan(r.text[p.end]) {
		return
	}
	if w := (place{p.start, p.end - 1}); proud(r.text, place{w.start, w.start + len([]rune(strings.TrimSpace(string(r.text[w.start:w.end]))))}) {
		r.add(p.start, p.end, redact.Person, redact.Review, whyFamiliar)
	}
}

const dots = "·•‧・"

// dotted finds 玛丽·居里 where LAC does not: for sure the short words on both
// sides of a middle dot, as far as a name it knows; in doubt, as it cuts foreign
// names anywhere, some runes more.
func (r *rules) dotted(words []lac.Word) {
	for i, w := range words {
		for at := w.Start; at < w.End; at++ {
			hyphen := strings.ContainsRune("-－", r.text[at]) && w.End == w.Start+1 &&
				(i > 0 && proper(words[i-1].Tag) || i+1 < len(words) && proper(words[i+1].Tag)) // 汤姆-克鲁斯, but not any
			if !strings.ContainsRune(dots, r.text[at]) && !hyphen {
				continue
			}
			start, known := r.before(words, i, at)
			if end := r.after(words, i, at, 2); start < at && end > at+1 {
				r.add(start, end, redact.Person, redact.Sure, whyDots)
			}
			if known {
				start = at
			}
			if end := r.after(words, i, at, 5); end > at+1 {
				r.add(start, end, redact.Person, redact.Review, whyDots)
			}
		}
	}
}

// before is where the words begin that stand before the dot at at, in word i, and
// whether the first of them is a name.
func (r *rules) before(words []lac.Word, i, at int) (start int, known bool) {
	if words[i].Start < at {
		return words[i].Start, proper(words[i].Tag)
	}
	start = at
	for j := i - 1; j >= 0 && r.part(words[j]) && at-words[j].Start <= 6; j-- {
		if start = words[j].Start; proper(words[j].Tag) {
			return start, true
		}
	}
	return start, false
}

// after is where the words end that stand behind the dot, once they have as many
// runes as are enough.
func (r *rules) after(words []lac.Word, i, at, enough int) int {
	end := words[i].End
	for j := i + 1; j < len(words) && end-at-1 < enough && r.part(words[j]) && words[j].End-at <= 7; j++ {
		end = words[j].End
	}
	return end
}

// part reports whether a word can be part of a foreign name.
func (r *rules) part(w lac.Word) bool {
	return unicode.Is(unicode.Han, r.text[w.Start]) && !strings.Contains(" p c u d r w ", " "+w.Tag+" ")
}
