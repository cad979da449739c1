package names

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"unicode/utf8"

	"consentry/redact"
)

// A Labelled text has its names marked by people.
type Labelled struct {
	Text     string   `json:"text"`
	Entities []Marked `json:"entities"`
}

// Marked is one name of a Labelled text.
type Marked struct {
	Start int         `json:"start"` // runes
	End   int         `json:"end"`   // exclusive
	Kind  redact.Kind `json:"kind"`
}

// maxLine bounds a line of labelled data, in bytes.
const maxLine = 16 << 20

// ReadLabelled reads one Labelled a line (JSON). Empty lines are passed over.
func ReadLabelled(r io.Reader) ([]Labelled, error) {
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, maxLine)
	var out []Labelled
	for n := 1; sc.Scan(); n++ {
		if len(sc.Bytes()) == 0 {
			continue
		}
		var l Labelled
		if err := json.Unmarshal(sc.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("labelled data, line %d: not the expected JSON", n) // its own error may quote the text
		}
		runes := utf8.RuneCountInString(l.Text)
		for _, e := range l.Entities {
			if e.Start < 0 || e.End <= e.Start || e.End > runes || e.Kind == "" {
				return nil, fmt.Errorf("labelled data, line %d: an entity lies outside its text or has no kind", n)
			}
		}
		out = append(out, l)
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("labelled data: %w", err)
	}
	return out, nil
}

// A Score compares what was found with what people marked. All are shares of 1,
// and 1 where there was nothing to count.
type Score struct {
	Kind      redact.Kind `json:"kind"`
	Entities  int         `json:"entities"`   // marked
	Recall    float64     `json:"recall"`     // of marked characters, found as this kind
	Precision float64     `json:"precision"`  // of characters found as this kind, marked as it
	AnyRecall float64     `json:"any_recall"` // of marked characters, found as any kind
	Full      float64     `json:"full"`       // of marked entities, each character found as any kind
}

// An Evaluation is the result of Evaluate.
type Evaluation struct {
	Texts        int     `json:"texts"`
	Characters   int     `json:"characters"`
	Scores       []Score `json:"scores"`        // by kind
	AnyPrecision float64 `json:"any_precision"` // of characters found as any kind, marked as any kind
	Flagged      float64 `json:"flagged"`       // of all characters, found
}

// Evaluate compares findings with labelled texts. found stands beside gold;
// places are runes of the text. Every kind that was marked has a score.
func Evaluate(gold []Labelled, found [][]redact.Finding) (Evaluation, error) {
	if len(gold) != len(found) {
		return Evaluation{}, errors.New("evaluate: findings are not beside the texts")
	}
	type tally struct{ entities, full, marked, hit, anyHit, claimed, right int }
	counts := map[redact.Kind]*tally{}
	ev := Evaluation{Texts: len(gold)}
	flagged, flaggedRight := 0, 0
	for i, g := range gold {
		n := utf8.RuneCountInString(g.Text)
		ev.Characters += n
		by := map[redact.Kind][]bool{}
		all, marked := make([]bool, n), make([]bool, n)
		mark := func(k redact.Kind, start, end int) {
			if by[k] == nil {
				by[k] = make([]bool, n)
			}
			for j := max(0, start); j < min(end, n); j++ {
				by[k][j], all[j] = true, true
			}
		}
		for _, f := range found[i] {
			mark(f.Kind, f.Region.Start, f.Region.End)
		}
		goldBy := map[redact.Kind][]bool{}
		for _, e := range g.Entities {
			c := counts[e.Kind]
			if c == nil {
				c = &tally{}
				counts[e.Kind] = c
			}
			if goldBy[e.Kind] == nil {
				goldBy[e.Kind] = make([]bool, n)
			}
			c.entities++
			full := true
			for j := e.Start; j < e.End; j++ {
				full = full && all[j]
				marked[j], goldBy[e.Kind][j] = true, true
			}
			if full {
				c.full++
			}
		}
		for k, own := range goldBy {
			for j, is := range own {
				if is {
					c := counts[k]
					c.marked++
					c.hit += one(by[k] != nil && by[k][j])
					c.anyHit += one(all[j])
				}
			}
		}
		for k, own := range by {
			c := counts[k]
			if c == nil {
				c = &tally{}
				counts[k] = c
			}
			for j, is := range own {
				if is {
					c.claimed++
					c.right += one(goldBy[k] != nil && goldBy[k][j])
				}
			}
		}
		for j, is := range all {
			flagged += one(is)
			flaggedRight += one(is && marked[j])
		}
	}
	for k, c := range counts {
		if c.entities > 0 {
			ev.Scores = append(ev.Scores, Score{k, c.entities, share(c.hit, c.marked), share(c.right, c.claimed), share(c.anyHit, c.marked), share(c.full, c.entities)})
		}
	}
	slices.SortFunc(ev.Scores, func(a, b Score) int { return rank(b.Kind) - rank(a.Kind) })
	ev.AnyPrecision, ev.Flagged = share(flaggedRight, flagged), share(flagged, ev.Characters)
	return ev, nil
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

// Write prints the evaluation as a table, in per cent.
func (e Evaluation) Write(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "kind\tentities\tcharR\tcharP\tanyR\tfull")
	for _, s := range e.Scores {
		fmt.Fprintf(t, "%s\t%d\t%.1f\t%.1f\t%.1f\t%.1f\n", s.Kind, s.Entities, 100*s.Recall, 100*s.Precision, 100*s.AnyRecall, 100*s.Full)
	}
	fmt.Fprintf(t, "any kind: anyP %.1f, flagged %.1f of %d characters in %d texts\n", 100*e.AnyPrecision, 100*e.Flagged, e.Characters, e.Texts)
	return t.Flush()
}
