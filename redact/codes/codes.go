// Package codes finds QR codes and bar codes in pictures, of any size and angle.
//
// Codes are looked for at several sizes of the picture by what they look like:
// the three finder patterns of a QR code, stripes that run one way, square fields
// of dots. Whatever ZXing (its port gozxing) can decode there is sure; finder
// patterns or the ends of a PDF417 code that it cannot decode are of the review
// tier. What a code says is thrown away: any code is hidden, for it may lead to
// someone, and its payload belongs in no log. Only Read tells what a code of our
// own says, to whoever files the page.
package codes

import (
	"cmp"
	"context"
	"fmt"
	"image"
	"math"
	"slices"

	"github.com/makiuchi-d/gozxing"

	"consentry/redact"
)

// The reasons of findings.
const (
	WhyDecoded = "decoded"
	WhyFinder  = "finder-patterns" // three of a QR code, which could not be decoded
	WhyStack   = "stacked-code"    // PDF417, by the patterns at its ends
)

// A Detector is a redact.Detector. The zero value is ready; it is safe for
// concurrent use.
type Detector struct{}

var _ redact.Detector = Detector{}

// ID names version and decoder.
func (Detector) ID() string { return "codes/1 gozxing=0.1.1" }

// Detect finds the codes in all pictures of the page. Boxes are in page units and
// hold the quiet zone; texts are empty.
func (d Detector) Detect(ctx context.Context, p redact.Page) ([]redact.Finding, error) {
	fs, err := p.FindIn(ctx, d.ID(), d.Find)
	if err != nil {
		return nil, fmt.Errorf("find codes: %w", err)
	}
	return fs, nil
}

// A hit is a code, in pixels of the picture.
type hit struct {
	box image.Rectangle
	why string
}

const leastSide = 48 // pixels of a level: smaller ones hold no code

// Find finds the codes in one picture, in its pixels and in reading order.
func (d Detector) Find(ctx context.Context, img *image.NRGBA) ([]redact.Finding, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if img.Rect.Empty() {
		return nil, nil
	}
	full := grey(img)
	var hits []hit
	for _, l := range slices.Backward(full.smaller()) { // the small ones cost least and tell most
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s := search{full: full, level: l, hits: hits}
		s.squares(l.patterns(l.dark()))
		f := l.edges()
		s.bars(f.bars())
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s.dots(f.dots())
		hits = s.hits
	}
	var out []redact.Finding
	bounds := image.Rect(0, 0, full.w, full.h)
	for _, h := range hits {
		box := h.box.Intersect(bounds)
		if box.Empty() {
			continue
		}
		f := redact.Finding{Region: redact.Region{Box: box.Add(img.Rect.Min)}, Kind: redact.Code, Score: 1, Tier: redact.Sure, By: d.ID(), Why: h.why}
		if h.why != WhyDecoded {
			f.Score, f.Tier = 0.5, redact.Review
		}
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b redact.Finding) int {
		x, y := a.Region.Box, b.Region.Box
		return cmp.Or(cmp.Compare(x.Min.Y, y.Min.Y), cmp.Compare(x.Min.X, y.Min.X), cmp.Compare(x.Max.Y, y.Max.Y), cmp.Compare(x.Max.X, y.Max.X))
	})
	return out, nil
}

// Read gives what the first QR code says that is ours, by the judgement of a
// function; what others say is thrown away. It is for pages of our own that come
// back, such as signed forms. The text is empty where there is none, which is no
// error.
func (d Detector) Read(ctx context.Context, img *image.NRGBA, ours func(text string) bool) (string, error) {
	found := ""
	if img.Rect.Empty() {
		return found, ctx.Err()
	}
	full := grey(img)
	s := search{full: full, ours: func(text string) bool {
		if !ours(text) {
			return false
		}
		found = text
		return true
	}}
	for _, l := range slices.Backward(full.smaller()) {
		if err := ctx.Err(); err != nil {
			return "", fmt.Errorf("read codes: %w", err)
		}
		s.level = l
		if s.squares(l.patterns(l.dark())); found != "" {
			break
		}
	}
	return found, nil
}

// A search looks at one level, knowing what others found.
type search struct {
	full, level level
	hits        []hit
	ours        func(text string) bool // asked what a QR code says, and ends the search; nil while detecting
	done        bool
}

// add keeps a hit once: a decoded one takes the place of what was only located.
func (s *search) add(h hit) {
	if h.box.Empty() {
		return
	}
	for i := 0; i < len(s.hits); i++ {
		o := s.hits[i]
		in := o.box.Intersect(h.box)
		small := min(o.box.Dx()*o.box.Dy(), h.box.Dx()*h.box.Dy())
		if 2*in.Dx()*in.Dy() < small {
			continue
		}
		if o.why == WhyDecoded && h.why != WhyDecoded {
			return
		}
		if o.why == h.why {
			h.box = h.box.Union(o.box)
		}
		s.hits = slices.Delete(s.hits, i, i+1)
		i--
	}
	s.hits = append(s.hits, h)
}

// known reports whether most of a box lies in a decoded code.
func (s *search) known(b image.Rectangle) bool {
	return slices.ContainsFunc(s.hits, func(h hit) bool {
		in := h.box.Intersect(b)
		return h.why == WhyDecoded && 2*in.Dx()*in.Dy() > b.Dx()*b.Dy()
	})
}

// hull is the box around a turned rectangle of the level, in pixels of the picture.
func (s *search) hull(cx, cy, angle, hu, hv float64) image.Rectangle {
	sin, cos := math.Sincos(angle)
	dx, dy := math.Abs(hu*cos)+math.Abs(hv*sin), math.Abs(hu*sin)+math.Abs(hv*cos)
	k := float64(s.level.scale)
	return image.Rect(int(math.Floor((cx-dx)*k)), int(math.Floor((cy-dy)*k)), int(math.Ceil((cx+dx)*k)), int(math.Ceil((cy+dy)*k)))
}

