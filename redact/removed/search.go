package removed

// A Search looks for removed texts in others.
type Search struct {
	Texts []*Text
	m     *Matcher
}

// NewSearch looks for these texts.
func NewSearch(texts []*Text) *Search {
	patterns := make([][]byte, len(texts))
	for i, t := range texts {
		patterns[i] = []byte(t.Key)
	}
	return &Search{texts, NewMatcher(patterns)}
}

// All calls found with each place in s, in bytes, at which a text stands, however it
// is written there.
func (f *Search) All(s string, found func(t *Text, lo, hi int)) {
	if len(f.Texts) == 0 || s == "" {
		return
	}
	folded := Fold(s)
	f.m.Scan(0, folded.B, func(i, end int) {
		t := f.Texts[i]
		found(t, int(folded.At[end-len(t.Key)]), int(folded.To[end-1]))
	})
}

// Each is All for the texts that are not Done, without the places that are Innocent.
func (f *Search) Each(s string, found func(t *Text, lo, hi int)) {
	f.All(s, func(t *Text, lo, hi int) {
		if !t.Done && !t.Innocent(s, lo, hi) {
			found(t, lo, hi)
		}
	})
}

// TooOften counts a place at which the text stands. From the first on that is more
// than were kept it is true, and the text Done.
func (t *Text) TooOften() bool {
	if t.Found++; t.Found > t.Keep {
		t.Done = true
	}
	return t.Done
}
