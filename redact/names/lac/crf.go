package lac

import "math"

// crf is a linear-chain conditional random field without start and stop scores.
type crf struct {
	n       int       // tags
	into    []float32 // [to][from] transition scores
	exp     []float64 // [from][to] their exponentials
	expInto []float64 // [to][from]
}

// best is the likeliest sequence of tags (Viterbi) for scores [runes][tags].
func (c *crf) best(scores [][]float32) []int {
	if len(scores) == 0 {
		return nil
	}
	cur := append([]float32(nil), scores[0]...)
	next := make([]float32, c.n)
	back := make([]uint16, len(scores)*c.n)
	for t := 1; t < len(scores); t++ {
		for j := range next {
			row := c.into[j*c.n : (j+1)*c.n]
			top, from := row[0]+cur[0], 0
			for i, f := range row {
				if s := f + cur[i]; s > top {
					top, from = s, i
				}
			}
			next[j] = top + scores[t][j]
			back[t*c.n+j] = uint16(from)
		}
		cur, next = next, cur
	}
	last := 0
	for i, s := range cur {
		if s > cur[last] {
			last = i
		}
	}
	path := make([]int, len(scores))
	for t := len(path) - 1; t >= 0; t-- {
		path[t] = last
		last = int(back[t*c.n+last])
	}
	return path
}

// marginals are the probabilities of each tag at each rune over all sequences
// (forward-backward), each row summing to 1.
func (c *crf) marginals(scores [][]float32) [][]float64 {
	n := len(scores)
	local, alpha, beta := grid(n, c.n), grid(n, c.n), grid(n, c.n)
	for t, row := range scores {
		top := row[0]
		for _, s := range row {
			top = max(top, s)
		}
		for j, s := range row {
			local[t][j] = math.Exp(float64(s - top))
		}
	}
	for t := range n {
		for j := range c.n {
			a := 1.0
			if t > 0 {
				a = dot(alpha[t-1], c.expInto[j*c.n:(j+1)*c.n])
			}
			alpha[t][j] = a * local[t][j]
		}
		normalise(alpha[t])
	}
	weighted := make([]float64, c.n)
	for t := n - 1; t >= 0; t-- {
		for i := range c.n {
			b := 1.0
			if t+1 < n {
				b = dot(weighted, c.exp[i*c.n:(i+1)*c.n])
			}
			beta[t][i] = b
		}
		normalise(beta[t])
		for j := range weighted {
			weighted[j] = beta[t][j] * local[t][j]
		}
	}
	for t := range alpha {
		for j := range alpha[t] {
			alpha[t][j] *= beta[t][j]
		}
		normalise(alpha[t])
	}
	return alpha
}

func grid(n, m int) [][]float64 {
	all := make([]float64, n*m)
	rows := make([][]float64, n)
	for i := range rows {
		rows[i] = all[i*m : (i+1)*m]
	}
	return rows
}

func dot(a, b []float64) float64 {
	var s0, s1 float64
	i := 0
	for b = b[:len(a)]; i+1 < len(a); i += 2 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
	}
	if i < len(a) {
		s0 += a[i] * b[i]
	}
	return s0 + s1
}

func normalise(p []float64) {
	sum := 0.0
	for _, x := range p {
		sum += x
	}
	if sum == 0 {
		return
	}
	for i := range p {
		p[i] /= sum
	}
}
