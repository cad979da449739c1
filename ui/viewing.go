package ui

import (
	"context"
	"image"

	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/widgets"
)

// filed is a file of a case or package as a state.Paper.
type filed struct {
	desk  *casework.Desk
	asset casework.Asset
}

func (f filed) Pages(ctx context.Context) ([]redact.Page, error) { return f.desk.Pages(ctx, f.asset) }

func (f filed) Picture(ctx context.Context, page int, scale float64) (image.Image, image.Point, error) {
	return f.desk.PageAsIs(ctx, f.asset, page, scale)
}

// view reads a file's pages (page -1), or draws one, for a viewer: the one that is there
// when the work is done, nil where it has gone. What is asked later in the same line
// goes before.
func (w *window) view(line *state.Jobs, p state.Paper, file, page int, viewer func() *screens.Viewer) {
	if page < 0 {
		loadIn(w, line, p.Pages, viewed(file, viewer, func(v *screens.Viewer, ps []redact.Page) { v.SetPages(file, ps) }))
		return
	}
	loadIn(w, line, func(ctx context.Context) (*widgets.Pyramid, error) { return pagePyramid(ctx, p, page) },
		viewed(file, viewer, func(v *screens.Viewer, pic *widgets.Pyramid) { v.SetPicture(file, page, pic) }))
}

func viewed[T any](file int, viewer func() *screens.Viewer, set func(*screens.Viewer, T)) func(T, error) {
	return func(x T, err error) {
		switch v := viewer(); {
		case v == nil:
		case err != nil:
			v.Failed(file)
		default:
			set(v, x)
		}
	}
}

// pagePyramid draws a page, upright.
func pagePyramid(ctx context.Context, p state.Paper, page int) (*widgets.Pyramid, error) {
	img, size, err := p.Picture(ctx, page, pageScale)
	if err != nil {
		return nil, err
	}
	return widgets.NewPagePyramid(img, size), nil
}
