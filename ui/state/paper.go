package state

import (
	"context"
	"image"

	"consentry/redact"
)

// A Paper is a file that was opened to be looked at. Its methods are called on a worker.
type Paper interface {
	Pages(ctx context.Context) ([]redact.Page, error)
	// Picture draws a page with so many pixels a point; size is the page's own.
	Picture(ctx context.Context, page int, scale float64) (img image.Image, size image.Point, err error)
}
