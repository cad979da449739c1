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

var (
	englishLabel  = regexp.MustCompile(`(?i:\b(contact|name|author|manager|prepared by|written by|interview with|attn|attendee|speaker|photo|photographer|by|client|customer|company|organi[sz]ation|employer)s?)\s*[:：]\s*(\p{Lu}[\pL'’.-]*(?: (?:\p{Lu}[\pL'’.-]*|de|van|von|der|bin|al|la|di|da|del|&)){0,4})`)
	byline        = regexp.MustCompile(`(?:^|[\pL\pN,|–—-] )[Bb]y ((?:\p{Lu}[\pL'’.-]* ){1,3}\p{Lu}[\pL'’-]+)`)
	honorific     = regexp.MustCompile(`\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Madam|Dame)\b\.?\s+((?:\p{Lu}[\pL'’-]+|\p{Lu}\.)(?:\s+\p{Lu}[\pL'’-]+){0,2})`)
	englishSuffix = regexp.MustCompile(`((?:\p{Lu}[\pL\pN'’&.-]* (?:(?:&|of) )?){0,4}\p{Lu}[\pL\pN'’&.-]*,? (?:Inc|Incorporated|Ltd|LLC|LLP|GmbH|Corp|Corporation|Limited|Co|PLC|plc|AG|KG|S\.A|B\.V|N\.V|Pty|Group|Holdings?)\b\.?)`)
)

// A common word at a sentence's start is a name where it acts as one.
var givenWord = regexp.MustCompile(`\b(` + lexicon.GivenWords + `)\s+(?:from|says?|said|asks?|asked|adds|added|told|wrote|writes|joined|joins|leads|led|runs|ran|explains|explained|recalls|recalled|laughs|laughed|agrees|agreed|thinks|thought|knew|works|worked|smiles|smiled|who|and \p{Lu}\pL+ (?:are|were|have|had|say|said|agree|agreed|followed|joined|work|worked)|followed)\b`)

var givenIs = regexp.MustCompile(`(?:^|[.!?] )(Will|Drew|Rob|Sue|Bill|Frank|Jack|Gene|Pat|Dean|Miles|Guy|Max|Mark|Grace|Ruby|Iris|Ivy|Rose|Lily|Daisy|Joy|Faith) (?:is|was|has|had|isn't|wasn't|loves?|loved|likes?|liked)\b`)

// A company behind a label may be written small.
var lowerCompany = regexp.MustCompile(`(?i)\b(?:customer|client|company|employer)\s*[:：]\s*([\pL][\pL\pN'’.& -]{1,40})`)

// A Latin given name with a Chinese surname: David 吴.
var halfLatin = regexp.MustCompile(`(\p{Lu}\pL+ ?\p{Han})(?:\P{Han}|$)`)

// Lines of a message's head; there places stand too.
var header = regexp.MustCompile(`^(?i:from|to|cc|bcc|host|owner|assignee|moderator|interviewer|interviewee|respondent|reviewer|editor|signed(?: by)?|signature|authori[sz]ed signatory|sponsor|champion|press contact|media contact)\s*[:：]\s*["“]?(\p{Lu}[\pL'’.-]*(?: (?:\p{Lu}[\pL'’.-]*|de|van|von|der|bin|al|la|di|da|del)){0,3})`)

var ofCompany = lexicon.Set("client customer company organisation organization employer")

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

// englishRules add what spaCy leaves out.
func englishRules(text []rune) []candidate {
	r := rules{text: text}
	matches(halfLatin, text, func(_ string, p place) {
		r.halfLatin(p)
	})
	matches(honorific, text, func(_ string, p place) { r.add(p.start, p.end, redact.Person, redact.Sure, whyTitle) })
	matches(byline, text, func(_ string, p place) { r.add(p.start, p.end, redact.Other, redact.Review, whyLabel) })
	matches(givenWord, text, func(_ string, p place) { r.add(p.start, p.end, redact.Person, redact.Sure, whyList) })
	matches(givenIs, text, func(_ string, p place) { r.add(p.start, p.end, redact.Person, redact.Sure, whyList) })
	matches(lowerCompany, text, func(_ string, p place) { r.add(p.start, p.end, redact.Organisation, redact.Review, whyLabel) })
	matches(header, text, func(_ string, p place) { r.add(p.start, p.end, redact.Person, redact.Review, whyLabel) })
	matches(englishSuffix, text, func(_ string, p place) { r.add(p.start, p.end, redact.Organisation, redact.Sure, whySuffix) })
	matches(englishLabel, text, func(label string, p place) {
		kind := redact.Person
		if ofCompany[strings.ToLower(label)] {
			kind = redact.Organisation
		}
		r.add(p.start, p.end, kind, redact.Sure, whyLabel)
	})
	return r.out
}
