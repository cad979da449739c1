package places

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"consentry/redact/fold"
	"consentry/redact/removed"
	"consentry/redact/splice"
)

// A Matcher finds removed texts in identifiers: in any case and width, over
// accents, spaces, hyphens and the marks that join the words of a name there. It
// does not find them within another word (Ann in planning). It is safe for
// concurrent use.
type Matcher struct {
	keys []key
	m    *removed.Matcher
}

type key struct {
	text  string // folded and squeezed
	with  string
	loose bool // long enough to be no part of another word by chance
	alone bool // one Han rune: counts only by itself
}

// NewMatcher prepares a search. Texts of one letter are not looked for.
func NewMatcher(gone []Removed) *Matcher {
	m := &Matcher{}
	seen := map[string]bool{}
	for _, r := range gone {
		s := squeeze([]rune(r.Text))
		n := utf8.RuneCountInString(s.text)
		first, _ := utf8.DecodeRuneInString(s.text)
		if n == 0 || n == 1 && !fold.IsHan(first) || seen[s.text] {
			continue
		}
		seen[s.text] = true
		m.keys = append(m.keys, key{
			text: s.text, with: r.With, alone: n == 1,
			loose: n >= 8 && strings.ContainsAny(strings.TrimSpace(r.Text), " -") && !strings.ContainsFunc(s.text, unicode.IsDigit),
		})
	}
	patterns := make([][]byte, len(m.keys))
	for i, k := range m.keys {
		patterns[i] = []byte(k.text)
	}
	m.m = removed.NewMatcher(patterns)
	for i := range m.keys { // a label that says what it hides is none
		if m.In(m.keys[i].with) {
			m.keys[i].with = ""
		}
	}
	return m
}

// A squeezed text has no spaces, hyphens and joining marks.
type squeezed struct {
	source []rune
	text   string
	start  []int // for each byte of text, the first rune of the source it stands for
	end    []int
}

func squeeze(source []rune) squeezed {
	t := fold.Of(source)
	s := squeezed{source: source}
	var b strings.Builder
	for i, r := range t.Runes {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("_.·'+", r) {
			continue
		}
		n, _ := b.WriteRune(r)
		for range n {
			s.start, s.end = append(s.start, t.Start[i]), append(s.end, t.End[i])
		}
	}
	s.text = b.String()
	return s
}

// A hit is where a removed text stands, in runes.
type hit struct {
	start, end int
	with       string
}

// find gives all hits that do not overlap, in order.
func (m *Matcher) find(s squeezed) []hit {
	var all []hit
	m.m.Scan(0, []byte(s.text), func(i, end int) {
		k := m.keys[i]
		h := hit{s.start[end-len(k.text)], s.end[end-1], k.with}
		if s.free(h, k) {
			all = append(all, h)
		}
	})
	slices.SortStableFunc(all, func(a, b hit) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	out := all[:0]
	for _, h := range all {
		if n := len(out); n > 0 && h.start < out[n-1].end {
			out[n-1].end = max(out[n-1].end, h.end)
			continue
		}
		out = append(out, h)
	}
	return out
}

// free reports whether a hit is a word of its own.
func (s squeezed) free(h hit, k key) bool {
	if k.loose {
		return true
	}
	before, after := rune(' '), rune(' ')
	if h.start > 0 {
		before = s.source[h.start-1]
	}
	if h.end < len(s.source) {
		after = s.source[h.end]
	}
	if k.alone {
		return !unicode.IsLetter(before) && !unicode.IsLetter(after)
	}
	return !joined(before, s.source[h.start]) && !joined(s.source[h.end-1], after)
}

// joined reports whether b goes on with the word or number that a ends. A
// capital behind a small letter begins a word of its own.
func joined(a, b rune) bool {
	if unicode.IsDigit(a) && unicode.IsDigit(b) {
		return true
	}
	if unicode.IsLower(a) && unicode.IsUpper(b) {
		return false
	}
	return unicode.IsLetter(a) && unicode.IsLetter(b) && fold.Bounded(a) && fold.Bounded(b)
}

// In reports whether a removed text stands in s.
func (m *Matcher) In(s string) bool {
	return len(m.keys) > 0 && s != "" && len(m.find(squeeze([]rune(s)))) > 0
}

var errPlace = errors.New("what is to be hidden stands where nothing else can: in the name of a tag, or the like")

// sweep searches what is kept without being shown.
func (d *Document) sweep(ctx context.Context, gone []Removed) (out []splice.Change, err error) {
	if len(gone) == 0 {
		return nil, nil
	}
	m := NewMatcher(gone)
	if len(m.keys) == 0 {
		return nil, nil
	}
	for i, p := range d.Places {
		if i%1000 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		t := p.Runs.Pieces(p.Write)
		s := []rune(t.String())
		hits := m.find(squeeze(s))
		if len(hits) == 0 {
			continue
		}
		if p.Label == nil {
			return nil, errPlace
		}
		edits := make([]splice.Edit, len(hits))
		left := ""
		at := 0
		for k, h := range hits {
			edits[k] = splice.Edit{Start: h.start, End: h.end, With: p.Label(h.with)}
			left += string(s[at:h.start]) + edits[k].With
			at = h.end
		}
		if m.In(left + string(s[at:])) { // what stands instead made one anew
			edits = []splice.Edit{{Start: 0, End: len(s), With: p.Label("")}}
		}
		c, err := t.Edit(func(int) []byte { return d.Source }, edits)
		if err != nil {
			return nil, err
		}
		out = append(out, c...)
	}
	return out, nil
}
