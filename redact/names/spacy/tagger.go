package spacy

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"sync"
)

// A Tagger says which words are proper nouns: the part-of-speech tagger of
// spaCy's en_core_web_sm, which was trained on whole texts and sees names that
// its recogniser of entities leaves out. It is safe for concurrent use.
type Tagger struct {
	encoder

	w      *TagWeights
	proper []int // the tags NNP and NNPS in Tags
	digest [sha256.Size]byte
	desks  sync.Pool
}

// TagWeights is everything a Tagger reads from its model file. It has no
// tokenizer of its own, but that of a Model.
type TagWeights struct {
	Embed   [tagFeatures]Tensor // [rows][Width] of NORM, PREFIX, SUFFIX, SHAPE, SPACY, IS_SPACE
	Mix     Layer
	Encode  [layers]Layer
	Output  Tensor // [tags][Width]
	OutputB Tensor // [tags]

	Tags []string // of the Penn Treebank, in the order of Output
}

func (w *TagWeights) tensors() []namedTensor {
	var ts []namedTensor
	for i := range w.Embed {
		ts = append(ts, namedTensor{fmt.Sprintf("embedding %d", i), &w.Embed[i], []int{0, Width}})
	}
	ts = append(ts, w.Mix.tensors("mix", tagFeatures*Width)...)
	for i := range w.Encode {
		ts = append(ts, w.Encode[i].tensors(fmt.Sprintf("encoder %d", i), windowIn)...)
	}
	return append(ts, namedTensor{"output weights", &w.Output, []int{0, Width}}, namedTensor{"output bias", &w.OutputB, []int{0}})
}

func (w *TagWeights) check() error {
	if err := checkAll(w.tensors()); err != nil {
		return err
	}
	if n := len(w.Tags); w.Output.Shape[0] != n || w.OutputB.Shape[0] != n {
		return fmt.Errorf("%d tags, scores for %d and %d", n, w.Output.Shape[0], w.OutputB.Shape[0])
	}
	return nil
}

// The tagger's file has the tensors in the order of TagWeights as in a Model's
// file, and then the tags.
const tagMagic = "csntags\x01"

// Write writes the tagger's file.
func (w *TagWeights) Write(to io.Writer) error {
	if err := w.check(); err != nil {
		return fmt.Errorf("write spaCy tagger: %w", err)
	}
	e := &writer{w: bufio.NewWriterSize(to, 1<<16)}
	e.w.WriteString(tagMagic)
	e.tensors(w.tensors())
	e.strs(w.Tags)
	if err := e.w.Flush(); err != nil { // holds the first error of all writes
		return fmt.Errorf("write spaCy tagger: %w", err)
	}
	return nil
}

// ReadTagger loads a file written by TagWeights.Write. b may be dropped
// afterwards.
func ReadTagger(b []byte) (*Tagger, error) {
	t, err := readTagger(b)
	if err != nil {
		return nil, fmt.Errorf("read spaCy tagger: %w", err)
	}
	return t, nil
}

func readTagger(b []byte) (*Tagger, error) {
	d := &decoder{b: b}
	if string(d.take(len(tagMagic))) != tagMagic {
		return nil, errors.New("not a spaCy tagger file of this version")
	}
	w := &TagWeights{}
	if d.tensors(w.tensors()); d.err != nil {
		return nil, d.err
	}
	w.Tags = d.strs()
	if err := d.end(); err != nil {
		return nil, err
	}
	if err := w.check(); err != nil {
		return nil, err
	}
	t := &Tagger{w: w, digest: sha256.Sum256(b)}
	t.embed, t.mix, t.layers = w.Embed[:], &w.Mix, &w.Encode
	for i, tag := range w.Tags {
		if tag == "NNP" || tag == "NNPS" {
			t.proper = append(t.proper, i)
		}
	}
	if len(t.proper) == 0 {
		return nil, errors.New("no tag for proper nouns")
	}
	return t, nil
}

// ID names the architecture and the tagger's content.
func (t *Tagger) ID() string { return fmt.Sprintf("spacy-tagger/1+%x", t.digest[:6]) }

// Proper is for each token the probability, 0 to 1, that it is part of a proper
// noun.
func (t *Tagger) Proper(ts []Token) []float64 {
	if len(ts) == 0 {
		return nil
	}
	on, _ := t.desks.Get().(*desk)
	if on == nil {
		on = &desk{}
	}
	defer t.desks.Put(on)
	x := t.encode(ts, on)
	n := len(t.w.Tags)
	on.states = sized(on.states, len(ts)*n)
	matmul(t.w.Output.Data, Width, x, Width, len(ts), t.w.OutputB.Data, on.states, n)
	out := make([]float64, len(ts))
	for i := range ts {
		scores := on.states[i*n : (i+1)*n]
		most, total := slices.Max(scores), 0.0
		for _, s := range scores {
			total += math.Exp(float64(s - most))
		}
		for _, p := range t.proper {
			out[i] += math.Exp(float64(scores[p]-most)) / total
		}
	}
	return out
}
