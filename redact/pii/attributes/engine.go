package attributes

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"unicode"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/fold"
)

// How many runes the patterns of a rule see on each side of a cue.
const (
	leftHan    = 26
	rightHan   = 40
	leftLatin  = 56
	rightLatin = 72
)

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
		if !s.first[uint16(r.low[i])] || i > 0 && latin(r.low[i]) && latin(r.low[i-1]) {
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
		before, after := leftHan, rightHan
		if c.head {
			before, after = leftLatin, rightLatin
		}
		var left, right string // made once for all rules of the cue
		for _, n := range c.rules {
			rule := &s.rules[n]
			if left == "" && rule.left != nil {
				left = string(r.cased[max(0, i-before):i])
			}
			if right == "" && (rule.right != nil || rule.Name == "behind") {
				right = string(r.cased[end:min(len(r.low), end+after)])
			}
			if rule.Lang == redact.Chinese && c.head && !r.han(r.around(i)) {
				continue
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
	at := r.around(lo)
	here := rule.Person == "no" || s.people.in(r, at)
	if !here && (rule.Person == "sentence" || !s.near(r, at)) {
		return hit{}, false
	}
	start, end := len(r.low), 0 // nothing yet
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
	if rule.Name == "behind" && !s.people.name(r.cased, rule.behind(right, hi)) {
		return hit{}, false
	}
	if rule.Name == "before" {
		if start = s.people.before(r.cased, lo); start < 0 {
			return hit{}, false
		}
	}
	if rule.left != nil {
		m := rule.left.FindStringSubmatchIndex(left)
		if m == nil {
			return hit{}, false
		}
		if a, b, ok := groups(rule.left, m); ok {
			start, end = lo-utf8.RuneCountInString(left[a:]), max(end, lo-utf8.RuneCountInString(left[b:]))
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
	if rule.Take == "value" && s.no(r, rule, lo, hi, start, end) {
		return hit{}, false
	}
	if rule.Person == "no" || here && s.people.apart(r, at, rule, start, end) {
		return h, true
	}
	h.tier = redact.Review
	return h, rule.Person != "sentence" && s.near(r, at)
}

// han reports whether a Han rune stands in sentence n.
func (r *reading) han(n int) bool {
	return slices.ContainsFunc(r.low[r.sent[n].start:r.sent[n].end], fold.IsHan)
}

// behind is the rune behind what the rule's right pattern takes from the text
// behind the cue, which ends at rune at; a colon or a space is passed over.
func (rule *rule) behind(right string, at int) int {
	if rule.right != nil {
		if m := rule.right.FindStringIndex(right); m != nil {
			at += utf8.RuneCountInString(right[:m[1]])
			right = right[m[1]:]
		}
	}
	if right != "" && (right[0] == ':' || right[0] == ' ') {
		at++
	}
	return at
}

// near reports whether a person stands in the two sentences before or behind.
func (s *set) near(r *reading, at int) bool {
	for n := 1; n <= 2; n++ {
		if at-n >= 0 && r.sent[at].start-r.sent[at-n].start < 200 && s.people.in(r, at-n) ||
			at+n < len(r.sent) && r.sent[at+n].start-r.sent[at].start < 100 && s.people.in(r, at+n) {
			return true
		}
	}
	return false
}

// no reports whether the value from start to end is none: the next label of a form
// (职务|部门), or a common word where a name is wanted.
func (s *set) no(r *reading, rule *rule, lo, hi, start, end int) bool {
	value := string(r.low[start:end])
	if _, label := s.columns[string(r.low[lo:hi])]; label {
		if _, next := s.columns[value]; next {
			return true
		}
	}
	return (rule.Kind == "signature" || rule.Kind == "former-name") && s.people.common(value, 1)
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

// joined are the kinds of which two findings are one where only a mark parts
// them: 北纬…，东经…; 9岁，望溪小学.
var joined = map[redact.Kind]bool{"gps": true, "minor": true}

// mark reports whether runes from to are a mark or two that part.
func (r *reading) mark(from, to int) bool {
	for i := from; i < to; i++ {
		if !edge(r.low[i]) || r.low[i] == '\n' {
			return false
		}
	}
	return to-from <= 2
}

// settle joins what overlaps of one kind, leaves out an age that belongs to
// what is told of a child, and puts the hits into runes of the text.
func (r *reading) settle(found []hit) []hit {
	slices.SortStableFunc(found, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(b.tier, a.tier))
	})
	var out []hit
	for _, h := range found {
		n := len(out)
		if n > 0 && out[n-1].kind == h.kind && (h.start < out[n-1].end || joined[h.kind] && r.mark(out[n-1].end, h.start)) {
			out[n-1].end = max(out[n-1].end, h.end)
			out[n-1].tier = max(out[n-1].tier, h.tier)
			continue
		}
		out = append(out, h)
	}
	children := slices.DeleteFunc(slices.Clone(out), func(h hit) bool { return h.kind != "minor" }) // in order, and apart
	out = slices.DeleteFunc(out, func(h hit) bool {
		n, _ := slices.BinarySearchFunc(children, h.start+1, func(c hit, at int) int { return cmp.Compare(c.start, at) })
		return (h.kind == "age" || h.kind == "education") && n > 0 && h.end <= children[n-1].end
	})
	for i := range out {
		out[i].start, out[i].end = r.start[out[i].start], r.end[out[i].end-1]
	}
	slices.SortStableFunc(out, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.kind, b.kind))
	})
	return out
}
