package redact

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"slices"
)

// Pixels loads the picture. One without pixels, or with pixels but without a
// place on its page, is an error.
func (p Picture) Pixels(ctx context.Context) (*image.NRGBA, error) {
	img, err := p.Load(ctx)
	switch {
	case err != nil:
		return nil, fmt.Errorf("load picture %d: %w", p.ID, err)
	case img == nil:
		return nil, fmt.Errorf("picture %d has no pixels: %w", p.ID, ErrUnreadable)
	case p.Box.Empty() && !img.Rect.Empty():
		return nil, fmt.Errorf("picture %d: %w", p.ID, errNoPlace)
	}
	return img, nil
}

var errNoPlace = errors.New("it has no place on its page")

// Place moves a box from the picture's pixels, which fill the rectangle pixels, to
// page units. It is rounded outwards and kept inside the picture's box.
func (p Picture) Place(pixels, b image.Rectangle) image.Rectangle {
	if pixels == p.Box {
		return b
	}
	x0, y0 := p.point(pixels, float64(b.Min.X), float64(b.Min.Y))
	x1, y1 := p.point(pixels, float64(b.Max.X), float64(b.Max.Y))
	return image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Ceil(x1)), int(math.Ceil(y1))).Intersect(p.Box)
}

// Within moves a box from page units to the picture's pixels, which fill the
// rectangle pixels: what Place undoes. It is empty where the box misses the picture.
func (p Picture) Within(pixels, b image.Rectangle) image.Rectangle {
	if pixels == p.Box {
		return b.Intersect(pixels)
	}
	if b = b.Intersect(p.Box); b.Empty() {
		return image.Rectangle{}
	}
	back := Picture{Box: pixels}
	x0, y0 := back.point(p.Box, float64(b.Min.X), float64(b.Min.Y))
	x1, y1 := back.point(p.Box, float64(b.Max.X), float64(b.Max.Y))
	return image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Ceil(x1)), int(math.Ceil(y1))).Intersect(pixels)
}

// PointWithin moves a point as Within moves a box.
func (p Picture) PointWithin(pixels image.Rectangle, at [2]float32) [2]float32 {
	x, y := Picture{Box: pixels}.point(p.Box, float64(at[0]), float64(at[1]))
	return [2]float32{float32(x), float32(y)}
}

// point moves a point as Place moves a box.
func (p Picture) point(pixels image.Rectangle, x, y float64) (float64, float64) {
	return float64(p.Box.Min.X) + (x-float64(pixels.Min.X))*float64(p.Box.Dx())/float64(pixels.Dx()),
		float64(p.Box.Min.Y) + (y-float64(pixels.Min.Y))*float64(p.Box.Dy())/float64(pixels.Dy())
}

// FindIn calls find with the pixels of each of the page's pictures and moves what
// it found there, landmarks too, to where the picture stands on the page. A page
// may hold a picture twice, as seen and without its transparency: of two findings
// of one kind in one place the surer one stays. by is the detector's ID: see Once.
func (p Page) FindIn(ctx context.Context, by string, find func(context.Context, *image.NRGBA) ([]Finding, error)) ([]Finding, error) {
	var all []Finding
	type key struct {
		box  image.Rectangle
		kind Kind
		ref  string
	}
	seen := map[key]int{} // where in all
	for _, pic := range p.Pictures {
		img, err := pic.Pixels(ctx)
		if err != nil {
			return nil, err
		}
		fs, err := Once(ctx, by, img, find)
		if err != nil {
			return nil, fmt.Errorf("picture %d: %w", pic.ID, err)
		}
		for _, f := range fs {
			f.Region.Part, f.Region.Page = p.Part, p.Index
			f.Region.Box = pic.Place(img.Rect, f.Region.Box)
			k := key{f.Region.Box, f.Kind, f.Ref}
			if f.Region.Box.Empty() {
				continue
			}
			f.Landmarks = slices.Clone(f.Landmarks)
			for i, l := range f.Landmarks {
				x, y := pic.point(img.Rect, float64(l[0]), float64(l[1]))
				f.Landmarks[i] = [2]float32{float32(x), float32(y)}
			}
			at, twice := seen[k]
			switch {
			case !twice:
				seen[k] = len(all)
				all = append(all, f)
			case f.Tier > all[at].Tier || f.Tier == all[at].Tier && f.Score > all[at].Score:
				all[at] = f
			}
		}
	}
	return all, ctx.Err()
}
