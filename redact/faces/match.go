package faces

import (
	"cmp"
	"context"
	"fmt"
	"image"
	"math"
	"slices"

	"consentry/internal/infer"
	"consentry/redact"
)

// Bounds on distances, cosines and qualities. Distances are dlib's, cosines
// SFace's. dlib's network alone cannot be leaned on: in group photos of a
// university meeting 66 of 1,270 pairs of two people with 32 pixels and more
// between the eyes were within 0.50 of each other, nearly all of them
// East Asian. Of these pairs SFace had 47 at 0.30 and more, 11 at 0.363, 3 at
// 0.45 and none at 0.50; of 394 pairs of one person within 0.50 in public sets,
// all were at 0.44 and more, 19 of 20 at 0.58. Hence both are asked.
const (
	// Near is the distance up to which a clear face is proposed as the enrolled
	// person's, from SureCosine on.
	Near = 0.50
	// Far is the distance beyond which a face is nobody's who is enrolled.
	Far = 0.65
	// SureCosine is the cosine from which SFace takes two faces for one person's
	// beyond reasonable doubt.
	SureCosine = 0.65
	// OtherCosine is the cosine below which they are two people's, whatever the
	// distance.
	OtherCosine = 0.30
	// GroupCosine is the cosine from which two unknown faces may be one person's,
	// within Near.
	GroupCosine = 0.60

	// ClearEyes is the distance between the eyes, in pixels of the picture, from
	// which a face is large enough to be proposed: 32 px.
	ClearEyes = 32
	// LeastEyes is the distance between the eyes below which a face is not
	// described at all: what a network makes of it tells nothing.
	LeastEyes = 12
)

// matchVersion changes with everything that changes results and is not in the ID
// otherwise: alignment, mirroring, bounds on quality.
const matchVersion = "1"

// A Print is a face as both networks see it, averaged over the face and its
// mirror image.
type Print struct {
	Dlib  [128]float32
	SFace [128]float32 // of length 1
}

// Distance is the distance of two faces by dlib's network: about 0.4 of one
// person, 0.8 of two.
func (p Print) Distance(o Print) float64 { return Distance(p.Dlib, o.Dlib) }

// Apart is how far two unknown faces are from being taken for one person's: up to
// 1 they are, by both networks.
func (p Print) Apart(o Print) float64 {
	return max(p.Distance(o)/Near, (1-Cosine(p.SFace, o.SFace))/(1-GroupCosine))
}

// Distance is the Euclidean distance of two vectors.
func Distance(a, b [128]float32) float64 {
	var sum float64
	for i := range a {
		d := float64(a[i] - b[i])
		sum += d * d
	}
	return math.Sqrt(sum)
}

// Quality says how well a face is seen.
type Quality struct {
	Eyes  float64 // pixels between the eyes
	Sharp float64 // share of fine detail, 0.2 for a blurred face, 0.27 and more for a sharp one
	Fit   float64 // how far the landmarks are from those of a face seen from the front, in eye distances
}

// Clear reports whether a face is seen well enough to be taken for somebody.
func (q Quality) Clear() bool {
	return q.Eyes >= ClearEyes && q.Sharp >= leastSharp && q.Fit <= mostFit
}

// A Reference is one enrolled person's prints, known by the caller's key.
type Reference struct {
	Ref    string
	Prints []Print
}

// An Alike is a reference that a face is near to.
type Alike struct {
	Ref      string
	Distance float64 // by dlib's network
	Cosine   float64 // by SFace
}

// A Match is what became of one face.
type Match struct {
	Quality Quality
	Alike   []Alike // within Far and from OtherCosine on, nearest first
	// Print is given where it was asked for and the face is clear; else nil. It
	// may be a stranger's: keep it in memory.
	Print *Print
}

// A Matcher compares faces with enrolled ones. dlib's network sees every face;
// SFace, slower, only those that are near to somebody or whose prints are asked
// for. It is safe for concurrent
// use.
type Matcher struct {
	dlib  *Embedder
	sface *SFace
	id    string
}

// NewMatcher makes a matcher from the networks and the SHA-256 of their models,
// in hex.
func NewMatcher(d *Embedder, dlibDigest string, s *SFace, sfaceDigest string) *Matcher {
	return &Matcher{d, s, MatcherID(dlibDigest, sfaceDigest)}
}

// MatcherID is the ID of a matcher with these models, without loading them.
func MatcherID(dlibDigest, sfaceDigest string) string {
	return fmt.Sprintf("face-match/%s dlib=%.12s sface=%.12s", matchVersion, dlibDigest, sfaceDigest)
}

// ID names version and models: prints of another ID cannot be compared.
func (m *Matcher) ID() string { return m.id }

// Match compares faces of a page with the references, each face with each. With
// prints set it gives those of clear faces too.
func (m *Matcher) Match(ctx context.Context, p redact.Page, fs []redact.Finding, refs []Reference, prints bool) ([]Match, error) {
	out := make([]Match, len(fs))
	for i, f := range fs {
		img, marks, err := locate(ctx, p, f)
		if err != nil {
			return nil, err
		}
		if marks == nil || eyes(marks) < LeastEyes {
			continue
		}
		v, q, err := m.describe(ctx, img, marks)
		if err != nil {
			return nil, fmt.Errorf("match faces: %w", err)
		}
		out[i].Quality = q
		var near []Alike
		for _, r := range refs {
			if d := nearest(v, r.Prints); d <= Far {
				near = append(near, Alike{Ref: r.Ref, Distance: d})
			}
		}
		prints := prints && q.Clear()
		if len(near) == 0 && !prints {
			continue
		}
		s, err := m.sface.mirrored(ctx, img, marks)
		if err != nil {
			return nil, fmt.Errorf("match faces: %w", err)
		}
		if prints {
			out[i].Print = &Print{v, s}
		}
		for _, a := range near {
			k := slices.IndexFunc(refs, func(r Reference) bool { return r.Ref == a.Ref })
			if a.Cosine = likest(s, refs[k].Prints); a.Cosine >= OtherCosine {
				out[i].Alike = append(out[i].Alike, a)
			}
		}
		slices.SortFunc(out[i].Alike, func(a, b Alike) int { return cmp.Or(cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.Ref, b.Ref)) })
	}
	return out, nil
}

