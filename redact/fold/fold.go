// Package fold puts a text into the form in which texts are compared, and keeps
// the way back to the runes it was written in.
package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Text is a text as it is compared:
//
//   - NFKC, small letters, no invisible signs, no Markdown stars, one form of
//     dash, apostrophe and middle dot;
//   - Latin and Greek letters without their accents, ß as ss, æ as ae, so that
//     Zhāng Wěi is Zhang Wei and José is Jose: what was typed on another keyboard,
//     read from a picture or put into a file's name is the same person still;
//   - simplified characters instead of traditional ones (陳 is 陈);
//   - Latin letters instead of Cyrillic and Greek ones that look like them, in
//     words that have Latin letters too;
//   - white space as one space, or nothing between two Han runes, where neither a
//     space nor a single line break ends a name, or after a hyphen that divides a
//     word at a line's end. A blank line is a line break.
//
// Of each rune it knows which runes of the original it stands for. Ranges ascend.
// Runes that are in no range were left out.
type Text struct {
	Runes []rune
	Start []int // of each rune: the first rune of the original it stands for
	End   []int // and the one after the last
}

// Of folds a text. It takes time linear in the text's length.
func Of(text []rune) Text {
	var t Text
	t.Fold(text)
	return t
}

// Fold makes t the folded form of text, in the memory t has where that is enough.
func (t *Text) Fold(text []rune) {
	f := folder{text: text, runes: t.Runes[:cap(t.Runes)], start: t.Start[:cap(t.Start)], end: t.End[:cap(t.End)], gap: -1}
	f.fold()
	if f.mixed {
		f.disguised()
	}
	t.Runes, t.Start, t.End = f.runes[:f.n], f.start[:f.n], f.end[:f.n]
}

// A folder writes a Text.
type folder struct {
	text       []rune
	runes      []rune // of which n are written
	start, end []int
	n          int

	gap, gapEnd int  // white space of the original that is not written yet, or -1
	breaks      int  // the line breaks in it
	mixed       bool // there are letters that may be disguised ones
}

func (f *folder) fold() {
	text, t := f.text, table()
	f.reserve(len(text))
	if len(text) == 0 {
		return
	}
	form := t.of(text[0])
	for i := 0; i < len(text); {
		next := uint16(plainSpace)
		if i+1 < len(text) {
			next = t.of(text[i+1])
		}
		switch {
		case next == joining, next == several && joins(text[i], text[i+1]), form == several, form == joining:
			i = f.cluster(i)
			if i < len(text) {
				form = t.of(text[i])
			}
			continue
		case form < firstMark || form > lastMark:
			if form-0x370 < 0x530-0x370 {
				f.mixed = true
			}
			if f.gap >= 0 {
				f.space(i, rune(form))
			}
			f.runes[f.n], f.start[f.n], f.end[f.n] = rune(form), i, i+1
			f.n++
		case form == plainSpace, form == lineBreak:
			f.spaceAt(i, i+1, form == lineBreak)
		}
		i++
		form = next
	}
	if f.gap >= 0 {
		f.space(len(text), -1)
	}
}

// reserve makes room for n more runes.
func (f *folder) reserve(n int) {
	if need := f.n + n; need > len(f.runes) {
		need += need/8 + 8
		f.runes = append(make([]rune, 0, need), f.runes[:f.n]...)[:need]
		f.start = append(make([]int, 0, need), f.start[:f.n]...)[:need]
		f.end = append(make([]int, 0, need), f.end[:f.n]...)[:need]
	}
}

// cluster folds the runes from i on that NFKC may change together, or the one
// that becomes several. It returns the place behind them.
func (f *folder) cluster(i int) int {
	text := f.text
	j := i + 1
	for j < len(text) && joins(text[j-1], text[j]) {
		j++
	}
	if j == i+1 && plainBeyond(text[i]) { // emoji, rare Han
		f.reserve(1 + len(text) - i)
		f.put(simple(text[i]), i, j)
		return j
	}
	s := norm.NFKC.String(string(text[i:j]))
	f.reserve(2*utf8.RuneCountInString(s) + len(text) - i) // ß is ss; none is more
	for _, r := range s {
		if unicode.Is(unicode.Mn, r) && f.gap < 0 && f.n > 0 && accented(f.runes[f.n-1]) {
			continue
		}
		for _, r := range folded(r) {
			switch {
			case unicode.IsSpace(r):
				f.spaceAt(i, j, r == '\n')
			default:
				f.put(r, i, j)
			}
		}
	}
	return j
}

