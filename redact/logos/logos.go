// Package logos finds pictures of known logos again: at other sizes, tilted,
// on light or dark ground, in one colour.
//
// A logo is seldom rich in corners, and often printed in one colour, so that
// neither local features nor colours serve. What stays is where its edges are
// and which way they run. Each picture is searched at halves of its size with
// templates of four sizes and several tilts. A template's 32 features are
// counted at 64 places at once on bit planes of edge orientations (spread.go).
// Places that meet most of them are compared in full: the cosine between the
// fields of double-angle edge vectors of logo and picture, where edges that the
// logo lacks count against it (verify.go). The best are refined by moving,
// scaling, turning, stretching and skewing, and large ones compared again at
// twice the detail.
package logos

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"image"

	"consentry/redact"
)

// version changes with everything that changes results.
const version = "1"

// The score from which a place is reported, and from which it is sure.
const (
	SureScore   = 0.72
	ReviewScore = 0.60
)

// Options tune a Detector.
type Options struct {
	Least float64 // score of the weakest finding; 0 means ReviewScore
}

// A Detector is a redact.Detector. It is safe for concurrent use and searches
// one picture at a time, on all processors: a picture of 24 million pixels
// takes about 250 MB while it is searched.
type Detector struct {
	logos []*logo
	least float64
	id    string
	turn  chan struct{}
}

// New prepares the likenesses. Preparing one takes about 20 ms. A likeness
// without any edge cannot be found and is an error.
func New(ls []redact.Likeness, o Options) (*Detector, error) {
	d := &Detector{least: o.Least, turn: make(chan struct{}, 1)}
	if d.least == 0 {
		d.least = ReviewScore
	}
	sum := sha256.New()
	for i, l := range ls {
		if l.Image == nil || l.Image.Rect.Empty() {
			return nil, fmt.Errorf("prepare logo %d: no pixels: %w", i, redact.ErrUnreadable)
		}
		digest(sum, l)
	}
	d.logos = make([]*logo, len(ls))
	each(context.Background(), len(ls), func(i int) {
		if l, ok := newLogo(ls[i].Ref, ls[i].Image); ok {
			d.logos[i] = l
		}
	})
	for i, l := range d.logos {
		if l == nil {
			return nil, fmt.Errorf("prepare logo %d: it shows nothing but one colour", i)
		}
	}
	d.calibrate()
	d.id = fmt.Sprintf("logos/%s(least %.2f, %d logos %x)", version, d.least, len(ls), sum.Sum(nil)[:16])
	return d, nil
}

type writer interface{ Write([]byte) (int, error) }

func digest(w writer, l redact.Likeness) {
	fmt.Fprintf(w, "%q %q %v\n", l.Ref, l.Kind, l.Image.Rect.Size())
	for y := range l.Image.Rect.Dy() {
		w.Write(l.Image.Pix[y*l.Image.Stride:][:4*l.Image.Rect.Dx()])
	}
	binary.Write(w, binary.LittleEndian, int64(len(l.Ref)))
}

// ID names version, settings and all likenesses.
func (d *Detector) ID() string { return d.id }

// Detect finds the logos in all pictures of the page. Boxes are in page units.
func (d *Detector) Detect(ctx context.Context, p redact.Page) ([]redact.Finding, error) {
	all, err := p.FindIn(ctx, d.ID(), func(ctx context.Context, img *image.NRGBA) (fs []redact.Finding, err error) {
		hits, err := d.search(ctx, img)
		for _, h := range hits {
			f := redact.Finding{
				Region: redact.Region{Box: h.box.Add(img.Rect.Min)}, Kind: redact.Logo, Score: h.score, By: d.id, Why: "logo", Ref: d.logos[h.logo].ref,
			}
			if h.score >= d.logos[h.logo].sure {
				f.Tier = redact.Sure
			}
			fs = append(fs, f)
		}
		return fs, err
	})
	if err != nil {
		return nil, fmt.Errorf("find logos: %w", err)
	}
	return all, nil
}

// search waits for its turn.
func (d *Detector) search(ctx context.Context, m *image.NRGBA) ([]hit, error) {
	if len(d.logos) == 0 {
		return nil, ctx.Err()
	}
	select {
	case d.turn <- struct{}{}:
		defer func() { <-d.turn }()
		return d.find(ctx, m)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