// Print describes one face of a page by both networks, for enrolment.
func (m *Matcher) Print(ctx context.Context, p redact.Page, f redact.Finding) (Print, Quality, error) {
	img, marks, err := locate(ctx, p, f)
	if err != nil {
		return Print{}, Quality{}, err
	}
	v, q, err := m.describe(ctx, img, marks)
	if err != nil {
		return Print{}, q, fmt.Errorf("describe face: %w", err)
	}
	s, err := m.sface.mirrored(ctx, img, marks)
	if err != nil {
		return Print{}, q, fmt.Errorf("describe face: %w", err)
	}
	return Print{v, s}, q, nil
}

// nearest is the smallest distance to any of the prints.
func nearest(v [128]float32, ps []Print) float64 {
	d := math.Inf(1)
	for _, p := range ps {
		d = min(d, Distance(v, p.Dlib))
	}
	return d
}

// likest is the largest cosine with any of the prints.
func likest(v [128]float32, ps []Print) float64 {
	c := -1.0
	for _, p := range ps {
		c = max(c, Cosine(v, p.SFace))
	}
	return c
}

// locate finds the picture that a face stands in and its landmarks there; nil
// landmarks where it has none.
func locate(ctx context.Context, p redact.Page, f redact.Finding) (*image.NRGBA, [][2]float32, error) {
	if len(f.Landmarks) != len(dlibTemplate.points) {
		return nil, nil, nil
	}
	for _, pic := range p.Pictures {
		if !f.Region.Box.In(pic.Box) || pic.Box.Empty() {
			continue
		}
		img, err := pic.Load(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("match faces: load picture %d: %w", pic.ID, err)
		}
		marks := make([][2]float32, len(f.Landmarks))
		sx := float32(img.Rect.Dx()) / float32(pic.Box.Dx())
		sy := float32(img.Rect.Dy()) / float32(pic.Box.Dy())
		for i, l := range f.Landmarks {
			marks[i] = [2]float32{
				(l[0]-float32(pic.Box.Min.X))*sx + float32(img.Rect.Min.X),
				(l[1]-float32(pic.Box.Min.Y))*sy + float32(img.Rect.Min.Y),
			}
		}
		return img, marks, nil
	}
	return nil, nil, nil
}

func eyes(marks [][2]float32) float64 {
	return math.Hypot(float64(marks[1][0]-marks[0][0]), float64(marks[1][1]-marks[0][1]))
}

// describe gives dlib's vector, averaged over the face and its mirror image, and
// how well the face is seen.
func (m *Matcher) describe(ctx context.Context, img *image.NRGBA, marks [][2]float32) (v [128]float32, q Quality, err error) {
	if len(marks) != len(dlibTemplate.points) {
		return v, q, fmt.Errorf("%d landmarks, want %d", len(marks), len(dlibTemplate.points))
	}
	in, err := dlibTemplate.chip(img, marks)
	if err != nil {
		return v, q, err
	}
	q = Quality{Eyes: eyes(marks), Sharp: sharpness(in, dlibTemplate.side), Fit: dlibTemplate.misfit(marks)}
	v, err = mirrored(ctx, m.dlib.session, in, dlibTemplate.side)
	return v, q, err
}

// mirrored is Embed averaged over the face and its mirror image, of length 1.
func (e *SFace) mirrored(ctx context.Context, img *image.NRGBA, marks [][2]float32) (v [128]float32, err error) {
	in, err := sfaceTemplate.chip(img, marks)
	if err != nil {
		return v, err
	}
	for _, x := range [][]float32{in, flipped(in, sfaceTemplate.side)} {
		out, err := run(ctx, e.session, x, 1, sfaceTemplate.side)
		if err != nil {
			return v, err
		}
		for i, y := range out {
			v[i] += y
		}
	}
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	for i := range v {
		v[i] /= float32(max(math.Sqrt(sum), 1e-12))
	}
	return v, nil
}

// mirrored runs a network that takes several pictures at once on a chip and its
// mirror image, and averages.
func mirrored(ctx context.Context, s *infer.Session, chip []float32, side int) (v [128]float32, err error) {
	out, err := run(ctx, s, append(slices.Clone(chip), flipped(chip, side)...), 2, side)
	if err != nil {
		return v, err
	}
	for i := range v {
		v[i] = (out[i] + out[len(v)+i]) / 2
	}
	return v, nil
}

// run gives 128 numbers for each of n chips.
func run(ctx context.Context, s *infer.Session, chips []float32, n, side int) ([]float32, error) {
	out, err := s.Run(ctx, infer.Tensor{Shape: []int64{int64(n), 3, int64(side), int64(side)}, F32: chips})
	if err != nil {
		return nil, err
	}
	if len(out[0].F32) != 128*n {
		return nil, fmt.Errorf("embed face: %d numbers, want %d", len(out[0].F32), 128*n)
	}
	return out[0].F32, nil
}

// flipped is the mirror image of three planes.
func flipped(planes []float32, side int) []float32 {
	out := make([]float32, len(planes))
	for o := 0; o < len(planes); o += side {
		for x := range side {
			out[o+x] = planes[o+side-1-x]
		}
	}
	return out
}
