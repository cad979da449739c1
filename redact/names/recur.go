package names

import (
	"slices"

	"consentry/redact"
	"consentry/redact/fold"
)

// The lengths, in runes, of names that are looked for in the rest of their text.
const (
	leastRecurring = 3 // two runes are too often a part of other words
	mostRecurring  = 12
)

// recur looks in the rest of a text for what stands in it once: an organisation's
// alias names the organisation wherever it stands (云岚表示, of 云岚科技有限公司（以下
// 简称“云岚”）), whatever a model took it for; and a person's full name that the model
// was sure of in one place is one where it was not. The candidates are settled.
func recur(text []rune, found []candidate) []candidate {
	names, firsts := map[string]candidate{}, map[rune]bool{}
	var lengths []int
	for _, c := range found {
		n := c.end - c.start
		person := c.kind == redact.Person && c.tier == redact.Sure && c.score >= 0.8 && n >= leastRecurring && n <= 2*leastRecurring && fold.IsHan(text[c.start])
		if c.why == whyAlias && n <= mostRecurring {
			names[string(text[c.start:c.end])] = c
		} else if s := string(text[c.start:c.end]); person && names[s].why == "" && !somebody[s] {
			names[s] = candidate{kind: c.kind, tier: redact.Review, score: c.score, why: c.why}
		}
		if c.why == whyAlias || person {
			firsts[text[c.start]] = true
		}
		if (c.why == whyAlias || person) && !slices.Contains(lengths, n) {
			lengths = append(lengths, n)
		}
	}
	slices.Sort(lengths)
	slices.Reverse(lengths)
	var out []candidate
	next := 0 // of found
	for i := 0; i < len(text); i++ {
		for next < len(found) && found[next].end <= i {
			out, next = append(out, found[next]), next+1
		}
		for _, n := range lengths {
			if !firsts[text[i]] || i+n > len(text) {
				continue
			}
			c, ok := names[string(text[i:i+n])]
			if !ok {
				continue
			}
			c.start, c.end = i, i+n
			if next < len(found) && found[next].start <= i && c.end <= found[next].end {
				if found[next].start == i && found[next].end == c.end && c.why == whyAlias {
					found[next] = c
				}
			} else if c.why == whyAlias || next == len(found) || found[next].start >= c.end {
				for next < len(found) && found[next].start < c.end { // parts of it
					c.start, c.end = min(c.start, found[next].start), max(c.end, found[next].end)
					next++
				}
				out = append(out, c)
			} else {
				continue
			}
			i = c.end - 1
			break
		}
	}
	return append(out, found[next:]...)
}
