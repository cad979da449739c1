package names

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A folded text is what is compared: NFKC, small letters, one form of dash,
// apostrophe and middle dot, no invisible signs and no Markdown stars. White
// space is one space, or nothing between two Han runes, where neither a space
// nor a single line break ends a name.
type folded struct {
	runes []rune
	start []int // of each rune: the first rune of the original it stands for
	end   []int // and the one after the last
}

// fold folds a text.
func fold(text []rune) folded {
	f := folded{runes: make([]rune, 0, len(text)), start: make([]int, 0, len(text)), end: make([]int, 0, len(text))}
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

func (f *folded) add(r rune, from, to int) {
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
func (f *folded) spaced(text []rune) folded {
	out := folded{runes: f.runes[:0], start: f.start[:0], end: f.end[:0]}
	for i := 0; i < len(f.runes); {
		j, breaks := i, 0
		for j < len(f.runes) && unicode.IsSpace(f.runes[j]) {
			if f.runes[j] == '\n' {
				breaks++
			}
			j++
		}
		if j == i {
			out.keep(f.runes[i], f.start[i], f.end[i])
			i++
			continue
		}
		n := len(out.runes)
		switch {
		case breaks > 1:
			out.keep('\n', f.start[i], f.end[j-1])
		case n > 0 && j < len(f.runes) && isHan(out.runes[n-1]) && isHan(f.runes[j]):
		default:
			out.keep(' ', f.start[i], f.end[j-1])
		}
		i = j
	}
	return out
}

func (f *folded) keep(r rune, from, to int) {
	f.runes = append(f.runes, r)
	f.start = append(f.start, from)
	f.end = append(f.end, to)
}

// key is the folded form of a term.
func key(s string) string { return strings.TrimSpace(string(fold([]rune(s)).runes)) }

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) || r == '·' }

// bounded reports whether words of r's script are told apart by what stands
// between them.
func bounded(r rune) bool { return r < 0x2e80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
