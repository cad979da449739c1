package attributes

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"unicode"
	"unicode/utf8"

	"consentry/redact"
)

// window is how many runes the patterns of a rule see on each side of a cue.
const window = 72

// A hit is what a rule found: runes of the text.
type hit struct {
	start, end int
	kind       redact.Kind
	tier       redact.Tier
	why        string
}

// read finds in a text, in order of the start.
func (s *set) read(ctx context.Context, text []rune) ([]hit, error) {
	r := read(text)
	found := s.table(r)
	for i := range r.low {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !s.first[r.low[i]] {
			continue
		}
		key := [2]rune{r.low[i]}
		found = s.at(r, i, s.cues[key], found)
		if i+1 < len(r.low) {
			key[1] = r.low[i+1]
			found = s.at(r, i, s.cues[key], found)
		}
	}
	return r.settle(found), ctx.Err()
}

// at runs the rules of the cues that stand at rune i.
func (s *set) at(r *reading, i int, cues []cue, found []hit) []hit {
	for _, c := range cues {
		end := i + len(c.runes)
		if end > len(r.low) || !slices.Equal(r.low[i:end], c.runes) ||
			c.head && i > 0 && latin(r.low[i-1]) || c.tail && end < len(r.low) && latin(r.low[end]) {
			continue
		}
		var left, right string // made once for all rules of the cue
		for _, n := range c.rules {
			rule := &s.rules[n]
			if left == "" && rule.left != nil {
				left = string(r.cased[max(0, i-window):i])
			}
			if right == "" && rule.right != nil {
				right = string(r.cased[end:min(len(r.low), end+window)])
			}
			if h, ok := s.try(r, rule, i, end, left, right); ok {
				found = append(found, h)
			}
		}
	}
	return found
}

// try runs one rule on the cue from lo to hi. The hit is in runes of the reading.
func (s *set) try(r *reading, rule *rule, lo, hi int, left, right string) (hit, bool) {
	start, end := hi, lo // nothing yet
	if rule.Take != "value" {
		start, end = lo, hi
	}
	if rule.right != nil {
		m := rule.right.FindStringSubmatchIndex(right)
		if m == nil {
			return hit{}, false
		}
		if a, b, ok := groups(rule.right, m); ok {
			start, end = min(start, hi+utf8.RuneCountInString(right[:a])), hi+utf8.RuneCountInString(right[:b])
		}
	}
	if rule.left != nil {
		m := rule.left.FindStringSubmatchIndex(left)
		if m == nil {
			return hit{}, false
		}
		if a, b, ok := groups(rule.left, m); ok {
			start = lo - utf8.RuneCountInString(left[a:])
			end = max(end, lo-utf8.RuneCountInString(left[b:]))
		}
	}
	for start < end && edge(r.low[start]) {
		start++
	}
	for start < end && edge(r.low[end-1]) {
		end--
	}
	if start >= end {
		return hit{}, false
	}
	at := r.around(lo)
	if rule.unless != nil {
		near := 10
		if rule.Lang == redact.English {
			near = 24
		}
		from, to := max(r.sent[at].start, start-near), min(max(r.sent[at].end, end), end+near)
		if rule.unless.MatchString(string(r.cased[from:to])) {
			return hit{}, false
		}
	}
	h := hit{start: start, end: end, kind: rule.Kind, tier: rule.Tier, why: rule.Why}
	if rule.Person == "no" || s.people.in(r, at) {
		return h, true
	}
	if rule.Person == "sentence" {
		return h, false
	}
	h.tier = redact.Review
	for n := 1; n <= 2 && at-n >= 0 && r.sent[at].start-r.sent[at-n].start < 200; n++ {
		if s.people.in(r, at-n) {
			return h, true
		}
	}
	return h, false
}

// groups is the hull of a match's groups.
func groups(re *regexp.Regexp, m []int) (from, to int, ok bool) {
	for g := 1; g <= re.NumSubexp(); g++ {
		if a, b := m[2*g], m[2*g+1]; a >= 0 && a < b {
			if !ok || a < from {
				from = a
			}
			if !ok || b > to {
				to = b
			}
			ok = true
		}
	}
	return from, to, ok
}

// edge is a rune that no finding begins or ends with: space, marks that part,
// and our labels.
func edge(r rune) bool {
	switch r {
	case ',', ':', ';', '、', '。', '|', '\t', '\n', '"', '“', '”', '!', '?', labelPerson, labelOther, unicode.ReplacementChar:
		return true
	}
	return unicode.IsSpace(r)
}

// settle joins what overlaps of one kind, leaves out an age that belongs to
// what is told of a child, and puts the hits into runes of the text.
func (r *reading) settle(found []hit) []hit {
	slices.SortStableFunc(found, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(b.tier, a.tier))
	})
	var out []hit
	for _, h := range found {
		if n := len(out); n > 0 && out[n-1].kind == h.kind && h.start < out[n-1].end {
			out[n-1].end = max(out[n-1].end, h.end)
			out[n-1].tier = max(out[n-1].tier, h.tier)
			continue
		}
		out = append(out, h)
	}
	children := slices.DeleteFunc(slices.Clone(out), func(h hit) bool { return h.kind != "minor" })
	out = slices.DeleteFunc(out, func(h hit) bool {
		return (h.kind == "age" || h.kind == "education") && slices.ContainsFunc(children, func(c hit) bool { return c.start <= h.start && h.end <= c.end })
	})
	for i := range out {
		out[i].start, out[i].end = r.start[out[i].start], r.end[out[i].end-1]
	}
	slices.SortStableFunc(out, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.kind, b.kind))
	})
	return out
}
