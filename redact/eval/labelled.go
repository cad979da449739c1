// Package eval measures what was found in texts against what people marked in
// them: recall and precision by kind, by tier and by language.
package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"

	"consentry/redact"
)

// A Labelled text has what identifies someone marked by people.
type Labelled struct {
	Text     string   `json:"text"`
	Entities []Marked `json:"entities"`
}

// Marked is one place of a Labelled text.
type Marked struct {
	Start int         `json:"start"` // runes
	End   int         `json:"end"`   // exclusive
	Kind  redact.Kind `json:"kind"`
}

// maxLine bounds a line of labelled data, in bytes.
const maxLine = 16 << 20

// Read reads one Labelled a line (JSON). Empty lines are passed over.
func Read(r io.Reader) ([]Labelled, error) {
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
