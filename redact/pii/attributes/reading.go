package attributes

import (
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/fold"
)

// Our own labels stand in a reading as one rune each, which no class of letters
// in a rule takes for a value.
const (
	labelPerson = '\uE000' // 客户A
	labelOther  = '\uE001' // 企业B, [电话]
)

// A reading is a text as the rules see it: folded, without spaces beside Han
// runes, with a line break only where a line ends for good (not where it wraps),
// a tab where a cell ends, and our labels as one rune.
type reading struct {
	low   []rune // small letters
	cased []rune // the same, capitals as written
	start []int  // of each rune: the first rune of the text it stands for
	end   []int  // and the one after the last
	sent  []sentence
}

// A sentence is a run of a reading, with what is known of persons in it.
type sentence struct {
	start, end int
	person     persons
}

type persons int8

const (
	unasked persons = iota
	nobody
	somebody
)

// wrapped is how wide a line is at least that may go on in the next; a Han rune
// is two wide.
const wrapped = 32

func read(text []rune) *reading {
	f := fold.Of(text)
	n := len(f.Runes)
	r := &reading{low: make([]rune, 0, n), cased: make([]rune, 0, n), start: make([]int, 0, n), end: make([]int, 0, n)}
	labels := redact.LabelRunes(text)
	prev, line := 0, 0 // end of the rune before, start of its line in the text
	for i := 0; i < n; i++ {
		for len(labels) > 0 && labels[0][1] <= f.Start[i] {
			labels = labels[1:]
		}
		c, from, to := f.Runes[i], f.Start[i], f.End[i]
		gap := text[min(prev, from):from] // one rune may have become several
		if unicode.IsSpace(c) {
			gap = text[from:to]
		}
		if at := lastBreak(gap); at >= 0 {
			g := from - len(gap)
			if unicode.IsSpace(c) {
				g = from
			}
			if r.ends(text, line, g, g+len(gap)) {
				r.put('\n', '\n', g, g+len(gap))
			} else if unicode.IsSpace(c) {
				r.space(f.Runes, i, from, to)
			}
			line = g + at + 1
		} else if isCell(gap) && (from == 0 || !strings.ContainsRune(".!?", text[max(0, from-len(gap)-1)])) {
			r.put('\t', '\t', from, max(to, from+1))
			if !unicode.IsSpace(c) { // the tab was folded away between two Han runes
				r.start[len(r.start)-1], r.end[len(r.end)-1] = prev, from
			}
		} else if unicode.IsSpace(c) {
			r.space(f.Runes, i, from, to)
		}
		prev = to
		if unicode.IsSpace(c) {
			continue
		}
		if len(labels) > 0 && labels[0][0] <= from {
			l := labels[0]
			mark := rune(labelOther)
			if isPersonLabel(string(text[l[0]:l[1]])) {
				mark = labelPerson
			}
			r.put(mark, mark, l[0], l[1])
			for i+1 < n && f.Start[i+1] < l[1] {
				i++
			}
			prev, labels = l[1], labels[1:]
			continue
		}
		if c == labelPerson || c == labelOther {
			c = unicode.ReplacementChar
		}
		up := c
		if unicode.IsUpper(text[from]) {
			up = unicode.ToUpper(c)
		}
		r.put(c, up, from, to)
	}
	r.sentences()
	return r
}

func (r *reading) put(low, cased rune, from, to int) {
	r.low = append(r.low, low)
	r.cased = append(r.cased, cased)
	r.start = append(r.start, from)
	r.end = append(r.end, to)
}

// space keeps a space unless a Han rune stands beside it.
func (r *reading) space(runes []rune, i, from, to int) {
	n := len(r.low)
	if n == 0 || i+1 == len(runes) || unicode.Is(unicode.Han, r.low[n-1]) || unicode.Is(unicode.Han, runes[i+1]) {
		return
	}
	r.put(' ', ' ', from, to)
}

func lastBreak(gap []rune) int {
	for i := len(gap) - 1; i >= 0; i-- {
		if gap[i] == '\n' {
			return i
		}
	}
	return -1
}

// isCell reports whether a gap parts two cells: a tab or two spaces.
func isCell(gap []rune) bool {
	spaces := 0
	for _, c := range gap {
		switch c {
		case '\t':
			return true
		case ' ':
			spaces++
		case '\u3000': // as wide as two
			spaces += 2
		}
	}
	return spaces >= 2
}

// ends reports whether the line from line to lo ends for good at the break that
// runs from lo to hi: it is short, ends a sentence, a blank line follows, or the
// next line begins with a label or a bullet.
func (r *reading) ends(text []rune, line, lo, hi int) bool {
	breaks := 0
	for _, c := range text[lo:hi] {
		if c == '\n' {
			breaks++
		}
	}
	wide := lo - line
	for _, c := range text[line:lo] {
		if c >= 0x2e80 {
			wide++
		}
	}
	if breaks > 1 || wide < wrapped || lo > 0 && strings.ContainsRune("。.!?;:！？；：|", text[lo-1]) {
		return true
	}
	for i := hi; i < len(text) && i < hi+14; i++ {
		switch c := text[i]; {
		case strings.ContainsRune(":：", c):
			return true
		case i == hi && strings.ContainsRune("-•·|#>*①②③0123456789一二三（(", c):
			return true
		case !unicode.IsLetter(c) && c != ' ':
			return false
		}
	}
	return false
}

// longest is how many runes a sentence has before it is cut at the next mark, so
// that what looks at a whole sentence stays linear.
const longest = 300

// sentences cuts the reading.
func (r *reading) sentences() {
	from := 0
	for i, c := range r.low {
		long := i - from
		if strings.ContainsRune("。!?;\n", c) || c == '.' && r.fullStop(i) || long >= longest && !unicode.IsLetter(c) && !unicode.IsDigit(c) || long >= 2*longest {
			r.sent = append(r.sent, sentence{start: from, end: i + 1})
			from = i + 1
		}
	}
	if from < len(r.low) {
		r.sent = append(r.sent, sentence{start: from, end: len(r.low)})
	}
}

// fullStop tells the stop at i from that of an abbreviation or an initial.
func (r *reading) fullStop(i int) bool {
	if i+2 >= len(r.low) {
		return true
	}
	if r.low[i+1] != ' ' || !unicode.IsUpper(r.cased[i+2]) && !strings.ContainsRune("\"“'", r.cased[i+2]) {
		return false
	}
	w := i
	for w > 0 && unicode.IsLetter(r.low[w-1]) {
		w--
	}
	return i-w > 1 && !abbreviations[string(r.low[w:i])]
}

var abbreviations = map[string]bool{"mr": true, "mrs": true, "ms": true, "dr": true, "prof": true, "st": true, "no": true, "inc": true, "ltd": true, "co": true, "jr": true, "sr": true, "vs": true}

// around is the place of the sentence with rune i.
func (r *reading) around(i int) int {
	lo, hi := 0, len(r.sent)
	for lo < hi {
		m := (lo + hi) / 2
		if r.sent[m].end <= i {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}
