package faces

import (
	"image"
)

// OnceScore is the score from which FindOnce reports: below it CenterFace gains
// only false boxes.
const OnceScore = 0.20

// thresholds of each mode, on fused scores.
var thresholds = [...]scores{
	Normal:      {review: 0.22, sure: 0.30},
	Fast:        {review: 0.22, sure: 0.30},
	Thorough:    {review: 0.22, sure: 0.30},
	MissNothing: {review: 0.14, sure: 0.30},
}

// plan lists the looks at a picture. Tiles or the picture's own size alone miss
// faces of 1,000 px, so that the small look is always taken. The largest looks
// come first: their working memory then serves the others.
func (m Mode) plan(r image.Rectangle) []pass {
	if r.Empty() {
		return nil
	}
	var face, small []pass
	mid := whole(r, 1280)
	face = append(face, mid)
	if s := whole(r, 640); s != mid {
		face = append(face, s)
	}
	long := float64(max(r.Dx(), r.Dy()))
	switch m {
	case Fast:
		small = append(small, whole(r, 1280))
	default:
		if float64(mid.w) < maxShrink*float64(r.Dx()) {
			face = append(face, tiles(r, 1)...)
		}
		small = append(small, tiles(r, 1)...)
		if long <= 2048 {
			small = append(small, tiles(r, 2)...)
		}
		t := whole(r, 640)
		t.turns = allTurns
		small = append(small, t)
	}
	for i := range face {
		face[i].least = thresholds[m].review / 2
	}
	for i := range small {
		small[i].small = true
		small[i].least = thresholds[m].review / 2 / yunetWeight
	}
	return append(face, small...)
}

// What a score of YuNet's is worth beside CenterFace's: its answers to small
// faces are better than its answers to large ones, and turned pictures are
// looked at for the rare face that stands so.
const (
	yunetWeight = 0.6
	yunetLarge  = 0.35
	yunetTurned = 0.3
	largeSide   = 48 // pixels of the face's height
)

// weighed puts the scores of one network on the common scale.
func weighed(fs []face, small bool) []face {
	if !small {
		return fs
	}
	for i := range fs {
		f := &fs[i]
		f.small = true
		switch {
		case f.turn != 0:
			f.score *= yunetTurned
		case f.box.y1-f.box.y0 > largeSide:
			f.score *= yunetLarge
		default:
			f.score *= yunetWeight
		}
	}
	return fs
}

// lies is the quarter turn after which the picture has more faces than upright,
// as YuNet's turned look sees it, or 0.
func lies(fs []face) int {
	var n [4]int
	for _, f := range fs {
		if f.small && f.score >= yunetTurned*0.7 {
			n[f.turn]++
		}
	}
	return 0
}
