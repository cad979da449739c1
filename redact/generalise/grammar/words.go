package grammar

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"consentry/redact"
)

//go:embed grammar.yaml
var grammarYAML []byte

type lists struct {
	ZH []string `yaml:"zh"`
	EN []string `yaml:"en"`
}

// A grammar is the words of grammar.yaml.
type grammar struct {
	HonorificsBefore []string            `yaml:"honorifics_before"`
	HonorificsAfter  lists               `yaml:"honorifics_after"`
	OfSurname        []string            `yaml:"honorifics_surname_zh"`
	Familiar         []string            `yaml:"familiar_before_zh"`
	NotOwned         []string            `yaml:"not_owned"`
	Spouse           []string            `yaml:"spouse_after_zh"`
	TitleAfter       map[string]string   `yaml:"title_after_zh"`
	GenderedPosts    map[string]string   `yaml:"gendered_posts"`
	SameBefore       map[string][]string `yaml:"same_before"`
	NotBefore        string              `yaml:"not_before"`
	LegalAfter       lists               `yaml:"legal_after"`
	NotAfter         string              `yaml:"not_after"`
	FamilyWords      []string            `yaml:"families"`
	PluralNextWords  []string            `yaml:"plural_next"`
	Determiners      []string            `yaml:"determiners"`
	Abbreviations    []string            `yaml:"abbreviations"`
	AboutBefore      lists               `yaml:"about_before"`
	DaytimeAfter     []string            `yaml:"daytime_after"`
	Examples         []struct {
		Rule string `yaml:"rule"`
		In   string `yaml:"in"`
		Out  string `yaml:"out"`
	} `yaml:"examples"`

	families, pluralNext         [][]rune
	legal                        [][]rune
	determiners, abbreviations   map[string]bool
	before                       map[string]bool
	afterZH, surname, afterTitle [][]rune
	afterEN, spouse, daytime     [][]rune
	notOwned                     [][]rune
}

var vocabulary = mustGrammar(grammarYAML)

func mustGrammar(b []byte) grammar {
	var g grammar
	if err := yaml.Unmarshal(b, &g); err != nil {
		panic(fmt.Sprintf("grammar.yaml: %v", err)) // it is embedded: a mistake of ours
	}
	g.families, g.pluralNext = byLength(g.FamilyWords), byLength(g.PluralNextWords)
	g.legal = byLength(append(slices.Clone(g.LegalAfter.ZH), g.LegalAfter.EN...))
	g.determiners, g.abbreviations, g.before = set(g.Determiners), set(g.Abbreviations), set(g.HonorificsBefore)
	g.afterZH, g.surname, g.afterEN = byLength(g.HonorificsAfter.ZH), byLength(g.OfSurname), byLength(g.HonorificsAfter.EN)
	g.spouse, g.daytime = byLength(g.Spouse), byLength(g.DaytimeAfter)
	g.notOwned = byLength(g.NotOwned)
	for t := range g.TitleAfter {
		g.afterTitle = append(g.afterTitle, []rune(t))
	}
	return g
}

func set(ws []string) map[string]bool {
	m := map[string]bool{}
	for _, w := range ws {
		m[w] = true
	}
	return m
}

// byLength are words, the longest first.
func byLength(ws []string) [][]rune {
	var out [][]rune
	for _, w := range ws {
		out = append(out, []rune(w))
	}
	slices.SortStableFunc(out, func(a, b []rune) int { return len(b) - len(a) })
	return out
}

// title: 王总, 老王, 小李 as a whole, and 张伟明总.
func (c *cursor) title(found []rune) {
	for _, r := range found {
		if !unicode.Is(unicode.Han, r) {
			return
		}
	}
	if len(found) == 1 {
		for _, w := range vocabulary.Familiar {
			if r, _ := utf8.DecodeRuneInString(w); c.e.Start > c.lo && c.text[c.e.Start-1] == r {
				c.e.Start--
				return
			}
		}
	}
	if len(found) == 1 { // a surname is not alone: 王总和 is 王总 with somebody
		c.e.End += c.any(c.e.End, vocabulary.surname)
		return
	}
	n := c.any(c.e.End, vocabulary.afterTitle)
	if n == 0 {
		return
	}
	next := c.e.End + n
	if next < len(c.text) && strings.ContainsRune(vocabulary.TitleAfter[string(c.text[c.e.End:next])], c.text[next]) {
		return
	}
	c.e.End = next
}

// honorificAfter: 先生 and the like, PhD. The wife of somebody with a full name is
// another person.
func (c *cursor) honorificAfter(found []rune) {
	if len(found) > 1 && unicode.Is(unicode.Han, found[0]) {
		if n := c.any(c.e.End, vocabulary.spouse); n > 0 {
			c.e.End += n
			if r, _ := utf8.DecodeRuneInString(c.e.With); unicode.Is(unicode.Han, r) {
				c.e.With += "的配偶"
			} else {
				c.e.With = c.ofHim("spouse")
			}
			return
		}
	}
	c.e.End += c.any(c.e.End, vocabulary.afterZH)
	at := c.e.End
	if at < c.hi && c.text[at] == ',' {
		at++
	}
	for at < c.hi && blank(c.text[at]) && at < c.e.End+3 {
		at++
	}
	if n := c.any(at, vocabulary.afterEN); at > c.e.End && n > 0 {
		c.e.End = at + n
	}
}

