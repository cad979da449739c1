package attack

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"mime"
	"strings"

	"consentry/redact"
)

// A FaceFinder finds faces in a picture; boxes and landmarks are in its pixels.
type FaceFinder interface {
	ID() string
	// Find looks at the whole picture as thoroughly as it can.
	Find(ctx context.Context, img *image.NRGBA) ([]redact.Finding, error)
	// FindOnce looks once, at the picture's own size.
	FindOnce(ctx context.Context, img *image.NRGBA) ([]redact.Finding, error)
}

// A FaceEmbedder turns the face with these five landmarks into a point; the
// distance of two tells whether they are one person.
type FaceEmbedder interface {
	Embed(ctx context.Context, img *image.NRGBA, landmarks [][2]float32) ([128]float32, error)
}

// Where a leak of Faces is. The last is followed by the place, since no finding
// tells it.
const (
	WherePixels  = "pixels of the source under a hidden region"
	WhereUneven  = "more than one colour under a filled region"
	WhereFace    = "a face can still be seen in a hidden region"
	WhereSame    = "a hidden face is still like itself"
	WhereOutside = "face outside any decision"
)

// Faces looks at a written photo. A region that was filled must be of one colour.
// Of what was blurred or made a mosaic, no fine detail of the source may be left,
// no face may be seen, and the face may not be recognised as itself. Nowhere else
// may there be a face that nobody decided to keep.
//
// Kept must hold every face that was decided to stay, those that a person
// cleared as no face among them. It is safe for concurrent use if its parts are.
type Faces struct {
	// Outside looks at the whole picture. It must not be what the photo was
	// scanned with, which would miss here what it missed there.
	Outside FaceFinder
	// Inside looks at the hidden regions. It may be what found them: none is a
	// better judge of whether it still sees the face.
	Inside   FaceFinder
	Embedder FaceEmbedder
	// Decode gives the upright pixels of a photo; findings are in them.
	Decode func(ctx context.Context, r io.ReaderAt, size int64) (*image.NRGBA, error)
}

var _ redact.Attack = Faces{}

// ID names the attack, its version and what it finds with.
func (a Faces) ID() string {
	return "faces-again/2(outside " + a.Outside.ID() + ", inside " + a.Inside.ID() + ")"
}

// A hiding is one region that was removed, and what is known of its source.
type hiding struct {
	index     int // in Released.Removed
	box       image.Rectangle
	method    redact.Method
	kind      redact.Kind
	landmarks [][2]float32
	source    patch
	self      [128]float32 // the source's face, if it has landmarks
	nearest   float64      // how near to it a picture without the face is
}

// Try returns at most one leak for each removed region, and one for each face
// outside any decision. A text file has none; any other type but JPEG and PNG is
// an error, which counts as no proof.
func (a Faces) Try(ctx context.Context, r redact.Released) ([]redact.Leak, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	media, _, _ := mime.ParseMediaType(r.Asset.Type)
	if strings.HasPrefix(media, "text/") {
		return nil, nil
	}
	if media != "image/jpeg" && media != "image/png" {
		return nil, fmt.Errorf("look for faces again: no reader for %q", r.Asset.Type)
	}
	if len(r.Methods) != len(r.Removed) {
		return nil, errors.New("look for faces again: it is not known how each region was removed")
	}
	// The source is decoded first and let go, so that two photos are never in
	// memory at once.
	hidden, size, err := a.remember(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("look for faces again: source: %w", err)
	}
	img, err := a.Decode(ctx, r.Body, r.Asset.Size)
	if err != nil {
		return nil, fmt.Errorf("look for faces again: %w", err)
	}
	if len(hidden) > 0 && img.Rect.Size() != size {
		return nil, fmt.Errorf("look for faces again: written photo measures %v, its source %v", img.Rect.Size(), size)
	}
	var leaks []redact.Leak
	for _, h := range hidden {
		where, err := a.attack(ctx, img, h, r.Kept)
		if err != nil {
			return nil, fmt.Errorf("look for faces again: region %d: %w", h.index, err)
		}
		if where != "" {
			leaks = append(leaks, redact.Leak{By: a.ID(), Where: where, Kind: h.kind, Removed: h.index})
		}
	}
	found, err := a.Outside.Find(ctx, img)
	if err != nil {
		return nil, fmt.Errorf("look for faces again: %w", err)
	}
	excused := func(b image.Rectangle) bool { return isKept(b, r.Kept) || isOwn(b, hidden) }
	for _, f := range found {
		b := f.Region.Box
		if excused(b) {
			continue
		}
		if f.Tier != redact.Sure {
			// A doubtful face is one if the other finder, looking closely, sees it.
			if seen, err := a.seen(ctx, img, b, excused); err != nil {
				return nil, fmt.Errorf("look for faces again: %w", err)
			} else if !seen {
				continue
			}
		}
		where := fmt.Sprintf("%s, at %d,%d, %d×%d px", WhereOutside, b.Min.X, b.Min.Y, b.Dx(), b.Dy())
		leaks = append(leaks, redact.Leak{By: a.ID(), Where: where, Kind: redact.Face, Removed: -1, Region: f.Region})
	}
	return leaks, nil
}

