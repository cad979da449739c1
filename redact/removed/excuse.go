package removed

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"consentry/redact"
)

// A Text is one removed text, with the exceptions that go for it.
type Text struct {
	Index   int // of its first finding in Released.Removed
	Kind    redact.Kind
	Written string   // as written
	Key     string   // folded
	Single  bool     // one rune
	proud   bool     // one Latin word with a capital: in small letters it is another word (Data, data)
	Keep    int      // how often the same text was kept
	within  []string // kept texts that contain it, folded
	Found   int      // for the caller to count
	Done    bool     // and to mark
}

// Texts are the distinct removed texts of r that can be looked for. A text of
// one rune counts only where it is no Latin letter, digit or mark: such a rune
// is everywhere.
func Texts(r redact.Released) []*Text {
	var out []*Text
	seen := map[string]*Text{}
	for i, f := range r.Removed {
		key := string(Fold(f.Text).B)
		if key == "" || seen[key] != nil {
			continue
		}
		single := utf8.RuneCountInString(key) == 1
		if first, _ := utf8.DecodeRuneInString(key); single && !unicode.In(first, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana) {
			continue
		}
		t := &Text{Index: i, Kind: f.Kind, Written: f.Text, Key: key, Single: single, proud: isProud(f.Text)}
		seen[key] = t
		out = append(out, t)
	}
	kept := map[redact.Region]bool{}
	longer := map[string]bool{}
	for _, f := range r.Kept {
		if f.Region.Part == redact.PartName || kept[f.Region] {
			continue
		}
		kept[f.Region] = true
		key := string(Fold(f.Text).B)
		if t := seen[key]; t != nil {
			t.Keep++
			continue
		}
		if longer[key] {
			continue
		}
		longer[key] = true
		for _, t := range out {
			if strings.Contains(key, t.Key) {
				t.within = append(t.within, key)
			}
		}
	}
	return out
}

// Leak is the leak of the text.
func (t *Text) Leak(by, where string) redact.Leak {
	return redact.Leak{By: by, Where: where, Kind: t.Kind, Removed: t.Index}
}

// Innocent reports whether the occurrence s[lo:hi] of the text, with what
// stands around it, is something else: a part of one of our labels, of another
// word or number, or of a text that was kept.
func (t *Text) Innocent(s string, lo, hi int) bool {
	prev, _ := utf8.DecodeLastRuneInString(s[:lo])
	next, _ := utf8.DecodeRuneInString(s[hi:])
	first, _ := utf8.DecodeRuneInString(s[lo:])
	last, _ := utf8.DecodeLastRuneInString(s[lo:hi])
	if t.proud && unicode.IsLower(first) {
		return true
	}
	if lo > 0 && (joined(prev, first) || t.Single && wordlike(prev)) {
		return true
	}
	if hi < len(s) && (joined(last, next) || t.Single && wordlike(next)) {
		return true
	}
	from, to := view(s, lo, hi)
	for _, l := range redact.FindLabels(s[from:to]) {
		a, b := from+l[0], from+l[1]
		// A removed text may contain what looks like a label; then it is no excuse.
		if lo < b && a < hi && !(lo <= a && b <= hi && hi-lo > b-a) {
			return true
		}
	}
	return t.kept(s, lo, hi)
}

// isProud reports whether s is a single Latin word written with a capital. Names
// are searched in a case by the same rule.
func isProud(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(first) && strings.IndexFunc(s, func(r rune) bool { return !unicode.Is(unicode.Latin, r) }) < 0
}

// kept reports whether s[lo:hi] lies within an occurrence of a kept text.
func (t *Text) kept(s string, lo, hi int) bool {
	if len(t.within) == 0 {
		return false
	}
	longest := 0
	for _, k := range t.within {
		longest = max(longest, len(k))
	}
	// Spaces between the letters of a kept text make it longer than its fold.
	from, to := max(0, lo-2*longest-64), min(len(s), hi+2*longest+64)
	for from > 0 && !utf8.RuneStart(s[from]) {
		from--
	}
	for to < len(s) && !utf8.RuneStart(s[to]) {
		to++
	}
	f := Fold(s[from:to])
	text := string(f.B)
	for _, k := range t.within {
		for at := 0; ; {
			i := strings.Index(text[at:], k)
			if i < 0 {
				break
			}
			i += at
			if from+int(f.At[i]) <= lo && hi <= from+int(f.To[i+len(k)-1]) {
				return true
			}
			at = i + 1
		}
	}
	return false
}

// view widens lo:hi by 32 bytes on both sides, to whole runes.
func view(s string, lo, hi int) (from, to int) {
	from, to = max(0, lo-32), min(len(s), hi+32)
	for from > 0 && !utf8.RuneStart(s[from]) {
		from--
	}
	for to < len(s) && !utf8.RuneStart(s[to]) {
		to++
	}
	return from, to
}
