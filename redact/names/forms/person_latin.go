package forms

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"

	"consentry/redact"
	"consentry/redact/names/lexicon"
)

//go:embed nicknames.yaml
var nicknamesYAML []byte

// nicknames are the other forms of a given name in small letters, both ways.
var nicknames = func() map[string][]string {
	var table map[string]string
	if err := yaml.Unmarshal(nicknamesYAML, &table); err != nil {
		panic(fmt.Sprintf("nicknames.yaml: %v", err))
	}
	m := map[string][]string{}
	for name, short := range table {
		for s := range strings.FieldsSeq(short) {
			m[strings.ToLower(name)] = append(m[strings.ToLower(name)], s)
			m[strings.ToLower(s)] = append(m[strings.ToLower(s)], name)
		}
	}
	return m
}()

// latinName is a name in Latin or another script with capitals.
type latinName struct {
	first   string
	middle  []string
	last    string // with its particles
	bare    string // without them
	spanish string // the last two words, where they may be two surnames
}

// parseLatin takes a name apart; ok is false for one of a single word.
func parseLatin(s string) (n latinName, ok bool) {
	before, behind, comma := strings.Cut(s, ",")
	if comma && !titles.dropped[strings.ToLower(strings.Trim(behind, " ."))] {
		s = strings.TrimSpace(behind) + " " + strings.TrimSpace(before)
	}
	var words []string
	for _, w := range strings.Fields(strings.ReplaceAll(s, ",", " ")) {
		w = strings.TrimRight(w, ".")
		if w == "" || titles.dropped[strings.ToLower(w)] {
			continue
		}
		if lexicon.Shouted([]rune(w)) {
			w = string(lexicon.TitleCase([]rune(w)))
		}
		words = append(words, w)
	}
	if len(words) < 2 {
		return n, false
	}
	n.first = words[0]
	at := len(words) - 1
	for i := 1; i < len(words)-1; i++ {
		if titles.particles[strings.ToLower(words[i])] {
			at = i
			break
		}
	}
	n.middle = words[1:at]
	n.last = strings.Join(words[at:], " ")
	n.bare = words[len(words)-1]
	if at == len(words)-1 && len(words) > 2 && len(words[at-1]) > 2 {
		n.spanish = words[at-1] + " " + words[at]
	}
	return n, true
}

// letters are the ways in which a name's special letters are written: José as
// Jose, Müller as Muller and Mueller.
func letters(s string) []string {
	out := []string{s}
	add := func(t string) {
		for _, o := range out {
			if o == t {
				return
			}
		}
		out = append(out, t)
	}
	add(unaccented(germanLetters.Replace(s)))
	add(unaccented(plainLetters.Replace(s)))
	return out
}

var (
	germanLetters = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue", "ß", "ss", "ø", "oe", "Ø", "Oe", "å", "aa", "Å", "Aa", "æ", "ae", "Æ", "Ae", "œ", "oe", "ñ", "n", "ł", "l", "Ł", "L", "đ", "d", "Đ", "D", "ð", "d", "þ", "th", "Þ", "Th", "ı", "i", "İ", "I")
	plainLetters  = strings.NewReplacer("ß", "ss", "ø", "o", "Ø", "O", "æ", "ae", "Æ", "Ae", "œ", "oe", "ł", "l", "Ł", "L", "đ", "d", "Đ", "D", "ð", "d", "þ", "th", "Þ", "Th", "ı", "i", "İ", "I")
)

