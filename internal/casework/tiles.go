package casework

import (
	"context"
	"fmt"
	"image"

	"golang.org/x/image/draw"

	"consentry/redact"
)

// Tiles draws parts of a page as small pictures, each at most side pixels wide and
// high: as the public would see them, and, where source is asked for, as they are.
// An empty part is the whole page. The page is decoded once for all of them. Where
// the result cannot be made there is an error and nothing to see.
func (d *Desk) Tiles(ctx context.Context, p *Plan, asset, page int, parts []image.Rectangle, side int, source bool) (results, sources []image.Image, err error) {
	a := p.Case.Assets[asset]
	doc, src, err := d.open(ctx, a)
	if err != nil {
		return nil, nil, err
	}
	defer src.Close()
	rs := p.onPage(asset, page)
	if v, ok := doc.(redact.Viewer); ok {
		return d.viewTiles(ctx, p, v, asset, page, rs, parts, side, source)
	}
	hider, ok := d.Formats[a.Type].(redact.Hider)
	if !ok {
		return nil, nil, errNoPicture
	}
	g, err := pageOf(ctx, doc, page)
	if err != nil {
		return nil, nil, err
	}
	img, err := g.Pictures[0].Load(ctx)
	if err != nil {
		return nil, nil, err
	}
	size := img.Rect.Size()
	if source {
		sources = cut(img, size, parts, side)
	}
	if err := hider.Hide(img, rs); err != nil { // in place: what was cut before is a copy
		return nil, nil, fmt.Errorf("hide: %w", err)
	}
	return cut(img, size, parts, side), sources, nil
}

// viewTiles draws a document's page no larger than the tiles need it.
func (d *Desk) viewTiles(ctx context.Context, p *Plan, v redact.Viewer, asset, page int, rs []redact.Redaction, parts []image.Rectangle, side int, source bool) (results, sources []image.Image, err error) {
	var bounds image.Rectangle
	for _, g := range p.pages[asset] {
		if g.Part == redact.PartBody && g.Index == page {
			bounds = g.Bounds
		}
	}
	if bounds.Empty() {
		return nil, nil, errNoPicture
	}
	scale := 0.05
	for _, r := range parts {
		if r.Empty() {
			r = bounds
		}
		scale = max(scale, float64(side)/float64(max(r.Dx(), r.Dy())))
	}
	scale = min(scale, tileScale)
	img, err := v.View(ctx, page, scale, rs)
	if err != nil {
		return nil, nil, err
	}
	if source {
		was, err := v.View(ctx, page, scale, nil)
		if err != nil {
			return nil, nil, err
		}
		sources = cut(was, bounds.Size(), parts, side)
	}
	return cut(img, bounds.Size(), parts, side), sources, nil
}

// tileScale is how many pixels a point of a page is drawn with at most.
const tileScale = 3

// onPage are the orders for one page of the body. What stands elsewhere is in no
// picture of it.
func (p *Plan) onPage(asset, page int) (rs []redact.Redaction) {
	for _, r := range p.redactions(asset, stronger{}) {
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

// cut copies parts of a picture of a page that measures size in its own units.
func cut(img *image.NRGBA, size image.Point, parts []image.Rectangle, side int) (out []image.Image) {
	per := float64(img.Rect.Dx()) / float64(max(size.X, 1))
	for _, r := range parts {
		from := img.Rect
		if !r.Empty() {
			from = image.Rect(int(float64(r.Min.X)*per), int(float64(r.Min.Y)*per), int(float64(r.Max.X)*per), int(float64(r.Max.Y)*per)).Intersect(img.Rect)
		}
		if from.Empty() {
			out = append(out, image.NewNRGBA(image.Rect(0, 0, 1, 1)))
			continue
		}
		k := min(1, float64(side)/float64(max(from.Dx(), from.Dy())))
		small := image.NewNRGBA(image.Rect(0, 0, max(1, int(float64(from.Dx())*k)), max(1, int(float64(from.Dy())*k))))
		shrink(small, img, from)
		out = append(out, small)
	}
	return out
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
