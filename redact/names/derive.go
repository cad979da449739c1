package names

import (
	"strings"
	"unicode"

	"consentry/redact"
)

// WhyElsewhere is the reason of terms made from names found in the case.
const WhyElsewhere = "found-elsewhere"

// Derive lists what to search in the whole case for what was found in it: each
// person and organisation as it was written, and shorter forms that a text goes
// on with: Petrova and Elena, a company without its legal form, without its
// place, its brand alone. Forms that could mean something else are of the review
// tier. The order is that of the findings, without repetitions.
func Derive(found []redact.Finding) []redact.Term {
	var d derivation
	for _, f := range found {
		text := asTerm(f.Text)
		if redact.IsLabel(text) {
			continue
		}
		switch f.Kind {
		case redact.Person:
			if f.Tier == redact.Sure || long(text) {
				d.add(text, f.Kind, f.Tier)
			}
			d.person(text, f)
		case redact.Organisation:
			if f.Tier == redact.Sure || long(text) {
				d.add(text, f.Kind, f.Tier)
			}
			if f.Tier == redact.Sure {
				d.company(text)
			}
		}
	}
	return d.terms
}

type derivation struct {
	terms []redact.Term
	index map[string]int
}

func (d *derivation) add(text string, k redact.Kind, t redact.Tier) {
	if !searchable(text) {
		return
	}
	if d.index == nil {
		d.index = map[string]int{}
	}
	if i, ok := d.index[key(text)]; ok {
		if t > d.terms[i].Tier {
			d.terms[i].Tier, d.terms[i].Kind = t, k
		}
		return
	}
	d.index[key(text)] = len(d.terms)
	d.terms = append(d.terms, redact.Term{Text: text, Kind: k, Tier: t, Why: WhyElsewhere})
}

// searchable reports whether a text is worth looking for: two Han runes, several
// words, or one of three letters with a capital that is no common word.
func searchable(s string) bool {
	han, latin, space := count(s)
	switch {
	case han > 0:
		return han >= 2 || latin >= 2
	case space:
		return latin >= 3
	}
	first := []rune(s + " ")[0]
	return latin >= 3 && unicode.IsUpper(first) && !common[lower(s)] && !ambiguous[lower(s)]
}

// long is what a doubted name must be to be searched at all.
func long(s string) bool {
	han, latin, _ := count(s)
	return han >= 2 || latin >= 4
}

func count(s string) (han, latin int, space bool) {
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.IsLetter(r):
			latin++
		case unicode.IsSpace(r):
			space = true
		}
	}
	return
}

// person adds the parts of a Latin name.
func (d *derivation) person(name string, f redact.Finding) {
	if han, _, space := count(name); han > 0 || !space || f.Tier != redact.Sure {
		return
	}
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '.' }) {
		rs := []rune(part)
		if len(rs) < 3 || englishTitles[lower(part)] {
			continue
		}
		if shouted(rs) {
			part = string(titleCase(rs))
		}
		d.add(part, redact.Person, redact.Review)
	}
}

// company adds shorter forms of a company's name.
func (d *derivation) company(name string) {
	short := shorten(name)
	han, latin, _ := count(short)
	if short != name {
		tier := redact.Review
		if han >= 4 || latin >= 4 {
			tier = redact.Sure
		}
		d.add(short, redact.Organisation, tier)
	}
	if han >= 2 {
		local := withoutPlace(short)
		d.add(local, redact.Organisation, redact.Review)
		if brand := withoutTrade(local); !places[brand] {
			d.add(brand, redact.Organisation, redact.Review)
		}
		return
	}
	words := strings.Fields(short)
	if len(words) > 1 && trades[lower(strings.Trim(words[len(words)-1], ",."))] && !ambiguous[lower(words[0])] {
		d.add(strings.Join(words[:len(words)-1], " "), redact.Organisation, redact.Review)
	}
}
