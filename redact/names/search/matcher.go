// Package search finds given texts, such as the names of a registry, wherever
// they stand.
package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/search/ahocorasick"
)

// WhyRegistry is the reason of a term that is a name of the registry.
const WhyRegistry = "registry"

// A Matcher finds given names wherever they stand. It is a redact.Detector and
// safe for concurrent use.
//
// Texts are compared folded: width, case, accents composed or not, invisible
// signs, the sorts of dashes and middle dots, a line break or a space between
// two Han runes and several spaces elsewhere make no difference. A term that
// begins or ends in Latin, Cyrillic or another script with word bounds matches
// whole words only. A single Latin word with a capital, such as a given name,
// matches only where it is written with one, unless the registry holds it. Where
// else a term is found only in part of the places is said by its Only.
//
// A match inside a longer one is left out; of two that overlap otherwise both
// are given, so that no rune of either stays.
type Matcher struct {
	a     *ahocorasick.Automaton
	terms []redact.Term // beside the automaton's texts
	proud []bool        // beside terms: to be written with a capital
	only  []narrow      // beside terms
}

// NewMatcher is a Matcher of terms. Of terms that fold to the same text the
// registry's counts, then the first of the sure tier.
func NewMatcher(terms []redact.Term) *Matcher {
	m := &Matcher{}
	index := map[string]int{}
	var texts [][]rune
	for _, t := range terms {
		k := fold.Key(t.Text)
		if k == "" || redact.IsLabel(t.Text) {
			continue
		}
		proud := t.Why != WhyRegistry && singleWord(t.Text)
		i, ok := index[k]
		if !ok {
			index[k] = len(m.terms)
			m.terms = append(m.terms, t)
			m.proud = append(m.proud, proud)
			m.only = append(m.only, narrowed(t))
			texts = append(texts, []rune(k))
			continue
		}
		m.proud[i] = m.proud[i] && proud // one of them may be written small
		m.only[i] = m.only[i].or(narrowed(t))
		if weight(t) > weight(m.terms[i]) {
			m.terms[i] = t
		}
	}
	m.a = ahocorasick.New(texts)
	return m
}

// weight orders terms of one text: a name of the registry, a form of one, another.
func weight(t redact.Term) int {
	switch {
	case t.Why == WhyRegistry:
		return 4
	case strings.HasPrefix(t.Why, WhyRegistry+"/"):
		return 2*int(t.Tier) + 1
	}
	return 2 * int(t.Tier)
}

// singleWord reports whether s is one word of Latin letters with a capital.
func singleWord(s string) bool {
	for i, r := range []rune(s) {
		if !unicode.Is(unicode.Latin, r) || i == 0 && !unicode.IsUpper(r) {
			return false
		}
	}
	return s != ""
}

// ID names the method.
func (m *Matcher) ID() string { return "names/search/2" }

// Detect finds the terms in the page's spans.
func (m *Matcher) Detect(ctx context.Context, p redact.Page) ([]redact.Finding, error) {
	var out []redact.Finding
	for _, s := range p.Spans {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		text := []rune(s.Text)
		hidden := redact.LabelRunes(text)
		for _, h := range m.match(text) {
			if slices.ContainsFunc(hidden, func(l [2]int) bool { return l[0] < h.end && h.start < l[1] }) {
				continue
			}
			t := m.terms[h.term]
			f := p.Found(s, text, h.start, h.end)
			f.Kind, f.Tier, f.Why, f.Score, f.By = t.Kind, t.Tier, cmp.Or(t.Why, "search"), 1, m.ID()
			out = append(out, f)
		}
	}
	return out, nil
}

type hit struct{ start, end, term int }

// match gives the longest matches in text, by place.
func (m *Matcher) match(text []rune) []hit {
	f := fold.Of(text)
	var hits []hit
	m.a.Find(f.Runes, func(a, b, id int) {
		if fold.Bounded(f.Runes[a]) && a > 0 && fold.Bounded(f.Runes[a-1]) || fold.Bounded(f.Runes[b-1]) && b < len(f.Runes) && fold.Bounded(f.Runes[b]) {
			return
		}
		from, to := f.Start[a], f.End[b-1]
		if m.proud[id] && !unicode.IsUpper(text[from]) {
			return
		}
		if o := m.only[id]; o.caps != 0 || o.whole {
			if !o.allows(text, f, a, b) {
				return
			}
		}
		hits = append(hits, hit{from, to, id})
	})
	slices.SortFunc(hits, func(x, y hit) int {
		return cmp.Or(cmp.Compare(x.start, y.start), cmp.Compare(y.end, x.end), cmp.Compare(x.term, y.term))
	})
	out := hits[:0]
	end := 0
	for _, h := range hits { // one inside another begins no earlier and ends no later
		if h.end > end {
			out = append(out, h)
			end = h.end
		}
	}
	return out
}
