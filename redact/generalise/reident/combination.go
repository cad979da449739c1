package reident

import (
	"slices"
	"strings"

	"consentry/redact"
)

// date and figure are details that are no words of the trie.
const (
	date what = iota + 20
	figure
)

// A detail is one that only counts together with others.
type detail struct {
	start, end int
	what       what
}

// combined hints at sentences, then paragraphs, where many kinds of details meet.
// A post or a hidden name has to be among them: without it they are of nobody.
func (f *Finder) combined(text []rune, ends []sentence, details []detail, cut [][2]int) []hit {
	if len(details) == 0 {
		return nil
	}
	slices.SortStableFunc(details, func(a, b detail) int { return a.start - b.start })
	details = slices.DeleteFunc(details, func(d detail) bool { return overlaps(cut, d.start, d.end) })
	var out []hit
	group := func(from, to, least int, key func(i int) int, name func(from, to int) bool) map[int]bool {
		hit2 := map[int]bool{}
		for i := from; i < to; {
			j := i
			kinds := map[what]bool{}
			for j < to && key(j) == key(i) {
				kinds[details[j].what] = true
				j++
			}
			n := len(kinds)
			if n >= least && kinds[company] && (kinds[post] || name(details[i].start, details[j-1].end)) {
				out = append(out, f.combination(text, ends, details[i].start, details[j-1].end, n-least))
				hit2[key(i)] = true
			}
			i = j
		}
		return hit2
	}
	hidden := func(start, end int) bool { return overlaps(cut, start, end) }
	sentenceOf := make([]int, len(details))
	for i, d := range details {
		sentenceOf[i] = at(ends, d.start)
	}
	c := f.d.Combination
	done := group(0, len(details), c.Sentence, func(i int) int { return sentenceOf[i] }, hidden)
	paragraphs := map[int]bool{}
	for s := range done {
		paragraphs[ends[s].paragraph] = true
	}
	from := 0
	for from < len(details) {
		p := ends[sentenceOf[from]].paragraph
		to := from
		for to < len(details) && ends[sentenceOf[to]].paragraph == p {
			to++
		}
		if !paragraphs[p] {
			group(from, to, c.Paragraph, func(int) int { return p }, hidden)
		}
		from = to
	}
	return out
}

func (f *Finder) combination(text []rune, ends []sentence, start, end, more int) hit {
	s := ends[at(ends, start)]
	lang := redact.LangOf(strings.TrimSpace(string(text[s.start:s.end])))
	w := min(1, f.d.Combination.Weight+0.15*float64(more))
	return hit{start: start, end: end, class: -1, instead: f.d.Combination.Instead.In(lang), weight: w}
}
