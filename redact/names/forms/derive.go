// Package forms lists the other ways in which a name is written: shorter ones,
// pinyin, a company without its legal form.
package forms

import (
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/lexicon"
)

// WhyElsewhere is the reason of terms made from names found in the case.
const WhyElsewhere = "found-elsewhere"

// Derive lists what to search in the whole case for what was found in it: each
// person and organisation as it was written, and shorter forms that a text goes
// on with: Petrova and Elena, a company without its legal form, without its
// place, its brand alone, and all that the rules make of a sure name: initials, a
// surname with a title, accounts. Forms that could mean something else are of the
// review tier, which casework searches in the asset where the name stood. The
// order is that of the findings, without repetitions; the rules' forms stand last.
func Derive(found []redact.Finding) []redact.Term {
	var d derivation
	people, companies := newBuilder(inCase, redact.Person), newBuilder(inCase, redact.Organisation)
	for _, f := range found {
		text := fold.OneLine(f.Text)
		if redact.IsLabel(text) {
			continue
		}
		switch f.Kind {
		case redact.Person:
			if f.Tier == redact.Sure || long(text) {
				d.add(text, f.Kind, f.Tier)
			}
			d.person(text, f)
			d.written(text, f)
			if f.Tier == redact.Sure && fullName(text) && people.once(text) {
				people.subject([]string{text})
			}
		case redact.Organisation:
			if f.Tier == redact.Sure || long(text) {
				d.add(text, f.Kind, f.Tier)
			}
			d.company(text, f.Tier)
			d.written(text, f)
			if han, latin, _ := lexicon.Count(text); f.Tier == redact.Sure && (han >= 4 || latin >= 4) && companies.once(text) {
				companies.subject([]string{text})
			}
		}
	}
	for _, b := range []*builder{people, companies} {
		for _, t := range b.terms {
			t.Tier, t.Why = redact.Review, WhyElsewhere
			d.form(t)
		}
	}
	return d.terms
}

// fullName reports whether a person's name is more than a surname with a title
// or a short name: the rules take it apart.
func fullName(s string) bool {
	rs := []rune(s)
	switch {
	case strings.ContainsRune(s, '·'):
		return true
	case allHan(rs):
		n := 1
		if len(rs) > 2 && lexicon.DoubleSurnames[string(rs[:2])] {
			n = 2
		}
		return len(rs) > n && len(rs) <= n+2 && (n == 2 || lexicon.Surnames[rs[0]]) && !lexicon.IsTitle(string(rs[1:])) && !lexicon.IsTitle(string(rs[n:])) &&
			!lexicon.IsTitle(string(rs[len(rs)-1])) && !strings.ContainsRune("老小阿", rs[0])
	}
	_, ok := parseLatin(s)
	return ok && !hasHan(s) && !plain(s)
}

type derivation struct {
	terms []redact.Term
	index map[string]int
}

func (d *derivation) add(text string, k redact.Kind, t redact.Tier) {
	if !searchable(text) {
		return
	}
	d.force(text, k, t)
}

// force adds a text that need not look like a name.
func (d *derivation) force(text string, k redact.Kind, t redact.Tier) {
	if d.index == nil {
		d.index = map[string]int{}
	}
	id := termID(text)
	if i, ok := d.index[id]; ok {
		if t > d.terms[i].Tier {
			d.terms[i].Tier, d.terms[i].Kind = t, k
		}
		return
	}
	d.index[id] = len(d.terms)
	d.terms = append(d.terms, redact.Term{Text: text, Kind: k, Tier: t, Why: WhyElsewhere})
}

func termID(text string) string {
	id := fold.Key(text)
	if text == strings.ToLower(text) {
		id = "small " + id // beside the same with a capital
	}
	return id
}

func (d *derivation) has(text string) bool {
	_, ok := d.index[termID(text)]
	return ok
}

// form adds a term of the rules that is not there yet.
func (d *derivation) form(t redact.Term) {
	if d.has(t.Text) {
		return
	}
	if d.index == nil {
		d.index = map[string]int{}
	}
	d.index[termID(t.Text)] = len(d.terms)
	d.terms = append(d.terms, t)
}

// searchable reports whether a text is worth looking for: two Han runes, several
// words, or one of three letters with a capital that is no common word.
func searchable(s string) bool {
	han, latin, space := lexicon.Count(s)
	switch {
	case han > 0:
		return han >= 2 || latin >= 2
	case space:
		return latin >= 3
	}
	first := []rune(s + " ")[0]
	return latin >= 3 && unicode.IsUpper(first) && !lexicon.Common[strings.ToLower(s)] && !lexicon.Ambiguous[strings.ToLower(s)]
}

// long is what a doubted name must be to be searched at all.
func long(s string) bool {
	han, latin, _ := lexicon.Count(s)
	return han >= 2 || latin >= 4
}

// person adds the parts of a Latin name.
func (d *derivation) person(name string, f redact.Finding) {
	han, latin, space := lexicon.Count(name)
	if f.Tier != redact.Sure {
		return
	}
	if han > 0 || !space {
		switch rs := []rune(name); {
		case han == len(rs):
			if given := givenName(rs); given != "" {
				d.form(redact.Term{Text: given, Kind: redact.Person, Tier: redact.Review, Why: WhyElsewhere, Only: redact.WholeWord})
			}
		case latin == len(rs) && latin >= leastSmall && !lexicon.Everyday(name) && !lexicon.IsHeading(name):
			d.force(strings.ToLower(name), redact.Person, redact.Review)
		}
		return
	}
	first := true
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '.' }) {
		rs := []rune(part)
		if len(rs) < 3 || lexicon.EnglishTitles[strings.ToLower(part)] {
			continue
		}
		if lexicon.Shouted(rs) {
			part = string(lexicon.TitleCase(rs))
		}
		d.add(part, redact.Person, redact.Review)
		if first && !lexicon.Everyday(part) {
			d.force(strings.ToLower(part), redact.Person, redact.Review) // oona, in a chat
		}
		first = false
	}
}

