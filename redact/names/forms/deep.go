package forms

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/search"
)

// Clues are what somebody who has the registry can look for in a text that was
// anonymised: a dictionary attack.
type Clues struct {
	Forms    []string // every form of every rule, in small letters; longer ones hold shorter ones
	Initials []string // in capitals, of two letters and more
	Lengths  []int    // runes of a name and of its parts: ** for 小明 tells its length

	found *search.Matcher
}

// Deep lists the clues to one subject. It holds all that Registered and Derive
// search for and what these leave out because it means something else in most
// texts: everyday words, two initials, rare readings, a surname in pinyin.
func Deep(kind redact.Kind, names []string) Clues {
	b := newBuilder(attack, kind)
	b.subject(names)
	var c Clues
	for _, n := range names {
		n = fold.OneLine(n)
		b.named(redact.Term{Text: n, Kind: kind})
		for _, v := range Variants(n) {
			b.put(redact.Term{Text: v, Kind: kind})
		}
		for _, t := range Derive([]redact.Finding{{Kind: kind, Tier: redact.Sure, Text: n}}) {
			b.put(t)
		}
		c.measure(n)
	}
	var terms []redact.Term
	for _, t := range b.terms {
		switch {
		case initialsOnly(t.Text):
			c.Initials = append(c.Initials, t.Text)
			terms = append(terms, redact.Term{Text: t.Text, Kind: kind, Only: redact.Capitals})
			continue
		case utf8.RuneCountInString(t.Text) < 2:
			continue
		}
		c.Forms = append(c.Forms, strings.ToLower(t.Text))
		terms = append(terms, redact.Term{Text: strings.ToLower(t.Text), Kind: kind, Only: t.Only & redact.WholeWord})
	}
	slices.Sort(c.Forms)
	slices.Sort(c.Initials)
	slices.Sort(c.Lengths)
	c.Forms, c.Initials, c.Lengths = slices.Compact(c.Forms), slices.Compact(c.Initials), slices.Compact(c.Lengths)
	c.found = search.NewMatcher(terms)
	return c
}

// measure notes the lengths of a name and its parts.
func (c *Clues) measure(name string) {
	rs := []rune(name)
	c.Lengths = append(c.Lengths, len(rs))
	if allHan(rs) && len(rs) <= 4 {
		for _, s := range splits(rs) {
			c.Lengths = append(c.Lengths, len(s[1]))
		}
		return
	}
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
		c.Lengths = append(c.Lengths, utf8.RuneCountInString(w))
	}
}

// initialsOnly reports whether s is two to six capitals.
func initialsOnly(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return len(s) >= 2 && len(s) <= 6
}

// In lists the forms and initials that stand in a text, as they are written
// there. It is empty for a text that tells nothing.
func (c Clues) In(text string) []string {
	if c.found == nil {
		return nil
	}
	fs, err := c.found.Detect(context.Background(), redact.Page{Spans: []redact.Span{{Text: text}}})
	if err != nil {
		return nil // only a cancelled context ends a search
	}
	var out []string
	for _, f := range fs {
		out = append(out, f.Text)
	}
	return out
}

// Masks lists the runs of one mask sign in a text that are as long as a name or
// a part of it: 王**, W****, ■■■. They tell its length.
func (c Clues) Masks(text string) []string {
	var out []string
	rs := []rune(text)
	for i := 0; i < len(rs); {
		j := i + 1
		for j < len(rs) && rs[j] == rs[i] {
			j++
		}
		if strings.ContainsRune("*＊×✕xX_＿█■□▇▓●○•·?？#", rs[i]) && (j-i > 1 || strings.ContainsRune("*＊×█■□●○", rs[i])) && slices.Contains(c.Lengths, j-i) {
			out = append(out, string(rs[i:j]))
		}
		i = j
	}
	return out
}
