package widgets

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
)

// advances keeps the width of each rune met, so that long texts are broken
// without shaping every line.
type advances struct {
	px    float32
	style fyne.TextStyle
	seen  map[rune]float32
}

func newAdvances(px float32, style fyne.TextStyle) *advances {
	return &advances{px, style, map[rune]float32{}}
}

func (a *advances) of(r rune) float32 {
	w, ok := a.seen[r]
	if !ok {
		if r == '\t' {
			w = a.of(' ') * 4
		} else {
			w = fyne.MeasureText(string(r), a.px, a.style).Width
		}
		a.seen[r] = w
	}
	return w
}

// Signs that must not begin a line, and signs that must not end one.
const (
	noBegin = "，。、；：？！）》」』】〕”’…%,.;:?!)]}"
	noEnd   = "（《「『【〔“‘([{"
)

// breakable reports whether a line may end between a and b.
func breakable(a, b rune) bool {
	switch {
	case strings.ContainsRune(noBegin, b), strings.ContainsRune(noEnd, a):
		return false
	case unicode.IsSpace(a):
		return true
	case wide(a), wide(b):
		return !unicode.IsSpace(b)
	}
	return a == '/' || a == '-' && !unicode.IsDigit(b) // a date stays whole
}

// wide reports whether lines break around the rune without a space.
func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r >= 0x3000 && r < 0x3040 || r >= 0xFF00 && r < 0xFF60
}

// breakLines gives the rune at which each line of a text begins; the text's own
// line ends end a line too.
func breakLines(rs []rune, width float32, a *advances) []int {
	starts := []int{0}
	var x float32
	begin, last := 0, -1 // of the line; the last place where it may be broken
	for i, r := range rs {
		if r == '\n' {
			starts = append(starts, i+1)
			begin, last, x = i+1, -1, 0
			continue
		}
		if i > begin && breakable(rs[i-1], r) {
			last = i
		}
		w := a.of(r)
		if x+w > width && i > begin && !unicode.IsSpace(r) {
			if last <= begin {
				last = i
			}
			starts = append(starts, last)
			begin, x = last, 0
			for _, q := range rs[begin:i] {
				x += a.of(q)
			}
			last = -1
		}
		x += w
	}
	return starts
}

// WrapText breaks a text into lines of a width.
func WrapText(s string, width, px float32, style fyne.TextStyle) []string {
	rs := []rune(s)
	starts := breakLines(rs, width, newAdvances(px, style))
	lines := make([]string, len(starts))
	for i, from := range starts {
		to := len(rs)
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		lines[i] = strings.TrimRightFunc(string(rs[from:to]), unicode.IsSpace)
	}
	return lines
}