// remember takes from the source what the checks need of each hidden region of
// the photo itself.
func (a Faces) remember(ctx context.Context, r redact.Released) ([]hiding, image.Point, error) {
	var hidden []hiding
	for i, f := range r.Removed {
		if !f.Region.IsText() && f.Region.Part == redact.PartBody {
			hidden = append(hidden, hiding{index: i, box: f.Region.Box, method: r.Methods[i], kind: f.Kind, landmarks: f.Landmarks})
		}
	}
	if len(hidden) == 0 {
		return nil, image.Point{}, nil
	}
	src, err := a.Decode(ctx, r.SourceBody, r.Source.Size)
	if err != nil {
		return nil, image.Point{}, err
	}
	for i := range hidden {
		h := &hidden[i]
		if h.box = h.box.Intersect(src.Rect); h.box.Empty() {
			return nil, image.Point{}, fmt.Errorf("region %d lies outside the photo", h.index)
		}
		h.source = luma(src, h.box)
		if h.method == redact.Solid || len(h.landmarks) == 0 {
			continue
		}
		if h.self, err = a.Embedder.Embed(ctx, src, h.landmarks); err != nil {
			return nil, image.Point{}, err
		}
		gone, landmarks := without(src, *h)
		v, err := a.Embedder.Embed(ctx, gone, landmarks)
		if err != nil {
			return nil, image.Point{}, err
		}
		h.nearest = distance(h.self, v)
	}
	return hidden, src.Rect.Size(), nil
}

// attack tries one hidden region and says where it leaks, or nothing.
func (a Faces) attack(ctx context.Context, img *image.NRGBA, h hiding, keep []redact.Finding) (string, error) {
	out := luma(img, h.box)
	if sameDetail(h.source, out) {
		return WherePixels, nil
	}
	if h.method == redact.Solid {
		// A face that the network imagines between hair and collar is not there:
		// one colour tells nothing, and says so without asking it.
		if out.spread() > fillSpread {
			return WhereUneven, nil
		}
		return "", nil
	}
	if h.kind != redact.Face && h.kind != redact.Drawn {
		return "", nil
	}
	seen, err := a.seen(ctx, img, h.box, func(b image.Rectangle) bool { return isKept(b, keep) })
	if err != nil {
		return "", err
	}
	if seen {
		return WhereFace, nil
	}
	if len(h.landmarks) == 0 {
		return "", nil
	}
	v, err := a.Embedder.Embed(ctx, img, h.landmarks)
	if err != nil {
		return "", err
	}
	if d := distance(h.self, v); d < sameFace && d < h.nearest-sameMargin {
		return WhereSame, nil
	}
	return "", nil
}
