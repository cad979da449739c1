package casework

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // most photos are JPEG or PNG
	_ "image/png"
	"io"

	"consentry/redact"
)

var errNoPicture = errors.New("the page has no picture")

// Preview writes one asset as the public would see it.
func (d *Desk) Preview(ctx context.Context, p *Plan, asset int, w io.Writer) error {
	doc, src, err := d.open(ctx, p.Case.Assets[asset])
	if err != nil {
		return err
	}
	defer src.Close()
	_, err = doc.Rewrite(ctx, w, p.redactions(asset, stronger{}))
	return err
}

// PagePreview draws one page as the public would see it, at scale pixels a unit
// where the page has units of its own; size is its size in them.
func (d *Desk) PagePreview(ctx context.Context, p *Plan, asset, page int, scale float64) (img image.Image, size image.Point, err error) {
	a := p.Case.Assets[asset]
	doc, src, err := d.peek(ctx, a)
	if err != nil {
		return nil, size, err
	}
	defer src.Close()
	rs := p.redactions(asset, stronger{})
	if v, ok := doc.(redact.Viewer); ok {
		return view(ctx, v, page, scale, rs)
	}
	var out bytes.Buffer
	if _, err := doc.Rewrite(ctx, &out, rs); err != nil {
		return nil, size, err
	}
	if _, kind, err := image.DecodeConfig(bytes.NewReader(out.Bytes())); err == nil && (kind == "jpeg" || kind == "png") && page == 0 {
		img, _, err := image.Decode(bytes.NewReader(out.Bytes()))
		if err != nil {
			return nil, size, fmt.Errorf("read the preview: %w", err)
		}
		return img, img.Bounds().Size(), nil
	}
	// The formats know more types, and pages.
	written, err := d.Formats[a.Type].Open(ctx, redact.Asset{Size: int64(out.Len())}, bytes.NewReader(out.Bytes()))
	if err != nil {
		return nil, size, err
	}
	return pagePicture(ctx, written, page)
}

// PageAsIs draws one page of an asset as it is, upright.
func (d *Desk) PageAsIs(ctx context.Context, a Asset, page int, scale float64) (img image.Image, size image.Point, err error) {
	doc, src, err := d.peek(ctx, a)
	if err != nil {
		return nil, size, err
	}
	defer src.Close()
	return (&Sight{doc}).Picture(ctx, page, scale)
}

// peek opens a file for a look. One that its format has open still is not read again:
// it is as it was added, whatever has become of it on the disk meanwhile. What is
// written is never opened so.
func (d *Desk) peek(ctx context.Context, a Asset) (redact.Document, io.Closer, error) {
	if k, ok := d.Formats[a.Type].(redact.Keeper); ok {
		if doc, ok := k.Kept(a.Digest); ok {
			return doc, io.NopCloser(nil), nil
		}
	}
	return d.open(ctx, a)
}

func view(ctx context.Context, v redact.Viewer, page int, scale float64, rs []redact.Redaction) (image.Image, image.Point, error) {
	img, err := v.View(ctx, page, scale, rs)
	if err != nil {
		return nil, image.Point{}, err
	}
	s := img.Rect.Size()
	return img, image.Pt(int(float64(s.X)/scale+.5), int(float64(s.Y)/scale+.5)), nil
}

// pagePicture is the first picture of a page.
func pagePicture(ctx context.Context, doc redact.Document, page int) (image.Image, image.Point, error) {
	for g, err := range doc.Pages(ctx) {
		if err != nil {
			return nil, image.Point{}, err
		}
		if g.Part != redact.PartBody || g.Index != page || len(g.Pictures) == 0 {
			continue
		}
		img, err := g.Pictures[0].Load(ctx)
		if err != nil {
			return nil, image.Point{}, err
		}
		return img, img.Rect.Size(), nil
	}
	return nil, image.Point{}, errNoPicture
}
