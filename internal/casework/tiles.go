package casework

import (
	"context"
	"fmt"
	"image"

	"golang.org/x/image/draw"

	"consentry/redact"
)

// A Tile is an order for a small picture of a page.
type Tile struct {
	Part   image.Rectangle // page units; empty: the whole page
	Side   int             // pixels: neither width nor height is more
	Source bool            // the original too
	// Item is hidden, whatever was decided, in this form and with this cover, to
	// show what that would look like; empty: the page as it is decided.
	Item  string
	Form  Form
	Cover Cover
}

// A Drawn is a small picture as the public would see it; Source is the original,
// where it was asked for.
type Drawn struct{ Result, Source image.Image }

// Tiles draws small pictures of a page, which is decoded once for all of them.
// Where the result cannot be made there is an error and nothing to see.
func (d *Desk) Tiles(ctx context.Context, p *Plan, asset, page int, ts []Tile) ([]Drawn, error) {
	a := p.Case.Assets[asset]
	doc, src, err := d.open(ctx, a)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	if v, ok := doc.(redact.Viewer); ok {
		return p.viewTiles(ctx, v, asset, page, ts)
	}
	hider, ok := d.Formats[a.Type].(redact.Hider)
	if !ok {
		return nil, errNoPicture
	}
	g, err := pageOf(ctx, doc, page)
	if err != nil {
		return nil, err
	}
	img, err := g.Pictures[0].Load(ctx)
	if err != nil {
		return nil, err
	}
	size, out := img.Rect.Size(), make([]Drawn, len(ts))
	for i, t := range ts {
		if t.Source {
			out[i].Source = cut(img, size, t)
		}
		if t.Item == "" {
			continue
		}
		// As it would be hidden: tried on a copy of the part alone.
		part := image.NewNRGBA(image.Rectangle{Max: t.Part.Intersect(img.Rect).Size()})
		if part.Rect.Empty() {
			return nil, errNoPicture
		}
		at := t.Part.Intersect(img.Rect).Min
		draw.Draw(part, part.Rect, img, at, draw.Src)
		var rs []redact.Redaction
		for _, r := range p.onPage(asset, page, t) {
			if r.Region.Box = r.Region.Box.Sub(at); r.Region.Box.Overlaps(part.Rect) {
				r.Landmarks = nil // of the whole picture
				rs = append(rs, r)
			}
		}
		if err := hider.Hide(part, rs); err != nil {
			return nil, fmt.Errorf("hide: %w", err)
		}
		t.Part = image.Rectangle{}
		out[i].Result = cut(part, part.Rect.Size(), t)
	}
	if err := hider.Hide(img, p.onPage(asset, page, Tile{})); err != nil { // in place: what was cut before is a copy
		return nil, fmt.Errorf("hide: %w", err)
	}
	for i, t := range ts {
		if t.Item == "" {
			out[i].Result = cut(img, size, t)
		}
	}
	return out, nil
}

// tileScale is how many pixels a point of a page is drawn with at most.
const tileScale = 3

// viewTiles draws a document's page no larger than the tiles need it.
func (p *Plan) viewTiles(ctx context.Context, v redact.Viewer, asset, page int, ts []Tile) ([]Drawn, error) {
	var bounds image.Rectangle
	for _, g := range p.Pages(asset) {
		if g.Part == redact.PartBody && g.Index == page {
			bounds = g.Bounds
		}
	}
	if bounds.Empty() {
		return nil, errNoPicture
	}
	scale := 0.05
	for _, t := range ts {
		r := t.Part
		if r.Empty() {
			r = bounds
		}
		scale = max(scale, float64(t.Side)/float64(max(r.Dx(), r.Dy())))
	}
	scale = min(scale, tileScale)
	var result, source *image.NRGBA
	var err error
	out := make([]Drawn, len(ts))
	for i, t := range ts {
		if t.Source && source == nil {
			if source, err = v.View(ctx, page, scale, nil); err != nil {
				return nil, err
			}
		}
		img := result
		if img == nil || t.Item != "" {
			if img, err = v.View(ctx, page, scale, p.onPage(asset, page, t)); err != nil {
				return nil, err
			}
			if t.Item == "" {
				result = img
			}
		}
		out[i].Result = cut(img, bounds.Size(), t)
		if t.Source {
			out[i].Source = cut(source, bounds.Size(), t)
		}
	}
	return out, nil
}

// onPage are the orders for one page of the body, with what a tile tries.
func (p *Plan) onPage(asset, page int, t Tile) (rs []redact.Redaction) {
	q := p
	if t.Item != "" {
		q = p.frozen()
		for i := range q.Items {
			if it := &q.Items[i]; it.ID == t.Item {
				it.form, it.cover, it.Exempt, it.Decision.Verdict = t.Form, t.Cover, "", 0 // zero hides
			}
		}
	}
	for _, r := range q.redactions(asset, stronger{}) {
		if r.Region.Part == redact.PartBody && r.Region.Page == page {
			rs = append(rs, r)
		}
	}
	return rs
}

// pageOf is a page of the body that has a picture.
func pageOf(ctx context.Context, doc redact.Document, page int) (redact.Page, error) {
	for g, err := range doc.Pages(ctx) {
		if err != nil {
			return g, err
		}
		if g.Part == redact.PartBody && g.Index == page && len(g.Pictures) > 0 {
			return g, nil
		}
	}
	return redact.Page{}, errNoPicture
}

// cut copies a tile out of a picture of a page that measures size in its own
// units.
func cut(img *image.NRGBA, size image.Point, t Tile) image.Image {
	from := img.Rect
	if r := t.Part; !r.Empty() {
		per := float64(img.Rect.Dx()) / float64(max(size.X, 1))
		from = image.Rect(int(float64(r.Min.X)*per), int(float64(r.Min.Y)*per), int(float64(r.Max.X)*per), int(float64(r.Max.Y)*per)).Intersect(img.Rect)
	}
	if from.Empty() {
		return image.NewNRGBA(image.Rect(0, 0, 1, 1))
	}
	k := min(1, float64(t.Side)/float64(max(from.Dx(), from.Dy())))
	small := image.NewNRGBA(image.Rect(0, 0, max(1, int(float64(from.Dx())*k)), max(1, int(float64(from.Dy())*k))))
	shrink(small, img, from)
	return small
}

// shrink fills dst from a part of src. A large part is first thinned to about
// four pixels for each of the new ones: an exact mean of 24 megapixels takes
// longer than decoding them.
func shrink(dst, src *image.NRGBA, from image.Rectangle) {
	if step := min(from.Dx()/dst.Rect.Dx(), from.Dy()/dst.Rect.Dy()) / 4; step > 1 {
		thin := image.NewNRGBA(image.Rect(0, 0, from.Dx()/step, from.Dy()/step))
		for y := range thin.Rect.Dy() {
			for x := range thin.Rect.Dx() {
				copy(thin.Pix[thin.PixOffset(x, y):][:4], src.Pix[src.PixOffset(from.Min.X+x*step, from.Min.Y+y*step):][:4])
			}
		}
		src, from = thin, thin.Rect
	}
	draw.BiLinear.Scale(dst, dst.Rect, src, from, draw.Src, nil)
}
