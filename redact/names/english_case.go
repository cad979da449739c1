package names

import (
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/names/lexicon"
)

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

// capitals are the words with a capital that begin no sentence and are not
// common: a name the models did not even doubt.
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
