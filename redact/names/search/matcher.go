// Package search finds given texts, such as the names of a registry, wherever
// they stand.
package search

import (
	"cmp"
	"context"
	"iter"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
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
	a       *ahocorasick.Automaton
	classes []class  // what the terms are; there are few
	class   []uint32 // of each of the automaton's keys
	part    int      // how many runes of a text are searched in one go
}

// partRunes is so few that what is folded stays in the cache.
const partRunes = 1 << 13

// class is what terms have in common.
type class struct {
	kind  redact.Kind
	tier  redact.Tier
	why   string
	proud bool   // to be written with a capital
	only  narrow // what else the place must be like
}

// NewMatcher is a Matcher of terms. Of terms that fold to the same text the
// registry's counts, then the first of the sure tier.
func NewMatcher(terms []redact.Term) *Matcher {
	m := &Matcher{part: partRunes}
	var keys []int32
	m.a, keys = ahocorasick.New(len(terms), folded(terms))
	if m.a.Has('\n') { // a name over a blank line: of somebody's making, but to be found
		m.part = math.MaxInt
	}
	m.class = make([]uint32, m.a.Keys())
	m.classes = append(m.classes, class{}) // of keys without one yet
	index := map[class]uint32{}
	last, at := class{}, uint32(0)
	for i, t := range terms {
		if keys[i] < 0 {
			continue
		}
		k := &m.class[keys[i]]
		c := class{t.Kind, t.Tier, t.Why, t.Why != WhyRegistry && singleWord(t.Text), narrowed(t)}
		if *k > 0 {
			old := m.classes[*k]
			proud, only := old.proud && c.proud, old.only.or(c.only) // one of them may be written small
			if weight(old) >= weight(c) {
				c = old
			}
			c.proud, c.only = proud, only
		}
		if c != last || at == 0 { // the next is mostly like the one before
			if at = index[c]; at == 0 {
				at = uint32(len(m.classes))
				index[c] = at
				m.classes = append(m.classes, c)
			}
			last = c
		}
		*k = at
	}
	return m
}

// weight orders terms of one text: a name of the registry, a form of one, another.
func weight(c class) int {
	switch {
	case c.why == WhyRegistry:
		return 4
	case strings.HasPrefix(c.why, WhyRegistry+"/"):
		return 2*int(c.tier) + 1
	}
	return 2 * int(c.tier)
}

// singleWord reports whether s is one word of Latin letters with a capital.
func singleWord(s string) bool {
	for i, r := range s {
		if !fold.Bounded(r) || !unicode.Is(unicode.Latin, r) || i == 0 && !unicode.IsUpper(r) {
			return false
		}
	}
	return s != ""
}

// folded are the terms' texts as they are searched for, in sets that are folded
// at once and handed over in order. Our own labels are none.
func folded(terms []redact.Term) iter.Seq[*ahocorasick.Texts] {
	const atOnce = 4096
	fold := func(part []redact.Term, set *ahocorasick.Texts) {
		var text fold.Text
		set.Reset()
		for _, t := range part {
			if isLabel(t.Text) {
				set.Add(nil)
			} else {
				set.Add(text.Key(t.Text))
			}
		}
	}
	return func(yield func(*ahocorasick.Texts) bool) {
		if len(terms) <= atOnce {
			var set ahocorasick.Texts
			fold(terms, &set)
			yield(&set)
			return
		}
		type result chan *ahocorasick.Texts
		workers := runtime.GOMAXPROCS(0)
		order := make(chan result, workers) // not more at once than there is room for
		free := make(result, workers+3)
		for range cap(free) {
			free <- new(ahocorasick.Texts)
		}
		go func() {
			for part := range slices.Chunk(terms, atOnce) {
				r := make(result, 1)
				order <- r
				go func() {
					set := <-free
					fold(part, set)
					r <- set
				}()
			}
			close(order)
		}()
		for r := range order {
			set := <-r
			if !yield(set) {
				panic("search: the automaton takes all texts")
			}
			free <- set
		}
	}
}

// ID names the method.
func (m *Matcher) ID() string { return "names/search/3" }

