package faces

import "image"

// OnceScore is the score from which FindOnce reports: below it CenterFace gains
// only false boxes.
const OnceScore = 0.20

// thresholds of each mode, on fused scores. Both tiers are hidden. What is not
// sure may be cleared by a person, so that sure begins where hardly a box is
// false: of 32 group photos with at most 40 faces, 7 boxes from 0.60 on and 58
// from 0.40 to 0.60 were none, beside 453 and 24 that were. Review begins where
// the rest of the faces costs more false boxes than people would look through:
// docs/evaluation/faces.md has the figures.
var thresholds = [...]scores{
	Normal:      {review: 0.26, sure: 0.50},
	Fast:        {review: 0.26, sure: 0.50},
	Thorough:    {review: 0.27, sure: 0.50},
	MissNothing: {review: 0.16, sure: 0.50},
}

// maxTwice is the longest side of a picture that is looked at in twice its size
// as a matter of course. Larger pictures gained nothing but noise.
const maxTwice = 2048

// plan lists the looks at a picture. Tiles or the picture's own size alone miss
// faces of 1,000 px, so that the small look is always taken. The largest looks
// come first: their working memory then serves the others.
func (m Mode) plan(r image.Rectangle) []pass {
	if r.Empty() {
		return nil
	}
	mid, few := whole(r, 1280), whole(r, 640)
	face := []pass{mid}
	if few != mid {
		face = append(face, few)
	}
	if m == Fast {
		return append(looks(m, face, false, 0), looks(m, []pass{mid}, true, yunetMost)...)
	}
	long := max(r.Dx(), r.Dy())
	scales := []float64{1}
	if long <= maxTwice {
		scales = append(scales, 2)
	}
	if float64(mid.w) < maxShrink*float64(r.Dx()) {
		face = append(face, tiles(r, 1)...)
	}
	lying := few // turned
	if m >= Thorough {
		face = append(face, tiles(r, 2)...)
		lying = whole(r, 1280)
		if long > maxTwice {
			scales = append(scales, 2)
		}
	}
	if m == MissNothing {
		scales = append(scales, 3)
	}
	var small []pass
	for _, s := range scales {
		small = append(small, tiles(r, s)...)
	}
	lying.turns = allTurns
	out := append(looks(m, face, false, 0), looks(m, small, true, yunetMost)...)
	return append(out, looks(m, []pass{lying}, true, 0)...)
}

// looks makes the passes those of one network, with the score below which an
// opinion counts for nothing.
func looks(m Mode, passes []pass, small bool, most float32) []pass {
	out := append([]pass(nil), passes...)
	for i := range out {
		out[i].small, out[i].most, out[i].least = small, most, thresholds[m].review/2
		if small {
			out[i].least /= yunetWeight
		}
	}
	return out
}

// What a score of YuNet's is worth beside CenterFace's: its answers to small
// faces are better than its answers to large ones, and few faces lie on their
// side in a picture that stands.
const (
	yunetWeight = 0.6
	yunetLarge  = 0.35
	yunetTurned = 0.3
	largeSide   = 48 // pixels of the face's height
)

// weighed puts the scores of one look on the common scale. What the turned look
// sees upright the others see better.
func weighed(fs []face, p pass) []face {
	if !p.small {
		return fs
	}
	out := fs[:0]
	for _, f := range fs {
		f.small = true
		switch {
		case p.turns == allTurns && f.turn == 0:
			continue
		case p.turns == allTurns:
			f.score *= yunetTurned
			f.hint = true
		case f.box.y1-f.box.y0 > largeSide:
			f.score *= yunetLarge
		default:
			f.score *= yunetWeight
		}
		out = append(out, f)
	}
	return out
}

// lies is the quarter turn to the right after which most faces stand upright, of
// what a look in all turns saw: 0 unless more than in the picture as it is.
func lies(seen []face) int {
	var n [4]int
	for _, f := range seen {
		if f.score >= yunetFace {
			n[f.turn]++
		}
	}
	best := 0
	for turn := range n {
		if n[turn] > n[best] {
			best = turn
		}
	}
	return best
}

// yunetFace is a score of YuNet's that seldom is no face.
const yunetFace = 0.75
