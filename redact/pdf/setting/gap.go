package setting

import (
	"slices"
	"strings"
)

// A gap is the room before an item, as far as it may be told.
type gap int

const (
	none  gap = iota // the next letter
	blank            // the next word, where no glyph draws the space
	apart            // the next column, or what a tab was put before
)

// Widths of gaps in em.
const (
	blankWidth = 0.25
	apartWidth = 2.0
	least      = 0.15 // what is wider parts words
	most       = 1.0  // and what is wider than this, columns
	farAway    = 6.0  // wider than any gap within running text
)

// classify says of each item how far it stands from the one before. All gaps of
// one line are measured against its usual one: in justified text and in text that
// is tracked it is not zero, and depends on all that stands on the line.
func classify(items []item) {
	pen := 0.0
	for i := range items {
		it := &items[i]
		if i == 0 {
			pen = it.u + it.wide
			continue
		}
		it.gap = it.u - pen
		it.boundary = it.line != items[i-1].line && it.line >= 0 && items[i-1].line >= 0
		it.over = it.gap < -0.35*it.size && it.u < pen
		pen = max(pen, it.u+it.wide)
	}
	letters, words := usual(items)
	for i := range items {
		if i > 0 && !items[i].over {
			items[i].class = class(&items[i-1], &items[i], letters, words)
		}
	}
}

// usual are the gaps between letters and between words of a line, in em; the
// second is zero where the words do not stand equally far from each other.
func usual(items []item) (letters, words float64) {
	var l, w []float64
	for i := 1; i < len(items); i++ {
		a, b := &items[i-1], &items[i]
		g := b.gap / max(b.size, 1e-6)
		switch {
		case b.over || a.over:
		case a.space || b.space:
			if a.space && !b.space {
				w = append(w, g+a.wide/max(a.size, 1e-6))
			}
		case b.word:
			w = append(w, g)
		default:
			l = append(l, g)
		}
	}
	slices.Sort(l)
	slices.Sort(w)
	if len(l) > 0 {
		letters = max(l[len(l)/2], 0)
	}
	if letters < 0.02 || letters > most {
		letters = 0
	}
	if n := len(w); n > 1 && w[n-1]-w[0] < 0.1+0.2*w[n-1] {
		words = w[n-1]
	}
	return letters, words
}

func class(a, b *item, letters, words float64) gap {
	em := max(a.size, b.size, 1e-6)
	g := b.gap/em - letters
	full := g
	if a.space {
		full += a.wide / em
	}
	switch {
	case g > most && full > 1.25*words:
		return apart
	case b.boundary && g > 0.5 && full > 1.25*words:
		return apart
	case a.space || b.space:
		return none
	case a.cut >= 0 != (b.cut >= 0) && (a.cut < 0 && a.han || b.cut < 0 && b.han):
		return none // a quarter of an em between scripts would tell the script of what was cut
	case a.han && b.han && g < 0.6:
		return none
	case b.word || g > least && (a.han || b.han || a.line < 0 || b.line < 0):
		return blank
	}
	return none
}

// leader are the runes that fill a line up to a column.
const leader = ".·•…_-–—‥⋯ "

// trim drops what only makes up for the width of what is cut: all but two spaces
// of a run, all but three dots of a leader; and what stands for nothing now: white
// space within a cut, a hyphen where a cut goes on in the next line, white space at
// the start of a line or between two other spaces where a cut has no label.
func (s *setter) trim(items []item) {
	from := -1
	for i := range items {
		if items[i].cut >= 0 {
			from = i
			break
		}
	}
	if from < 0 {
		return
	}
	for i := from; i < len(items); i++ { // white space within
		if c := items[i].cut; c >= 0 {
			for j := i + 1; j < len(items); j++ {
				if items[j].cut == c {
					for k := i + 1; k < j; k++ {
						items[k].cut = c
					}
					break
				}
				if !items[j].space {
					break
				}
			}
		}
	}
	run, last := 0, ""
	for i := from; i < len(items); i++ {
		it := &items[i]
		if !it.kept() {
			run, last = 0, ""
			continue
		}
		t := it.text
		if it.space {
			t = " "
		}
		if t == "" || t != last || !strings.Contains(leader, t) {
			if run > 3 && last != " " { // what a leader leads to
				it.class, it.led = apart, true
			}
			run, last = 1, t
			continue
		}
		if run++; t == " " && run > 2 || run > 3 {
			it.dropped = true
			if i+1 < len(items) && items[i+1].class == none {
				items[i+1].class = max(items[i+1].class, it.class)
			}
		}
	}
	for i := from; i < len(items); i++ {
		c := items[i].cut
		if c < 0 || i+1 < len(items) && items[i+1].cut == c {
			continue
		}
		rest := slices.DeleteFunc(slices.Clone(items[i+1:]), func(it item) bool { return it.space })
		if s.spread[c] && len(rest) == 1 && (rest[0].text == "-" || rest[0].text == "\u00ad" || rest[0].text == "‐") {
			for j := i + 1; j < len(items); j++ {
				items[j].dropped = true
			}
		}
		if !s.labelled(items, c) && i+1 < len(items) && items[i+1].space {
			before := i
			for before >= 0 && !items[before].kept() {
				before--
			}
			if before < 0 || items[before].space {
				items[i+1].dropped = true
			}
		}
	}
}

// labelled reports whether the label of cut c stands on this row.
func (s *setter) labelled(items []item, c int) bool {
	return s.cuts[c].With != "" && slices.ContainsFunc(items, func(it item) bool { return it.cut == c && it.glyph == s.first[c] })
}
