package ocr

import (
	"context"
	"fmt"
	"image"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"consentry/internal/infer"
)

// A letter is one rune that was read, with its place in pixels of the picture.
type letter struct {
	r   rune
	box image.Rectangle
}

// A line is what was read along one strip.
type line struct {
	letters []letter
	score   float64 // mean probability of its letters
	along   vec     // the direction of reading
}

func (l line) text() string {
	var b strings.Builder
	for _, c := range l.letters {
		b.WriteRune(c.r)
	}
	return b.String()
}

// Scores of lines, by the recogniser's own probabilities.
const (
	certain = 0.97 // no other way of reading is tried: a line read backwards reaches 0.92
	floor   = 0.50 // below this it is no text
	// Up to three Latin letters or digits are what folds and leaves look like.
	shortFloor = 0.85
	short      = 3
)

// isText reports whether a line was read well enough to be one.
func (l line) isText() bool {
	if len(l.letters) <= short && !slices.ContainsFunc(l.letters, func(c letter) bool { return c.r >= 0x2E80 }) {
		return l.score >= shortFloor
	}
	return l.score >= floor
}

// read reads a line by its likeliest way, and where that leaves a doubt by the
// others too. The best counts.
func (n *networks) read(ctx context.Context, img *image.NRGBA, f found) (line, error) {
	var best line
	for _, s := range ways(img, f) {
		l, err := n.recognise(ctx, img, s)
		if err != nil {
			return line{}, err
		}
		if l.score > best.score {
			best = l
		}
		if best.score >= certain && len(best.letters) > 1 {
			break
		}
	}
	return best, nil
}

// recognise reads one strip: CTC's greedy path, and for each letter the place
// between those where its neighbours were seen.
func (n *networks) recognise(ctx context.Context, img *image.NRGBA, s strip) (line, error) {
	in, width := s.paint(img)
	out, err := n.rec.Run(ctx, infer.Tensor{Shape: []int64{1, 3, lineHeight, int64(width)}, F32: in})
	if err != nil {
		return line{}, fmt.Errorf("read a line: %w", err)
	}
	if len(out) != 1 || len(out[0].Shape) != 3 || out[0].Shape[2] != int64(len(n.keys)) {
		return line{}, fmt.Errorf("read a line: the model gave %v for %d characters", out[0].Shape, len(n.keys))
	}
	steps := int(out[0].Shape[1])
	seen := greedy(out[0].F32, steps, len(n.keys))
	return place(s, seen, n.keys, float64(width)/float64(max(steps, 1))), nil
}

// A peak is one character on CTC's path.
type peak struct {
	class int
	at    float64 // steps from the left, the middle of where it was seen
	score float64
}

// greedy is the best class at each step, without repetitions and blanks.
func greedy(p []float32, steps, classes int) []peak {
	var out []peak
	prev := 0
	for t := range steps {
		row := p[t*classes : (t+1)*classes]
		best := 0
		for c, v := range row {
			if v > row[best] {
				best = c
			}
		}
		switch {
		case best == 0:
		case best == prev:
			out[len(out)-1].at += 0.5 // seen for another step
		default:
			out = append(out, peak{best, float64(t) + .5, float64(row[best])})
		}
		prev = best
	}
	return out
}

// place gives each character its part of the strip, step pixels wide a step.
// Spaces at the ends are no text.
func place(s strip, seen []peak, keys []string, step float64) line {
	for len(seen) > 0 && strings.TrimSpace(keys[seen[0].class]) == "" {
		seen = seen[1:]
	}
	for len(seen) > 0 && strings.TrimSpace(keys[seen[len(seen)-1].class]) == "" {
		seen = seen[:len(seen)-1]
	}
	if len(seen) == 0 {
		return line{}
	}
	l := line{along: s[0].u}
	_, sum := s.widths()
	left := 0.0
	for i, p := range seen {
		right := float64(sum)
		w := wide(keys[p.class])
		if i+1 < len(seen) {
			next := seen[i+1]
			right = (p.at + (next.at-p.at)*w/(w+wide(keys[next.class]))) * step
		}
		// The first and the last letter reach to the ends of the strip, unless
		// these are far: what stands there was not read, so it may be a part of them.
		from, to := max(left, p.at*step-lineHeight*2*w), min(right, p.at*step+lineHeight*2*w)
		if to <= from {
			from, to = left, max(right, left+1)
		}
		box := s.part(from, to)
		for _, r := range keys[p.class] {
			if unicode.IsSpace(r) { // an ideographic or unbreakable one is a space
				r = ' '
			}
			l.letters = append(l.letters, letter{r, box})
		}
		l.score += p.score / float64(len(seen))
		left = right
	}
	return l
}

// wide is how wide a character is beside a Han one.
func wide(key string) float64 {
	r, _ := utf8.DecodeRuneInString(key)
	switch {
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r >= 0x3000 && r < 0x3040 || r >= 0xFF00 && r < 0xFFEF:
		return 1
	case strings.ContainsRune(" .,:;'!|iljI", r):
		return 0.3
	}
	return 0.55
}
