package faces

import (
	"context"
	"fmt"
	"image"
	"math"

	"consentry/internal/infer"
)

// SameDistance is the distance below which dlib says that two faces are one
// person (99.38 % right on LFW).
const SameDistance = 0.6

// An Embedder turns a face into a point of which the distance tells people
// apart: dlib's ResNet (King, "High Quality Face Recognition with Deep Metric
// Learning", 2017). Two photos of one person are usually nearer than 0.6. It is
// safe for concurrent use.
type Embedder struct{ session *infer.Session }

// A template is where the five landmarks stand in a chip, the upright square of
// side pixels that a network sees of a face.
type template struct {
	side   int
	points [5][2]float64
}

const chipPad = 0.25 // of the face's size, on each side: dlib's get_face_chip_details

// dlibTemplate has the means of dlib's mean shape over the eyes (36–41, 42–47),
// the tip of the nose (30) and the mouth's corners (48, 54).
var dlibTemplate = func() template {
	t := template{side: 150}
	for i, p := range [5][2]float64{
		{0.2224, 0.2127}, {0.7579, 0.2127}, {0.490127, 0.515625}, {0.254149, 0.780233}, {0.726104, 0.780233},
	} {
		for k, v := range p { // fractions of the face
			t.points[i][k] = (v + chipPad) / (2*chipPad + 1) * float64(t.side)
		}
	}
	return t
}()

// NewEmbedder makes an embedder of dlib-resnet.onnx, which takes RGB from 0 to 255
// as "input" and gives "embedding". The model is asked for when the first face is
// to be described.
func NewEmbedder(rt *infer.Runtime, model func() ([]byte, error)) *Embedder {
	return &Embedder{rt.Lazy(model, []string{"input"}, []string{"embedding"}, infer.Options{Threads: 1})}
}

// Close frees the model.
func (e *Embedder) Close() error { return e.session.Close() }

// Embed describes the face with these five landmarks, in pixels of the picture.
func (e *Embedder) Embed(ctx context.Context, img *image.NRGBA, landmarks [][2]float32) ([128]float32, error) {
	return dlibTemplate.embed(ctx, e.session, img, landmarks)
}

// embed runs a network of one picture and 128 numbers on the face's chip.
func (t *template) embed(ctx context.Context, s *infer.Session, img *image.NRGBA, landmarks [][2]float32) (v [128]float32, err error) {
	in, err := t.chip(img, landmarks)
	if err != nil {
		return v, err
	}
	out, err := s.Run(ctx, infer.Tensor{Shape: []int64{1, 3, int64(t.side), int64(t.side)}, F32: in})
	if err != nil {
		return v, err
	}
	if len(out[0].F32) != len(v) {
		return v, fmt.Errorf("embed face: %d numbers, want %d", len(out[0].F32), len(v))
	}
	copy(v[:], out[0].F32)
	return v, nil
}

// chip turns, scales and cuts the face so that its landmarks lie on the
// template, as three planes. What lies outside the picture is black.
func (t *template) chip(img *image.NRGBA, landmarks [][2]float32) ([]float32, error) {
	a, b, tx, ty, err := t.similarity(landmarks)
	if err != nil {
		return nil, err
	}
	// Where the chip is smaller than the face, several samples make one pixel.
	k := min(6, max(1, int(math.Ceil(math.Hypot(a, b)))))
	planes := make([]float32, 3*t.side*t.side)
	for i := range t.side * t.side {
		var sum [3]float64
		for s := range k * k {
			u := float64(i%t.side) + (float64(s%k)+0.5)/float64(k) - 0.5
			v := float64(i/t.side) + (float64(s/k)+0.5)/float64(k) - 0.5
			bilinear(img, a*u-b*v+tx, b*u+a*v+ty, &sum)
		}
		for c, v := range sum {
			planes[c*t.side*t.side+i] = float32(math.Round(v / float64(k*k)))
		}
	}
	return planes, nil
}

// similarity is the rotation, scale and shift from chip to picture that fits
// the landmarks best (least squares): x = a·u − b·v + tx, y = b·u + a·v + ty.
func (t *template) similarity(landmarks [][2]float32) (a, b, tx, ty float64, err error) {
	if len(landmarks) != len(t.points) {
		return 0, 0, 0, 0, fmt.Errorf("embed face: %d landmarks, want %d", len(landmarks), len(t.points))
	}
	var mu, mv, mx, my float64
	for i, p := range t.points {
		mu, mv = mu+p[0]/5, mv+p[1]/5
		mx, my = mx+float64(landmarks[i][0])/5, my+float64(landmarks[i][1])/5
	}
	var n float64
	for i, p := range t.points {
		u, v := p[0]-mu, p[1]-mv
		x, y := float64(landmarks[i][0])-mx, float64(landmarks[i][1])-my
		n += u*u + v*v
		a += u*x + v*y
		b += u*y - v*x
	}
	a, b = a/n, b/n
	return a, b, mx - a*mu + b*mv, my - b*mu - a*mv, nil
}

// bilinear adds the colour at a point to sum.
func bilinear(img *image.NRGBA, x, y float64, sum *[3]float64) {
	x0, y0 := math.Floor(x), math.Floor(y)
	fx, fy := x-x0, y-y0
	for d, w := range [4]float64{(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy} {
		p := image.Pt(int(x0)+d%2, int(y0)+d/2)
		if w == 0 || !p.In(img.Rect) {
			continue
		}
		o := img.PixOffset(p.X, p.Y)
		for c := range sum {
			sum[c] += w * float64(img.Pix[o+c])
		}
	}
}
