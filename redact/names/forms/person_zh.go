package forms

import (
	"slices"
	"strings"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/lexicon"
)

// How many readings of one name are tried.
const (
	mostReadings     = 4
	mostReadingsDeep = 24
)

// chinese adds the forms of a Chinese person's name of Han runes alone.
func (b *builder) chinese(rs []rune) {
	limit, of := mostReadings, usual
	if b.stage >= attack {
		limit, of = mostReadingsDeep, heteronyms
	}
	for i, s := range splits(rs) {
		family, given := s[0], s[1]
		if len(given) > 3 { // a transliteration written without its dot
			b.spelled([]string{romanise(string(rs))}, nil)
			continue
		}
		b.surnameTitles(family)
		b.given(given)
		readings := read(given, limit, of)
		if b.stage >= attack {
			readings = append(read(given, limit, usual), readings...)
		}
		for j, f := range readSurname(family) {
			for k, g := range readings {
				if j+k+i > 0 && b.stage == certain {
					return // the likely reading only
				}
				b.read(f, g)
			}
		}
		if len(readings) > 0 && len(readings[0]) > 0 {
			for _, f := range regional(family) {
				b.regional(f, readings[0])
			}
			if f := readSurname(family); len(f) > 0 {
				b.wadeGiles(family, f[0], readings[0])
				b.tones(family, given, f[0], readings[0])
			}
		}
	}
}

// regional are a surname's spellings outside the mainland.
func regional(family []rune) []string { return readings.Regional[string(family)] }

// read adds the forms of one reading, ü written in each of its ways.
func (b *builder) read(family, given []string) {
	if len(family) == 0 || len(given) == 0 {
		return
	}
	n := len(family)
	for _, u := range umlauts(strings.Join(append(slices.Clone(family), given...), " ")) {
		parts := strings.Fields(u)
		b.spelled(parts[:n], parts[n:])
	}
}

// written lists how syllables of a given name are put together: Xiaoming, Xiao
// Ming, Xiao-Ming, and Li'an where a syllable begins with a vowel.
func written(syllables []string) []string {
	one := capital(strings.Join(syllables, ""))
	if len(syllables) < 2 {
		return []string{one}
	}
	var caps []string
	vowel := false
	for i, s := range syllables {
		caps = append(caps, capital(s))
		vowel = vowel || i > 0 && strings.ContainsAny(s[:1], "aeo")
	}
	out := []string{one, strings.Join(caps, " "), strings.Join(caps, "-")}
	if vowel {
		out = append(out, capital(strings.Join(syllables, "'")))
	}
	return out
}

// spelled adds the pinyin forms of a surname and a given name by syllables. Both
// are in small letters.
func (b *builder) spelled(family, given []string) {
	f := capital(strings.Join(family, ""))
	if len(given) == 0 {
		b.handles("zh-pinyin-joined", strings.ToLower(f))
		b.spaced("zh-pinyin", redact.Capitals, f)
		return
	}
	g := capital(strings.Join(given, ""))
	families := []string{f}
	if len(family) > 1 {
		families = append(families, capital(family[0])+" "+capital(family[1]), capital(family[0])+"-"+capital(family[1]))
	}
	for _, f := range families {
		for _, g := range written(given) {
			b.spaced("zh-pinyin", 0, f+" "+g, g+" "+f)
			b.spaced("zh-pinyin-comma", 0, f+", "+g, f+","+g)
		}
	}
	lf, lg := strings.ToLower(f), strings.ToLower(g)
	b.handles("zh-pinyin-joined", lf+lg, lg+lf)
	if !telling(lf + lg) {
		b.add("zh-pinyin-joined", redact.Capitals, f+g)
	}
	b.englishTitles(f)
	if b.stage == certain {
		return
	}
	for _, sign := range []string{"-", "."} {
		b.spaced("zh-pinyin-sign", 0, f+sign+g, g+sign+f)
		if len(given) > 1 {
			parts := strings.Join(given, sign)
			b.spaced("zh-pinyin-sign", 0, f+sign+capital(parts), capital(parts)+sign+f)
		}
	}
	if b.wants("zh-pinyin-given") {
		b.spaced("zh-pinyin-given", redact.Capitals, written(given)...)
		b.handles("zh-pinyin-given", lg)
	}
	b.mail("given-mail", lg)
	b.initials("zh-initials", f, g, initialsOf(given), nil)
	b.accounts("zh-handle", lf, lg, strings.ToLower(strings.Join(initialsOf(given), "")))
	b.monogram("zh-monogram", append([]string{f[:1]}, initialsOf(given)...))
	b.monogram("zh-monogram", append(initialsOf(given), f[:1]))
	if len(family) > 1 {
		b.monogram("zh-monogram", append(initialsOf(family), initialsOf(given)...))
	}
	b.add("monogram-short", redact.Capitals, f)
}