// plain is how square three patterns have to be to count without being decoded.
const plain = 0.25

func (s *search) squares(ps []pattern) {
	tries := 0
	for _, q := range squares(ps) {
		ax, ay := q.right.x-q.corner.x, q.right.y-q.corner.y
		bx, by := q.below.x-q.corner.x, q.below.y-q.corner.y
		side := (math.Hypot(ax, ay) + math.Hypot(bx, by)) / 2
		m := (q.corner.module + q.right.module + q.below.module) / 3
		cx, cy := (q.right.x+q.below.x)/2, (q.right.y+q.below.y)/2
		// From the patterns' middles to the edge are 3.5 modules, and 4 more of quiet.
		half := side/2 + 8.5*m
		box := s.hull(cx, cy, math.Atan2(ay, ax), half, half)
		if s.known(box) {
			continue
		}
		if tries++; tries > 12 {
			return
		}
		h := hit{box, WhyDecoded}
		if !s.decodeAround(cx, cy, math.Atan2(ay, ax), half, side/m+7, q.corner.bright) {
			if q.odd > plain || min(q.corner.seen, q.right.seen, q.below.seen) < 2 {
				continue
			}
			h.why = WhyFinder
		}
		if s.add(h); s.done {
			return
		}
	}
}

// decodeAround tries a QR code of so many modules a side at a few sizes.
func (s *search) decodeAround(cx, cy, angle, half, modules float64, negative bool) bool {
	k := float64(s.level.scale)
	for _, px := range []float64{4, 6, 3} { // pixels a module
		n := int(min(max(modules+8, 29)*px, 1200))
		for _, turn := range []float64{angle, angle + 0.2} {
			if res, ok := decodes(s.full.view(cx*k, cy*k, turn, half*k*1.1, half*k*1.1, n, n), negative, qrReaders()...); ok {
				s.done = s.ours != nil && s.ours(res.GetText())
				return true
			}
		}
	}
	return false
}

const (
	barRows  = 24 // of a straightened bar code
	mostBars = 40 // patches of a level that are tried, the largest first
	mostDots = 24
)

func (s *search) bars(ps []patch) {
	ps = slices.DeleteFunc(ps, func(p patch) bool { return 2*p.hu < 5*cell || 2*p.hv < 1.5*cell || p.full < 0.4 })
	slices.SortFunc(ps, func(a, b patch) int { return cmp.Compare(b.hu*b.hv, a.hu*a.hv) })
	k := float64(s.level.scale)
	for _, p := range ps[:min(len(ps), mostBars)] {
		box := s.hull(p.cx, p.cy, p.angle, 1.1*p.hu+cell, p.hv+cell/2)
		if s.known(box) {
			continue
		}
		// Quiet zones are of ten modules by the book and of four in practice; what
		// stands beyond them confuses the readers.
		for _, quiet := range []float64{0.22*p.hu + cell/2, 0.09*p.hu + cell/2} {
			w := int(min(max(2*(p.hu+quiet)*k, 4*p.hu), 1600))
			strip := s.full.view(p.cx*k, p.cy*k, p.angle, (p.hu+quiet)*k, 0.8*p.hv*k, w, barRows)
			if _, ok := decodes(strip, false, barReaders()...); ok {
				s.add(hit{box, WhyDecoded})
				break
			}
			if isStack(strip) {
				s.add(hit{box, WhyStack})
				break
			}
		}
	}
}

func (s *search) dots(ps []patch) {
	ps = slices.DeleteFunc(ps, func(p patch) bool {
		return max(p.hu, p.hv) > 1.7*min(p.hu, p.hv) || 2*p.hu < 3*cell || p.full < 0.55 || 2*p.hu > 60*cell
	})
	slices.SortFunc(ps, func(a, b patch) int { return cmp.Compare(b.full, a.full) })
	k := float64(s.level.scale)
	for _, p := range ps[:min(len(ps), mostDots)] {
		half := max(p.hu, p.hv) + cell/2
		box := s.hull(p.cx, p.cy, p.angle, half, half)
		if s.known(box) {
			continue
		}
		for i, margin := range []float64{1.2, 1.05, 1.5} {
			angle := p.angle * float64((i+1)%2) // the patch's angle is a guess
			r := margin * half * k
			n := int(min(max(2*r, 120), 360))
			if res, ok := decodes(s.full.view(p.cx*k, p.cy*k, angle, r, r, n, n), false, dotReaders()...); ok {
				s.add(hit{corners(res.GetResultPoints(), p.cx*k, p.cy*k, angle, r, n).Union(s.hull(p.cx, p.cy, p.angle, p.hu, p.hv)), WhyDecoded})
				break
			}
		}
	}
}

// corners is the box around the corners of a code seen in a view of n×n pixels,
// with a fifth more on each side as its quiet zone.
func corners(ps []gozxing.ResultPoint, cx, cy, angle, r float64, n int) image.Rectangle {
	sin, cos := math.Sincos(angle)
	x0, x1, y0, y1 := cx, cx, cy, cy
	for _, p := range ps {
		u, v := (p.GetX()/float64(n)*2-1)*r, (p.GetY()/float64(n)*2-1)*r
		x, y := cx+u*cos-v*sin, cy+u*sin+v*cos
		x0, x1, y0, y1 = min(x0, x), max(x1, x), min(y0, y), max(y1, y)
	}
	dx, dy := 0.2*(x1-x0), 0.2*(y1-y0)
	return image.Rect(int(math.Floor(x0-dx)), int(math.Floor(y0-dy)), int(math.Ceil(x1+dx)), int(math.Ceil(y1+dy)))
}
