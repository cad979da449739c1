package spacy

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// A Model is a loaded recogniser. It is safe for concurrent use.
type Model struct {
	encoder

	w          *Weights
	norms      map[uint64]string
	exceptions map[string][]Piece
	labels     []string // "PERSON", …
	kind       []byte   // of each action: B I L U O
	label      []int    // of each action: index in labels, or -1
	digest     [sha256.Size]byte

	desks sync.Pool
}

// Read loads a model file written by Weights.Write. b may be dropped
// afterwards.
func Read(b []byte) (*Model, error) {
	w, err := readWeights(b)
	if err != nil {
		return nil, fmt.Errorf("read spaCy model: %w", err)
	}
	m := &Model{w: w, norms: make(map[uint64]string, len(w.Norms)), exceptions: make(map[string][]Piece, len(w.Exceptions)),
		digest: sha256.Sum256(b)}
	m.embed, m.mix, m.layers, m.encoder.static = w.Embed[:], &w.Mix, &w.Encode, m.static
	for _, n := range w.Norms {
		m.norms[n.Hash] = n.Norm
	}
	for _, e := range w.Exceptions {
		m.exceptions[e.Text] = e.Tokens
	}
	for _, a := range w.Actions {
		if a == "" || !strings.Contains("BILUO", a[:1]) || len(a) > 1 && a[1] != '-' {
			return nil, fmt.Errorf("read spaCy model: unknown action")
		}
		m.kind = append(m.kind, a[0])
		label := -1
		if len(a) > 2 {
			if label = slices.Index(m.labels, a[2:]); label < 0 {
				label = len(m.labels)
				m.labels = append(m.labels, a[2:])
			}
		}
		m.label = append(m.label, label)
	}
	return m, nil
}

// ID names the architecture and the model's content.
func (m *Model) ID() string { return fmt.Sprintf("spacy-ner/1+%x", m.digest[:6]) }
