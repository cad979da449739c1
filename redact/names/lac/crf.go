package lac

import "math"

// crf is a linear-chain conditional random field without start and stop scores.
type crf struct {
	n       int       // tags
	into    []float32 // [to][from] transition scores
	exp     []float64 // [from][to] their exponentials
	expInto []float64 // [to][from]
	spread  float32   // of the transition scores: the highest less the lowest
}

// best is the likeliest sequence of tags (Viterbi) for scores [runes][tags].
// A tag that lies behind the best one by more than all transitions differ can be
// on no best path: going on from the best one is never worse.
func (c *crf) best(scores [][]float32) []int {
	if len(scores) == 0 {
		return nil
	}
	cur := append([]float32(nil), scores[0]...)
	next := make([]float32, c.n)
	back := make([]uint16, len(scores)*c.n)
	live := make([]int, 0, c.n)
	for t := 1; t < len(scores); t++ {
		live = above(live[:0], cur, c.spread)
		for j := range next {
			row := c.into[j*c.n : (j+1)*c.n]
			from := live[0]
			top := row[from] + cur[from]
			for _, i := range live[1:] {
				if s := row[i] + cur[i]; s > top {
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

// above appends the places of the scores that lie at most by below the highest.
func above(live []int, scores []float32, by float32) []int {
	top := scores[0]
	for _, s := range scores {
		top = max(top, s)
	}
	for i, s := range scores {
		if s >= top-by {
			live = append(live, i)
		}
	}
	return live
}

// negligible is how far, in natural logarithms and beyond what transitions can
// make up for, a tag's score lies behind the best one's where its probability is
// taken for 0: less than 5 in 100,000.
const negligible = 10

// marginals calls yield with the probability of each tag at each rune over all
// sequences (forward-backward), from the last rune to the first; those of a rune
// sum to 1, and tags of negligible probability are left out.
func (c *crf) marginals(scores [][]float32, yield func(t, tag int, p float64)) {
	// Of each rune its tags that count, with their scores' exponentials.
	var tags []int
	var local, alpha []float64
	from := make([]int, len(scores)+1)
	for t, row := range scores {
		tags = above(tags, row, negligible+2*c.spread)
		top := row[tags[from[t]]]
		for _, j := range tags[from[t]:] {
			top = max(top, row[j])
		}
		for _, j := range tags[from[t]:] {
			local = append(local, math.Exp(float64(row[j]-top)))
		}
		from[t+1] = len(tags)
	}
	for t := range scores {
		start := len(alpha)
		for k := from[t]; k < from[t+1]; k++ {
			a := 1.0
			if t > 0 {
				a = 0
				into := c.expInto[tags[k]*c.n : (tags[k]+1)*c.n]
				for m := from[t-1]; m < from[t]; m++ {
					a += alpha[m] * into[tags[m]]
				}
			}
			alpha = append(alpha, a*local[k])
		}
		normalise(alpha[start:])
	}
	weighted, now := make([]float64, 0, c.n), make([]float64, 0, c.n) // of the rune behind: beta times local
	for t := len(scores) - 1; t >= 0; t-- {
		now = now[:0]
		total := 0.0
		for k := from[t]; k < from[t+1]; k++ {
			b := 1.0
			if t+1 < len(scores) {
				b = 0
				out := c.exp[tags[k]*c.n : (tags[k]+1)*c.n]
				for m, w := range weighted {
					b += w * out[tags[from[t+1]+m]]
				}
			}
			now = append(now, b)
			total += alpha[k] * b
		}
		for k := from[t]; k < from[t+1] && total > 0; k++ {
			yield(t, tags[k], alpha[k]*now[k-from[t]]/total)
			now[k-from[t]] *= local[k]
		}
		normalise(now)
		weighted, now = now, weighted
	}
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