// Detect finds the terms in the page's passages, and over two lines of which one
// stands below the other, where a term is the end of one and the beginning of the
// other.
func (m *Matcher) Detect(ctx context.Context, p redact.Page) ([]redact.Finding, error) {
	var out []redact.Finding
	found := func(q redact.Passage, fits func(h hit) bool) {
		labels := hidden{text: q.Text}
		hits := m.match(q.Text)
		out = slices.Grow(out, len(hits))
		for _, h := range hits {
			if labels.touch(h.start, h.end) || !fits(h) {
				continue
			}
			c := m.classes[m.class[h.key]]
			f := redact.Finding{Kind: c.kind, Tier: c.tier, Why: cmp.Or(c.why, "search"), Score: 1, By: m.ID()}
			out = p.AppendFound(out, q, h.start, h.end, f)
		}
	}
	for _, q := range p.Passages() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found(q, func(hit) bool { return true })
	}
	stacked := p.Stacked()
	if len(stacked) == 0 {
		return out, nil
	}
	for _, q := range stacked {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found(q, func(h hit) bool {
			inside := func(i int) bool { // a longer run of Han may be another name
				return i > 0 && i < len(q.Text) && fold.IsHan(q.Text[i-1]) && fold.IsHan(q.Text[i])
			}
			return h.start < q.Pieces[0].End && h.end > q.Pieces[1].Start && !inside(h.start) && !inside(h.end)
		})
	}
	return distinct(out), nil
}

// distinct leaves out what a passage and two stacked lines both gave.
func distinct(fs []redact.Finding) []redact.Finding {
	type place struct{ span, start, end int }
	seen := map[place]string{}
	return slices.DeleteFunc(fs, func(f redact.Finding) bool {
		at := place{f.Region.Span, f.Region.Start, f.Region.End}
		text, ok := seen[at]
		if !ok {
			seen[at] = f.Text
		}
		return ok && fold.Key(text) == fold.Key(f.Text)
	})
}

// A hit is a place of a key, in runes of a text.
type hit struct{ start, end, key int }

var scratch = sync.Pool{New: func() any { return new(fold.Text) }}

// match gives the longest matches in text, by place.
func (m *Matcher) match(text []rune) []hit {
	f := scratch.Get().(*fold.Text)
	defer scratch.Put(f)
	var hits []hit // each begins and ends behind the one before
	for at := 0; at < len(text); {
		end := at + partEnd(text[at:], m.part)
		f.Fold(text[at:end])
		m.a.Find(f.Runes, func(a, b, key int) {
			h := hit{at + f.Start[a], at + f.End[b-1], key}
			c := m.classes[m.class[key]]
			if c.proud && !unicode.IsUpper(text[h.start]) || (c.only.caps != 0 || c.only.whole) && !c.only.allows(text[at:end], f, a, b) {
				return
			}
			for n := len(hits); n > 0 && hits[n-1].start >= h.start; n = len(hits) {
				if hits[n-1].start == h.start && hits[n-1].end == h.end { // parts of one cluster
					h.key = min(h.key, hits[n-1].key)
				}
				hits = hits[:n-1]
			}
			if n := len(hits); n == 0 || hits[n-1].end < h.end {
				hits = append(hits, h)
			}
		})
		at = end
	}
	return thinned(hits)
}

// partEnd is the end of the first part of text that is searched by itself: a blank
// line, which no name goes over, behind so many runes.
func partEnd(text []rune, runes int) int {
	breaks := 0
	for i := runes; i < len(text); i++ {
		switch text[i] {
		case '\n':
			if breaks++; breaks == 2 {
				return i + 1
			}
		case '\r', ' ', '\t':
		default:
			breaks = 0
		}
	}
	return len(text)
}

// thinned leaves out matches of a term with itself (王王 in 王王王王) that those
// beside them cover, so that what is found of a text that repeats itself does not
// grow with its length times the term's.
func thinned(hits []hit) []hit {
	out := hits[:0]
	for i := 0; i < len(hits); {
		j := i + 1
		for j < len(hits) && hits[j].start < hits[j-1].end {
			j++
		}
		out = append(out, covering(hits[i:j])...)
		i = j
	}
	return out
}

// covering thins hits of which each overlaps the next.
func covering(hits []hit) []hit {
	if len(hits) < 3 {
		return hits
	}
	keep := make([]bool, len(hits))
	type last struct{ kept, later int } // later overlaps kept, and may be covered, or is -1
	of := map[int]last{}
	for i, h := range hits {
		l, ok := of[h.key]
		if ok && h.start > hits[l.kept].end && l.later >= 0 { // later was needed
			keep[l.later] = true
			l = last{l.later, -1}
		}
		if ok && h.start < hits[l.kept].end {
			l.later = i
		} else {
			keep[i] = true
			l = last{i, -1}
		}
		of[h.key] = l
	}
	for _, l := range of {
		if l.later >= 0 {
			keep[l.later] = true
		}
	}
	out := make([]hit, 0, len(hits))
	for i, h := range hits {
		if keep[i] {
			out = append(out, h)
		}
	}
	return out
}
