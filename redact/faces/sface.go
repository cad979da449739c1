package faces

import (
	"context"
	"image"
	"math"

	"consentry/internal/infer"
)

// SameCosine is the cosine from which on SFace says that two faces are one
// person, as OpenCV measured on LFW (FaceRecognizerSF; 1.128 as a distance of
// unit vectors).
const SameCosine = 0.363

// sfaceTemplate is what OpenCV's FaceRecognizerSF::alignCrop aligns to.
var sfaceTemplate = template{side: 112, points: [5][2]float64{
	{38.2946, 51.6963}, {73.5318, 51.5014}, {56.0252, 71.7366}, {41.5493, 92.3655}, {70.7299, 92.2041},
}}

// SFace turns a face into a direction; [Cosine] of two tells people apart
// (Y. Zhong et al., "SFace: Sigmoid-Constrained Hypersphere Loss", 2021). It was
// trained on other photos by another loss than dlib's network, and is the second
// opinion. It is safe for concurrent use.
type SFace struct{ session *infer.Session }

// NewSFace makes one of sface.onnx, which takes RGB from 0 to 255 as "data" and
// gives "fc1". The model is asked for when the first face is to be described.
func NewSFace(rt *infer.Runtime, model func() ([]byte, error)) *SFace {
	return &SFace{rt.Lazy(model, []string{"data"}, []string{"fc1"}, infer.Options{Threads: 1})}
}

// Close frees the model.
func (e *SFace) Close() error { return e.session.Close() }

// Embed describes the face with these five landmarks, in pixels of the picture,
// as a vector of length 1.
func (e *SFace) Embed(ctx context.Context, img *image.NRGBA, landmarks [][2]float32) ([128]float32, error) {
	v, err := sfaceTemplate.embed(ctx, e.session, img, landmarks)
	if err != nil {
		return v, err
	}
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if sum == 0 {
		return v, nil
	}
	for i := range v {
		v[i] /= float32(math.Sqrt(sum))
	}
	return v, nil
}

// Cosine of the angle between two vectors of length 1: 1 the same face, about 0
// two people.
func Cosine(a, b [128]float32) float64 {
	var sum float64
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}
