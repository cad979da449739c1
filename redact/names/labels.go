package names

import (
	"unicode/utf8"

	"consentry/redact"
)

// A place is a stretch of runes.
type place struct{ start, end int }

// labels are the places of our own labels in a text.
func labels(text []rune) []place {
	s := string(text)
	var out []place
	bytes, runes := 0, 0
	for _, at := range redact.FindLabels(s) {
		start := runes + utf8.RuneCountInString(s[bytes:at[0]])
		end := start + utf8.RuneCountInString(s[at[0]:at[1]])
		bytes, runes = at[1], end
		out = append(out, place{start, end})
	}
	return out
}

func overlaps(ps []place, start, end int) bool {
	for _, p := range ps {
		if p.start < end && start < p.end {
			return true
		}
	}
	return false
}
