package faces

import (
	"image"
	"math"
)

// looks are the sizes in which a network sees the whole picture, in pixels.
type looks struct {
	small, mid int     // long sides: of the look that sees faces filling the frame, and of the second
	area       float64 // no look is larger, for the sake of working memory
	most       float32 // longest side of a face in every look but the small one; 0: any
	turned     bool
}

// CenterFace needs about 250 MB for each million pixels, YuNet 60.
var (
	centerfaceLooks = looks{small: 640, mid: 1280, area: 1280 * 960}
	yunetLooks      = looks{small: 320, mid: 1280, area: 1280 * 960, most: 160, turned: true}
)

const (
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
	most float32 // longest side of a face in that size, leaving larger ones to other looks; 0: any

	turned bool // look again at the picture on either side and upside down
}

// plan lists the looks at a picture. Tiles or the picture's own size alone miss
// faces of 1,000 px, so that the small look is always taken.
func plan(r image.Rectangle, l looks, fast bool) []pass {
	if r.Empty() {
		return nil
	}
	// The largest look comes first: its working memory then serves the others.
	mid := l.scaled(r, l.mid)
	passes := []pass{mid}
	if small := l.scaled(r, l.small); small != mid {
		passes[0].most = l.most
		passes = append(passes, small)
	}
	if fast || float64(mid.w) >= maxShrink*float64(r.Dx()) {
		return passes
	}
	for _, y := range starts(r.Dy()) {
		for _, x := range starts(r.Dx()) {
			t := image.Rect(x, y, min(x+tileSide, r.Dx()), min(y+tileSide, r.Dy())).Add(r.Min)
			passes = append(passes, pass{from: t, w: t.Dx(), h: t.Dy(), most: l.most})
		}
	}
	return passes
}

// scaled is the whole picture with a long side of n pixels, or less where the
// bounds on scale and area ask for it.
func (l looks) scaled(r image.Rectangle, n int) pass {
	w, h := float64(r.Dx()), float64(r.Dy())
	scale := min(float64(n)/max(w, h), maxGrow, math.Sqrt(l.area/(w*h)))
	return pass{from: r, w: max(1, int(w*scale)), h: max(1, int(h*scale)), turned: l.turned}
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
