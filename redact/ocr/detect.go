package ocr

import (
	"cmp"
	"context"
	"fmt"
	"image"
	"math"
	"slices"

	"consentry/internal/infer"
	"consentry/internal/infer/planes"
)

// Of PP-OCR's detector (DB, Liao et al. 2020): a pixel is text from this
// probability on; a region is a line where its mean reaches that one; and how
// far a line reaches beyond what is marked.
const (
	pixelAt = 76 // of 255, 0.3
	lineAt  = 0.4
	unclip  = 1.6
)

const (
	align    = 32
	tileSide = 1536      // pixels a side that the network sees at once, at most
	tileArea = 1_000_000 // square pixels
	overlap  = 64        // on each side of a tile, thrown away
	least    = 3         // pixels: what is marked and lower than this is no line
)

// A look is one size at which the whole picture is seen.
type look struct{ w, h int }

// looks are the sizes for a picture. The first is as large as small letters need
// it; where that is large, big letters need a small one too.
func looks(size image.Point, scale float64) []look {
	long, short := float64(max(size.X, size.Y)), float64(min(size.X, size.Y))
	most := float64(hugeLong)
	if long <= pageLong {
		most = fineLong
	}
	s := min(1, most/long)
	if enlarged := fineShort / short; enlarged > 1 {
		s = max(s, min(enlarged, fineLong/long))
	}
	s *= scale
	at := func(s float64) look {
		return look{max(1, int(math.Round(float64(size.X)*s))), max(1, int(math.Round(float64(size.Y)*s)))}
	}
	out := []look{at(s)}
	if long*s > 1.5*coarseLong {
		out = append(out, at(coarseLong/long))
	}
	return out
}

// Sizes of looks, in pixels.
const (
	fineShort  = 736  // the shorter side is enlarged to this, as PP-OCR does
	fineLong   = 2000 // the longer side is not enlarged beyond this, and pages are shrunk to it
	pageLong   = 2600 // up to here a picture is a page or a screen: its text is never tiny
	hugeLong   = 4096 // the longer side of any other picture is shrunk to this
	coarseLong = 800
	bigLetters = 72 // lines at least so high in the finest look are looked for in the others
)

// A found is a line of text that a look found, in pixels of the picture.
type found struct {
	rect
	core  rect    // as marked by the network, not grown
	high  float64 // of the line in the look's pixels
	score float64
	look  int // which look found it
}

// detect finds the lines in a picture.
func (n *networks) detect(ctx context.Context, img *image.NRGBA, scale float64) ([]found, error) {
	var all []found
	fine := 0
	for i, l := range looks(img.Rect.Size(), scale) {
		if i == 0 {
			fine = l.w
		}
		heat, err := n.heat(ctx, img, l)
		if err != nil {
			return nil, err
		}
		back := float64(img.Rect.Dx()) / float64(l.w)
		for _, f := range regions(heat, l.w, l.h) {
			if i > 0 && f.high*float64(fine)/float64(l.w) < bigLetters {
				continue // what the finer look is better at
			}
			f.look = i
			f.rect, f.core = f.rect.scaled(back), f.core.scaled(back)
			all = append(all, f)
		}
	}
	if img.Rect.Dx()*img.Rect.Dy() >= large {
		if err := n.trim(ctx); err != nil {
			return nil, err
		}
	}
	return once(joined(all)), nil
}

// large is the size, in pixels, of a picture after which the network's working
// memory is given back.
const large = 6_000_000

func (n *networks) trim(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-n.free:
	}
	defer func() { n.free <- nil }()
	return n.det.Trim()
}

// heat is the probability of text at each pixel of a look, 0 to 255. The picture
// is seen in tiles, whose probabilities are put together before lines are looked
// for: no line is cut by a seam, and memory is bounded by the tile.
func (n *networks) heat(ctx context.Context, img *image.NRGBA, l look) ([]uint8, error) {
	heat := make([]uint8, l.w*l.h)
	z := planes.New(img, img.Rect, l.w, l.h)
	columns := cuts(l.w, tileSide)
	wide := columns[0].to - columns[0].from + overlap
	for _, y := range cuts(l.h, min(tileSide, max(tileArea/wide, 4*overlap))) {
		for _, x := range columns {
			see := image.Rect(x.from, y.from, x.to, y.to)
			if err := n.see(ctx, z, see, image.Rect(x.first, y.first, x.last, y.last), heat, l.w); err != nil {
				return nil, err
			}
		}
	}
	return heat, nil
}

// see runs the network on one tile and copies the part that is kept.
func (n *networks) see(ctx context.Context, z planes.Resizer, tile, keep image.Rectangle, heat []uint8, stride int) error {
	var buf []float32
	select { // a run needs up to 300 MB and uses all threads: one at a time
	case <-ctx.Done():
		return ctx.Err()
	case buf = <-n.free:
	}
	defer func() { n.free <- buf }()
	w, h := (tile.Dx()+align-1)/align*align, (tile.Dy()+align-1)/align*align
	if cap(buf) < 3*w*h {
		buf = make([]float32, 3*w*h)
	}
	in := buf[:3*w*h]
	const grey = 127.5
	for i := range in {
		in[i] = grey // beyond the picture's edge
	}
	z.Tile(tile, [3][]float32{in[2*w*h:], in[w*h : 2*w*h], in[:w*h]}, w) // blue comes first
	for i, v := range in {
		in[i] = v/grey - 1
	}
	out, err := n.det.Run(ctx, infer.Tensor{Shape: []int64{1, 3, int64(h), int64(w)}, F32: in})
	if err != nil {
		return fmt.Errorf("find lines: %w", err)
	}
	if len(out) != 1 || len(out[0].F32) != w*h {
		return fmt.Errorf("find lines: the model gave %v for a picture of %d×%d", out[0].Shape, w, h)
	}
	for y := keep.Min.Y; y < keep.Max.Y; y++ {
		src := out[0].F32[(y-tile.Min.Y)*w+keep.Min.X-tile.Min.X:]
		for i := range keep.Dx() {
			heat[y*stride+keep.Min.X+i] = uint8(min(max(src[i], 0), 1)*255 + .5)
		}
	}
	return nil
}