// initialsOf are the capital first letters.
func initialsOf(parts []string) []string {
	var out []string
	for _, p := range parts {
		r, _ := utf8.DecodeRuneInString(p)
		out = append(out, capital(string(r)))
	}
	return out
}

// initials adds a surname with initials before and behind it: X.M. Wang, Wang
// XM; and a given name with the surname's. Middle are full second names that
// may stand between.
func (b *builder) initials(rule, family, given string, is, middle []string) {
	if !b.wants(rule) {
		return
	}
	var sets []string // the initials as they may be put together, without a last dot
	first := is[0]
	sets = append(sets, first)
	if len(is) > 1 {
		for _, sep := range []string{".", ". ", "", ".-", "-", " "} {
			sets = append(sets, strings.Join(is, sep))
		}
	}
	for _, s := range sets {
		b.add(rule, redact.Capitals, s+". "+family, s+"."+family, family+", "+s)
		if !lexicon.Everyday(family) || len(s) > 1 {
			b.add(rule, redact.Capitals, s+" "+family, family+" "+s)
		} else {
			b.add(rule, redact.Capitals, family+" "+s+".")
		}
	}
	if !lexicon.Everyday(given) {
		f, _ := utf8.DecodeRuneInString(family)
		b.add(rule, redact.Capitals, given+" "+capital(string(f)))
	} else {
		f, _ := utf8.DecodeRuneInString(family)
		b.add(rule, redact.Capitals, given+" "+capital(string(f))+".")
	}
	for _, m := range middle {
		b.add(rule, redact.Capitals, given+" "+capital(m[:1])+". "+family, given+" "+capital(m[:1])+" "+family, family+", "+given+" "+capital(m[:1]))
	}
}

// monogram adds what the initials spell, if they are three or more.
func (b *builder) monogram(rule string, is []string) {
	if !b.wants(rule) {
		return
	}
	s := strings.Join(is, "")
	low := strings.ToLower(s)
	if n := len(is); n >= 3 && !lexicon.Everyday(low) && !acronyms[low] {
		b.add(rule, redact.Capitals, s)
	}
	if len(is) >= 3 || !acronyms[low] && !lexicon.Everyday(low) {
		b.add(rule, redact.Capitals, strings.Join(is, "."), strings.Join(is, ". "))
	}
	if len(is) >= 3 || b.stage >= inCase {
		b.mail(rule, low)
	}
	if b.wants("monogram-short") {
		b.add("monogram-short", redact.Capitals, s)
	}
}

// acronyms are abbreviations that are nobody's initials, beside lexicon.Common.
var acronyms = lexicon.Set(`us uk eu un ai ip it tv pc pr hr ok am pm bc ad ac dc id no vs phd mba ceo cfo nba cba wto who imf gdp cpi ppi apec asean nato opec cctv cnn bbc
	fbi cia nsa nasa ipo etf st wc cd dvd vcd ktv dna rna hiv sars ph ml kg km cm mm hz db rmb hkd gbp jpy wx qq zj sz bj sh gz hz yyds ltd xyz abc lte gsm cdma lcd led oled
	lgbt sci ssci ei cas cae cass hsbc icbc ccb boc abc cmb byd zte ibm hp tcl lg sap iso ccc gmp haccp fda ce ul ems dhl ups cpa cma acca mpa emba gre gmat ielts toefl cet xp gps wps zf ls xz lz`)

// accounts adds account names of a surname and initials or a given name and the
// surname's initial: wangxm, xm.wang, xwang, xiaoming.w. All are small letters.
func (b *builder) accounts(rule, family, given, is string) {
	if !b.wants(rule) {
		return
	}
	f, _ := utf8.DecodeRuneInString(family)
	i, _ := utf8.DecodeRuneInString(is)
	sets := []string{is}
	if len(is) > 1 {
		sets = append(sets, string(i))
	}
	for _, sign := range []string{"", ".", "-", " "} {
		add := func(name, initials string) {
			if sign == " " && (lexicon.Everyday(name) || len(initials) > 1 && lexicon.Everyday(initials)) {
				return // wang_xm, but lei_at is prose too
			}
			b.handles(rule, name+sign+initials, initials+sign+name)
		}
		for _, s := range sets {
			add(family, s)
		}
		add(given, string(f))
	}
}

// given adds the given name alone and with a title, and last runes with one.
func (b *builder) given(given []rune) {
	g := string(given)
	if len(given) == 2 {
		if usable(g) {
			b.add("zh-given", redact.WholeWord, g)
		} else {
			b.add("monogram-short", 0, g)
		}
	}
	if b.wants("zh-given-title") && len(given) > 0 {
		for _, t := range titles.Given {
			if len(given) > 1 && (b.stage != inCase || !usable(g)) { // else it is searched alone
				b.add("zh-given-title", redact.WholeWord, g+t)
			}
		}
		last := string(given[len(given)-1])
		if b.stage >= inCase {
			for _, t := range titles.Last {
				if s := last + t; !lexicon.Everyday(s) && !lexicon.Familiar[s] {
					b.add("zh-given-title", redact.WholeWord, s)
				}
			}
			for _, s := range []string{"阿" + last, last + last} {
				if !lexicon.Everyday(s) && !lexicon.Familiar[s] {
					b.add("zh-given-title", redact.WholeWord, s)
				}
			}
		}
	}
}

