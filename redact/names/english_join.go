package names

import (
	"regexp"
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/names/lexicon"
)

// particle ties the words of one name: Maria ten Brink, Roberto "Bobby" Vance,
// Ruth K. Adeyemi.
var particle = regexp.MustCompile(`^(?:(?: (?:van|von|der|den|de|del|della|di|da|dos|das|du|la|le|ten|ter|te|zu|zum|bin|binti|ibn|al|el|y|e|af|av|st|mac|san|\p{Lu}\.?))+ | ["“'‘(]\p{Lu}[\pL .-]{1,18}["”'’)] )$`)

// particles joins the two sides of what ties the words of one name, where one
// side is a person and the other was found as whatever.
func particles(text []rune, found []candidate) []candidate {
	var out []candidate
	for _, c := range found {
		if c.kind != redact.Person {
			continue
		}
		for _, o := range found {
			a, b := c, o
			if o.start < c.start {
				a, b = o, c
			}
			if gap := b.start - a.end; gap < 2 || gap > 24 || !unicode.IsUpper(text[b.start]) || !particle.MatchString(string(text[a.end:b.start])) {
				continue
			}
			// A quoted name within is joined only between two people.
			if strings.ContainsAny(string(text[a.end:b.start]), `"“'‘(`) && (a.kind != redact.Person || b.kind != redact.Person) {
				continue
			}
			out = append(out, candidate{a.start, b.end, redact.Person, c.tier, min(a.score, b.score), whyParticle})
		}
	}
	return out
}

// refine corrects what the models take for English names: a company's kind, the
// numbers behind a name, and words for a nation, which name nobody.
func refine(text []rune, found []candidate) []candidate {
	out := found[:0]
	for _, c := range found {
		s := string(text[c.start:c.end])
		words := strings.Fields(s)
		if len(words) == 0 {
			continue
		}
		last := lower(strings.Trim(words[len(words)-1], ".,'’"))
		switch {
		case c.kind == redact.Person && len(words) > 1 && lexicon.TradeNames[last]:
			c.kind = redact.Organisation
		case c.kind == redact.Other && unnamed(words):
			continue
		}
		if c.kind == redact.Person { // 12:01 Ama
			for c.start < c.end && (unicode.IsDigit(text[c.start]) || unicode.IsSpace(text[c.start]) || unicode.IsPunct(text[c.start])) {
				c.start++
			}
		}
		if c.kind != redact.Other {
			c.end = c.start + withoutNumbers(text[c.start:c.end], c.kind)
		}
		if c.start < c.end {
			out = append(out, c)
		}
	}
	return out
}

// unnamed reports whether words are only those for a nation, and perhaps a job
// behind: French, Israeli Foreign Minister.
func unnamed(words []string) bool {
	for len(words) > 0 {
		w := lower(strings.Trim(words[0], ".,-'’"))
		if !lexicon.Demonyms[w] && !lexicon.Demonyms[strings.TrimSuffix(w, "s")] {
			return lexicon.IsJob(strings.Join(words, " "))
		}
		words = words[1:]
	}
	return true
}

// dated is a number that is part of no company's name: 1996-08-30, 4:05, 1,250.
var dated = regexp.MustCompile(`^[\d.,:/()+-]*(?:\d[-:/,.]\d|\d{3})[\d.,:/()+-]*$`)

// withoutNumbers is how many runes of a name stand before the numbers at its end.
func withoutNumbers(name []rune, k redact.Kind) int {
	n := len(name)
	for {
		i := n
		for i > 0 && !unicode.IsSpace(name[i-1]) {
			i--
		}
		word := string(name[i:n])
		number := i > 0 && word != "" && !strings.ContainsFunc(word, unicode.IsLetter)
		if !number || k == redact.Organisation && strings.ContainsFunc(word, unicode.IsDigit) && !dated.MatchString(word) {
			return n
		}
		for n = i; n > 0 && unicode.IsSpace(name[n-1]); n-- {
		}
	}
}

// What may stand between two parts of one name: a space, with an initial; and
// where it is nobody's, little words.
var (
	tie   = regexp.MustCompile(`^ (?:\p{Lu}\.? )?$`)
	links = lexicon.Set("of for against of-the for-the against-the in-the de la des du der und")
)

// oneOf reports whether two findings may be parts of one name.
func oneOf(text []rune, a, b candidate) bool {
	gap := b.start - a.end
	if gap < 1 || gap > 13 || text[b.start] >= 0x2000 || text[a.end-1] >= 0x2000 {
		return false
	}
	between := string(text[a.end:b.start])
	return tie.MatchString(between) || a.kind != redact.Person && b.kind != redact.Person && links[strings.ReplaceAll(strings.TrimSpace(between), " ", "-")] && between[0] == ' '
}

// oneName takes in what stands between two Latin findings of which one is in
// doubt: most often they are one name, of which nothing should stay. What is sure
// keeps its bounds, by which it is known again.
func oneName(text []rune, found []candidate) []candidate {
	var out []candidate
	for _, c := range found {
		n := len(out) - 1
		if n < 0 || !oneOf(text, out[n], c) {
			out = append(out, c)
			continue
		}
		switch last := &out[n]; {
		case last.tier == redact.Review && c.tier == redact.Review:
			if c.end-c.start > last.end-last.start || last.kind == redact.Other {
				last.kind, last.why, last.score = c.kind, c.why, c.score
			}
			last.end = c.end
			continue
		case c.tier == redact.Review:
			c.start = last.end
		case last.tier == redact.Review:
			last.end = c.start
		}
		out = append(out, c)
	}
	return out
}
