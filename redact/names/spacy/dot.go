package spacy

// tile is how many vectors are multiplied with a few rows of a matrix before the
// next rows are fetched: they stay in the nearest cache.
const tile = 64

// matmul computes y[t] = W·x[t] + b for count vectors: x[t] are the n numbers
// from t*step on, which may overlap; y[t] the rows numbers from t*rows on. b may
// be nil. The order of additions depends on the processor.
func matmul(w []float32, n int, x []float32, step, count int, b, y []float32, rows int) {
	var out [8]float32
	for from := 0; from < count; from += tile {
		to := min(from+tile, count)
		r := 0
		for ; r+4 <= rows; r += 4 {
			var b0, b1, b2, b3 float32
			if b != nil {
				b0, b1, b2, b3 = b[r], b[r+1], b[r+2], b[r+3]
			}
			part := w[r*n : (r+4)*n]
			for t := from; t < to; t += 2 {
				u := min(t+1, to-1)
				dot4x2(part, n, x[t*step:t*step+n], x[u*step:u*step+n], &out)
				a := y[t*rows+r : t*rows+r+4]
				a[0], a[1], a[2], a[3] = out[0]+b0, out[1]+b1, out[2]+b2, out[3]+b3
				a = y[u*rows+r : u*rows+r+4]
				a[0], a[1], a[2], a[3] = out[4]+b0, out[5]+b1, out[6]+b2, out[7]+b3
			}
		}
		for ; r < rows; r++ {
			for t := from; t < to; t++ {
				var s float32
				for i, v := range x[t*step : t*step+n] {
					s += w[r*n+i] * v
				}
				if b != nil {
					s += b[r]
				}
				y[t*rows+r] = s
			}
		}
	}
}

// dot4x2go is dot4x2 for any processor.
func dot4x2go(w []float32, n int, x0, x1 []float32, out *[8]float32) {
	w0, w1, w2, w3 := w[:n], w[n:][:n], w[2*n:][:n], w[3*n:][:n]
	for k, x := range [2][]float32{x0[:n], x1[:n]} {
		var s0, s1, s2, s3 float32
		for i, v := range x {
			s0 += w0[i] * v
			s1 += w1[i] * v
			s2 += w2[i] * v
			s3 += w3[i] * v
		}
		out[4*k], out[4*k+1], out[4*k+2], out[4*k+3] = s0, s1, s2, s3
		if &x0[0] == &x1[0] {
			copy(out[4:], out[:4])
			return
		}
	}
}