// honorificBefore: Mr., Prof. Dr., Mr. and Mrs.
func (c *cursor) honorificBefore() {
	taken := 0
	for ; taken < 3; taken++ {
		w, start := c.wordBefore(c.e.Start)
		if !vocabulary.before[w] && !vocabulary.before[capital(strings.ToLower(w))] || w == strings.ToLower(w) {
			break
		}
		c.e.Start = start
	}
	if taken == 0 {
		return
	}
	if w, and := c.wordBefore(c.e.Start); w == "and" {
		if w, start := c.wordBefore(and); vocabulary.before[w] {
			c.e.Start = start
			c.e.With += " and spouse"
		}
	}
}

// genderedPost: Chairwoman Petrova is Chair Customer A.
func (c *cursor) genderedPost() {
	w, start := c.wordBefore(c.e.Start)
	to := vocabulary.GenderedPosts[strings.ToLower(w)]
	if to == "" {
		return
	}
	if w != strings.ToLower(w) {
		to = capital(to)
	}
	c.e.Start, c.e.With = start, to+" "+c.e.With
}

// legalForm: what is left of a company's name behind it.
func (c *cursor) legalForm() {
	last, _ := utf8.DecodeLastRuneInString(c.e.With)
	for range 2 {
		at := c.e.End
		if n := c.any(at, vocabulary.legal); n > 0 && unicode.Is(unicode.Han, c.text[at]) {
			if at+n < len(c.text) && strings.ContainsRune(vocabulary.NotAfter, c.text[at+n]) {
				return
			}
			c.e.End += n
			continue
		}
		if unicode.Is(unicode.Han, last) {
			return
		}
		if at < c.hi && c.text[at] == ',' {
			at++
		}
		for at < c.hi && blank(c.text[at]) && at < c.e.End+3 {
			at++
		}
		n := c.any(at, vocabulary.legal)
		if n == 0 || at == c.e.End || unicode.Is(unicode.Han, c.text[at]) {
			return
		}
		c.e.End = at + n
	}
}

// sameBefore: 客户客户A, Company Company A, company a manufacturing group.
func (c *cursor) sameBefore() bool {
	for _, w := range vocabulary.SameBefore[string(c.e.Kind)] {
		if r, _ := utf8.DecodeRuneInString(w); r < 0x250 {
			if word, start := c.wordBefore(c.e.Start); strings.EqualFold(word, w) {
				before, _ := c.wordBefore(start)
				if c.e.Kind == redact.Organisation && word == w && before != "" && !vocabulary.determiners[strings.ToLower(before)] {
					continue // the consulting firm Northmere
				}
				c.e.Start = start
				return true
			}
			continue
		}
		rs := []rune(w)
		from := c.e.Start - len(rs)
		if from < c.lo || !hasAt(c.text, from, rs) || from > 0 && strings.ContainsRune(vocabulary.NotBefore, c.text[from-1]) {
			continue
		}
		c.e.Start = from
		return true
	}
	return false
}

// dropThe: the customer Petrova is Customer A, not the Customer A.
func (c *cursor) dropThe() {
	if w, start := c.wordBefore(c.e.Start); strings.EqualFold(w, "the") {
		c.e.Start = start
	}
}

// value: on 17 March becomes in the first half, about 37,412 over 30,000.
func (c *cursor) value() {
	w, start := c.wordBefore(c.e.Start)
	low := strings.ToLower(w)
	half := strings.HasPrefix(c.e.With, "the ") && (strings.Contains(c.e.With, " half of ") || strings.Contains(c.e.With, " quarter of ") || strings.HasSuffix(c.e.With, "0s"))
	if low == "on" && half {
		in := "in "
		if w != low {
			in = "In "
		}
		c.e.Start, c.e.With = start, in+c.e.With
		return
	}
	if strings.HasPrefix(c.e.With, "about ") || strings.HasPrefix(c.e.With, "over ") {
		if slices.Contains(vocabulary.AboutBefore.EN, low) {
			c.e.Start = start
		} else if low == "than" {
			if more, from := c.wordBefore(start); strings.EqualFold(more, "more") {
				c.e.Start = from
			}
		}
	}
	if strings.HasPrefix(c.e.With, "约") || strings.Contains(c.e.With, "余") {
		for _, a := range vocabulary.AboutBefore.ZH {
			if rs := []rune(a); c.e.Start-len(rs) >= c.lo && hasAt(c.text, c.e.Start-len(rs), rs) {
				c.e.Start -= len(rs)
				break
			}
		}
	}
	if strings.HasSuffix(c.e.With, "半年") || strings.HasSuffix(c.e.With, "季度") {
		c.e.End += c.any(c.e.End, vocabulary.daytime)
	}
}
