//go:build !amd64

package spacy

// dot4x2 is four rows of n numbers times two vectors: out has the products with
// x0, then those with x1.
func dot4x2(w []float32, n int, x0, x1 []float32, out *[8]float32) { dot4x2go(w, n, x0, x1, out) }
