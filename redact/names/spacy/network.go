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

// embed is the vector of one token before the encoder. It depends on the word
// only and words come again, so that the last ones are kept.
func (m *Model) embed(t Token) []float32 {
	id := t.Text + "\x00" + t.Norm
	m.mu.Lock()
	x, ok := m.words[id]
	m.mu.Unlock()
	if ok {
		return x
	}
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
	x = make([]float32, Width)
	m.w.Mix.run(in, x, make([]float32, Width*pieces))
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.words) >= maxWords {
		clear(m.words)
	}
	m.words[id] = x
	return x
}

// encode is [tokens][context*Hidden*statePieces]: what each token adds to a
// state when it stands in each of the state's places.
func (m *Model) encode(ts []Token) [][]float32 {
	x := make([]float32, (len(ts)+2*padding+2)*Width) // and one zero row more at each end, for the windows
	for i, t := range ts {
		copy(x[(i+padding+1)*Width:], m.embed(t))
	}
	y := make([]float32, len(x))
	scratch := make([]float32, Width*pieces)
	for l := range m.w.Encode {
		// Of the rows of zeros only those count that a later layer's windows
		// still carry into the text.
		skip := (l + 2) * Width
		for i := skip; i+skip < len(x); i += Width {
			out := y[i : i+Width]
			m.w.Encode[l].run(x[i-Width:i+2*Width], out, scratch)
			for j := range out {
				out[j] += x[i+j]
			}
		}
		x, y = y, x
	}
	const part = context * Hidden * statePieces
	all := make([]float32, len(ts)*part)
	states := make([][]float32, len(ts))
	reduced := make([]float32, Hidden)
	for i := range ts {
		at := (i + padding + 1) * Width
		matvec(m.w.Reduce.Data, x[at:at+Width], m.w.ReduceB.Data, reduced)
		states[i] = all[i*part : (i+1)*part]
		matvec(m.w.Lower.Data, reduced, nil, states[i])
	}
	return states
}

// run computes y = norm(maxout(W·x + b)). scratch has Width*pieces numbers.
func (l *Layer) run(x, y, scratch []float32) {
	matvec(l.W.Data, x, l.B.Data, scratch)
	mean := 0.0
	for o := range y {
		y[o] = max(scratch[o*pieces], scratch[o*pieces+1], scratch[o*pieces+2])
		mean += float64(y[o])
	}
	mean /= float64(len(y))
	variance := 0.0
	for _, f := range y {
		variance += (float64(f) - mean) * (float64(f) - mean)
	}
	scale := 1 / math.Sqrt(variance/float64(len(y))+1e-8)
	for o, f := range y {
		y[o] = float32((float64(f)-mean)*scale)*l.Gain.Data[o] + l.Bias.Data[o]
	}
}

// matvec computes y = W·x + b for W of len(y) rows; b may be nil. Four rows at
// a time load x once.
func matvec(w, x, b, y []float32) {
	n := len(x)
	r := 0
	for ; r+4 <= len(y); r += 4 {
		w0, w1, w2, w3 := w[r*n:][:n], w[(r+1)*n:][:n], w[(r+2)*n:][:n], w[(r+3)*n:][:n]
		var s0, s1, s2, s3 float32
		for i, v := range x {
			s0 += w0[i] * v
			s1 += w1[i] * v
			s2 += w2[i] * v
			s3 += w3[i] * v
		}
		y[r], y[r+1], y[r+2], y[r+3] = s0, s1, s2, s3
	}
	for ; r < len(y); r++ {
		y[r] = 0
		for i, v := range x {
			y[r] += w[r*n+i] * v
		}
	}
	if b != nil {
		for i := range y {
			y[i] += b[i]
		}
	}
}
