package search

import (
	"strings"
	"sync"

	"consentry/redact"
	"consentry/redact/names/search/ahocorasick"
)

// labelTexts are what our labels are without the letter and the number behind
// them.
var labelTexts = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, k := range redact.Kinds() {
		m[k.Label.ZH], m[k.Label.EN] = true, true
	}
	return m
})

// labelFinder finds where a label may be, and maxLabel is how long one is with its
// letter and number and a rune on both sides.
var labelFinder, maxLabel = func() (*ahocorasick.Automaton, int) {
	var set ahocorasick.Texts
	n, longest := 0, 0
	for s := range labelTexts() {
		text := []rune(strings.TrimSpace(s))
		set.Add(text)
		n, longest = n+1, max(longest, len(text))
	}
	a, _ := ahocorasick.New(n, func(yield func(*ahocorasick.Texts) bool) { yield(&set) })
	return a, longest + 7
}()

// labelStarts are the bytes that labels begin with.
var labelStarts = func() (first [256]bool) {
	for s := range labelTexts() {
		first[s[0]] = true
	}
	return first
}()

// isLabel is redact.IsLabel for many texts, most of which are none.
func isLabel(s string) bool {
	if s == "" || !labelStarts[s[0]] {
		return false
	}
	n := len(s)
	for n > 0 && s[n-1] >= '0' && s[n-1] <= '9' {
		n--
	}
	if n > 0 && s[n-1] >= 'A' && s[n-1] <= 'Z' {
		n--
	}
	return (labelTexts()[s] || labelTexts()[s[:n]]) && redact.IsLabel(s)
}

// hidden tells of places in a text, in the order of their starts and of their
// ends, whether they touch one of our labels. A label stands on one line; lines
// with no such place, or with nothing like a label near it, are not read.
type hidden struct {
	text   []rune
	like   int      // what looks like a label was looked for as far as this
	likely int      // and the last of it ends here, if any does
	read   int      // labels were looked for as far as this
	labels [][2]int // that do not end before the last place
}

func (h *hidden) touch(start, end int) bool {
	if from, to := max(start-maxLabel, 0), min(end+maxLabel, len(h.text)); to > h.like {
		from = max(from, h.like-maxLabel) // one may begin before
		h.like = min(to+100, len(h.text)) // the next place is often near
		labelFinder.Find(h.text[from:h.like], func(_, at, _ int) { h.likely = from + at })
	}
	if h.likely < start-maxLabel || h.likely == 0 {
		return false
	}
	if end > h.read {
		from := start
		for from > h.read && h.text[from-1] != '\n' {
			from--
		}
		from = max(from, h.read)
		for h.read = end; h.read < len(h.text) && h.text[h.read] != '\n'; h.read++ {
		}
		for _, l := range redact.LabelRunes(h.text[from:h.read]) {
			h.labels = append(h.labels, [2]int{from + l[0], from + l[1]})
		}
	}
	for len(h.labels) > 0 && h.labels[0][1] <= start {
		h.labels = h.labels[1:]
	}
	return len(h.labels) > 0 && h.labels[0][0] < end
}
