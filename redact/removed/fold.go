package removed

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Folded text is what a reader recognises: NFKC, lower case, without spaces,
// line breaks and invisible runes, and without the marks that group the digits
// of a number.
type Folded struct {
	B  []byte
	At []int32 // for each byte, where in the source its segment starts
	To []int32 // and where it ends
}

// Fold folds s. Positions are bytes of s; s must be shorter than 2 GB.
func Fold(s string) Folded {
	f := Folded{B: make([]byte, 0, len(s)), At: make([]int32, 0, len(s)), To: make([]int32, 0, len(s))}
	for i := 0; i < len(s); {
		n := norm.NFKC.QuickSpanString(s[i:])
		for end := i + n; i < end; {
			r, w := utf8.DecodeRuneInString(s[i:])
			f.add(r, i, i+w)
			i += w
		}
		if i == len(s) {
			break
		}
		n = norm.NFKC.NextBoundaryInString(s[i:], true)
		for _, r := range norm.NFKC.String(s[i : i+n]) {
			f.add(r, i, i+n)
		}
		i += n
	}
	return f.ungroup()
}

func (f *Folded) add(r rune, at, to int) {
	if r > 0x7F && invisible(r) || unicode.IsSpace(r) {
		return
	}
	n := len(f.B)
	f.B = utf8.AppendRune(f.B, unicode.ToLower(r))
	for range len(f.B) - n {
		f.At = append(f.At, int32(at))
		f.To = append(f.To, int32(to))
	}
}

// invisible reports runes that leave no mark on a page: format characters
// (zero-width space and joiner, soft hyphen, byte order mark, bidi controls,
// tags) and variation selectors.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) || r == 0x034F || r == 0x115F || r == 0x1160 || r == 0x3164
}

// ungroup drops - . ( ) · and dashes between two digits, so that a number is the
// same however it is grouped.
func (f Folded) ungroup() Folded {
	digit := func(b byte) bool { return b >= '0' && b <= '9' }
	n := 0
	for i := 0; i < len(f.B); {
		w := 0
		if n > 0 && digit(f.B[n-1]) {
			w = grouping(f.B[i:])
		}
		if j := i + w; w > 0 && j < len(f.B) && digit(f.B[j]) {
			i = j
			continue
		}
		f.B[n], f.At[n], f.To[n] = f.B[i], f.At[i], f.To[i]
		n++
		i++
	}
	f.B, f.At, f.To = f.B[:n], f.At[:n], f.To[:n]
	return f
}

// grouping is the length of the marks at the start of b that may group digits.
func grouping(b []byte) (n int) {
	for n < len(b) {
		switch r, w := utf8.DecodeRune(b[n:]); r {
		case '-', '.', '(', ')', '·', 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212:
			n += w
		default:
			return n
		}
	}
	return n
}

// joined reports whether b goes on with the word or number that a ends: both
// are digits, or both are letters of a script that puts spaces between words. A
// capital behind a small letter begins a word of its own (JohnSmith).
func joined(a, b rune) bool {
	if unicode.IsDigit(a) && unicode.IsDigit(b) {
		return true
	}
	if unicode.IsLower(a) && unicode.IsUpper(b) {
		return false
	}
	return spaced(a) && spaced(b)
}

// spaced reports letters (and their marks) of scripts with word spaces. Hangul
// is not among them: Korean particles are written onto the name.
func spaced(r rune) bool {
	return (unicode.IsLetter(r) || unicode.Is(unicode.M, r)) &&
		!unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Bopomofo)
}

// wordlike reports what a text of one rune must not touch to stand alone.
func wordlike(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}