// put writes r, which stands for the runes from start to end.
func (f *folder) put(r rune, start, end int) {
	if r >= 0x370 && r < 0x530 {
		f.mixed = true
	}
	if f.gap >= 0 {
		f.space(start, r)
	}
	f.runes[f.n], f.start[f.n], f.end[f.n] = r, start, end
	f.n++
}

// joins reports whether b may change under NFKC together with what stands
// before it.
func joins(a, b rune) bool {
	if b < 0x300 {
		return false
	}
	return unicode.Is(unicode.M, b) || b >= 0x1160 && b <= 0x11ff || b == 0xff9e || b == 0xff9f || (b >= 0x1100 && b < 0x1160 && a >= 0x1100 && a < 0x1160)
}

func (f *folder) spaceAt(start, end int, lineBreak bool) {
	if f.gap < 0 {
		f.gap, f.breaks = start, 0
	}
	f.gapEnd = end
	if lineBreak {
		f.breaks++
	}
}

// space writes the white space before r, which stands at i of the original; r is
// -1 at the text's end.
func (f *folder) space(i int, r rune) {
	start, end, breaks := f.gap, f.gapEnd, f.breaks
	f.gap = -1
	before := rune(-1)
	if f.n > 0 {
		before = f.runes[f.n-1]
	}
	switch {
	case breaks > 1:
		r = '\n'
	case IsHan(before) && IsHan(r), breaks == 1 && i < len(f.text) && f.divided(start, i):
		return
	default:
		r = ' '
	}
	f.runes[f.n], f.start[f.n], f.end[f.n] = r, start, end
	f.n++
}

// divided reports whether a word goes on at i after the line break at gap. The
// hyphen is taken away unless the second half has a capital (Smith-Jones).
func (f *folder) divided(gap, i int) bool {
	if !unicode.IsLetter(f.text[i]) || !Bounded(f.text[i]) {
		return false
	}
	switch f.text[max(gap-1, 0)] {
	case 0xad: // was left out
		return f.n > 0 && unicode.IsLetter(f.runes[f.n-1])
	case '-', '‐':
		n := f.n - 1
		if n < 1 || f.start[n] != gap-1 || !Bounded(f.runes[n-1]) || f.end[n-1] != gap-1 {
			return false
		}
		if unicode.IsLower(f.text[i]) && unicode.IsLetter(f.runes[n-1]) {
			f.n = n
		}
		return true
	}
	return false
}

// Key is the Text form of a term.
func Key(s string) string {
	var t Text
	return string(t.Key(s))
}

// Key is the folded form of a term, without white space around it. It is valid
// until the Text is used again.
func (t *Text) Key(s string) []rune {
	var small [64]rune
	t.Fold(append(small[:0], []rune(s)...))
	a, b := 0, len(t.Runes)
	for a < b && isSpace(t.Runes[a]) {
		a++
	}
	for b > a && isSpace(t.Runes[b-1]) {
		b--
	}
	return t.Runes[a:b]
}

func isSpace(r rune) bool { return r == ' ' || r == '\n' }

// IsHan reports whether r is a Chinese character, or the dot within a name.
func IsHan(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r == '·' || r > 0x2e00 && unicode.Is(unicode.Han, r)
}

// OneLine is a found text in the form it is searched for: on one line, its Han
// runes side by side.
func OneLine(s string) string {
	out := ""
	for _, w := range strings.Fields(s) {
		if out != "" {
			last, _ := utf8.DecodeLastRuneInString(out)
			first, _ := utf8.DecodeRuneInString(w)
			if !IsHan(last) || !IsHan(first) {
				out += " "
			}
		}
		out += w
	}
	return out
}
