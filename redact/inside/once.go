package inside

import (
	"context"
	"io"
	"iter"

	"consentry/redact"
)

// Read reads every page of a file inside, which is an error where it cannot be
// read, and gives the document with its pages kept: a picture is not decoded again
// each time that they are asked for.
func Read(ctx context.Context, d redact.Document) (redact.Document, error) {
	r := &read{d: d}
	for p, err := range d.Pages(ctx) {
		if err != nil {
			return nil, err
		}
		r.pages = append(r.pages, p)
	}
	return r, nil
}

// read is a document whose pages were read.
type read struct {
	d     redact.Document
	pages []redact.Page
}

var _ redact.Noter = (*read)(nil)

func (r *read) Pages(ctx context.Context) iter.Seq2[redact.Page, error] {
	return func(yield func(redact.Page, error) bool) {
		for _, p := range r.pages {
			if !yield(p, ctx.Err()) {
				return
			}
		}
	}
}

func (r *read) Rewrite(ctx context.Context, w io.Writer, rs []redact.Redaction) (string, error) {
	return r.d.Rewrite(ctx, w, rs)
}

func (r *read) RewriteNoting(ctx context.Context, w io.Writer, rs []redact.Redaction) (string, []redact.Note, error) {
	if n, ok := r.d.(redact.Noter); ok {
		return n.RewriteNoting(ctx, w, rs)
	}
	media, err := r.d.Rewrite(ctx, w, rs)
	return media, nil, err
}
