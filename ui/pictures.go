package ui

import (
	"bytes"
	"context"
	"errors"
	"image"
	_ "image/jpeg" // most previews are JPEG or PNG
	_ "image/png"
	"io"
	"os"

	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/state"
	"consentry/ui/widgets"
)

// loaded is the page on the canvas. One page at a time is kept.
type loaded struct {
	asset, page int
	result      *widgets.Pyramid
	source      *widgets.Pyramid
}

var errNoPicture = errors.New("the asset has no picture")

// Load reads a page of a photo as the public would see it and as it is. Where
// the result cannot be made nothing is shown.
func (r *caseRoom) Load(asset, page int) {
	plan, desk, before := r.view.Plan, r.desk, r.photo
	if plan == nil || desk == nil {
		return
	}
	if before.asset != asset || before.page != page || before.source == nil {
		before = loaded{asset: asset, page: page}
		r.photo = before
		r.bench.ClearPicture()
	}
	load(r.w, func(ctx context.Context) (loaded, error) {
		now := before
		var err error
		if now.result, err = preview(ctx, desk, plan, asset, page); err != nil {
			return now, err
		}
		if now.source == nil {
			now.source, err = original(ctx, desk, plan.Case.Assets[asset], page)
		}
		return now, err
	}, func(now loaded, err error) {
		if err != nil {
			now = loaded{asset: asset, page: page}
			r.bench.SetFailed(r.w.words.T("canvas.failed"), nil)
		}
		r.photo = now
		r.bench.SetPicture(asset, page, now.result, now.source)
	})
}

// preview rewrites an asset into memory and reads a page of it back.
func preview(ctx context.Context, d *casework.Desk, p *casework.Plan, asset, page int) (*widgets.Pyramid, error) {
	var out bytes.Buffer
	if err := d.Preview(ctx, state.Freeze(p), asset, &out); err != nil {
		return nil, err
	}
	if _, kind, err := image.DecodeConfig(bytes.NewReader(out.Bytes())); err == nil && (kind == "jpeg" || kind == "png") {
		if page != 0 {
			return nil, errNoPicture
		}
		img, _, err := image.Decode(bytes.NewReader(out.Bytes()))
		if err != nil {
			return nil, err
		}
		return widgets.NewPyramid(img), nil
	}
	// The formats know more types, and pages.
	a := redact.Asset{Size: int64(out.Len())}
	return picture(ctx, d.Formats[p.Case.Assets[asset].Type], a, bytes.NewReader(out.Bytes()), page)
}

// original reads an asset's own picture, upright.
func original(ctx context.Context, d *casework.Desk, a casework.Asset, page int) (*widgets.Pyramid, error) {
	f, err := os.Open(a.Path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return picture(ctx, d.Formats[a.Type], a.Asset, f, page)
}

// picture is the first picture of a page of a file.
func picture(ctx context.Context, f redact.Format, a redact.Asset, r io.ReaderAt, page int) (*widgets.Pyramid, error) {
	doc, err := f.Open(ctx, a, r)
	if err != nil {
		return nil, err
	}
	for g, err := range doc.Pages(ctx) {
		if err != nil {
			return nil, err
		}
		if g.Part != redact.PartBody || g.Index != page || len(g.Pictures) == 0 {
			continue
		}
		img, err := g.Pictures[0].Load(ctx)
		if err != nil {
			return nil, err
		}
		return widgets.NewPyramid(img), nil
	}
	return nil, errNoPicture
}
