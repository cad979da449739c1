package custom

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/fold"
)

// Reasons given in Finding.Why.
const (
	WhyWord    = "word of a list of the user's own"
	WhyPattern = "pattern of the user's own"
)

// A pattern sees a text in windows, so that no pattern makes the work
// super-linear; windows overlap by as much as a match may be long and stay whole.
const (
	window  = 2048 // runes
	overlap = 512
)

// Detector finds the set's kinds; each finding has the kind's id and is of the sure
// tier.
func (s Set) Detector() redact.Detector { return s.detector() }

type detector struct {
	set    Set
	id     string
	words  *automaton
	labels *automaton // of the set: what was put into a text is not found again
}

func (s Set) detector() *detector {
	d := &detector{set: s, id: "custom/1"}
	if b, err := s.Marshal(); err == nil {
		d.id += " " + redact.Sum(b).String()
	}
	var words, labels []term
	for i, k := range s.kinds {
		for _, w := range k.List {
			words = append(words, term{[]rune(fold.Key(w)), i})
		}
		for _, l := range []string{k.Label.ZH, k.Label.EN} {
			labels = append(labels, term{[]rune(fold.Key(l)), i})
		}
	}
	d.words, d.labels = newAutomaton(words), newAutomaton(labels)
	return d
}

// ID names the version and the set, by its digest.
func (d *detector) ID() string { return d.id }

// Detect reads each span by itself, and the lines of a document's paragraph together.
func (d *detector) Detect(ctx context.Context, p redact.Page) ([]redact.Finding, error) {
	var out []redact.Finding
	for _, s := range p.Texts() {
		ms, err := d.find(ctx, s.Text)
		if err != nil {
			return nil, err
		}
		for _, m := range ms {
			out = p.AppendFound(out, s, m.start, m.end, redact.Finding{Kind: d.set.kinds[m.kind].ID, Tier: redact.Sure, Score: 1, Why: m.why, By: d.id})
		}
	}
	return out, ctx.Err()
}

// A match is runes of a text.
type match struct {
	start, end, kind int
	why              string
}

// finds reports whether the kind is found in a text.
func (d *detector) finds(text string, kind int) bool {
	ms, err := d.find(context.Background(), []rune(text))
	return err == nil && slices.ContainsFunc(ms, func(m match) bool { return m.kind == kind })
}

func (d *detector) find(ctx context.Context, text []rune) ([]match, error) {
	f := fold.Of(text)
	var out []match
	back := func(lo, hi, kind int, why string) {
		out = append(out, match{f.Start[lo], f.End[hi-1], kind, why})
	}
	for _, h := range d.words.search(f.Runes) {
		if !split(f.Runes, h.lo) && !split(f.Runes, h.hi) {
			back(h.lo, h.hi, h.kind, WhyWord)
		}
	}
	for i := range d.set.kinds {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if d.set.patterns[i] == nil {
			continue
		}
		windows(d.set.folded[i], f.Runes, func(lo, hi int) { back(lo, hi, i, WhyPattern) })
		windows(d.set.patterns[i], text, func(lo, hi int) { out = append(out, match{lo, hi, i, WhyPattern}) })
	}
	if len(out) == 0 {
		return nil, ctx.Err()
	}
	ours := redact.LabelRunes(text)
	for _, h := range d.labels.search(f.Runes) {
		ours = append(ours, [2]int{f.Start[h.lo], f.End[h.hi-1]})
	}
	out = without(out, ours)
	slices.SortFunc(out, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.kind, b.kind), cmp.Compare(a.why, b.why))
	})
	return outermost(out, len(d.set.kinds)), ctx.Err()
}

// without leaves out the matches that lie within one of the places, which it sorts.
func without(ms []match, places [][2]int) []match {
	slices.SortFunc(places, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	for i := 1; i < len(places); i++ { // how far those so far reach
		places[i][1] = max(places[i][1], places[i-1][1])
	}
	return slices.DeleteFunc(ms, func(m match) bool {
		n, _ := slices.BinarySearchFunc(places, m.start+1, func(p [2]int, at int) int { return cmp.Compare(p[0], at) })
		return n > 0 && m.end <= places[n-1][1]
	})
}

// outermost leaves out what lies within another of its kind.
func outermost(ms []match, kinds int) []match {
	end := make([]int, kinds)
	kept := ms[:0]
	for _, m := range ms {
		if m.end > end[m.kind] {
			end[m.kind] = m.end
			kept = append(kept, m)
		}
	}
	return kept
}

// split reports whether the place before rune i lies within a Latin word or number.
func split(rs []rune, i int) bool {
	return i > 0 && i < len(rs) && fold.Bounded(rs[i-1]) && fold.Bounded(rs[i])
}

// windows calls do with the runes of each match.
func windows(re *regexp.Regexp, text []rune, do func(lo, hi int)) {
	for from := 0; from < len(text); from += window - overlap {
		part := text[from:min(len(text), from+window)]
		s := string(part)
		bytes, runes := 0, from
		for _, m := range re.FindAllStringIndex(s, -1) {
			if m[0] == m[1] {
				continue
			}
			lo := runes + utf8.RuneCountInString(s[bytes:m[0]])
			hi := lo + utf8.RuneCountInString(s[m[0]:m[1]])
			bytes, runes = m[1], hi
			do(lo, hi)
		}
		if from+window >= len(text) {
			return
		}
	}
}
