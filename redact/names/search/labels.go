package search

import (
	"strings"
	"sync"

	"consentry/redact"
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

// isLabel is redact.IsLabel for many texts, most of which are none.
func isLabel(s string) bool {
	stem := strings.TrimRight(s, "0123456789")
	if n := len(stem); n > 0 && stem[n-1] >= 'A' && stem[n-1] <= 'Z' {
		stem = stem[:n-1]
	}
	return (labelTexts()[s] || labelTexts()[stem]) && redact.IsLabel(s)
}

// hidden tells of places in a text, in the order of their starts and of their
// ends, whether they touch one of our labels. A label stands on one line; lines
// with no such place are not read.
type hidden struct {
	text   []rune
	read   int      // as far as this
	labels [][2]int // that do not end before the last place
}

func (h *hidden) touch(start, end int) bool {
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
