package casework

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"image"

	"consentry/redact"
)

// A Sight is a file that is opened to be looked at as it is.
type Sight struct{ doc redact.Document }

// Look opens a file that is in memory by its format, as the files of a case are
// opened: pictures and PDF in a child without files or network. The name only helps to
// tell what it is. Nothing of it is written.
func (d *Desk) Look(ctx context.Context, name string, data []byte) (*Sight, error) {
	if len(data) == 0 {
		return nil, fmt.Errorf("%w: the file is empty", redact.ErrUnreadable)
	}
	t, err := d.Sniff(name, data[:min(len(data), sniffBytes)])
	if err != nil {
		return nil, err
	}
	f, ok := d.Formats[t]
	if !ok {
		return nil, fmt.Errorf("%w: files of type %s are not handled yet", redact.ErrUnreadable, t)
	}
	doc, err := f.Open(ctx, redact.Asset{Digest: redact.Digest(sha256.Sum256(data)), Name: name, Type: t, Size: int64(len(data))}, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return &Sight{doc}, nil
}

// Pages reads all pages.
func (l *Sight) Pages(ctx context.Context) ([]redact.Page, error) {
	var pages []redact.Page
	for p, err := range l.doc.Pages(ctx) {
		if err != nil {
			return pages, err
		}
		pages = append(pages, p)
	}
	return pages, nil
}

// Picture draws one page, upright.
func (l *Sight) Picture(ctx context.Context, page int, scale float64) (image.Image, image.Point, error) {
	if v, ok := l.doc.(redact.Viewer); ok {
		return view(ctx, v, page, scale, nil)
	}
	return pagePicture(ctx, l.doc, page)
}