// unaccented is s without marks over and under its letters.
func unaccented(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// hyphens are the ways in which a part with a hyphen or an apostrophe is
// written: O'Neil, ONeil, O Neil; Jean-Luc, Jean Luc, Jeanluc.
func hyphens(s string) []string {
	out := []string{s}
	if strings.ContainsAny(s, "-'’") {
		r := strings.NewReplacer("-", " ", "'", " ", "’", " ")
		out = append(out, r.Replace(s), strings.NewReplacer("-", "", "'", "", "’", "").Replace(s))
	}
	return out
}

// joined is a part in small letters without anything between them.
func joined(s string) string {
	return strings.ToLower(strings.Join(lettersOf(s), ""))
}

// latin adds the forms of a person's name in Latin letters.
func (b *builder) latin(name string) {
	for _, s := range letters(name) {
		n, ok := parseLatin(s)
		if !ok {
			continue
		}
		if b.pinyinName(n) && b.stage == certain {
			continue
		}
		b.latinFull(n)
		if b.stage == certain {
			continue
		}
		b.latinShort(n)
	}
}

// pinyinName adds the forms of a Chinese name that is registered in pinyin, in
// either order.
func (b *builder) pinyinName(n latinName) bool {
	found := false
	words := append(append([]string{n.first}, n.middle...), strings.Fields(n.last)...)
	if len(words) > 3 {
		return false
	}
	try := func(family string, given []string) {
		if family = joined(family); !spelledSurnames()[family] {
			return
		}
		g, ok := syllables(joined(strings.Join(given, "")))
		if !ok || len(g) > 2 {
			return
		}
		found = true
		b.spelled([]string{family}, g)
	}
	try(words[0], words[1:])
	try(words[len(words)-1], words[:len(words)-1])
	return found
}

// syllables parts pinyin without tones into syllables, the fewest.
func syllables(s string) ([]string, bool) {
	if len(s) > 12 {
		return nil, false
	}
	all := allSyllables()
	if all[s] {
		return []string{s}, true
	}
	for i := min(6, len(s)-1); i > 0; i-- {
		if all[s[:i]] && all[s[i:]] {
			return []string{s[:i], s[i:]}, true
		}
	}
	return nil, false
}

// allSyllables are the syllables of pinyin, those of common runes.
var allSyllables = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for r := rune(0x4e00); r < 0x9fa6; r++ {
		if hs := heteronyms(r); len(hs) > 0 && len(hs[0]) > 1 {
			for _, u := range umlauts(hs[0]) {
				m[u] = true
			}
		}
	}
	return m
})

// latinFull adds both orders of the whole name.
func (b *builder) latinFull(n latinName) {
	lasts := hyphens(n.last)
	if n.bare != n.last {
		lasts = append(lasts, hyphens(n.bare)...)
	}
	if n.spanish != "" {
		lasts = append(lasts, n.spanish)
	}
	for _, f := range hyphens(n.first) {
		for _, l := range lasts {
			b.spaced("latin-order", 0, f+" "+l, l+" "+f, l+", "+f, l+","+f)
			if len(n.middle) > 0 {
				m := strings.Join(n.middle, " ")
				b.spaced("latin-middle", 0, f+" "+m+" "+l, l+", "+f+" "+m, l+" "+f+" "+m)
			}
		}
	}
	if len(n.middle) > 0 && len(n.middle[0]) > 2 {
		b.spaced("latin-middle", 0, n.middle[0]+" "+n.last)
	}
	f := joined(n.first)
	for _, last := range unique(n.last, n.bare) {
		l := joined(last)
		b.handles("latin-joined", f+l, l+f)
		for _, sign := range []string{".", "-", " "} {
			b.spaced("latin-joined", 0, f+sign+l, l+sign+f)
		}
	}
	if dashed := strings.NewReplacer(" ", "-", "'", "").Replace(strings.ToLower(n.last)); strings.Contains(dashed, "-") {
		b.spaced("latin-joined", 0, f+"-"+dashed, f+"."+dashed, f+"."+strings.ReplaceAll(dashed, "-", "."))
	}
	for _, m := range n.middle {
		b.handles("latin-joined", f+joined(m)+joined(n.last))
		b.spaced("latin-joined", 0, f+"."+joined(m)+"."+joined(n.last), f+"."+joined(m[:1])+"."+joined(n.last), f+"-"+joined(m)+"-"+joined(n.last))
	}
}

// unique are the texts that differ.
func unique(texts ...string) []string {
	var out []string
next:
	for _, s := range texts {
		for _, o := range out {
			if s == o {
				continue next
			}
		}
		out = append(out, s)
	}
	return out
}