// A cut is one tile along an axis: what is seen, and what is kept of it.
type cut struct{ from, to, first, last int }

// cuts divides n pixels evenly into tiles of at most so many.
func cuts(n, most int) []cut {
	if n <= most {
		return []cut{{0, n, 0, n}}
	}
	k := (n + most - 2*overlap - 1) / (most - 2*overlap)
	out := make([]cut, k)
	for i := range out {
		first, last := n*i/k, n*(i+1)/k
		out[i] = cut{max(0, first-overlap), min(n, last+overlap), first, last}
	}
	return out
}

// regions are the connected regions of text in a map of probabilities, as
// rectangles in its pixels.
func regions(heat []uint8, w, h int) []found {
	// A pixel marks its neighbours to the left and above too, as PP-OCR does, so
	// that strokes hang together.
	on := make([]bool, w*h)
	const at = pixelAt
	for y := range h {
		for x, v := range heat[y*w : (y+1)*w] {
			if v <= at {
				continue
			}
			i := y*w + x
			on[i] = true
			if x > 0 {
				on[i-1] = true
			}
			if y > 0 {
				on[i-w] = true
				if x > 0 {
					on[i-w-1] = true
				}
			}
		}
	}
	var out []found
	var stack []int
	var edge []vec
	for start := range on {
		if !on[start] {
			continue
		}
		on[start] = false
		stack, edge = append(stack[:0], start), edge[:0]
		sum, n := 0, 0
		for len(stack) > 0 {
			i := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x, y := i%w, i/w
			sum += int(heat[i])
			n++
			inner := x > 0 && x < w-1 && heat[i-1] > at && heat[i+1] > at
			if !inner { // the hull needs the ends of each row only
				edge = append(edge, vec{float64(x) + .5, float64(y) + .5})
			}
			for ny := max(0, y-1); ny <= min(h-1, y+1); ny++ {
				for nx := max(0, x-1); nx <= min(w-1, x+1); nx++ {
					if j := ny*w + nx; on[j] {
						on[j] = false
						stack = append(stack, j)
					}
				}
			}
		}
		score := float64(sum) / float64(n) / 255
		if n < 12 || score < lineAt {
			continue
		}
		core := around(edge)
		if 2*min(core.hu, core.hv) < least {
			continue
		}
		r := core.grown(unclip)
		out = append(out, found{rect: r, core: core, high: 2 * min(r.hu, r.hv), score: score})
	}
	return out
}

// joined puts the words of a line together that the network marked one by one,
// as it does with large letters: a name is looked for in one piece.
func joined(all []found) []found {
	for i := 0; i < len(all); i++ {
		for j := i + 1; j < len(all); j++ {
			if !all[i].continues(all[j]) {
				continue
			}
			a, b := all[i], all[j]
			ca, cb := a.core.corners(), b.core.corners()
			a.core = around(append(ca[:], cb[:]...))
			a.rect = a.core.grown(unclip)
			a.high, a.score = max(a.high, b.high), min(a.score, b.score)
			all[i] = a
			all = slices.Delete(all, j, j+1)
			j = i // it may continue what it did not before
		}
	}
	return all
}

// continues reports whether two pieces are neighbours on one line: as high as one
// another, on one base, with no more than a word space between.
func (f found) continues(o found) bool {
	if f.look != o.look {
		return false
	}
	high, low := max(f.core.hv, o.core.hv), min(f.core.hv, o.core.hv)
	if high > 1.5*low || math.Abs(f.core.u.cross(o.core.u)) > 0.12 || f.core.hu < 0.8*f.core.hv || o.core.hu < 0.8*o.core.hv {
		return false
	}
	u := f.core.u
	if o.core.hu > f.core.hu { // the longer one knows the direction better
		u = o.core.u
	}
	d := o.c.sub(f.c)
	high = max(f.hv, o.hv)
	gap := math.Abs(d.dot(u)) - f.hu - o.hu
	return math.Abs(d.dot(u.right())) < 0.25*high && gap < wordSpace*high && gap > -high
}

// wordSpace is how far the words of a line are apart at most, in half heights of
// the line.
const wordSpace = 0.6

// ideal is the height of a line, in pixels of a look, that the network sees
// best.
const ideal = 28

// once leaves each line once: of those that lie in one another, the ones that
// were seen at the better size. A line that reaches well beyond the others stays
// too.
func once(all []found) []found {
	rank := func(f found) float64 { return math.Abs(math.Log(f.high / ideal)) }
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(rank(a), rank(b)) })
	var out []found
	for _, f := range all {
		if f.covered(out) < 0.6 {
			out = append(out, f)
		}
	}
	return out
}
