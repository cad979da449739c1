package attack

import (
	"context"
	"fmt"
	"image"
	"io"
	"iter"
	"math"
	"mime"
	"strings"

	"golang.org/x/image/draw"

	"consentry/redact"
)

// A hiding is one region that was removed, and what is known of its source.
type hiding struct {
	index     int // in Released.Removed
	page      int
	pic       image.Rectangle // where the picture stands on the page
	bounds    image.Rectangle // of the picture's pixels, in which all places are
	box       image.Rectangle
	method    redact.Method
	kind      redact.Kind
	text      bool // filled, and perhaps with a label over it
	landmarks [][2]float32
	source    patch
	self      [128]float32 // the source's face under Embedder, if it has landmarks

	// A small copy of the source's face for Second, which is asked seldom.
	face   *image.NRGBA
	faceAt [][2]float32
}

// A scene is one picture of a page: a half-transparent one has several.
type scene struct {
	page int
	pic  redact.Picture
	img  *image.NRGBA
}

// pixels are findings of the page in the scene's pixels, without those elsewhere.
func (s scene) pixels(fs []redact.Finding) []redact.Finding {
	if s.pic.Box == s.img.Rect {
		return fs
	}
	var here []redact.Finding
	for _, f := range fs {
		if f.Region.Part != redact.PartBody || f.Region.Page != s.page {
			continue
		}
		if f.Region.Box = s.pic.Within(s.img.Rect, f.Region.Box); !f.Region.Box.Empty() {
			here = append(here, f)
		}
	}
	return here
}

// in is a hidden region of the page in the scene's pixels; false where it is not
// in the picture.
func (h hiding) in(s scene) (hiding, bool) {
	h.pic, h.bounds = s.pic.Box, s.img.Rect
	if s.pic.Box == s.img.Rect {
		h.box = h.box.Intersect(h.bounds)
		return h, !h.box.Empty()
	}
	h.box = s.pic.Within(s.img.Rect, h.box)
	marks := make([][2]float32, len(h.landmarks))
	for i, l := range h.landmarks {
		marks[i] = s.pic.PointWithin(s.img.Rect, l)
	}
	h.landmarks = marks
	return h, !h.box.Empty()
}

// pages decodes the pictures of a photo, one after the other.
func (a Faces) pages(ctx context.Context, asset redact.Asset, r io.ReaderAt) iter.Seq2[scene, error] {
	return func(yield func(scene, error) bool) {
		media, _, err := mime.ParseMediaType(asset.Type)
		f := a.Formats[media]
		if err != nil || f == nil {
			yield(scene{}, fmt.Errorf("no format for %q", asset.Type))
			return
		}
		doc, err := f.Open(ctx, asset, r)
		if err != nil {
			yield(scene{}, err)
			return
		}
		for p, err := range doc.Pages(ctx) {
			if err != nil {
				yield(scene{}, err)
				return
			}
			if p.Part != redact.PartBody {
				continue
			}
			for _, pic := range p.Pictures {
				img, err := pic.Load(ctx)
				if err == nil && img.Rect != pic.Box && isPhoto(media) {
					err = fmt.Errorf("page %d: a picture of %v stands at %v", p.Index, img.Rect, pic.Box)
				}
				if err == nil && (img.Rect.Empty() || pic.Box.Empty()) {
					continue
				}
				if !yield(scene{p.Index, pic, img}, err) || err != nil {
					return
				}
			}
		}
	}
}

// hidden are the regions hidden in the scene, in its pixels; n bounds their indexes.
func (s scene) hidden(gone map[int]hiding, n int) (here []hiding) {
	for i := range n {
		if h, ok := gone[i]; ok && h.page == s.page {
			if h, ok = h.in(s); ok {
				here = append(here, h)
			}
		}
	}
	return here
}

// ofSource are the regions remembered from the picture that stood in the scene's
// place.
func (s scene) ofSource(hidden []hiding) (own []hiding) {
	for _, h := range hidden {
		if h.page == s.page && h.pic == s.pic.Box {
			own = append(own, h)
		}
	}
	return own
}

