package spacy

import "golang.org/x/sys/cpu"

// dot4x2avx needs AVX2 and FMA, and n to be a multiple of 8, at least 8.
//
//go:noescape
func dot4x2avx(w *float32, n int, x0, x1 *float32, out *[8]float32)

var fast = cpu.X86.HasAVX2 && cpu.X86.HasFMA

// dot4x2 is four rows of n numbers times two vectors: out has the products with
// x0, then those with x1.
func dot4x2(w []float32, n int, x0, x1 []float32, out *[8]float32) {
	if !fast || n < 8 || n%8 != 0 {
		dot4x2go(w, n, x0, x1, out)
		return
	}
	_, _, _ = w[4*n-1], x0[n-1], x1[n-1]
	dot4x2avx(&w[0], n, &x0[0], &x1[0], out)
}
