package names

import (
	"context"
	"unicode"

	"consentry/redact"
	"consentry/redact/names/lac"
)

var kindOf = [lac.Groups]redact.Kind{lac.Person: redact.Person, lac.Organisation: redact.Organisation, lac.Location: redact.Location}

// chinese reads a block that is mostly Chinese, or a Chinese stretch of another.
func (d *Detector) chinese(ctx context.Context, text []rune) ([]candidate, error) {
	t, err := d.zh.Tag(ctx, text)
	if err != nil {
		return nil, err
	}
	var out []candidate
	for _, w := range t.Words {
		g := lac.Group(w.Tag)
		if g == lac.Groups {
			// Brands and products are other proper nouns, and works are named
			// after people.
			if (w.Tag == "nz" || w.Tag == "nw") && w.End-w.Start >= 2 {
				out = append(out, candidate{w.Start, w.End, redact.Other, redact.Review, 0.5, whyProper})
			}
			continue
		}
		score := 1.0
		for _, p := range t.Names[w.Start:w.End] {
			score = min(score, float64(p[g]))
		}
		out = append(out, candidate{w.Start, w.End, kindOf[g], redact.Sure, score, whyModel})
	}
	out = append(out, doubts(t.Names)...)
	out = append(out, chineseRules(text, t.Words)...)
	return append(out, listed(text, out)...), nil
}

// doubts are the runs of runes that the model doubts to be of no person and no
// organisation.
func doubts(names [][lac.Groups]float32) []candidate {
	var out []candidate
	for i := 0; i < len(names); {
		j, person, org := i, float32(0), float32(0)
		for j < len(names) && names[j][lac.Person]+names[j][lac.Organisation] > doubtChinese {
			person, org = max(person, names[j][lac.Person]), max(org, names[j][lac.Organisation])
			j++
		}
		// A lone rune (库, 内) is no name, and what belongs to a name beside it
		// is in that name's run.
		if j > i+1 || j > i && person+org >= 0.5 {
			c := candidate{i, j, redact.Person, redact.Review, float64(min(1, person)), whyDoubt}
			if org > person {
				c.kind, c.score = redact.Organisation, float64(min(1, org))
			}
			out = append(out, c)
		}
		i = max(j, i+1)
	}
	return out
}

// latinInChinese reads a Latin stretch of a Chinese text: every word with a
// capital may be a name.
func (d *Detector) latinInChinese(text []rune) []candidate {
	var out []candidate
	words := 0
	for _, w := range latinWords(text) {
		words++
		if proud(text, w) {
			out = append(out, candidate{w.start, w.end, redact.Other, redact.Review, 0.5, whyCapital})
		}
	}
	out = adjoin(text, out)
	if words >= 2 { // enough of a sentence for the English model
		out = append(out, d.english(text, true)...)
	}
	return out
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
