package faces

import (
	"image"
	"math"
)

// turns is a set of quarter turns to the right, bit by bit; none means that the
// picture is seen upright only.
type turns uint8

const allTurns turns = 1<<4 - 1

func (t turns) has(n int) bool { return t == 0 && n == 0 || t>>n&1 == 1 }

// beyond tells whether there is more to see than the upright picture.
func (t turns) beyond() bool { return t > 1 }

func (t turns) count() int {
	n := 0
	for i := range 4 {
		if t.has(i) {
			n++
		}
	}
	return n
}

// A pass is one look: the part of the picture, and the size the network sees it
// in.
type pass struct {
	from  image.Rectangle
	w, h  int
	most  float32 // longest side of a face in that size, leaving larger ones to other looks; 0: any
	least float32 // score below which an answer is dropped unread
	small bool    // by YuNet, not CenterFace
	turns turns
}

const (
	maxGrow = 2   // a small picture is not enlarged more than this
	tileLap = 192 // overlap of neighbouring tiles in pixels of the look: a face up to this size is whole in one
	// maxShrink is the scale of the second look below which tiles at the
	// picture's own size are added.
	maxShrink = 0.8
	// lookArea bounds what a network sees at once, for the sake of working
	// memory: CenterFace needs about 250 MB for each million pixels, YuNet 60.
	lookArea = 1280 * 960
)

// whole is the whole picture with a long side of n pixels, or less where the
// bounds on scale and area ask for it.
func whole(r image.Rectangle, n int) pass {
	w, h := float64(r.Dx()), float64(r.Dy())
	scale := min(float64(n)/max(w, h), maxGrow, math.Sqrt(lookArea/(w*h)))
	return pass{from: r, w: max(1, int(w*scale)), h: max(1, int(h*scale))}
}

// tiles is the picture at so many times its size, in as few looks as working
// memory allows.
func tiles(r image.Rectangle, scale float64) []pass {
	w, h := max(1, int(float64(r.Dx())*scale)), max(1, int(float64(r.Dy())*scale))
	cols, rows := grid(w, h)
	lap := int(math.Ceil(tileLap / scale))
	var out []pass
	for _, y := range cuts(r.Dy(), rows, lap) {
		for _, x := range cuts(r.Dx(), cols, lap) {
			t := image.Rect(x[0], y[0], x[1], y[1]).Add(r.Min)
			out = append(out, pass{from: t, w: max(1, int(float64(t.Dx())*scale)), h: max(1, int(float64(t.Dy())*scale))})
		}
	}
	return out
}

// grid is how many tiles of at most lookArea cover w×h with the fewest pixels.
func grid(w, h int) (cols, rows int) {
	best := math.Inf(1)
	for c := 1; c == 1 || tileSpan(w, c) > 2*tileLap; c++ {
		for r := 1; ; r++ {
			tw, th := tileSpan(w, c), tileSpan(h, r)
			if area := float64(tw) * float64(th); area <= lookArea {
				if all := area * float64(c*r); all < best {
					best, cols, rows = all, c, r
				}
				break
			}
			if th <= 2*tileLap {
				break // so thin that it is better cut the other way
			}
		}
	}
	return max(1, cols), max(1, rows)
}

// tileSpan is the side of each of so many overlapping tiles along n pixels.
func tileSpan(n, count int) int { return (n + (count-1)*tileLap + count - 1) / count }

// cuts are where so many tiles along n pixels begin and end. All are of one size:
// the network keeps working memory for each size.
func cuts(n, count, lap int) [][2]int {
	side := min(n, (n+(count-1)*lap+count-1)/count)
	out := make([][2]int, count)
	for i := range out {
		at := 0
		if count > 1 {
			at = i * (n - side) / (count - 1)
		}
		out[i] = [2]int{at, at + side}
	}
	return out
}

// yunetPlan lists the looks of a YuNet that works alone. The largest look comes
// first: its working memory then serves the others.
func yunetPlan(r image.Rectangle) []pass {
	if r.Empty() {
		return nil
	}
	mid := whole(r, 1280)
	passes := []pass{mid}
	if small := whole(r, 320); small != mid {
		passes[0].most = yunetMost
		passes = append(passes, small)
	}
	for i := range passes {
		passes[i].turns = allTurns
	}
	if float64(mid.w) < maxShrink*float64(r.Dx()) {
		for _, t := range tiles(r, 1) {
			t.most = yunetMost
			passes = append(passes, t)
		}
	}
	for i := range passes {
		passes[i].least = yunetScores.review
	}
	return passes
}

// turned shows the same parts of the picture after so many quarter turns.
func turned(passes []pass, turn int) []pass {
	var out []pass
	for _, p := range passes {
		if p.turns == allTurns {
			continue // seen already
		}
		p.turns = 1 << turn
		out = append(out, p)
	}
	return out
}