func isPhoto(media string) bool { return strings.HasPrefix(media, "image/") && media != svgType }

// regionsOf are the hidden regions of pages, by index, in page units.
func regionsOf(r redact.Released) map[int]hiding {
	left := map[int]hiding{}
	for i, f := range r.Removed {
		if g := f.Region; g.Part == redact.PartBody && !g.Box.Empty() {
			h := hiding{index: i, page: g.Page, box: g.Box, method: r.Methods[i], kind: f.Kind, text: g.IsText(), landmarks: f.Landmarks}
			if f.Kind == redact.Code { // filled, whatever was asked
				h.method = redact.Solid
			}
			left[i] = h
		}
	}
	return left
}

// remember takes from the source what the checks need of each hidden region of
// the photo itself, once for each view of its page.
func (a Faces) remember(ctx context.Context, r redact.Released, left map[int]hiding) (hidden []hiding, err error) {
	if len(left) == 0 {
		return nil, nil
	}
	media, _, _ := mime.ParseMediaType(r.Source.Type)
	done := map[int]bool{}
	for p, err := range a.pages(ctx, r.Source, r.SourceBody) {
		if err != nil {
			return nil, err
		}
		for i := range r.Removed {
			h, ok := left[i]
			if !ok || h.page != p.page {
				continue
			}
			if h, ok = h.in(p); !ok {
				if isPhoto(media) {
					return nil, fmt.Errorf("region %d lies outside the photo", i)
				}
				continue
			}
			if err := a.look(ctx, p.img, &h); err != nil {
				return nil, err
			}
			hidden = append(hidden, h)
			done[i] = true
		}
	}
	if len(done) < len(left) && isPhoto(media) { // words of a document need not stand in a picture
		return nil, fmt.Errorf("%d region(s) lie on no page", len(left)-len(done))
	}
	return hidden, nil
}

// look fills in what one view of the source tells of a region.
func (a Faces) look(ctx context.Context, src *image.NRGBA, h *hiding) (err error) {
	h.source = luma(src, h.box)
	if h.method == redact.Solid || h.text || len(h.landmarks) == 0 {
		return nil
	}
	if h.self, err = a.Embedder.Embed(ctx, src, h.landmarks); err != nil {
		return err
	}
	h.face, h.faceAt = around(src, h.box, h.landmarks, faceWidth)
	return nil
}

// surroundings are a face with three quarters of its size on each side: what
// the recognisers' inputs show, at any angle.
func surroundings(box, bounds image.Rectangle) image.Rectangle {
	w, t := box.Dx()*3/4, box.Dy()*3/4
	return image.Rect(box.Min.X-w, box.Min.Y-t, box.Max.X+w, box.Max.Y+t).Intersect(bounds)
}

// around is a copy of a face's surroundings, the face itself no wider than the
// given width, and its landmarks there.
func around(src *image.NRGBA, box image.Rectangle, landmarks [][2]float32, width float64) (*image.NRGBA, [][2]float32) {
	area := surroundings(box, src.Rect)
	k := min(1, width/float64(box.Dx()))
	out := image.NewNRGBA(image.Rect(0, 0, max(1, int(math.Round(k*float64(area.Dx())))), max(1, int(math.Round(k*float64(area.Dy()))))))
	if k == 1 {
		draw.Draw(out, out.Rect, src, area.Min, draw.Src)
	} else {
		draw.BiLinear.Scale(out, out.Rect, src, area, draw.Src, nil)
	}
	kx, ky := float32(out.Rect.Dx())/float32(area.Dx()), float32(out.Rect.Dy())/float32(area.Dy())
	points := make([][2]float32, len(landmarks))
	for i, p := range landmarks {
		points[i] = [2]float32{(p[0] - float32(area.Min.X)) * kx, (p[1] - float32(area.Min.Y)) * ky}
	}
	return out, points
}
