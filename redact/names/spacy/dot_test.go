package spacy

import (
	"math"
	"testing"
)

// Whatever the processor computes with, it computes the same up to rounding.
func TestMatmul(t *testing.T) {
	for _, c := range []struct{ n, rows, count, step int }{
		{288, 288, 5, 96}, {96, 64, 4, 96}, {64, 74, 1, 64}, {480, 12, 1, 480}, {8, 4, 2, 8}, {7, 5, 3, 7}, {16, 3, 130, 8}, {64, 384, 129, 64},
	} {
		w, b := make([]float32, c.n*c.rows), make([]float32, c.rows)
		x, y := make([]float32, c.step*(c.count-1)+c.n), make([]float32, c.rows*c.count)
		for i := range w {
			w[i] = float32(i*i%17)/17 - 0.4
		}
		for i := range x {
			x[i] = float32(i*i%23)/23 - 0.6
		}
		for i := range b {
			b[i] = float32(i)
		}
		for _, bias := range [][]float32{b, nil} {
			matmul(w, c.n, x, c.step, c.count, bias, y, c.rows)
			for k := range c.count {
				for r := range c.rows {
					want := 0.0
					for i := range c.n {
						want += float64(w[r*c.n+i]) * float64(x[k*c.step+i])
					}
					if bias != nil {
						want += float64(bias[r])
					}
					if got := float64(y[k*c.rows+r]); math.Abs(got-want) > 1e-3 {
						t.Fatalf("%+v: vector %d row %d is %v, want %v", c, k, r, got, want)
					}
				}
			}
		}
	}
}

func TestDot4x2(t *testing.T) {
	const n = 40
	w, x := make([]float32, 4*n), make([]float32, 2*n)
	for i := range w {
		w[i] = float32(i%11) - 5
	}
	for i := range x {
		x[i] = float32(i%7) - 3
	}
	var got, want, twice [8]float32
	dot4x2(w, n, x[:n], x[n:], &got) // small whole numbers: no rounding
	dot4x2go(w, n, x[:n], x[n:], &want)
	dot4x2go(w, n, x[:n], x[:n], &twice)
	if got != want {
		t.Errorf("the processor's own gives %v, want %v", got, want)
	}
	if [4]float32(twice[:4]) != [4]float32(want[:4]) || [4]float32(twice[4:]) != [4]float32(want[:4]) {
		t.Errorf("the same vector twice gives %v, want %v twice", twice, want[:4])
	}
}
