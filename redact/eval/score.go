package eval

import (
	"cmp"
	"errors"
	"slices"
	"time"
	"unicode/utf8"

	"consentry/redact"
)

// A Score compares what was found of one kind with what people marked. All are
// shares of 1, and 1 where there was nothing to count.
type Score struct {
	Kind      redact.Kind `json:"kind"`
	Entities  int         `json:"entities"`    // marked
	Recall    float64     `json:"recall"`      // of marked characters, found as this kind
	Precision float64     `json:"precision"`   // of characters found as this kind, marked as it
	AnyRecall float64     `json:"any_recall"`  // of marked characters, found as any kind
	Full      float64     `json:"full"`        // of marked entities, each character found as any kind
	SureAny   float64     `json:"sure_recall"` // AnyRecall and Full by the sure tier alone
	SureFull  float64     `json:"sure_full"`
}

// A Result are the scores of some texts.
type Result struct {
	Language      redact.Lang `json:"language,omitempty"` // of all the texts; empty for all languages
	Texts         int         `json:"texts"`
	Characters    int         `json:"characters"`
	Scores        []Score     `json:"scores"`         // by kind
	AnyPrecision  float64     `json:"any_precision"`  // of characters found as a name or as a kind that was marked in these texts, marked as any kind
	SurePrecision float64     `json:"sure_precision"` // the same of the sure tier alone
	Flagged       float64     `json:"flagged"`        // of all characters, found as anything
	SureFlagged   float64     `json:"sure_flagged"`
}

// An Evaluation is the result of Evaluate.
type Evaluation struct {
	Result
	Languages []Result      `json:"languages,omitempty"` // where there are several
	Took      time.Duration `json:"took_ns,omitempty"`
	Speed     float64       `json:"characters_per_second,omitempty"`
}

// Timed adds how long the search took, wall-clock.
func (e Evaluation) Timed(took time.Duration) Evaluation {
	e.Took = took
	e.Speed = float64(e.Characters) / max(took.Seconds(), 1e-9)
	return e
}

// Evaluate compares findings with labelled texts. found stands beside gold;
// places are runes of the text. Every kind that was marked has a score.
func Evaluate(gold []Labelled, found [][]redact.Finding) (Evaluation, error) {
	if len(gold) != len(found) {
		return Evaluation{}, errors.New("evaluate: findings are not beside the texts")
	}
	judged := map[redact.Kind]bool{redact.Person: true, redact.Organisation: true, redact.Location: true, redact.Other: true}
	for _, g := range gold {
		for _, e := range g.Entities {
			judged[e.Kind] = true
		}
	}
	all := newTally(judged)
	by := map[redact.Lang]*tally{}
	for i, g := range gold {
		l := redact.LangOf(g.Text)
		if by[l] == nil {
			by[l] = newTally(judged)
		}
		all.add(g, found[i])
		by[l].add(g, found[i])
	}
	ev := Evaluation{Result: all.result()}
	for _, l := range []redact.Lang{redact.Chinese, redact.English} {
		if by[l] != nil && len(by) > 1 {
			r := by[l].result()
			r.Language = l
			ev.Languages = append(ev.Languages, r)
		}
	}
	return ev, nil
}

// A tally counts characters and entities.
type tally struct {
	judged                      map[redact.Kind]bool
	kinds                       map[redact.Kind]*ofKind
	texts, characters           int
	flagged, sure               int // characters found
	judgedFlagged, judgedRight  int // those that precision speaks of
	judgedSure, judgedSureRight int
}

type ofKind struct {
	entities, full, sureFull  int
	marked, hit, anyHit, sure int // characters
	claimed, right            int
}

func newTally(judged map[redact.Kind]bool) *tally {
	return &tally{judged: judged, kinds: map[redact.Kind]*ofKind{}}
}

func (t *tally) of(k redact.Kind) *ofKind {
	if t.kinds[k] == nil {
		t.kinds[k] = &ofKind{}
	}
	return t.kinds[k]
}

// marks says for each character of a text whether it is marked.
type marks []bool

func (m marks) set(start, end int) {
	for i := max(0, start); i < min(end, len(m)); i++ {
		m[i] = true
	}
}

func (m marks) whole(start, end int) bool { return !slices.Contains(m[start:end], false) }

func (t *tally) add(g Labelled, found []redact.Finding) {
	n := utf8.RuneCountInString(g.Text)
	t.texts++
	t.characters += n
	layer := func() marks { return make(marks, n) }
	any, sure, judged, judgedSure := layer(), layer(), layer(), layer()
	by, goldBy := map[redact.Kind]marks{}, map[redact.Kind]marks{}
	for _, f := range found {
		if by[f.Kind] == nil {
			by[f.Kind] = layer()
		}
		layers := []marks{any, by[f.Kind]}
		if t.judged[f.Kind] {
			layers = append(layers, judged)
		}
		if f.Tier == redact.Sure {
			layers = append(layers, sure)
			if t.judged[f.Kind] {
				layers = append(layers, judgedSure)
			}
		}
		for _, m := range layers {
			m.set(f.Region.Start, f.Region.End)
		}
	}
	marked := layer()
	for _, e := range g.Entities {
		k := t.of(e.Kind)
		if goldBy[e.Kind] == nil {
			goldBy[e.Kind] = layer()
		}
		goldBy[e.Kind].set(e.Start, e.End)
		marked.set(e.Start, e.End)
		k.entities++
		k.full += one(any.whole(e.Start, e.End))
		k.sureFull += one(sure.whole(e.Start, e.End))
	}
	for kind, own := range goldBy {
		k := t.of(kind)
		for i, is := range own {
			if is {
				k.marked++
				k.hit += one(by[kind] != nil && by[kind][i])
				k.anyHit += one(any[i])
				k.sure += one(sure[i])
			}
		}
	}
	for kind, own := range by {
		k := t.of(kind)
		for i, is := range own {
			k.claimed += one(is)
			k.right += one(is && goldBy[kind] != nil && goldBy[kind][i])
		}
	}
	for i := range n {
		t.flagged += one(any[i])
		t.sure += one(sure[i])
		t.judgedFlagged += one(judged[i])
		t.judgedRight += one(judged[i] && marked[i])
		t.judgedSure += one(judgedSure[i])
		t.judgedSureRight += one(judgedSure[i] && marked[i])
	}
}

func (t *tally) result() Result {
	r := Result{
		Texts: t.texts, Characters: t.characters,
		AnyPrecision: share(t.judgedRight, t.judgedFlagged), SurePrecision: share(t.judgedSureRight, t.judgedSure),
		Flagged: share(t.flagged, t.characters), SureFlagged: share(t.sure, t.characters),
	}
	for kind, k := range t.kinds {
		if k.entities > 0 {
			r.Scores = append(r.Scores, Score{kind, k.entities, share(k.hit, k.marked), share(k.right, k.claimed),
				share(k.anyHit, k.marked), share(k.full, k.entities), share(k.sure, k.marked), share(k.sureFull, k.entities)})
		}
	}
	slices.SortFunc(r.Scores, func(a, b Score) int { return cmp.Compare(order(a.Kind), order(b.Kind)) })
	return r
}

// order is that of the table of kinds.
func order(k redact.Kind) int {
	kinds := redact.Kinds()
	if i := slices.IndexFunc(kinds, func(i redact.KindInfo) bool { return i.ID == k }); i >= 0 {
		return i
	}
	return len(kinds)
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func share(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}
