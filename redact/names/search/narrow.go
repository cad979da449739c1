package search

import (
	"unicode"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/lexicon"
)

// narrow is a term's redact.Narrow as the matcher asks for it.
type narrow struct {
	caps  uint64 // a bit for each of the first 64 folded runes that has to be a capital
	whole bool
}

func narrowed(t redact.Term) narrow {
	n := narrow{whole: t.Only&redact.WholeWord != 0}
	if t.Only&redact.Capitals == 0 {
		return n
	}
	text := []rune(t.Text)
	f := fold.Of(text)
	skip := 0
	for skip < len(f.Runes) && unicode.IsSpace(f.Runes[skip]) { // as fold.Key trims
		skip++
	}
	for i := skip; i < len(f.Runes) && i-skip < 64; i++ {
		if unicode.IsUpper(text[f.Start[i]]) {
			n.caps |= 1 << (i - skip)
		}
	}
	return n
}

// or is what either allows.
func (n narrow) or(o narrow) narrow { return narrow{n.caps & o.caps, n.whole && o.whole} }

// allows reports whether the runes a to b of f, folded of text, may be the term.
func (n narrow) allows(text []rune, f *fold.Text, a, b int) bool {
	for i, c := a, n.caps; c != 0; i, c = i+1, c>>1 {
		if c&1 != 0 && !unicode.IsUpper(text[f.Start[i]]) {
			return false
		}
	}
	return !n.whole || !lexicon.Torn(f.Runes, a, b)
}
