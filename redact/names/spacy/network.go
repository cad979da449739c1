package spacy

import (
	"math"
	"slices"
	"sync"
)

// The rows of zeros that thinc puts at both ends of a text. They pass through
// all layers, so that the first and last tokens see what they become.
const padding = 4

// maxWords bounds the memory of an encoder.
const maxWords = 20000

// An encoder turns tokens into vectors that know of their neighbours.
type encoder struct {
	embed  []Tensor // of NORM, PREFIX, SUFFIX, SHAPE and, in the tagger, SPACY and IS_SPACE
	mix    *Layer
	layers *[layers]Layer
	static func(text string) []float32 // a word's static vector, or nil; nil where there are none

	mu    sync.RWMutex
	words map[word][]float32 // token vectors before the layers, see vector
}

// A word is what a token's vector before the layers depends on.
type word struct {
	text, norm string
	spaced     bool
}

// vector is that of one token before the layers. Words come again, so that the
// last ones are kept.
func (e *encoder) vector(t *Token) []float32 {
	id := word{t.Text, t.Norm, len(e.embed) > features && t.Spaced}
	e.mu.RLock()
	x, ok := e.words[id]
	e.mu.RUnlock()
	if !ok {
		x = e.compute(t)
		e.mu.Lock()
		if len(e.words) >= maxWords || e.words == nil {
			e.words = make(map[word][]float32, maxWords/4)
		}
		e.words[id] = x
		e.mu.Unlock()
	}
	return x
}

func (e *encoder) compute(t *Token) []float32 {
	rs := []rune(t.Text)
	keys := [tagFeatures]uint64{key(t.Norm), key(string(rs[:1])), key(string(rs[max(0, len(rs)-3):])), key(shape(t.Text)), bit(t.Spaced), bit(t.Space)}
	n := e.mix.W.Shape[2]
	in := make([]float32, n)
	for i, table := range e.embed {
		out := in[i*Width : (i+1)*Width]
		for _, b := range buckets(keys[i], seeds[i]) {
			row := int(b%uint32(table.Shape[0])) * Width
			for j, f := range table.Data[row : row+Width] {
				out[j] += f
			}
		}
	}
	if e.static != nil {
		copy(in[len(e.embed)*Width:], e.static(t.Text))
	}
	x := make([]float32, Width)
	e.mix.run(in, n, n, 1, x, make([]float32, Width*pieces))
	return x
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// part is how many numbers a token adds to states: for each of a state's places,
// the sum before maxout.
const part = context * Hidden * statePieces

// A desk is the memory that reading a text takes, for the next text to use again.
type desk struct{ x, y, scratch, reduced, states []float32 }

// sized is s with n numbers, of which nothing is known.
func sized(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n+n/4)[:n]
	}
	return s[:n]
}

// encode gives the tokens' vectors, one behind the other. They are the desk's.
func (e *encoder) encode(ts []Token, d *desk) []float32 {
	n := (len(ts) + 2*padding + 2) * Width // and one zero row more at each end, for the windows
	d.x, d.y = sized(d.x, n), sized(d.y, n)
	clear(d.x)
	clear(d.y)
	d.scratch = sized(d.scratch, (len(ts)+2*padding)*Width*pieces)
	x, y := d.x, d.y
	for i := range ts {
		copy(x[(i+padding+1)*Width:], e.vector(&ts[i]))
	}
	for l := range e.layers {
		// Of the rows of zeros only those count that a later layer's windows
		// still carry into the text.
		skip := (l + 2) * Width
		count := (len(x) - 2*skip) / Width
		out := y[skip : skip+count*Width]
		e.layers[l].run(x[skip-Width:], windowIn, Width, count, out, d.scratch)
		for j := range out {
			out[j] += x[skip+j]
		}
		x, y = y, x
	}
	return x[(padding+1)*Width:][:len(ts)*Width]
}

// states gives, for each token in turn, the part numbers that it adds to a state
// when it stands in each of the state's places. They are the desk's.
func (m *Model) states(ts []Token, d *desk) []float32 {
	x := m.encode(ts, d)
	d.reduced, d.states = sized(d.reduced, len(ts)*Hidden), sized(d.states, len(ts)*part)
	matmul(m.w.Reduce.Data, Width, x, Width, len(ts), m.w.ReduceB.Data, d.reduced, Hidden)
	matmul(m.w.Lower.Data, Hidden, d.reduced, Hidden, len(ts), nil, d.states, part)
	return d.states
}

// static is a word's static vector.
func (m *Model) static(text string) []float32 {
	i, ok := slices.BinarySearch(m.w.Keys, key(text))
	if !ok {
		return nil
	}
	row := int(m.w.Rows[i]) * Width
	return m.w.Static.Data[row : row+Width]
}

// run computes y[t] = norm(maxout(W·x[t] + b)) for count vectors x[t], of n
// numbers from t*step on. scratch has count*Width*pieces numbers.
func (l *Layer) run(x []float32, n, step, count int, y, scratch []float32) {
	matmul(l.W.Data, n, x, step, count, l.B.Data, scratch, Width*pieces)
	for t := range count {
		l.norm(scratch[t*Width*pieces:(t+1)*Width*pieces], y[t*Width:(t+1)*Width])
	}
}

// norm is the maxout of sums and its layer normalisation.
func (l *Layer) norm(sums, y []float32) {
	var mean float64
	for o := range y {
		s := sums[o*pieces : o*pieces+pieces]
		y[o] = max(s[0], s[1], s[2])
		mean += float64(y[o])
	}
	mean /= float64(len(y))
	variance := 0.0
	for _, f := range y {
		d := float64(f) - mean
		variance += d * d
	}
	scale := 1 / math.Sqrt(variance/float64(len(y))+1e-8)
	for o, f := range y {
		y[o] = float32((float64(f)-mean)*scale)*l.Gain.Data[o] + l.Bias.Data[o]
	}
}
