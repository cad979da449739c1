package attack

import (
	"context"
	"errors"
	"fmt"
	"image"
	"mime"

	"golang.org/x/image/draw"

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

// Where a leak of Faces is. WhereOutside and WhereCopy are followed by the
// place, since no finding tells it.
const (
	WherePixels  = "pixels of the source under a hidden region"
	WhereUneven  = "more than one colour under a filled region"
	WhereFace    = "a face can still be seen in a hidden region"
	WhereSame    = "a hidden face is still like itself"
	WhereOutside = "face outside any decision"
	WhereCopy    = "another picture inside the file"
)

// Faces looks at every page of a written photo. A region that was filled must be
// of one colour. Of what was blurred or made a mosaic, no fine detail of the
// source may be left, no face may be seen, and neither of two recognisers may
// take the face for itself. Nowhere else may there be a face that nobody decided
// to keep, nor may the file hold another picture, such as a thumbnail.
//
// Kept must hold every face that was decided to stay, those that a person
// cleared as no face among them. It is safe for concurrent use if its parts are.
type Faces struct {
	// Outside looks at the whole picture. It must not be what the photo was
	// scanned with, which would miss here what it missed there.
	Outside FaceFinder
	// Inside looks at the hidden regions. It may be what found them: none is a
	// better judge of whether it still sees the face.
	Inside FaceFinder
	// Embedder is dlib's ResNet.
	Embedder FaceEmbedder
	// Second is SFace; its vectors have length 1.
	Second FaceEmbedder
	// Formats open the written file and its source, by media type. A page's
	// pictures must fill it pixel by pixel.
	Formats map[string]redact.Format
}

var _ redact.Attack = Faces{}

// ID names the attack, its version and what it finds with.
func (a Faces) ID() string {
	return "faces-again/3(outside " + a.Outside.ID() + ", inside " + a.Inside.ID() + ")"
}

// Try returns at most one leak for each removed region, one for each face
// outside any decision, and one for each other picture in the file. A text has
// none; a file that is no picture or that no format opens is an error, which
// counts as no proof.
func (a Faces) Try(ctx context.Context, r redact.Released) ([]redact.Leak, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	media, _, _ := mime.ParseMediaType(r.Asset.Type)
	if hasNoPictures(media) {
		return nil, nil
	}
	leaks, err := a.try(ctx, r, media)
	if err != nil {
		return nil, fmt.Errorf("look for faces again: %w", err)
	}
	return leaks, nil
}

func (a Faces) try(ctx context.Context, r redact.Released, media string) ([]redact.Leak, error) {
	photo := isPhoto(media)
	if !photo && a.Formats[media] == nil {
		return nil, fmt.Errorf("no reader for %q", r.Asset.Type)
	}
	if len(r.Methods) != len(r.Removed) {
		return nil, errors.New("it is not known how each region was removed")
	}
	var inside []string
	if photo { // a document has pictures; that it has no others is another attack's
		var err error
		if inside, err = copies(ctx, r.Body, r.Asset.Size); err != nil {
			return nil, err
		}
	}
	var leaks []redact.Leak
	for _, what := range inside {
		leaks = append(leaks, redact.Leak{By: a.ID(), Where: WhereCopy + ": " + what, Kind: redact.Other, Removed: -1})
	}
	// The source is read first and let go page by page, so that two photos are
	// never in memory at once.
	gone := regionsOf(r)
	hidden, err := a.remember(ctx, r, gone)
	if err != nil {
		return nil, fmt.Errorf("source: %w", err)
	}
	leaking, seen := map[int]bool{}, map[int]bool{}
	for p, err := range a.pages(ctx, r.Asset, r.Body) {
		if err != nil {
			return nil, err
		}
		seen[p.page] = true
		keep := p.pixels(r.Kept)
		own, here := hidden, hidden // of this picture's source, and whatever is hidden in this place
		if !photo {
			own, here = p.ofSource(hidden), p.hidden(gone, len(r.Removed))
		}
		for i := range own {
			h := &own[i]
			switch {
			case h.page != p.page || leaking[h.index]:
				continue
			case p.img.Rect != h.bounds && photo:
				return nil, fmt.Errorf("page %d of the written photo measures %v, its source %v", p.page, p.img.Rect.Size(), h.bounds.Size())
			}
			where, err := a.attack(ctx, p.scaled(h.bounds), h, own, keep)
			if err != nil {
				return nil, fmt.Errorf("region %d: %w", h.index, err)
			}
			if where != "" {
				leaking[h.index] = true
				leaks = append(leaks, redact.Leak{By: a.ID(), Where: where, Kind: h.kind, Removed: h.index})
			}
		}
		outside, err := a.outside(ctx, p, here, keep)
		if err != nil {
			return nil, err
		}
		leaks = append(leaks, outside...)
	}
	for _, h := range hidden {
		if !seen[h.page] && photo {
			return nil, fmt.Errorf("the written photo has no page %d", h.page)
		}
	}
	return leaks, nil
}

// scaled is the scene with as many pixels as its source has.
func (s scene) scaled(to image.Rectangle) scene {
	if s.img.Rect == to {
		return s
	}
	img := image.NewNRGBA(to)
	draw.BiLinear.Scale(img, to, s.img, s.img.Rect, draw.Src, nil)
	s.img = img
	return s
}

// outside looks for faces that nobody decided on.
func (a Faces) outside(ctx context.Context, p scene, hidden []hiding, keep []redact.Finding) (leaks []redact.Leak, err error) {
	found, err := a.Outside.Find(ctx, p.img)
	if err != nil {
		return nil, err
	}
	excused := func(b image.Rectangle) bool { return isKept(b, p.page, keep) || isOwn(b, p.page, hidden) }
	for _, f := range found {
		b := f.Region.Box
		if excused(b) {
			continue
		}
		if f.Tier != redact.Sure {
			// A doubtful face is one if the other finder, looking closely, sees it.
			if seen, err := a.seen(ctx, p.img, b, excused); err != nil {
				return nil, err
			} else if !seen {
				continue
			}
		}
		where := fmt.Sprintf("%s, at %d,%d, %d×%d px", WhereOutside, b.Min.X, b.Min.Y, b.Dx(), b.Dy())
		if p.page > 0 {
			where += fmt.Sprintf(" on page %d", p.page+1)
		}
		f.Region.Page, f.Region.Box = p.page, p.pic.Place(p.img.Rect, f.Region.Box)
		leaks = append(leaks, redact.Leak{By: a.ID(), Where: where, Kind: redact.Face, Removed: -1, Region: f.Region})
	}
	return leaks, nil
}

// attack tries one hidden region and says where it leaks, or nothing.
func (a Faces) attack(ctx context.Context, p scene, h *hiding, hidden []hiding, keep []redact.Finding) (string, error) {
	out := luma(p.img, h.box)
	switch {
	case h.text:
		if sameLetters(h.source, out) {
			return WherePixels, nil
		}
		return "", nil
	case sameDetail(h.source, out):
		return WherePixels, nil
	case h.method == redact.Solid:
		// A face that the network imagines between hair and collar is not there:
		// one colour tells nothing, and says so without asking it.
		if spreadBeside(p.img, h.box, labels(h, hidden)) > fillSpread {
			return WhereUneven, nil
		}
		return "", nil
	case h.kind != redact.Face && h.kind != redact.Drawn:
		return "", nil
	}
	seen, err := a.seen(ctx, p.img, h.box, func(b image.Rectangle) bool { return isKept(b, p.page, keep) })
	if err != nil {
		return "", err
	}
	if seen {
		return WhereFace, nil
	}
	same, err := a.same(ctx, p.img, h)
	if err != nil {
		return "", err
	}
	if same {
		return WhereSame, nil
	}
	return "", nil
}
