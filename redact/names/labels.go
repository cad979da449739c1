package names

import (
	"consentry/redact"
)

// A place is a stretch of runes.
type place struct{ start, end int }

// labels are the places of our own labels in a text.
func labels(text []rune) []place {
	var out []place
	for _, at := range redact.LabelRunes(text) {
		out = append(out, place{at[0], at[1]})
	}
	return out
}
