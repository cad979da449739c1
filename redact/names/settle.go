package names

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/lexicon"
)

// A candidate is what a model or a rule takes for a name.
type candidate struct {
	start, end int // runes
	kind       redact.Kind
	tier       redact.Tier
	score      float64
	why        string
}

// settle trims the candidates, leaves out our own labels, and sees to it that no
// two overlap: of the sure ones the longer stays and takes in those that overlap
// it; the review ones keep what no sure one covers.
func settle(text []rune, all []candidate, hidden []place) []candidate {
	var sure, review []candidate
	for _, c := range all {
		for _, piece := range without(c, hidden) {
			piece.start, piece.end = trim(text, piece)
			if !worth(text, piece) {
				continue
			}
			if piece.tier == redact.Sure {
				sure = append(sure, piece)
			} else {
				review = append(review, piece)
			}
		}
	}
	sure = union(sure)
	taken := make([]place, 0, len(sure))
	for _, c := range sure {
		taken = append(taken, place{c.start, c.end})
	}
	out := sure
	chinese := slices.ContainsFunc(text, fold.IsHan)
	for _, c := range union(review) {
		for _, piece := range without(c, taken) {
			// What a sure one leaves over may be a sign or a title.
			follows := chinese && piece.start > c.start // An behind Nguyen Van
			piece.start, piece.end = trim(text, piece)
			if worth(text, piece) || follows && piece.start < piece.end && titleCase(text[piece.start:piece.end]) {
				out = append(out, piece)
			}
		}
	}
	slices.SortFunc(out, byPlace)
	return oneName(text, bridge(text, out))
}

func byPlace(a, b candidate) int {
	return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(rank(b.kind), rank(a.kind)), cmp.Compare(b.score, a.score), cmp.Compare(a.why, b.why))
}

// rank orders kinds where two are claimed: a person is never lost to a place.
func rank(k redact.Kind) int {
	return slices.Index([]redact.Kind{redact.Other, redact.Location, redact.Organisation, redact.Person}, k)
}

// union joins candidates that overlap; the longest says what they are.
func union(cs []candidate) []candidate {
	slices.SortFunc(cs, byPlace)
	var out []candidate
	longest := 0
	for _, c := range cs {
		n := len(out) - 1
		if n < 0 || c.start >= out[n].end {
			out = append(out, c)
			longest = c.end - c.start
			continue
		}
		start, end := out[n].start, max(out[n].end, c.end)
		if l := c.end - c.start; l > longest {
			out[n], longest = c, l
		}
		out[n].start, out[n].end = start, end
	}
	return out
}

// without cuts places, in their order, out of a candidate.
func without(c candidate, ps []place) []candidate {
	var out []candidate
	i, _ := slices.BinarySearchFunc(ps, c.start, func(p place, start int) int {
		if p.end <= start {
			return -1
		}
		return 1
	})
	for ; i < len(ps) && ps[i].start < c.end; i++ {
		if ps[i].start > c.start {
			left := c
			left.end = ps[i].start
			out = append(out, left)
		}
		c.start = ps[i].end
	}
	if c.start < c.end {
		out = append(out, c)
	}
	return out
}

// worth reports whether a piece can name anyone: a Han rune or two letters, and
// not just a common word or a title.
func worth(text []rune, c candidate) bool {
	if c.start >= c.end {
		return false
	}
	s := string(text[c.start:c.end])
	if lexicon.IsTitle(s) || lexicon.Ordinary[s] || c.tier == redact.Review && lexicon.TradeWords[s] || lexicon.IsJob(s) || lexicon.Common[lower(s)] && (c.kind != redact.Person || c.tier == redact.Review) {
		return false
	}
	if several := strings.Contains(s, " "); (c.tier == redact.Review || c.kind != redact.Person && several) && lexicon.IsHeading(s) && (several || lexicon.IsHeading(lineBefore(text, c.start)+" the")) {
		return false
	}
	han, latin, _ := lexicon.Count(s)
	if han == 0 && latin <= 1 && digits(s) > 3 { // N 121.946502
		return false
	}
	if han == 1 && latin == 0 && c.why != whySurname && strings.Contains("的了和与及在是由向对被说我他她你", s) {
		return false
	}
	return han > 0 || latin >= 2 || latin == 1 && c.tier == redact.Sure
}

func digits(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
