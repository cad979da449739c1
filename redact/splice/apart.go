package splice

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"
)

// Apart widens edits over the combining marks behind them, and puts a space where
// what stands instead would run into the letter or digit beside it: a label that
// does is none any more.
func Apart(text []rune, edits []Edit) []Edit {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	for i := range edits {
		e := &edits[i]
		if e.Start < 0 || e.End > len(text) || e.With == "" {
			continue
		}
		for e.End < len(text) && unicode.Is(unicode.M, text[e.End]) {
			e.End++
		}
		with := []rune(e.With)
		before, after := rune(0), rune(0)
		if e.Start > 0 {
			before = text[e.Start-1]
		}
		if i > 0 && edits[i-1].End == e.Start {
			before, _ = utf8.DecodeLastRuneInString(edits[i-1].With)
		}
		if e.End < len(text) {
			after = text[e.End]
		}
		if alnum(before) && alnum(with[0]) {
			e.With = " " + e.With
		}
		next := i+1 < len(edits) && edits[i+1].Start <= e.End // whose label sees to the space
		if !next && alnum(with[len(with)-1]) && alnum(after) {
			e.With += " "
		}
	}
	return edits
}

func alnum(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}
