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

// What YuNet's scores mean. On the six samples scaled from 1.5 to 0.1, all 22
// faces had 0.83 and more each time, and nothing else more than 0.81; from 0.50
// on one to five boxes in all were no face.
var yunetScores = scores{review: 0.5, sure: 0.85}

// yunetMost is the longest side of a face, in pixels of the look, that YuNet
// alone is believed in all looks but the smallest: it takes pieces of large
// faces for faces.
const yunetMost = 160

// A YuNet finds faces with another network than CenterFace, a hundred times
// smaller and several times faster (Wu, Peng, Yu, "YuNet: A Tiny
// Millisecond-level Face Detector", 2023). It serves a Detector, and alone it is
// the pair of eyes that looks at what was written, also turned. It is safe for
// concurrent use.
type YuNet struct {
	id, digest string
	net        network
}

// NewYuNet makes one from the bytes of yunet.onnx, whose height and width must
// be symbolic, and their SHA-256 in hex.
func NewYuNet(rt *infer.Runtime, model []byte, digest string, o Options) (*YuNet, error) {
	if digest == "" {
		return nil, errors.New("open face finder: no digest of the model")
	}
	y := &YuNet{
		id:     fmt.Sprintf("faces/%s yunet=%.12s sure=%.2f review=%.2f", version, digest, yunetScores.sure, yunetScores.review),
		digest: digest,
		net:    network{bgr: true, decode: decodeYuNet},
	}
	if err := y.net.open(rt, model, "input", yunetOut, o.Threads); err != nil {
		return nil, fmt.Errorf("open face finder: %w", err)
	}
	return y, nil
}

// ID names version, thresholds and the model's digest.
func (y *YuNet) ID() string { return y.id }

// Close frees the model.
func (y *YuNet) Close() error { return y.net.session.Close() }

// Find finds the faces in one picture, in its own pixels and in reading order.
// The same picture always gives the same findings. Transparency is ignored.
func (y *YuNet) Find(ctx context.Context, img *image.NRGBA) ([]redact.Finding, error) {
	return y.find(ctx, img, yunetPlan(img.Rect))
}

// FindOnce is Find with a single look at the picture's own size, for pictures
// that the caller has brought to a fitting size already.
func (y *YuNet) FindOnce(ctx context.Context, img *image.NRGBA) ([]redact.Finding, error) {
	if img.Rect.Empty() {
		return nil, ctx.Err()
	}
	return y.find(ctx, img, []pass{{from: img.Rect, w: img.Rect.Dx(), h: img.Rect.Dy(), least: yunetScores.review}})
}

func (y *YuNet) find(ctx context.Context, img *image.NRGBA, passes []pass) ([]redact.Finding, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var all []face
	for _, p := range passes {
		fs, err := y.net.run(ctx, img, p)
		if err != nil {
			return nil, err
		}
		all = append(all, fs...)
	}
	return findings(fuse(all, yunetScores.review), yunetScores, img.Rect, y.id), nil
}

// YuNet's grids have cells of these sides, in pixels; each says whether it
// holds a face (cls), how much of one (obj), its box and its landmarks.
var yunetStrides = []int{8, 16, 32}

var yunetOut = []string{
	"cls_8", "cls_16", "cls_32", "obj_8", "obj_16", "obj_32",
	"bbox_8", "bbox_16", "bbox_32", "kps_8", "kps_16", "kps_32",
}

// decodeYuNet reads the three grids, as OpenCV's FaceDetectorYN does.
func decodeYuNet(out []infer.Tensor, width, height int, least float32) ([]face, error) {
	for i, t := range out {
		s := yunetStrides[i%3]
		if want := (width / s) * (height / s) * []int{1, 1, 4, 10}[i/3]; len(t.F32) != want {
			return nil, fmt.Errorf("face network: output %s has %d numbers, want %d", yunetOut[i], len(t.F32), want)
		}
	}
	w, h := float32(width), float32(height)
	var fs []face
	for g, s := range yunetStrides {
		cls, obj, box, points := out[g].F32, out[3+g].F32, out[6+g].F32, out[9+g].F32
		stride, across := float32(s), width/s
		for i := range cls {
			score := float32(math.Sqrt(float64(min(max(0, cls[i]), 1) * min(max(0, obj[i]), 1))))
			if !(score >= least) { // also drops what is not a number
				continue
			}
			col, row, b := float32(i%across), float32(i/across), box[4*i:]
			cx, cy := (col+b[0])*stride, (row+b[1])*stride
			fw, fh := float32(math.Exp(float64(b[2])))*stride, float32(math.Exp(float64(b[3])))*stride
			f := face{score: score, box: rect{cx - fw/2, cy - fh/2, cx + fw/2, cy + fh/2}.intersect(rect{0, 0, w, h})}
			for k := range f.landmarks {
				f.landmarks[k] = [2]float32{(points[10*i+2*k] + col) * stride, (points[10*i+2*k+1] + row) * stride}
			}
			if f.box.area() > 0 {
				fs = append(fs, f)
			}
		}
	}
	return suppress(fs), nil
}
