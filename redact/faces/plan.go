package faces

import (
	"image"
	"math"
)

// Sizes of the looks, in pixels. The network needs about 250 MB of working
// memory for each million pixels, so that no look is larger than midArea.
const (
	smallSide = 640  // long side of the look that sees faces filling the frame
	midSide   = 1280 // long side of the second look
	midArea   = 1280 * 960
	maxGrow   = 2   // pictures are not enlarged more than this
	maxShrink = 0.8 // below this scale of the second look, tiles at the picture's own size are added
	tileSide  = 1024
	tileLap   = 192 // overlap of neighbouring tiles: a face up to this size is whole in one
)

// A pass is one look: the part of the picture, and the size the network sees it
// in.
type pass struct {
	from image.Rectangle
	w, h int
}

// plan lists the looks at a picture. Tiles or the picture's own size alone miss
// faces of 1,000 px, so that the small look is always taken.
func plan(r image.Rectangle, fast bool) []pass {
	if r.Empty() {
		return nil
	}
	// The largest look comes first: its working memory then serves the others.
	mid := scaled(r, midSide)
	passes := []pass{mid}
	if small := scaled(r, smallSide); small != mid {
		passes = append(passes, small)
	}
	if fast || float64(mid.w) >= maxShrink*float64(r.Dx()) {
		return passes
	}
	for _, y := range starts(r.Dy()) {
		for _, x := range starts(r.Dx()) {
			t := image.Rect(x, y, min(x+tileSide, r.Dx()), min(y+tileSide, r.Dy())).Add(r.Min)
			passes = append(passes, pass{t, t.Dx(), t.Dy()})
		}
	}
	return passes
}

// scaled is the whole picture with a long side of n pixels, or less where the
// bounds on scale and area ask for it.
func scaled(r image.Rectangle, n int) pass {
	w, h := float64(r.Dx()), float64(r.Dy())
	scale := min(float64(n)/max(w, h), maxGrow, math.Sqrt(midArea/(w*h)))
	return pass{r, max(1, int(w*scale)), max(1, int(h*scale))}
}

// starts are where the tiles along a side of n pixels begin. All tiles are of
// one size, spread evenly: the network keeps working memory for each size.
func starts(n int) []int {
	if n <= tileSide {
		return []int{0}
	}
	const step = tileSide - tileLap
	count := (n - tileLap + step - 1) / step
	s := make([]int, count)
	for i := range s {
		s[i] = i * (n - tileSide) / (count - 1)
	}
	return s
}
