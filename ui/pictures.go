package ui

import (
	"context"

	"consentry/internal/casework"
	"consentry/ui/state"
	"consentry/ui/widgets"
)

// loaded is the page on the canvas. One page at a time is kept.
type loaded struct {
	asset, page int
	result      *widgets.Pyramid
	source      *widgets.Pyramid
}

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

// preview shows a page of an asset as the public will see it.
func preview(ctx context.Context, d *casework.Desk, p *casework.Plan, asset, page int) (*widgets.Pyramid, error) {
	img, size, err := d.PagePreview(ctx, state.Freeze(p), asset, page, pageScale)
	if err != nil {
		return nil, err
	}
	return widgets.NewPagePyramid(img, size), nil
}

// original shows a page of an asset as it is, upright.
func original(ctx context.Context, d *casework.Desk, a casework.Asset, page int) (*widgets.Pyramid, error) {
	img, size, err := d.PageAsIs(ctx, a, page, pageScale)
	if err != nil {
		return nil, err
	}
	return widgets.NewPagePyramid(img, size), nil
}

// pageScale is how many pixels a point of a document's page is drawn with: 144 a
// inch, sharp at the zoom that fits a window.
const pageScale = 2
