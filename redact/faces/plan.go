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
	maxGrow  = 2   // pictures are not enlarged more than this, but by a look that says so
	tileLap  = 192 // overlap of neighbouring tiles in pixels of the look: a face up to this size is whole in one
	tileSide = 1024
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

// tiles is the picture at so many times its size, in one look if that is small
// enough.
func tiles(r image.Rectangle, scale float64) []pass {
	size := func(n int) int { return max(1, int(float64(n)*scale)) }
	if float64(size(r.Dx()))*float64(size(r.Dy())) <= lookArea {
		return []pass{{from: r, w: size(r.Dx()), h: size(r.Dy())}}
	}
	side, lap := int(tileSide/scale), int(tileLap/scale)
	var out []pass
	for _, y := range starts(r.Dy(), side, lap) {
		for _, x := range starts(r.Dx(), side, lap) {
			t := image.Rect(x, y, min(x+side, r.Dx()), min(y+side, r.Dy())).Add(r.Min)
			out = append(out, pass{from: t, w: size(t.Dx()), h: size(t.Dy())})
		}
	}
	return out
}

// starts are where the tiles of one side begin along n pixels. All are of one
// size, spread evenly: the network keeps working memory for each size.
func starts(n, side, lap int) []int {
	if n <= side {
		return []int{0}
	}
	step := side - lap
	count := (n - lap + step - 1) / step
	s := make([]int, count)
	for i := range s {
		s[i] = i * (n - side) / (count - 1)
	}
	return s
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