// leastSmall is how many letters a name of one word must have to be searched in
// small letters too.
const leastSmall = 5

// givenName is what a Chinese name of three runes, or four with a double
// surname, has behind the surname: people go on with 雪松 after 韩雪松.
func givenName(rs []rune) string {
	n := 0
	switch {
	case len(rs) == 4 && lexicon.DoubleSurnames[string(rs[:2])]:
		n = 2
	case len(rs) == 3 && !lexicon.DoubleSurnames[string(rs[:2])] && lexicon.Surnames[rs[0]]:
		n = 1
	default:
		return ""
	}
	if given := string(rs[n:]); usable(given) && !lexicon.IsTitle(string(rs[len(rs)-1])) {
		return given
	}
	return ""
}

// leastJoined is how many letters a name written in one word must have to be
// searched in small letters.
const leastJoined = 6

// written adds a sure name as addresses and accounts write it: halcyonfreight,
// elena.petrova; a Chinese one in pinyin, zhangwei.
func (d *derivation) written(name string, f redact.Finding) {
	if f.Tier != redact.Sure {
		return
	}
	han, latin, _ := lexicon.Count(name)
	forms := []string{name}
	signs := []string{"", "-", "."}
	switch {
	case han > 0 && latin > 0 || len([]rune(name)) > longestName:
		return
	case han > 0 && f.Kind == redact.Person:
		if r := []rune(name); lexicon.IsTitle(string(r[1:])) || lexicon.IsTitle(string(r[min(2, len(r)):])) {
			return // 张总
		}
		forms = Variants(name)
		for _, v := range forms {
			d.add(v, f.Kind, redact.Review)
		}
	case han > 0:
		forms = nil
		if brand := lexicon.WithoutPlace(lexicon.Shorten(name)); len([]rune(brand)) <= 5 {
			forms = []string{romanise(brand), romanise(lexicon.WithoutTrade(brand))}
		}
	case f.Kind == redact.Organisation:
		forms, signs = []string{name, lexicon.Shorten(name)}, signs[:2]
	}
	for _, v := range forms {
		words := strings.FieldsFunc(strings.ToLower(v), func(r rune) bool { return !lexicon.NameRune(r) })
		for _, sign := range signs {
			s := strings.Join(words, sign)
			if han == 0 && len(words) < 2 || len(s) < leastJoined {
				continue
			}
			if sign == "" || len(words) > 1 {
				d.force(s, f.Kind, redact.Review)
			}
		}
	}
}

// leastBrand is how many letters the first word of a company's name must have to
// be searched alone.
const leastBrand = 5

// ofKind begin the names of many bodies.
var ofKind = lexicon.Set(`university college school academy institute hospital clinic bank state royal saint department ministry association foundation federal city county
	center centre society club museum church council court board bureau office agency committee commission group international national general united northern southern
	eastern western greater south north house street market grand golden silver little people`)

// initials adds what the capitals of three and more words spell.
func (d *derivation) initials(words []string) {
	s := ""
	for _, w := range words {
		if r := []rune(w)[0]; unicode.IsUpper(r) {
			s += string(r)
		}
	}
	if n := len([]rune(s)); n >= 3 && n <= 6 {
		d.add(s, redact.Organisation, redact.Review)
	}
}

// company adds shorter forms of a company's name.
func (d *derivation) company(name string, most redact.Tier) {
	short := lexicon.Shorten(name)
	han, latin, _ := lexicon.Count(short)
	if short != name {
		tier := redact.Review
		if han >= 4 || latin >= 4 {
			tier = most
		}
		d.add(short, redact.Organisation, tier)
	}
	if han >= 2 {
		local := lexicon.WithoutPlace(short)
		if !generic(local) {
			d.add(local, redact.Organisation, redact.Review)
		}
		if brand := lexicon.WithoutTrade(local); usable(brand) {
			d.add(brand, redact.Organisation, redact.Review)
		}
		return
	}
	words := strings.Fields(short)
	if most != redact.Sure || len(words) < 2 {
		return
	}
	if first := strings.Trim(words[0], ",."); len(first) >= leastBrand && !ofKind[strings.ToLower(first)] && !lexicon.Ambiguous[strings.ToLower(first)] && !lexicon.Trades[strings.ToLower(first)] && !lexicon.IsHeading(first) {
		d.add(first, redact.Organisation, redact.Review) // Foxglove Veterinary Group goes on as Foxglove
	}
	d.initials(strings.Fields(name))
	if len(words) > 1 && lexicon.Trades[strings.ToLower(strings.Trim(words[len(words)-1], ",."))] && !lexicon.Ambiguous[strings.ToLower(words[0])] {
		d.add(strings.Join(words[:len(words)-1], " "), redact.Organisation, redact.Review)
	}
}

// longestName is how many runes a name may have whose written forms are listed.
const longestName = 40
