package spacy

import (
	"math"
	"slices"
)

// The rows of zeros that thinc puts at both ends of a text. They pass through
// all layers, so that the first and last tokens see what they become.
const padding = 4

// maxWords bounds the memory of embed.
const maxWords = 20000

// A word is what a token's vector before the encoder depends on.
type word struct{ text, norm string }

// embed copies into out the vector of one token before the encoder. Words come
// again, so that the last ones are kept.
func (m *Model) embed(t Token, out []float32) {
	id := word{t.Text, t.Norm}
	m.mu.RLock()
	x, ok := m.words[id]
	m.mu.RUnlock()
	if !ok {
		x = m.compute(t)
		m.mu.Lock()
		if len(m.words) >= maxWords {
			clear(m.words)
		}
		m.words[id] = x
		m.mu.Unlock()
	}
	copy(out, x)
}

func (m *Model) compute(t Token) []float32 {
	rs := []rune(t.Text)
	in := make([]float32, mixIn)
	for i, s := range [features]string{t.Norm, string(rs[:1]), string(rs[max(0, len(rs)-3):]), shape(t.Text)} {
		table, out := m.w.Embed[i], in[i*Width:(i+1)*Width]
		for _, b := range buckets(key(s), seeds[i]) {
			row := int(b%uint32(table.Shape[0])) * Width
			for j, f := range table.Data[row : row+Width] {
				out[j] += f
			}
		}
	}
	if i, ok := slices.BinarySearch(m.w.Keys, key(t.Text)); ok {
		row := int(m.w.Rows[i]) * Width
		copy(in[features*Width:], m.w.Static.Data[row:row+Width])
	}
	x := make([]float32, Width)
	m.w.Mix.run(in, mixIn, mixIn, 1, x, make([]float32, Width*pieces))
	return x
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

// encode gives, for each token in turn, the part numbers that it adds to a state
// when it stands in each of the state's places. They are the desk's.
func (m *Model) encode(ts []Token, d *desk) []float32 {
	n := (len(ts) + 2*padding + 2) * Width // and one zero row more at each end, for the windows
	d.x, d.y = sized(d.x, n), sized(d.y, n)
	clear(d.x)
	clear(d.y)
	d.scratch = sized(d.scratch, (len(ts)+2*padding)*Width*pieces)
	x, y := d.x, d.y
	for i, t := range ts {
		m.embed(t, x[(i+padding+1)*Width:][:Width])
	}
	for l := range m.w.Encode {
		// Of the rows of zeros only those count that a later layer's windows
		// still carry into the text.
		skip := (l + 2) * Width
		count := (len(x) - 2*skip) / Width
		out := y[skip : skip+count*Width]
		m.w.Encode[l].run(x[skip-Width:], windowIn, Width, count, out, d.scratch)
		for j := range out {
			out[j] += x[skip+j]
		}
		x, y = y, x
	}
	d.reduced, d.states = sized(d.reduced, len(ts)*Hidden), sized(d.states, len(ts)*part)
	matmul(m.w.Reduce.Data, Width, x[(padding+1)*Width:], Width, len(ts), m.w.ReduceB.Data, d.reduced, Hidden)
	matmul(m.w.Lower.Data, Hidden, d.reduced, Hidden, len(ts), nil, d.states, part)
	return d.states
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
