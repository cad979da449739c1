package faces

import (
	"context"
	"image"
	"math"

	"consentry/redact"
)

// Why is the reason that every finding of this package gives.
const Why = "face"

// scores say from which score on a face is reported, and from which without
// doubt.
type scores struct{ review, sure float32 }

// A Cost is what a search took, so that searches can be compared on any machine:
// pixels that went through the networks, in units of the picture's own pixels
// through CenterFace. Looking at a picture once with CenterFace costs 1.
type Cost float64

// yunetCost is how long YuNet takes for a pixel, CenterFace being 1: 36 ms a
// megapixel and 150 to 230 with one thread. With two threads and resampling it
// was 0.12, so that this says rather too much.
const yunetCost = 0.2

// large is the size, in pixels, of a picture after which the networks' working
// memory is given back: the picture itself takes 24 MB, and what comes after the
// detector needs room too. Opening the networks again is a hundredth of the work.
const large = 6_000_000

// FindCounted is Find, and says what it cost.
func (d *Detector) FindCounted(ctx context.Context, img *image.NRGBA) ([]redact.Finding, Cost, error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	var all, seen []face
	var pixels float64
	var last *network // whose working memory a large picture's looks have filled
	give := func() error {
		if last == nil || img.Rect.Dx()*img.Rect.Dy() < large {
			return nil
		}
		return last.trim(ctx)
	}
	look := func(passes []pass) error {
		for _, p := range passes {
			net, cost := &d.face, 1.0
			if p.small {
				net, cost = d.small, yunetCost
			}
			if net != last {
				if err := give(); err != nil {
					return err
				}
				last = net
			}
			fs, err := net.run(ctx, img, p)
			if err != nil {
				return err
			}
			pixels += cost * float64(p.w*p.h*p.turns.count())
			if p.turns == allTurns {
				seen = append(seen, fs...)
			}
			all = append(all, weighed(fs, p)...)
		}
		return nil
	}
	if err := look(d.mode.plan(img.Rect)); err != nil {
		return nil, 0, err
	}
	if turn := lies(seen); turn != 0 {
		// The picture lies on its side or head: it is looked at again as its
		// faces stand, or only the large ones would be found.
		if err := look(turned(d.mode.plan(img.Rect), turn)); err != nil {
			return nil, 0, err
		}
	}
	if err := give(); err != nil {
		return nil, 0, err
	}
	at := thresholds[d.mode]
	return findings(fuse(all, at.review), at, img.Rect, d.id), Cost(pixels / max(1, float64(img.Rect.Dx()*img.Rect.Dy()))), nil
}

// findings rounds boxes outwards and keeps them inside the picture.
func findings(fs []face, at scores, bounds image.Rectangle, by string) []redact.Finding {
	var out []redact.Finding
	for _, f := range fs {
		tier := redact.Review
		if f.score >= at.sure {
			tier = redact.Sure
		}
		box := image.Rect(
			int(math.Floor(float64(f.box.x0))), int(math.Floor(float64(f.box.y0))),
			int(math.Ceil(float64(f.box.x1))), int(math.Ceil(float64(f.box.y1))),
		).Intersect(bounds)
		if box.Empty() { // it lies in the padding
			continue
		}
		out = append(out, redact.Finding{
			Region: redact.Region{Box: box}, Kind: redact.Face, Score: float64(f.score), Tier: tier,
			By: by, Why: Why, Landmarks: append([][2]float32(nil), f.landmarks[:]...),
		})
	}
	return out
}
