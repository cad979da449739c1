// Package faces finds faces in pictures with CenterFace.
//
// A picture is looked at several times: small, so that a face filling the frame
// is seen whole, and in tiles of its own size, so that a face in the last row
// is seen at all. What the looks find is merged, and a merged face has the hull
// of its boxes: two looks seldom agree where a face ends, and what is hidden
// should hold both opinions.
package faces

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"

	"consentry/internal/infer"
	"consentry/redact"
)

// The score from which a candidate is reported, and from which it is sure.
// Measured on 25 group photos with 151 faces of 16 to 332 px: at 0.30 recall
// was 99.3 % with 12 false boxes, at 0.50 as high with 4 but lower wherever
// faces are small, masked or turned; below 0.20 only false boxes were gained.
const (
	SureScore   = 0.30
	ReviewScore = 0.20
)

// memberScore is enough to widen the box of a face that another look reported,
// and never enough to report one.
const memberScore = ReviewScore / 2

// version changes with everything that changes results and is not in the ID
// otherwise: passes, resizing, merging.
const version = "1"

// Why is the reason that every finding of this detector gives.
const Why = "face"

// Options tune a Detector.
type Options struct {
	Threads int  // for one run of the network; 0 means one per processor
	Fast    bool // leave the tiles out: small faces of large pictures are missed
}

// A Detector is a redact.Detector. It is safe for concurrent use, and runs the
// network once at a time, since a run needs up to 300 MB of working memory and
// uses several threads itself.
type Detector struct {
	id   string
	fast bool
	net  *network
}

// New makes a detector from the bytes of centerface.onnx, whose height and width
// must be symbolic, and their SHA-256 in hex.
func New(rt *infer.Runtime, model []byte, modelDigest string, o Options) (*Detector, error) {
	if modelDigest == "" {
		return nil, errors.New("open face detector: no digest of the model")
	}
	net, err := newNetwork(rt, model, o.Threads)
	if err != nil {
		return nil, fmt.Errorf("open face detector: %w", err)
	}
	mode := "full"
	if o.Fast {
		mode = "fast"
	}
	id := fmt.Sprintf("faces/%s centerface=%.12s %s sure=%.2f review=%.2f", version, modelDigest, mode, SureScore, ReviewScore)
	return &Detector{id: id, fast: o.Fast, net: net}, nil
}

// ID names version, passes, thresholds and the model's digest.
func (d *Detector) ID() string { return d.id }

// Close frees the model.
func (d *Detector) Close() error { return d.net.session.Close() }

// Detect finds the faces in all pictures of the page. Boxes and landmarks are in
// page units and end with the face itself; whoever hides them adds a margin.
func (d *Detector) Detect(ctx context.Context, p redact.Page) ([]redact.Finding, error) {
	var all []redact.Finding
	for _, pic := range p.Pictures {
		img, err := pic.Load(ctx)
		if err != nil {
			return nil, fmt.Errorf("find faces: load picture %d: %w", pic.ID, err)
		}
		if img == nil {
			return nil, fmt.Errorf("find faces: picture %d has no pixels: %w", pic.ID, redact.ErrUnreadable)
		}
		if pic.Box.Empty() && !img.Rect.Empty() {
			return nil, fmt.Errorf("find faces: picture %d has no place on its page", pic.ID)
		}
		fs, err := d.Find(ctx, img)
		if err != nil {
			return nil, fmt.Errorf("find faces: picture %d: %w", pic.ID, err)
		}
		for i := range fs {
			place(&fs[i], img.Rect, pic.Box)
			fs[i].Region.Part, fs[i].Region.Page = p.Part, p.Index
		}
		all = append(all, fs...)
	}
	return all, nil
}

// Find finds the faces in one picture, in its own pixels and in reading order.
// The same picture always gives the same findings. Transparency is ignored.
func (d *Detector) Find(ctx context.Context, img *image.NRGBA) ([]redact.Finding, error) {
	return d.find(ctx, img, plan(img.Rect, d.fast))
}

// FindOnce is Find with a single pass at the picture's own size, for pictures
// that the caller has brought to a fitting size already.
func (d *Detector) FindOnce(ctx context.Context, img *image.NRGBA) ([]redact.Finding, error) {
	if img.Rect.Empty() {
		return nil, ctx.Err()
	}
	return d.find(ctx, img, []pass{{img.Rect, img.Rect.Dx(), img.Rect.Dy()}})
}

func (d *Detector) find(ctx context.Context, img *image.NRGBA, passes []pass) ([]redact.Finding, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var all []face
	for _, p := range passes {
		fs, err := d.net.run(ctx, img, p)
		if err != nil {
			return nil, err
		}
		all = append(all, fs...)
	}
	var out []redact.Finding
	for _, f := range fuse(all, ReviewScore) {
		if f := f.finding(img.Rect, d.id); !f.Region.Box.Empty() { // may lie in the padding
			out = append(out, f)
		}
	}
	return out, nil
}

// finding rounds the box outwards and keeps it inside the picture.
func (f face) finding(bounds image.Rectangle, by string) redact.Finding {
	tier := redact.Review
	if f.score >= SureScore {
		tier = redact.Sure
	}
	box := image.Rect(
		int(math.Floor(float64(f.box.x0))), int(math.Floor(float64(f.box.y0))),
		int(math.Ceil(float64(f.box.x1))), int(math.Ceil(float64(f.box.y1))),
	).Intersect(bounds)
	return redact.Finding{
		Region: redact.Region{Box: box}, Kind: redact.Face, Score: float64(f.score), Tier: tier,
		By: by, Why: Why, Landmarks: append([][2]float32(nil), f.landmarks[:]...),
	}
}

// place moves a finding from a picture's pixels to where the picture stands,
// rounding the box outwards.
func place(f *redact.Finding, pixels, box image.Rectangle) {
	if pixels == box {
		return
	}
	sx := float64(box.Dx()) / float64(pixels.Dx())
	sy := float64(box.Dy()) / float64(pixels.Dy())
	x := func(v float64) float64 { return float64(box.Min.X) + (v-float64(pixels.Min.X))*sx }
	y := func(v float64) float64 { return float64(box.Min.Y) + (v-float64(pixels.Min.Y))*sy }
	b := f.Region.Box
	f.Region.Box = image.Rect(
		int(math.Floor(x(float64(b.Min.X)))), int(math.Floor(y(float64(b.Min.Y)))),
		int(math.Ceil(x(float64(b.Max.X)))), int(math.Ceil(y(float64(b.Max.Y))))).Intersect(box)
	for i, p := range f.Landmarks {
		f.Landmarks[i] = [2]float32{float32(x(float64(p[0]))), float32(y(float64(p[1])))}
	}
}
