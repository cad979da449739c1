package fold

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The forms of single runes are looked up in a table of the common ones. What is
// no rune of its own is a mark from the surrogates' range.
type forms [1 << 16]uint16

const (
	firstMark  = 0xd800
	several    = 0xd800 // another number of runes, or a form that the table cannot hold
	joining    = 0xd801 // belongs to the rune before it
	nothing    = 0xd802
	plainSpace = 0xd803
	lineBreak  = 0xd804
	lastMark   = 0xdfff
)

func (t *forms) of(r rune) uint16 {
	if uint32(r) < 1<<16 {
		return t[r]
	}
	return several
}

var table = sync.OnceValue(func() *forms {
	var t forms
	for i := range t {
		t[i] = form(rune(i))
	}
	return &t
})

// form is the entry of r.
func form(r rune) uint16 {
	switch {
	case r >= firstMark && r <= lastMark:
		return several
	case joins(0, r):
		return joining
	case r >= 0x1100 && r <= 0x11ff: // Hangul that is composed
		return several
	case r == '\n':
		return lineBreak
	case r >= 0x3400 && r <= 0x9fff: // Han, and nothing else
		if r = simple(r); r > 0xffff {
			return several
		}
		return uint16(r)
	case r >= 0xa000 && r < 0xf900 && !unicode.IsLetter(r), r >= 0xac00 && r <= 0xd7a3:
		return uint16(r)
	}
	if s := string(r); r >= 0x80 && !norm.NFKC.IsNormalString(s) {
		one := []rune(norm.NFKC.String(s))
		if len(one) != 1 {
			return several
		}
		r = one[0]
	}
	to := []rune(folded(r))
	switch {
	case len(to) == 0:
		return nothing
	case len(to) > 1 || to[0] > 0xffff:
		return several
	case unicode.IsSpace(to[0]):
		return plainSpace
	}
	return uint16(to[0])
}

// Letters that no accent makes what they are.
var spelled = map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ħ': "h",
	'ɑ': "a", 'ɡ': "g"} // as printed in books of pinyin

// folded is what becomes of r, which is in NFKC.
func folded(r rune) string {
	switch {
	case r == '*' || r >= 0x80 && (unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)):
		return ""
	case strings.ContainsRune("•‧・∙⋅･", r):
		return "·"
	case strings.ContainsRune("‘’ʼ`´", r):
		return "'"
	case unicode.Is(unicode.Pd, r):
		return "-"
	case r == '_' || unicode.IsSpace(r) && r != '\n':
		return " "
	}
	if !unicode.Is(unicode.M, r) { // a small iota may be a mark
		r = simple(unicode.ToLower(unicode.ToUpper(r)))
	}
	if r >= 0x80 && accented(r) {
		bare := []rune(norm.NFD.String(string(r)))[0]
		if s, ok := spelled[bare]; ok {
			return s
		}
		r = bare
	}
	return string(r)
}

// accented reports whether an accent does not make another letter of r.
func accented(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 0x80 && unicode.In(r, unicode.Latin, unicode.Greek)
}

// plainBeyond reports whether r is of the planes behind the table's where NFKC
// changes nothing and no letters are.
func plainBeyond(r rune) bool {
	return r >= 0x1f300 && r < 0x1fbf0 || r >= 0x20000 && r < 0x2f800 || r >= 0x30000 && r < 0x40000
}

// simplifiedText has a traditional character and its simplified form a line, made
// by opencc/main.go from OpenCC's dictionary of characters (Apache-2.0, see
// docs/licences/opencc.txt).
//
//go:embed simplified.txt
var simplifiedText string

var simplified = sync.OnceValue(func() map[rune]rune {
	m := make(map[rune]rune, len(simplifiedText)/7)
	var from rune
	for _, r := range simplifiedText {
		switch {
		case r == '\n':
			from = 0
		case from == 0:
			from = r
		default:
			m[from] = r
		}
	}
	return m
})

// simple is the simplified form of a Han rune, or r.
func simple(r rune) rune {
	if r < 0x2e80 {
		return r
	}
	if s, ok := simplified()[r]; ok {
		return s
	}
	return r
}
