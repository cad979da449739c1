package pii

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A folded text has its digits, letters and marks in ASCII where they have an
// ASCII form, and no invisible runes. All else is one rune for one rune.
type folded struct {
	text string
	gone []int // for each rune left out: how many runes were kept before it
}

// numeral is the digit that a Chinese one stands for, small or formal; 0 for none.
func numeral(r rune) rune {
	switch r {
	case '〇', '○', '零':
		return '0'
	case '一', '幺', '壹':
		return '1'
	case '二', '贰':
		return '2'
	case '三', '叁':
		return '3'
	case '四', '肆':
		return '4'
	case '五', '伍':
		return '5'
	case '六', '陆':
		return '6'
	case '七', '柒':
		return '7'
	case '八', '捌':
		return '8'
	case '九', '玖':
		return '9'
	}
	return 0
}

// leastNumerals is how many Chinese digits in a row make a number that is
// spelled out, not counted.
const leastNumerals = 7

// spelled turns numbers spelled in Chinese digits into ASCII ones, rune for rune.
func spelled(s string) string {
	var b strings.Builder
	done, from, n := 0, 0, 0
	flush := func(end int) {
		if n >= leastNumerals {
			b.WriteString(s[done:from])
			for _, r := range s[from:end] {
				if d := numeral(r); d > 0 {
					r = d
				}
				b.WriteRune(r)
			}
			done = end
		}
		n = 0
	}
	for i, r := range s {
		if r >= 0x80 && numeral(r) > 0 {
			if n == 0 {
				from = i
			}
			n++
		} else if n > 0 && r != '-' && r != ' ' {
			flush(i)
		}
	}
	flush(len(s))
	if done == 0 {
		return s
	}
	return b.String() + s[done:]
}

// fold folds s; a text that needs nothing is returned as it is.
func fold(s string) folded {
	s = spelled(s)
	var b strings.Builder
	var f folded
	done, n := 0, 0 // bytes of s copied, runes kept
	for i, r := range s {
		if r < 0x80 || unicode.Is(unicode.Han, r) {
			n++
			continue
		}
		to := foldRune(r)
		if to == r {
			n++
			continue
		}
		b.WriteString(s[done:i])
		done = i + utf8.RuneLen(r)
		if r == utf8.RuneError { // also one broken byte
			_, w := utf8.DecodeRuneInString(s[i:])
			done = i + w
		}
		if to < 0 {
			f.gone = append(f.gone, n)
			continue
		}
		b.WriteRune(to)
		n++
	}
	if done == 0 {
		f.text = s
		return f
	}
	b.WriteString(s[done:])
	f.text = b.String()
	return f
}

// foldRune is the ASCII form of r, -1 for an invisible rune, or r itself.
func foldRune(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFEE0
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		return -1
	case unicode.Is(unicode.Pd, r), r == 0x2212:
		return '-'
	case unicode.Is(unicode.Zs, r):
		return ' '
	case r == 0xFE6B:
		return '@'
	case r == 0x2024, r == 0xFE52:
		return '.'
	case unicode.Is(unicode.N, r), r >= 0x1D400 && r <= 0x1D7FF:
		// Digits and letters in disguise: ①, 𝟏, ².
		if d := []rune(norm.NFKC.String(string(r))); len(d) == 1 && d[0] < 0x80 {
			return d[0]
		}
		if unicode.Is(unicode.Nd, r) { // digits of other scripts come in tens
			v := rune(0)
			for v < 9 && unicode.Is(unicode.Nd, r-v-1) {
				v++
			}
			return '0' + v
		}
	}
	return r
}

// A cursor turns ascending byte offsets of the folded text into runes of the
// original.
type cursor struct {
	f    folded
	b, r int // byte and rune of the folded text
	gone int
}

func (f folded) cursor() *cursor { return &cursor{f: f} }

// runes are the runes of the original from byte lo to hi of the folded text. lo
// must not be less than in the call before.
func (c *cursor) runes(lo, hi int) (start, end int) {
	c.r += utf8.RuneCountInString(c.f.text[c.b:lo])
	c.b = lo
	for c.gone < len(c.f.gone) && c.f.gone[c.gone] <= c.r {
		c.gone++
	}
	start = c.r + c.gone
	last := c.r + utf8.RuneCountInString(c.f.text[lo:hi]) - 1
	g := c.gone
	for g < len(c.f.gone) && c.f.gone[g] <= last {
		g++
	}
	return start, last + g + 1
}
