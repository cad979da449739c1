package names

import (
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/names/lexicon"
)

// English labels of names; those of the second line are seldom people.
var englishKinds = map[string]redact.Kind{
	"PERSON": redact.Person, "ORG": redact.Organisation, "GPE": redact.Location, "LOC": redact.Location, "FAC": redact.Location,
	"PRODUCT": redact.Other, "EVENT": redact.Other, "WORK_OF_ART": redact.Other, "LAW": redact.Other, "NORP": redact.Other,
}

func wanted(label string) bool { _, ok := englishKinds[label]; return ok }

// english reads a block, or a stretch in another language's text.
func (d *Detector) english(text []rune, stretch bool) []candidate {
	out := d.entities(text)
	if lexicon.Shouted(text) {
		// The model knows few names in capitals alone.
		out = append(out, d.entities(lexicon.TitleCase(text))...)
	}
	out = append(out, englishRules(text)...)
	out = append(out, coordinated(text, out)...)
	switch {
	case stretch:
	case headed(text):
		out = append(out, beside(text, out)...)
	default:
		out = append(out, capitals(text)...)
	}
	return out
}

// beside are the words with a capital right before and after what was found: in
// a heading the model may see half a name.
func beside(text []rune, found []candidate) []candidate {
	var out []candidate
	words := latinWords(text)
	for i, w := range words {
		if !proud(text, w) {
			continue
		}
		for _, c := range found {
			if i > 0 && w.start == words[i-1].end+1 && c.end > words[i-1].start && c.end <= w.start ||
				i+1 < len(words) && words[i+1].start == w.end+1 && c.start < words[i+1].end && c.start >= w.end {
				out = append(out, candidate{w.start, w.end, c.kind, redact.Review, 0.3, whyCapital})
				break
			}
		}
	}
	return out
}

// proud reports whether a word has a capital and is not common.
func proud(text []rune, w place) bool {
	return unicode.IsUpper(text[w.start]) && w.end-w.start >= 2 && !lexicon.Common[lower(string(text[w.start:w.end]))]
}

// coordinated are words with a capital tied by "and" to a person.
func coordinated(text []rune, found []candidate) []candidate {
	var out []candidate
	words := latinWords(text)
	for i, w := range words {
		if !proud(text, w) {
			continue
		}
		for _, c := range found {
			if c.kind != redact.Person || c.tier != redact.Sure {
				continue
			}
			before := i+2 < len(words) && words[i+2].start == c.start && tied(text, words[i+1])
			after := i >= 2 && words[i-2].end == c.end && tied(text, words[i-1])
			if (before || after) && (c.start >= w.end || c.end <= w.start) {
				out = append(out, candidate{w.start, w.end, redact.Person, redact.Review, 0.3, whyList})
				break
			}
		}
	}
	return out
}

func tied(text []rune, w place) bool { return lower(string(text[w.start:w.end])) == "and" }

func (d *Detector) entities(text []rune) []candidate {
	var out []candidate
	for _, e := range d.en.Entities(text, doubtEnglish, wanted) {
		kind, ok := englishKinds[e.Label]
		switch {
		case !ok:
			continue
		case !e.Sure:
			if !letters(text[e.Start:e.End]) {
				continue
			}
			out = append(out, candidate{e.Start, e.End, kind, redact.Review, e.Score, whyDoubt})
		case kind == redact.Other:
			out = append(out, candidate{e.Start, e.End, kind, redact.Review, e.Score, whyProper})
		default:
			out = append(out, candidate{e.Start, e.End, kind, redact.Sure, e.Score, whyModel})
		}
	}
	return out
}

// capitals are the words with a capital that begin no sentence and are not
// common: a name the model did not even doubt.
func capitals(text []rune) []candidate {
	var out []candidate
	for _, w := range latinWords(text) {
		if proud(text, w) && !begins(text, w.start) {
			out = append(out, candidate{w.start, w.end, redact.Other, redact.Review, 0.3, whyCapital})
		}
	}
	return adjoin(text, out)
}

// begins reports whether a sentence begins at i.
func begins(text []rune, i int) bool {
	for i--; i >= 0; i-- {
		switch r := text[i]; {
		case unicode.IsSpace(r) || strings.ContainsRune("\"'“”‘’([-–—", r):
		case strings.ContainsRune(".!?:;…。！？：；", r):
			return true
		default:
			return false
		}
	}
	return true
}

// headed reports whether most words begin with a capital, as in a heading: then
// a capital tells nothing.
func headed(text []rune) bool {
	words, big := 0, 0
	for _, w := range latinWords(text) {
		if w.end-w.start > 3 {
			words++
			if unicode.IsUpper(text[w.start]) {
				big++
			}
		}
	}
	return words >= 3 && big*3 >= words*2 || lexicon.Shouted(text)
}

func letters(text []rune) bool {
	for _, r := range text {
		if unicode.IsLetter(r) {
			return true
		}
	}
	return false
}

func lower(s string) string { return strings.ToLower(s) }
