package ui

import (
	"context"

	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/state"
	"consentry/ui/widgets"
)

// loaded is a page for the canvas.
type loaded struct {
	asset, page int
	look        uint64 // of what was hidden when it was drawn
	result      *widgets.Pyramid
	source      *widgets.Pyramid
}

// near keeps the pages beside the one on the canvas, so that turning over takes no
// time: the one before, and the next, drawn ahead. Only small ones, such as pages
// of documents, are kept: of a large photo one is enough.
type near map[state.PageAt]loaded

// smallPage is how many pixels a page has at most that is kept beside another.
const smallPage = 8 << 20

// keep adds a page and lets go of all that are not beside the one on the canvas.
func (n near) keep(l loaded, asset, page int) {
	if l.result == nil || l.source == nil || l.result.Pixels() > smallPage {
		return
	}
	n[state.PageAt{Asset: l.asset, Page: l.page}] = l
	for at := range n {
		if at.Asset != asset || at.Page < page-1 || at.Page > page+1 {
			delete(n, at)
		}
	}
}

// Load reads a page of a photo as the public would see it, and behind that as it
// is. Where the result cannot be made nothing is shown.
func (r *caseRoom) Load(asset, page int) {
	plan, desk, before := r.view.Plan, r.desk, r.photo
	if plan == nil || desk == nil {
		return
	}
	look := r.view.Looks[state.PageAt{Asset: asset, Page: page}]
	if before.asset != asset || before.page != page || before.result == nil {
		before = loaded{asset: asset, page: page}
		if l, ok := r.near[state.PageAt{Asset: asset, Page: page}]; ok {
			before = l
		}
		r.photo = before
		r.bench.ClearPicture()
	}
	if before.result != nil && before.look == look {
		if before.source == nil { // it is on its way
			r.bench.SetPicture(asset, page, before.result, nil)
		} else {
			r.show(before)
		}
		return
	}
	turned(r.w, func(ctx context.Context) (*widgets.Pyramid, error) { return preview(ctx, desk, plan, asset, page) }, func(result *widgets.Pyramid, err error) {
		if err != nil {
			r.bench.SetFailed(r.w.words.T("canvas.failed"), "", nil)
			r.show(loaded{asset: asset, page: page})
			return
		}
		r.show(loaded{asset, page, look, result, before.source})
	})
}

// show puts a page on the canvas, and has drawn what may be wanted next: the page
// as it is, then the following one.
func (r *caseRoom) show(l loaded) {
	r.photo = l
	r.bench.SetPicture(l.asset, l.page, l.result, l.source)
	r.near.keep(l, l.asset, l.page)
	plan, desk := r.view.Plan, r.desk
	if l.result != nil && l.source == nil {
		ahead(r.w, func(ctx context.Context) (*widgets.Pyramid, error) {
			return original(ctx, desk, plan.Case.Assets[l.asset], l.page)
		}, func(source *widgets.Pyramid, err error) {
			if at := r.photo; err == nil && at.asset == l.asset && at.page == l.page && at.result != nil {
				at.source = source
				r.show(at)
			}
		})
		return
	}
	at := state.PageAt{Asset: l.asset, Page: l.page + 1}
	look := r.view.Looks[at]
	was, ok := r.near[at]
	pages := state.Shown(plan, l.asset)
	if l.result == nil || l.result.Pixels() > smallPage || ok && was.look == look || at.Page >= len(pages) || pages[at.Page].Bounds.Empty() || pages[at.Page].Part != redact.PartBody {
		return
	}
	ahead(r.w, func(ctx context.Context) (loaded, error) {
		return draw(ctx, desk, plan, loaded{asset: at.Asset, page: at.Page}, look)
	}, func(next loaded, err error) {
		if err == nil && r.view.Looks[at] == look {
			r.near.keep(next, r.photo.asset, r.photo.page)
		}
	})
}

// draw draws a page as the public will see it and as it is.
func draw(ctx context.Context, d *casework.Desk, p *casework.Plan, l loaded, look uint64) (loaded, error) {
	var err error
	if l.result, err = preview(ctx, d, p, l.asset, l.page); err != nil {
		return l, err
	}
	l.look = look
	l.source, err = original(ctx, d, p.Case.Assets[l.asset], l.page)
	return l, err
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
	return pagePyramid(ctx, filed{d, a}, page)
}

// pageScale is how many pixels a point of a document's page is drawn with: 144 a
// inch, sharp at the zoom that fits a window.
const pageScale = 2
