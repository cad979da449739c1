package logos

import (
	"cmp"
	"context"
	"image"
	"math"
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

const (
	firstMet = 23 // of 32 features: a place may be compared
	lastMet  = 29 // is compared in any case
	metStep  = 2
	most     = 3000 // one place in so many is compared
	promise  = 0.45 // score before refining
	perLogo  = 24   // places refined for each logo and octave
	smallest = 10   // shorter side in pixels of the smallest picture searched
)

// A place is where a logo may stand.
type place struct {
	logo, scale int
	pose        pose
	score       float64
}

// A hit is a place in the pixels of the whole picture.
type hit struct {
	logo  int
	box   image.Rectangle
	score float64
	base  float64 // score of the edges
	fine  float64 // of the second look; base where there was none
	tone  float64 // of brightness or colour
}

// find searches a picture for all logos.
func (d *Detector) find(ctx context.Context, m *image.NRGBA) ([]hit, error) {
	var hits []hit
	var finer *field
	p := split(m)
	for zoom := 1.0; min(p.w, p.h) >= smallest; zoom *= 2 {
		f := newField(p)
		g := newGrid(f)
		f.bits = nil
		found, err := d.octave(ctx, f, g)
		if err != nil {
			return nil, err
		}
		hits = append(hits, d.settle(found, f, finer, zoom)...)
		p, finer = p.half(), f
	}
	return prune(hits), ctx.Err()
}

// each runs f for 0 to n-1 on all processors until the context is over.
func each(ctx context.Context, n int, f func(i int)) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(i)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// octave gives, for each logo, the places that promise most.
func (d *Detector) octave(ctx context.Context, f *field, g *grid) ([][]place, error) {
	tasks := make([][]place, len(d.logos)*len(sizes))
	err := each(ctx, len(tasks), func(i int) {
		tasks[i] = d.scan(ctx, f, g, i/len(sizes), i%len(sizes))
	})
	if err != nil {
		return nil, err
	}
	found := make([][]place, len(d.logos))
	for i := range found {
		var all []place
		for k := range sizes {
			all = append(all, tasks[i*len(sizes)+k]...)
		}
		found[i] = d.best(all)
	}
	return found, nil
}

// scan looks for one logo at one size everywhere.
func (d *Detector) scan(ctx context.Context, f *field, g *grid, which, at int) []place {
	sc := &d.logos[which].scales[at]
	// The best of each cell of 8 by 8 pixels, over all tilts.
	cols := (f.w + 7) / 8
	best := map[int]place{}
	for i := range sc.tilts {
		t := &sc.tilts[i]
		q := t.on(g)
		least := q.least(g)
		for y := range g.h {
			if y&63 == 0 && ctx.Err() != nil {
				return nil
			}
			row := (y+margin)*g.stride + 1
			for word := 0; word*64 < g.w; word++ {
				top := q.count(g.words, row+word, least)
				if top == 0 {
					continue
				}
				places(top, func(bit int) {
					x := word*64 + bit
					if x >= g.w {
						return
					}
					p := place{logo: which, scale: at, pose: pose{x: float64(2 * x), y: float64(2 * y), angle: t.angle}}
					p.score = f.score(&sc.near, p.pose, promise)
					cell := (2*y/8)*cols + 2*x/8
					if old, ok := best[cell]; p.score >= promise && (!ok || p.score > old.score) {
						best[cell] = p
					}
				})
			}
		}
	}
	out := make([]place, 0, len(best))
	for _, p := range best {
		out = append(out, p)
	}
	return out
}

// least is how many features a place must meet to be compared: few, unless the
// picture is so full of edges that too many places would meet them. A sample of
// the rows tells.
func (q *probe) least(g *grid) uint64 {
	var met [counted + 1]int
	n := 0
	for y := 0; y < g.h; y += 16 {
		row := (y+margin)*g.stride + 1
		for word := 0; word*64 < g.w; word++ {
			n += min(64, g.w-64*word)
			for least := uint64(firstMet); least <= lastMet; least += metStep {
				top := q.count(g.words, row+word, least)
				if top == 0 {
					break
				}
				met[least] += bits.OnesCount64(top)
			}
		}
	}
	for least := uint64(firstMet); least < lastMet; least += metStep {
		if met[least]*most <= n {
			return least
		}
	}
	return lastMet
}

// best are the most promising of a logo's places, no two nearly the same.
func (d *Detector) best(all []place) []place {
	slices.SortFunc(all, func(a, b place) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.pose.y, b.pose.y), cmp.Compare(a.pose.x, b.pose.x),
			cmp.Compare(a.scale, b.scale), cmp.Compare(a.pose.angle, b.pose.angle))
	})
	var out []place
	for _, p := range all {
		if len(out) == perLogo {
			break
		}
		if !slices.ContainsFunc(out, func(o place) bool { return math.Hypot(o.pose.x-p.pose.x, o.pose.y-p.pose.y) < 7 }) {
			out = append(out, p)
		}
	}
	return out
}

// settle refines places and looks at them again in the picture of twice the
// size, where there is one.
func (d *Detector) settle(found [][]place, f, finer *field, zoom float64) []hit {
	var flat []place
	for _, ps := range found {
		flat = append(flat, ps...)
	}
	hits := make([]hit, len(flat))
	each(context.Background(), len(flat), func(i int) {
		p := flat[i]
		l := d.logos[p.logo]
		sc := &l.scales[p.scale]
		radius := math.Hypot(l.w, l.h) * sc.factor / 2
		h := &hits[i]
		h.logo = p.logo
		p.pose, h.base = f.refine(&sc.near, p.pose, radius)
		h.fine, h.tone = h.base, f.tones(&sc.near, p.pose)
		if finer != nil && h.base > l.review-0.15 {
			q := p.pose.doubled()
			q, h.fine = finer.refine(&sc.fine, q, 2*radius)
			h.tone = (h.tone + finer.tones(&sc.fine, q)) / 2
			q.x, q.y = (q.x-0.5)/2, (q.y-0.5)/2
			p.pose = q
		}
		h.score = 0.35*(h.base+h.fine) + 0.3*h.tone
		h.box = l.box(sc, p.pose, zoom)
	})
	return slices.DeleteFunc(hits, func(h hit) bool { return h.score < d.logos[h.logo].review })
}

// box is the hull of a logo at a pose, in pixels of the whole picture.
func (l *logo) box(sc *scale, p pose, zoom float64) image.Rectangle {
	a, b, c, d := p.matrix()
	u, v := l.w*sc.factor/2, l.h*sc.factor/2
	dx, dy := math.Abs(a)*u+math.Abs(b)*v, math.Abs(c)*u+math.Abs(d)*v
	x, y := (p.x+0.5)*zoom, (p.y+0.5)*zoom
	return image.Rect(int(math.Floor(x-dx*zoom)), int(math.Floor(y-dy*zoom)), int(math.Ceil(x+dx*zoom)), int(math.Ceil(y+dy*zoom)))
}

// prune keeps the best of the hits that cover one another.
func prune(hits []hit) []hit {
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	var out []hit
	for _, h := range hits {
		if !slices.ContainsFunc(out, func(o hit) bool { return o.logo == h.logo && overlap(o.box, h.box) > 0.3 }) {
			out = append(out, h)
		}
	}
	return out
}

// overlap is the part of the smaller box that lies in the other.
func overlap(a, b image.Rectangle) float64 {
	i := a.Intersect(b)
	small := min(a.Dx()*a.Dy(), b.Dx()*b.Dy())
	if small == 0 {
		return 0
	}
	return float64(i.Dx()*i.Dy()) / float64(small)
}