// surnameTitles adds a surname with titles, once a surname.
func (b *builder) surnameTitles(family []rune) {
	f := string(family)
	if !b.wants("zh-title") || !b.once("zh-title "+f) {
		return
	}
	add := func(s string, word bool) {
		if !word && !titles.words[s] {
			b.add("zh-title", redact.WholeWord, s)
		}
	}
	behind := titles.AfterVerbs
	if !titles.verbs[f] {
		behind = append(lexicon.Titles[:len(lexicon.Titles):len(lexicon.Titles)], titles.Behind...)
	}
	for _, t := range behind {
		add(f+t, lexicon.Everyday(f+t)) // 施工
	}
	for _, t := range titles.Before {
		add(t+f, false) // the dictionary has 小张
	}
}

// englishTitles adds a surname in Latin letters with titles, once a surname.
func (b *builder) englishTitles(family string) {
	if low := joined(family); !b.wants("latin-title") || !spelledSurnames()[low] && (b.stage >= inCase || !plain(family) && len(low) >= 4) || !b.once("latin-title "+family) {
		return // a rarer one is searched alone
	}
	chinese := spelledSurnames()[joined(family)]
	english := titles.English
	if chinese {
		english = titles.EnglishChinese
	}
	for _, t := range english {
		b.add("latin-title", redact.Capitals, t+" "+family)
		if titles.dotted[t] {
			b.add("latin-title", redact.Capitals, t+". "+family, t+"."+family)
		}
	}
	if !chinese {
		return
	}
	for _, t := range titles.PinyinBehind {
		b.spaced("latin-title", redact.Capitals, family+" "+t)
	}
	for _, t := range titles.PinyinBefore {
		b.spaced("latin-title", redact.Capitals, t+" "+family)
	}
}

// regional adds the spellings of other regions: Chan Xiaoming, Mr. Chan.
func (b *builder) regional(family string, given []string) {
	if !b.wants("zh-regional") || len(given) == 0 {
		return
	}
	var caps []string
	for _, w := range strings.Fields(family) {
		caps = append(caps, capital(w))
	}
	f := strings.Join(caps, " ")
	for _, g := range written(given) {
		b.spaced("zh-regional", 0, f+" "+g, g+" "+f, f+", "+g)
	}
	joined := strings.ReplaceAll(family, " ", "")
	b.handles("zh-regional", joined+strings.Join(given, ""), strings.Join(given, "")+joined)
	if b.stage != inCase {
		b.englishTitles(f)
	}
}

// tonesKept is whether texts are compared with the tone marks they have.
var tonesKept = fold.Key("ǎ") != "a"

// tones adds a reading with tone marks.
func (b *builder) tones(family, given []rune, surname, readings []string) {
	if !tonesKept && b.stage < attack || b.stage == certain || len(surname) != len(family) || len(readings) != len(given) || len(given) == 0 {
		return
	}
	var f, g []string
	for i, r := range family {
		f = append(f, toned(r, surname[i]))
	}
	for i, r := range given {
		g = append(g, toned(r, readings[i]))
	}
	fs := capital(strings.Join(f, ""))
	for _, g := range written(g) {
		b.add("zh-tones", 0, fs+" "+g, g+" "+fs, fs+g)
	}
}

// dotted adds the parts of a name with a middle dot and the ways of parting
// them: 阿依古丽·买买提.
func (b *builder) dotted(parts []string) {
	b.add("zh-dot", 0, strings.Join(parts, ""), strings.Join(parts, "."), strings.Join(parts, "-"), strings.Join(parts, "・"), strings.Join(parts, "。"))
	var latin []string
	for _, p := range parts {
		if usable(p) {
			b.add("zh-dot-part", redact.WholeWord, p)
		}
		for _, t := range titles.Given {
			if len([]rune(p)) > 1 && len(t) > 0 {
				b.add("zh-given-title", redact.WholeWord, p+t)
			}
		}
		latin = append(latin, romanise(p))
	}
	if len(latin) != 2 || latin[0] == "" || latin[1] == "" {
		return
	}
	for _, l := range [][]string{latin, {latin[1], latin[0]}} {
		b.spaced("zh-pinyin", 0, l[0]+" "+l[1])
		b.spaced("zh-pinyin-comma", 0, l[0]+", "+l[1])
		b.spaced("zh-pinyin-sign", 0, l[0]+"-"+l[1], l[0]+"."+l[1])
		b.handles("zh-pinyin-joined", l[0]+l[1])
	}
}
