package forms

import (
	"regexp"
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/names/lexicon"
)

// regions stand before, behind or in brackets in the names of a group's
// companies.
var regions = lexicon.Set(`china prc hong kong asia europe usa america uk germany deutschland france japan korea singapore india taiwan macau international global worldwide pacific
	apac emea greater americas canada australia ireland switzerland austria netherlands italy spain`)

func isRegion(w string) bool {
	w = strings.ToLower(strings.Trim(w, ".,()"))
	return regions[w] || cities()[w]
}

// camel is the place between the words of one: NorthWind.
var camel = regexp.MustCompile(`(\p{Ll})(\p{Lu})`)

// companyLatin adds the forms of a company's name in Latin letters.
func (b *builder) companyLatin(name string) {
	for _, s := range letters(name) {
		base := strings.TrimSpace(strings.TrimPrefix(lexicon.Shorten(s), "The "))
		words := strings.Fields(base)
		if len(words) == 0 {
			continue
		}
		if m := brackets.FindStringSubmatchIndex(s); m != nil {
			before, in, behind := strings.TrimSpace(s[:m[0]]), strings.TrimSpace(s[m[2]:m[3]]), strings.TrimSpace(s[m[1]:])
			b.spaced("company-brackets", 0, before+" "+in+" "+behind, in+" "+before+" "+behind, before+" "+behind, before+" "+in, before+" - "+in, before+"-"+in, before+"("+in+") "+behind)
		}
		b.latinBody("company-suffix-free", words)
		all := strings.Fields(s)
		for n := len(words) + 1; n < len(all); n++ { // Hexeter Holdings of Hexeter Holdings GmbH
			if with := strings.TrimRight(strings.Join(all[:n], " "), ", "); strings.HasPrefix(with, base) && !strings.ContainsAny(with[len(base):], "(&") {
				b.latinBody("company-suffix-free", strings.Fields(with))
			}
		}
		short := words
		for len(short) > 1 && isRegion(short[0]) {
			short = short[1:]
		}
		for len(short) > 1 && isRegion(short[len(short)-1]) {
			short = short[:len(short)-1]
		}
		if len(short) < len(words) {
			b.latinBody("company-placeless", short)
		}
		b.latinBrand(short)
		b.acronym("company-acronym", capitalsOf(words))
		b.acronym("company-acronym", capitalsOf(strings.Fields(s)))
		if len(short) > 2 {
			b.acronym("company-acronym", capitalsOf(short))
		}
	}
}

// capitalsOf are the first letters of the words that begin with a capital.
func capitalsOf(words []string) string {
	s := ""
	for _, w := range words {
		if r := []rune(strings.TrimLeft(w, "(")); len(r) > 0 && unicode.IsUpper(r[0]) {
			s += string(r[0])
		}
	}
	return s
}

// latinBody adds a name with its words joined in each way.
func (b *builder) latinBody(rule string, words []string) {
	if ofTrade(words) {
		return
	}
	base := strings.Join(words, " ")
	for _, s := range ampersands(base) {
		ws := lettersOrDigits(s)
		if len(ws) == 1 && !telling(strings.ToLower(ws[0])) {
			b.add(rule, redact.Capitals, s)
			b.domain(rule, ws[0])
			continue
		}
		b.spaced(rule, 0, s)
		b.spaced("company-spelling", 0, strings.Join(ws, " "), strings.Join(ws, "-"), strings.Join(ws, "."))
		b.handles("company-joined", strings.Join(ws, ""))
		b.tradeForms(ws)
		if split := camel.ReplaceAllString(s, "$1 $2"); split != s {
			b.spaced("company-spelling", 0, split, strings.ReplaceAll(split, " ", "-"))
		}
	}
	for i, w := range words { // North-Wind, Northwind
		for _, h := range hyphens(w)[1:] {
			with := append(append(append([]string{}, words[:i]...), h), words[i+1:]...)
			b.spaced("company-spelling", 0, strings.Join(with, " "))
			b.handles("company-joined", joined(strings.Join(with, "")))
		}
	}
}

// ofTrade reports whether words say only of what kind a company is: Foods, The
// University.
func ofTrade(words []string) bool {
	for _, w := range words {
		if low := joined(w); !lexicon.Trades[low] && !ofKind[low] && !isRegion(w) {
			return false
		}
	}
	return true
}

// tradeAliases are words of companies' names that are written one for another.
var tradeAliases = [][]string{{"technology", "technologies", "tech", "technical"}, {"logistics", "logistic"}, {"pharmaceuticals", "pharmaceutical", "pharma"}, {"international", "intl"},
	{"systems", "system", "sys"}, {"solutions", "solution"}, {"services", "service"}, {"industries", "industry", "industrial"}, {"communications", "communication", "comms"}, {"manufacturing", "mfg"},
	{"engineering", "eng"}, {"consulting", "consultants", "consultancy"}, {"laboratories", "laboratory", "labs", "lab"}, {"foods", "food"}, {"motors", "motor"}, {"healthcare", "health"},
	{"information", "info"}, {"education", "edu"}, {"electronics", "electronic"}, {"networks", "network"}, {"software", "soft"}, {"trading", "trade"}, {"automotive", "auto"}, {"group", "grp"}}

// tradeForms adds a name whose last word is written otherwise: Northwind Tech.
func (b *builder) tradeForms(ws []string) {
	if len(ws) < 2 {
		return
	}
	last := strings.ToLower(ws[len(ws)-1])
	for _, as := range tradeAliases {
		for _, a := range as {
			if a != last {
				continue
			}
			for _, o := range as {
				if o != last {
					with := append(append([]string{}, ws[:len(ws)-1]...), capital(o))
					b.spaced("company-trade", 0, strings.Join(with, " "), strings.Join(with, "-"))
					b.handles("company-trade", strings.Join(with, ""))
				}
			}
		}
	}
}

// lettersOrDigits are the words of letters and digits of s.
func lettersOrDigits(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !lexicon.NameRune(r) })
}

// ampersands are a name with its & or and written otherwise.
func ampersands(s string) []string {
	out := []string{s}
	for _, and := range []string{" & ", "&", " and ", " And ", " + "} {
		before, after, ok := strings.Cut(s, and)
		if !ok || before == "" || after == "" {
			continue
		}
		for _, o := range []string{" & ", "&", " and ", " + ", "+", " ", "-", "与", "和", " 与 "} {
			out = append(out, before+o+after)
		}
		return unique(out...)
	}
	return out
}

// latinBrand adds what a name goes on as: its first words without the trade,
// its first word.
func (b *builder) latinBrand(words []string) {
	for n := len(words) - 1; n >= 1; n-- {
		if !lexicon.Trades[joined(words[n])] && n > 1 {
			continue
		}
		ws := words[:n]
		if n > 1 {
			b.spaced("company-brand", 0, strings.Join(ws, " "))
			b.handles("company-brand", strings.Join(lettersOrDigits(strings.Join(ws, "")), ""))
			continue
		}
		w := strings.Trim(ws[0], ",.&")
		low := strings.ToLower(w)
		if ofKind[low] || isRegion(w) || lexicon.Trades[low] || len(w) < 3 {
			continue
		}
		b.domain("company-brand", low)
		switch {
		case !lexicon.Everyday(low) && !acronyms[low]:
			b.add("company-brand", redact.Capitals, w)
		case len(words) == 2 && lexicon.Trades[joined(words[1])]: // Halcyon Freight, but also Summit Foods
			b.add("company-brand-word", redact.Capitals, w)
		}
	}
}
