// Package spacy runs the English named-entity recogniser of spaCy
// (en_core_web_md 3.8) without Python: its tokenizer, its embedding and
// convolution layers, and its transition-based entity recogniser.
//
// The method is that of spaCy (explosion.ai, MIT): hashed embeddings of four
// word features beside static vectors, four maxout windows with residuals, and
// a greedy BILUO transition system over them.
package spacy

import "fmt"

// The sizes of the model.
const (
	Width  = 96  // of a token's vector in every layer
	Hidden = 64  // of the state the transitions are scored from
	Vector = 300 // of a static word vector, as published

	pieces      = 3 // of the encoder's maxout
	statePieces = 2 // of the state's maxout
	features    = 4 // NORM, PREFIX, SUFFIX, SHAPE
	tagFeatures = 6 // those, SPACY and IS_SPACE
	layers      = 4 // of the encoder
	context     = 3 // tokens the state sees: the next one, the entity's first, the previous one
	mixIn       = (features + 1) * Width
	windowIn    = 3 * Width
)

// A Tensor is an array of numbers in row-major order.
type Tensor struct {
	Shape []int
	Data  []float32
}

// A Layer is a maxout layer followed by layer normalisation.
type Layer struct {
	W    Tensor // [Width][pieces][in]
	B    Tensor // [Width][pieces]
	Gain Tensor // [Width]
	Bias Tensor // [Width]
}

// An Exception is a string that the tokenizer splits in its own way.
type Exception struct {
	Text   string
	Tokens []Piece
}

// A Piece is one token of an exception. An empty Norm means that of the text.
type Piece struct{ Text, Norm string }

// A Norm is the norm of the string with this hash.
type Norm struct {
	Hash uint64
	Norm string
}

// Weights is everything the recogniser reads from its model file.
type Weights struct {
	Embed   [features]Tensor // [rows][Width] of NORM, PREFIX, SUFFIX, SHAPE
	Mix     Layer            // from the features and the static vector to a token's vector
	Encode  [layers]Layer    // each over a token and its two neighbours
	Reduce  Tensor           // [Hidden][Width]
	ReduceB Tensor           // [Hidden]
	Lower   Tensor           // [context][Hidden][statePieces][Hidden]
	LowerB  Tensor           // [Hidden][statePieces]
	Pad     Tensor           // [context][Hidden][statePieces], for a token that is not there
	Upper   Tensor           // [actions][Hidden]
	UpperB  Tensor           // [actions]
	Static  Tensor           // [rows][Width]: static vectors, already times their layer

	Keys       []uint64    // hashes of the words with a static vector, ascending
	Rows       []uint32    // beside Keys: the row of Static
	Actions    []string    // "B-PERSON", "U-", "O", in the order of Upper
	Norms      []Norm      // ascending hashes
	Exceptions []Exception // ascending texts
}

// Seeds of the feature hashes, as the model was trained.
var seeds = [tagFeatures]uint32{8, 9, 10, 11, 12, 13}

type namedTensor struct {
	name  string
	t     *Tensor
	shape []int // 0 where the file decides
}

func (l *Layer) tensors(name string, in int) []namedTensor {
	return []namedTensor{
		{name + " weights", &l.W, []int{Width, pieces, in}},
		{name + " bias", &l.B, []int{Width, pieces}},
		{name + " norm gain", &l.Gain, []int{Width}},
		{name + " norm bias", &l.Bias, []int{Width}},
	}
}

// tensors lists all of them in the order of the file.
func (w *Weights) tensors() []namedTensor {
	var ts []namedTensor
	for i := range w.Embed {
		ts = append(ts, namedTensor{fmt.Sprintf("embedding %d", i), &w.Embed[i], []int{0, Width}})
	}
	ts = append(ts, w.Mix.tensors("mix", mixIn)...)
	for i := range w.Encode {
		ts = append(ts, w.Encode[i].tensors(fmt.Sprintf("encoder %d", i), windowIn)...)
	}
	return append(ts,
		namedTensor{"reduce weights", &w.Reduce, []int{Hidden, Width}},
		namedTensor{"reduce bias", &w.ReduceB, []int{Hidden}},
		namedTensor{"lower weights", &w.Lower, []int{context, Hidden, statePieces, Hidden}},
		namedTensor{"lower bias", &w.LowerB, []int{Hidden, statePieces}},
		namedTensor{"lower pad", &w.Pad, []int{context, Hidden, statePieces}},
		namedTensor{"upper weights", &w.Upper, []int{0, Hidden}},
		namedTensor{"upper bias", &w.UpperB, []int{0}},
		namedTensor{"static vectors", &w.Static, []int{0, Width}},
	)
}

// check says what does not fit together, so that a model that passed never
// makes the recogniser read outside its arrays.
func (w *Weights) check() error {
	if err := checkAll(w.tensors()); err != nil {
		return err
	}
	n := len(w.Actions)
	switch {
	case w.Upper.Shape[0] != n || w.UpperB.Shape[0] != n:
		return fmt.Errorf("%d actions, scores for %d and %d", n, w.Upper.Shape[0], w.UpperB.Shape[0])
	case len(w.Keys) != len(w.Rows):
		return fmt.Errorf("%d keys for %d rows", len(w.Keys), len(w.Rows))
	}
	for i, r := range w.Rows {
		if int(r) >= w.Static.Shape[0] || i > 0 && w.Keys[i] <= w.Keys[i-1] {
			return fmt.Errorf("key %d is out of order or has no vector", i)
		}
	}
	for _, e := range w.Exceptions {
		whole := ""
		for _, p := range e.Tokens {
			whole += p.Text
			if p.Text == "" {
				return fmt.Errorf("a tokenizer exception has an empty token")
			}
		}
		if e.Text == "" || whole != e.Text {
			return fmt.Errorf("a tokenizer exception is not the sum of its tokens")
		}
	}
	return nil
}

func checkAll(ts []namedTensor) error {
	for _, t := range ts {
		if err := t.check(); err != nil {
			return err
		}
	}
	return nil
}

func (t namedTensor) check() error {
	if len(t.t.Shape) != len(t.shape) {
		return fmt.Errorf("%s has %d dimensions, want %d", t.name, len(t.t.Shape), len(t.shape))
	}
	n := 1
	for i, d := range t.t.Shape {
		if d <= 0 || t.shape[i] != 0 && d != t.shape[i] {
			return fmt.Errorf("%s has shape %v, want %v", t.name, t.t.Shape, t.shape)
		}
		n *= d
	}
	if len(t.t.Data) != n {
		return fmt.Errorf("%s has %d numbers for shape %v", t.name, len(t.t.Data), t.t.Shape)
	}
	return nil
}