// latinShort adds the forms that leave part of the name out.
func (b *builder) latinShort(n latinName) {
	is := initialsOf(append([]string{n.first}, n.middle...))
	f := joined(n.first)
	for _, last := range unique(n.last, n.bare) {
		for _, l := range hyphens(last) {
			b.initials("latin-initials", l, n.first, is, n.middle)
			if two := strings.FieldsFunc(n.first, func(r rune) bool { return r == '-' }); len(two) > 1 {
				b.initials("latin-initials", l, n.first, initialsOf(two), nil)
			}
			b.englishTitles(l)
		}
		b.accounts("latin-handle", joined(last), f, strings.ToLower(strings.Join(is, "")))
		b.surname(last)
	}
	if n.spanish != "" {
		b.initials("latin-initials", n.spanish, n.first, is[:1], nil)
		b.englishTitles(n.spanish)
	}
	b.monogram("latin-monogram", append(is, initialsOf([]string{n.bare})...))
	if len(is) > 1 {
		b.monogram("latin-monogram", []string{is[0], initialsOf([]string{n.bare})[0]})
	}
	b.mail("given-mail", f)
	for _, w := range unique(append([]string{n.first}, n.middle...)...) {
		if len(w) > 2 {
			b.add("latin-given", redact.Capitals, w)
		}
		if w := joined(w); telling(w) {
			b.add("latin-given", 0, w)
		}
	}
	for _, nick := range nicknames[strings.ToLower(n.first)] {
		for _, last := range unique(n.last, n.bare) {
			l := joined(last)
			b.spaced("latin-nickname", 0, nick+" "+last, last+", "+nick, last+" "+nick)
			b.handles("latin-nickname", joined(nick)+l, joined(nick)+"."+l, l+"."+joined(nick), joined(nick)+"-"+l)
			b.initials("latin-nickname", last, nick, []string{nick[:1]}, nil)
		}
	}
}

// surname adds a surname alone, unless many have it or it is a word.
func (b *builder) surname(last string) {
	parts := []string{last}
	if words := strings.FieldsFunc(last, func(r rune) bool { return r == '-' || r == ' ' }); len(words) > 1 {
		for _, w := range words {
			if !titles.particles[strings.ToLower(w)] {
				parts = append(parts, w)
			}
		}
	}
	for _, p := range parts {
		for _, l := range hyphens(p) {
			switch w := joined(l); {
			case strings.Contains(l, " "):
				b.add("latin-surname", redact.Capitals, l) // van der Berg, ten Brink
			case spelledSurnames()[w] || plain(l) || len(w) < 4:
				b.add("latin-surname-word", redact.Capitals, l)
			case telling(w):
				b.add("latin-surname", 0, l, w)
			default:
				b.add("latin-surname", redact.Capitals, l)
			}
		}
	}
}

// english adds the forms of a Chinese person with an English given name: Tony
// for 王小明 makes Tony Wang.
func (b *builder) english(alias string, family, given []rune) {
	if !b.wants("alias-surname") {
		return
	}
	f := string(family)
	b.add("alias-surname", 0, alias+f, alias+" "+f, f+alias)
	b.add("alias-surname", redact.Capitals, alias+"老师", alias+"总", alias+"哥", alias+"姐")
	var spelled []string
	for _, s := range readSurname(family) {
		spelled = append(spelled, umlauts(strings.Join(s, ""))...)
	}
	spelled = append(spelled, regional(family)...)
	a := joined(alias)
	for _, s := range spelled {
		l := capital(s)
		j := joined(s)
		b.spaced("alias-surname", 0, alias+" "+l, l+" "+alias, l+", "+alias)
		b.handles("alias-surname", a+j, j+a, a+"."+j, a+"-"+j, j+"."+a)
		b.accounts("alias-surname", j, a, a[:1])
		b.initials("alias-surname", l, alias, []string{capital(a[:1])}, nil)
		for _, g := range read(given, 1, usual) {
			for _, w := range written(g) {
				b.spaced("alias-surname", 0, alias+" "+w+" "+l, alias+" "+l+" "+w, l+" "+w+" "+alias, l+" "+alias+" "+w)
			}
			i := capital(g[0][:1])
			b.add("alias-surname", redact.Capitals, alias+" "+i+". "+l, alias+" "+i+" "+l)
			one := capital(strings.Join(g, ""))
			b.spaced("alias-surname", 0, l+" "+one+" ("+alias+")", one+" ("+alias+") "+l, alias+" ("+one+") "+l)
		}
	}
}
