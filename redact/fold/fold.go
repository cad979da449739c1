// Package fold puts a text into the form in which texts are compared, and keeps
// the way back to the runes it was written in.
package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Text is a text as it is compared: NFKC, small letters, one form of dash,
// apostrophe and middle dot, no invisible signs and no Markdown stars. White
// space is one space, or nothing between two Han runes, where neither a space
// nor a single line break ends a name.
type Text struct {
	Runes []rune
	Start []int // of each rune: the first rune of the original it stands for
	End   []int // and the one after the last
}

// Of folds a text.
func Of(text []rune) Text {
	f := Text{Runes: make([]rune, 0, len(text)), Start: make([]int, 0, len(text)), End: make([]int, 0, len(text))}
	for i := 0; i < len(text); {
		n := 1
		for i+n < len(text) && joins(text[i+n-1], text[i+n]) {
			n++
		}
		switch r := text[i]; {
		case n == 1 && (r >= 0x4e00 && r <= 0x9fff || r >= 'a' && r <= 'z'): // most of them, and folded already
			f.keep(r, i, i+1)
		case n == 1 && r < 0x80:
			f.add(r, i, i+1)
		default:
			for _, r := range norm.NFKC.String(string(text[i : i+n])) {
				f.add(r, i, i+n)
			}
		}
		i += n
	}
	return f.spaced(text)
}

// joins reports whether b may change under NFKC together with what stands
// before it.
func joins(a, b rune) bool {
	if b < 0x300 {
		return false
	}
	return unicode.Is(unicode.M, b) || b >= 0x1160 && b <= 0x11ff || b == 0xff9e || b == 0xff9f || (b >= 0x1100 && b < 0x1160 && a >= 0x1100 && a < 0x1160)
}

func (f *Text) add(r rune, from, to int) {
	switch {
	case r == '*' || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r):
		return
	case strings.ContainsRune("•‧・∙⋅･", r):
		r = '·'
	case strings.ContainsRune("‘’ʼ`´", r):
		r = '\''
	case unicode.Is(unicode.Pd, r):
		r = '-'
	case r == '_':
		r = ' '
	default:
		r = unicode.ToLower(unicode.ToUpper(r))
	}
	f.keep(r, from, to)
}

// spaced reduces white space. A blank line stays a line break.
func (f *Text) spaced(text []rune) Text {
	out := Text{Runes: f.Runes[:0], Start: f.Start[:0], End: f.End[:0]}
	for i := 0; i < len(f.Runes); {
		j, breaks := i, 0
		for j < len(f.Runes) && unicode.IsSpace(f.Runes[j]) {
			if f.Runes[j] == '\n' {
				breaks++
			}
			j++
		}
		if j == i {
			out.keep(f.Runes[i], f.Start[i], f.End[i])
			i++
			continue
		}
		n := len(out.Runes)
		switch {
		case breaks > 1:
			out.keep('\n', f.Start[i], f.End[j-1])
		case n > 0 && j < len(f.Runes) && IsHan(out.Runes[n-1]) && IsHan(f.Runes[j]):
		default:
			out.keep(' ', f.Start[i], f.End[j-1])
		}
		i = j
	}
	return out
}

func (f *Text) keep(r rune, from, to int) {
	f.Runes = append(f.Runes, r)
	f.Start = append(f.Start, from)
	f.End = append(f.End, to)
}

// Key is the Text form of a term.
func Key(s string) string { return strings.TrimSpace(string(Of([]rune(s)).Runes)) }

func IsHan(r rune) bool { return unicode.Is(unicode.Han, r) || r == '·' }

// Bounded reports whether words of r's script are told apart by what stands
// between them.
func Bounded(r rune) bool { return r < 0x2e80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

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
