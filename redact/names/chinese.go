package names

import (
	"context"
	"slices"
	"unicode"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/lac"
	"consentry/redact/names/lexicon"
)

var kindOf = [lac.Groups]redact.Kind{lac.Person: redact.Person, lac.Organisation: redact.Organisation, lac.Location: redact.Location}

// chinese reads a block that is mostly Chinese, or a Chinese stretch of another.
func (d *Detector) chinese(ctx context.Context, text []rune) ([]candidate, error) {
	t, err := d.zh.Tag(ctx, text)
	if err != nil {
		return nil, err
	}
	t.Words = unsigned(text, t.Words)
	var out []candidate
	for _, w := range t.Words {
		g := lac.Group(w.Tag)
		if g == lac.Groups {
			cs, err := d.properNoun(ctx, text, w, t.Names)
			if err != nil {
				return nil, err
			}
			out = append(out, cs...)
			continue
		}
		score := 1.0
		for _, p := range t.Names[w.Start:w.End] {
			score = min(score, float64(p[g]))
		}
		out = append(out, candidate{w.Start, w.End, kindOf[g], redact.Sure, score, whyModel})
	}
	out = append(out, doubts(text, t)...)
	out = append(out, chineseRules(text, t)...)
	return append(out, listed(text, out)...), nil
}

// leastProper is the probability of a person or an organisation below which a proper
// noun is a food, an illness or an idea rather than a brand.
const leastProper = 0.002

// unsigned cuts signs from the words that the model takes for one sign with them:
// ）有限公司.
func unsigned(text []rune, words []lac.Word) []lac.Word {
	out := make([]lac.Word, 0, len(words))
	for _, w := range words {
		if w.Tag != "w" || w.End-w.Start < 2 {
			out = append(out, w)
			continue
		}
		for i := w.Start; i < w.End; {
			j := i + 1
			tag := "w"
			if fold.IsHan(text[i]) {
				for tag = "n"; j < w.End && fold.IsHan(text[j]); j++ {
				}
			}
			out = append(out, lac.Word{Start: i, End: j, Tag: tag})
			i = j
		}
	}
	return out
}

// properNoun reads a proper noun of a kind that the model does not name: brands and
// products are such, and titles of works, which may be named after people. A title
// between 《 and 》 is read by itself: as a whole it names nobody.
func (d *Detector) properNoun(ctx context.Context, text []rune, w lac.Word, odds [][lac.Groups]float32) ([]candidate, error) {
	if w.Tag != "nz" && w.Tag != "nw" || w.End-w.Start < 2 {
		return nil, nil
	}
	if s := string(text[w.Start:w.End]); lexicon.IsThing(s) {
		if n := lexicon.NamedAfter(s); n > 0 {
			return []candidate{{w.Start, w.Start + n, redact.Person, redact.Review, 0.5, whyProper}}, nil
		}
		return nil, nil
	}
	if w.Start == 0 || text[w.Start-1] != '《' {
		if maxOdds(odds[w.Start:w.End]) < leastProper {
			return nil, nil
		}
		return []candidate{{w.Start, w.End, redact.Other, redact.Review, 0.5, whyProper}}, nil
	}
	inside, err := d.chinese(ctx, text[w.Start:w.End])
	return moved(slices.DeleteFunc(inside, func(c candidate) bool { return c.why == whyProper }), w.Start), err
}

// latinInChinese reads a Latin stretch of a Chinese text: every word with a
// capital may be a name.
func (d *Detector) latinInChinese(text []rune) []candidate {
	var out []candidate
	words := 0
	for _, w := range latinWords(text) {
		words++
		n := len(out) - 1
		follows := n >= 0 && w.start == out[n].end+1 && text[out[n].end] == ' ' && titleCase(text[w.start:w.end]) // Nguyen Van An
		if proud(text, w) || follows {
			out = append(out, candidate{w.start, w.end, redact.Other, redact.Review, 0.5, whyCapital})
		}
	}
	out = adjoin(text, out)
	if words >= 2 { // enough of a sentence for the English model
		out = append(out, d.english(text, true)...)
	}
	return out
}

// titleCase reports whether a word is one capital and small letters.
func titleCase(w []rune) bool {
	if len(w) < 2 || !unicode.IsUpper(w[0]) {
		return false
	}
	for _, r := range w[1:] {
		if !unicode.IsLower(r) {
			return false
		}
	}
	return true
}

// adjoin makes one candidate of those with only a space between them.
func adjoin(text []rune, cs []candidate) []candidate {
	var out []candidate
	for _, c := range cs {
		if n := len(out) - 1; n >= 0 && c.start == out[n].end+1 && text[out[n].end] == ' ' {
			out[n].end = c.end
			continue
		}
		out = append(out, c)
	}
	return out
}

// latinWords are the words of letters, digits and the signs within words.
func latinWords(text []rune) []place {
	var out []place
	in := func(i int) bool {
		r := text[i]
		if unicode.IsLetter(r) && !unicode.Is(unicode.Han, r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) {
			return true
		}
		return (r == '\'' || r == '’' || r == '-' || r == '&') && i > 0 && i+1 < len(text) && unicode.IsLetter(text[i-1]) && unicode.IsLetter(text[i+1])
	}
	for i := 0; i < len(text); {
		j := i
		for j < len(text) && in(j) {
			j++
		}
		if j > i {
			out = append(out, place{i, j})
		}
		i = max(j, i+1)
	}
	return out
}

// maxOdds is the highest probability of a person or an organisation.
func maxOdds(odds [][lac.Groups]float32) float32 {
	m := float32(0)
	for _, p := range odds {
		m = max(m, p[lac.Person]+p[lac.Organisation])
	}
	return m
}
