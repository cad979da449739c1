package removed

import "slices"

// A Hit is where a removed text stands, in runes, with what stands instead.
type Hit struct {
	Start, End int
	With       string
}

// Hits gives the places of all removed texts in s, in order. Those that overlap
// are one.
func (m *Replacer) Hits(s []rune) []Hit {
	if m.Empty() || len(s) == 0 {
		return nil
	}
	q := squeeze(s)
	var all []Hit
	m.m.Scan(0, []byte(q.text), func(i, end int) {
		k := m.keys[i]
		h := hit{q.start[end-len(k.text)], q.end[end-1], k.with}
		if q.free(h, k) {
			all = append(all, Hit{h.start, h.end, h.with})
		}
	})
	slices.SortStableFunc(all, func(a, b Hit) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	out := all[:0]
	for _, h := range all {
		if n := len(out); n > 0 && h.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, h.End)
			continue
		}
		out = append(out, h)
	}
	return out
}
