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

var centerfaceScores = scores{member: ReviewScore / 2, review: ReviewScore, sure: SureScore}

// version changes with everything that changes results and is not in the ID
// otherwise: passes, resizing, merging.
const version = "1"

// Options tune a Detector or a YuNet.
type Options struct {
	Threads int  // for one run of the network; 0 means one per processor
	Fast    bool // leave the tiles out: small faces of large pictures are missed
}

// A Detector is a redact.Detector. It is safe for concurrent use, and runs the
// network once at a time, since a run needs up to 300 MB of working memory and
// uses several threads itself.
type Detector struct{ finder }

// New makes a detector from the bytes of centerface.onnx, whose height and width
// must be symbolic, and their SHA-256 in hex.
func New(rt *infer.Runtime, model []byte, modelDigest string, o Options) (*Detector, error) {
	d := &Detector{finder{
		net:  network{decode: decodeCenterface},
		plan: func(r image.Rectangle) []pass { return plan(r, centerfaceLooks, o.Fast) },
		at:   centerfaceScores,
	}}
	if err := d.open(rt, model, modelDigest, o, "centerface", "input.1", centerfaceOut); err != nil {
		return nil, fmt.Errorf("open face detector: %w", err)
	}
	return d, nil
}

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
