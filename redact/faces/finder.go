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

// Why is the reason that every finding of this package gives.
const Why = "face"

// scores say what a network's score means. From member on a box widens that of
// a face that another look reported; from review on it is reported, from sure
// on without doubt.
type scores struct{ member, review, sure float32 }

// A finder is one network with its looks and scores. It is safe for concurrent
// use, and runs the network once at a time.
type finder struct {
	id   string
	net  network
	plan func(image.Rectangle) []pass
	at   scores
}

// open loads the model and names the finder after it.
func (d *finder) open(rt *infer.Runtime, model []byte, digest string, o Options, name, input string, outputs []string) error {
	if digest == "" {
		return errors.New("no digest of the model")
	}
	mode := "full"
	if o.Fast {
		mode = "fast"
	}
	d.id = fmt.Sprintf("faces/%s %s=%.12s %s sure=%.2f review=%.2f", version, name, digest, mode, d.at.sure, d.at.review)
	return d.net.open(rt, model, input, outputs, o.Threads)
}

// ID names version, passes, thresholds and the model's digest.
func (d *finder) ID() string { return d.id }

// Close frees the model.
func (d *finder) Close() error { return d.net.session.Close() }

// Find finds the faces in one picture, in its own pixels and in reading order.
// The same picture always gives the same findings. Transparency is ignored.
func (d *finder) Find(ctx context.Context, img *image.NRGBA) ([]redact.Finding, error) {
	return d.find(ctx, img, d.plan(img.Rect))
}

// FindOnce is Find with a single pass at the picture's own size, for pictures
// that the caller has brought to a fitting size already.
func (d *finder) FindOnce(ctx context.Context, img *image.NRGBA) ([]redact.Finding, error) {
	if img.Rect.Empty() {
		return nil, ctx.Err()
	}
	return d.find(ctx, img, []pass{{from: img.Rect, w: img.Rect.Dx(), h: img.Rect.Dy()}})
}

func (d *finder) find(ctx context.Context, img *image.NRGBA, passes []pass) ([]redact.Finding, error) {
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
	for _, f := range fuse(all, d.at.review) {
		if f := d.finding(f, img.Rect); !f.Region.Box.Empty() { // may lie in the padding
			out = append(out, f)
		}
	}
	return out, nil
}

// finding rounds the box outwards and keeps it inside the picture.
func (d *finder) finding(f face, bounds image.Rectangle) redact.Finding {
	tier := redact.Review
	if f.score >= d.at.sure {
		tier = redact.Sure
	}
	box := image.Rect(
		int(math.Floor(float64(f.box.x0))), int(math.Floor(float64(f.box.y0))),
		int(math.Ceil(float64(f.box.x1))), int(math.Ceil(float64(f.box.y1))),
	).Intersect(bounds)
	return redact.Finding{
		Region: redact.Region{Box: box}, Kind: redact.Face, Score: float64(f.score), Tier: tier,
		By: d.id, Why: Why, Landmarks: append([][2]float32(nil), f.landmarks[:]...),
	}
}
