package removed

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"consentry/redact/fold"
)

// A Replacement is a removed text with what stands instead.
type Replacement struct{ Text, With string }

// A Replacer finds removed texts in others: in any case and width, over accents,
// spaces, hyphens and the marks that join the words of a name in identifiers.
// It does not find them within another word (Ann in planning).
type Replacer struct {
	keys []key
	m    *Matcher // of their texts
}

type key struct {
	text  string // folded and squeezed
	with  string
	loose bool // long enough to be no part of another word by chance
	alone bool // one Han rune: counts only by itself
}

// NewReplacer knows these texts; those of one letter that is no word are left out.
func NewReplacer(removed []Replacement) *Replacer {
	m := &Replacer{}
	seen := map[string]bool{}
	for _, r := range removed {
		if seen[r.Text] { // the first one's label counts
			continue
		}
		seen[r.Text] = true
		s := squeeze([]rune(r.Text))
		n := utf8.RuneCountInString(s.text)
		first, _ := utf8.DecodeRuneInString(s.text)
		if n == 0 || n == 1 && !fold.IsHan(first) {
			continue
		}
		m.keys = append(m.keys, key{
			text: s.text, with: r.With, alone: n == 1,
			loose: n >= 8 && strings.ContainsAny(strings.TrimSpace(r.Text), " -") && !strings.ContainsFunc(s.text, unicode.IsDigit),
		})
	}
	patterns := make([][]byte, len(m.keys))
	for i, k := range m.keys {
		patterns[i] = []byte(k.text)
	}
	m.m = NewMatcher(patterns)
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
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Pd, r), unicode.Is(unicode.Cf, r), strings.ContainsRune("_.·'+", r):
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

// find gives the first hit of the first key that has one.
func (m *Replacer) find(s squeezed) (hit, bool) {
	for _, k := range m.keys {
		for from := 0; ; {
			i := strings.Index(s.text[from:], k.text)
			if i < 0 {
				break
			}
			i += from
			h := hit{s.start[i], s.end[i+len(k.text)-1], k.with}
			if s.free(h, k) {
				return h, true
			}
			_, n := utf8.DecodeRuneInString(s.text[i:])
			from = i + n
		}
	}
	return hit{}, false
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
	return !runsOn(before, s.source[h.start]) && !runsOn(s.source[h.end-1], after)
}

// runsOn reports whether b goes on with the word or number that a ends. A
// capital behind a small letter begins a word of its own.
func runsOn(a, b rune) bool {
	if unicode.IsDigit(a) && unicode.IsDigit(b) {
		return true
	}
	if unicode.IsLower(a) && unicode.IsUpper(b) {
		return false
	}
	return unicode.IsLetter(a) && unicode.IsLetter(b) && fold.Bounded(a) && fold.Bounded(b)
}

// Empty reports whether it looks for nothing.
func (m *Replacer) Empty() bool { return len(m.keys) == 0 }

// In reports whether a removed text stands in s.
func (m *Replacer) In(s string) bool {
	if len(m.keys) == 0 {
		return false
	}
	_, ok := m.find(squeeze([]rune(s)))
	return ok
}

// Replace writes labels instead of removed texts; false where one is left.
func (m *Replacer) Replace(s string) (string, bool) {
	for range 1000 {
		q := squeeze([]rune(s))
		h, ok := m.find(q)
		if !ok {
			return s, true
		}
		next := string(q.source[:h.start]) + h.with + string(q.source[h.end:])
		if next == s {
			return "", false
		}
		s = next
	}
	return "", false
}
