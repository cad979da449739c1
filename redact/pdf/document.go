package pdf

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"iter"
	"time"
	"unicode/utf8"

	"consentry/redact"
)

// document is a redact.Document.
type document struct{ *worker }

// Pages yields every page, then the parts outside the pages, then the pages of
// attached files. The next page is read while one is being worked on.
func (d *document) Pages(ctx context.Context) iter.Seq2[redact.Page, error] {
	return func(yield func(redact.Page, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		type result struct {
			p   redact.Page
			err error
		}
		next := make(chan result, 1)
		go func() {
			defer close(next)
			for i := range d.is.Pages {
				p, err := d.page(ctx, i)
				select {
				case next <- result{p, err}:
				case <-ctx.Done():
					return
				}
				if err != nil {
					return
				}
			}
		}()
		for r := range next {
			if !yield(r.p, r.err) || r.err != nil {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(redact.Page{}, err)
			return
		}
		d.outside(ctx, yield)
	}
}

// page reads one page.
func (d *document) page(ctx context.Context, i int) (redact.Page, error) {
	var a pageAnswer
	if err := d.ask(ctx, request{Op: askPage, Page: i}, nil, pageWall, &a); err != nil {
		return redact.Page{}, fmt.Errorf("page %d: %w", i+1, err)
	}
	p := redact.Page{Part: redact.PartBody, Index: i, Bounds: image.Rect(0, 0, a.Width, a.Height)}
	if p.Bounds.Empty() {
		return p, errAnswer
	}
	end := 0
	for id, s := range a.Spans {
		n := utf8.RuneCountInString(s.Text)
		if !utf8.ValidString(s.Text) || len(s.Boxes) != 4*n || s.Offset < end {
			return p, errAnswer
		}
		end = s.Offset + n
		span := redact.Span{ID: id, Text: s.Text, Offset: s.Offset, Block: s.Block, Boxes: make([]image.Rectangle, n)}
		for k := range span.Boxes {
			b := s.Boxes[4*k:]
			span.Boxes[k] = image.Rect(int(b[0]), int(b[1]), int(b[0])+int(b[2]), int(b[1])+int(b[3]))
		}
		p.Spans = append(p.Spans, span)
	}
	for k, s := range a.Shots {
		if s.Box.Empty() || !s.Box.In(p.Bounds) {
			return p, errAnswer
		}
		p.Pictures = append(p.Pictures, redact.Picture{ID: k, Box: s.Box, Load: func(ctx context.Context) (*image.NRGBA, error) {
			return d.pixels(ctx, request{Op: askShot, Page: i, Shot: k}, nil)
		}})
	}
	return p, nil
}

// maxPixels bounds a picture that a child gives.
const maxPixels = 100 << 20

// pixels asks for a picture.
func (d *document) pixels(ctx context.Context, q request, more []byte) (*image.NRGBA, error) {
	var a raster
	if err := d.ask(ctx, q, more, pageWall, &a); err != nil {
		return nil, fmt.Errorf("page %d: %w", q.Page+1, err)
	}
	return a.picture()
}

// A raster takes what writePixels writes, in pieces.
type raster struct {
	head []byte
	m    *image.NRGBA // nil until its size is known
	n    int          // bytes of its pixels
}

func (r *raster) Write(p []byte) (int, error) {
	whole := len(p)
	if r.m == nil {
		k := min(8-len(r.head), len(p))
		r.head, p = append(r.head, p[:k]...), p[k:]
		if len(r.head) < 8 {
			return whole, nil
		}
		w, h := int64(binary.BigEndian.Uint32(r.head)), int64(binary.BigEndian.Uint32(r.head[4:]))
		if w < 1 || h < 1 || w > maxPixels || h > maxPixels || w*h > maxPixels {
			return 0, errAnswer
		}
		r.m = image.NewNRGBA(image.Rect(0, 0, int(w), int(h)))
	}
	if len(p) > len(r.m.Pix)-r.n {
		return 0, errAnswer
	}
	r.n += copy(r.m.Pix[r.n:], p)
	return whole, nil
}

// picture is what came, where all of it did.
func (r *raster) picture() (*image.NRGBA, error) {
	if r.m == nil || r.n < len(r.m.Pix) {
		return nil, errAnswer
	}
	return r.m, nil
}

// outside yields what does not stand on the pages.
func (d *document) outside(ctx context.Context, yield func(redact.Page, error) bool) {
	var a partsAnswer
	if err := d.ask(ctx, request{Op: askParts}, nil, fileWall, &a); err != nil {
		yield(redact.Page{}, err)
		return
	}
	for _, part := range a.Parts {
		p := redact.Page{Part: part.Part, Index: part.Index}
		offset := 0
		for id, t := range part.Texts {
			if !utf8.ValidString(t) || part.Part == redact.PartBody || part.Part == redact.PartName {
				yield(redact.Page{}, errAnswer)
				return
			}
			p.Spans = append(p.Spans, redact.Span{ID: id, Text: t, Offset: offset})
			offset += utf8.RuneCountInString(t) + 1
		}
		if !yield(p, nil) {
			return
		}
	}
	for i, f := range a.Attached {
		if !d.attached(ctx, i, f, yield) {
			return
		}
	}
}

// attached yields the pages of a file inside the file, with its name as a page of
// its own; false to stop. What cannot be read is in no output either.
func (d *document) attached(ctx context.Context, i int, f attached, yield func(redact.Page, error) bool) bool {
	name := fmt.Sprintf("%s%d/", redact.PartAttached, i+1)
	if f.Name != "" && !yield(redact.Page{Part: name + redact.PartName, Spans: []redact.Span{{Text: f.Name}}}, nil) {
		return false
	}
	if d.f.o.Attached == nil {
		return true
	}
	b := limited{most: MaxBytes}
	if err := d.ask(ctx, request{Op: askFile, Page: i}, nil, fileWall, &b); err != nil {
		return yield(redact.Page{}, fmt.Errorf("attached file %d: %w", i+1, err))
	}
	doc, err := d.f.o.Attached(ctx, f.Name, b.Bytes())
	if err != nil {
		return ctx.Err() == nil
	}
	for p, err := range doc.Pages(ctx) {
		if err != nil {
			return ctx.Err() == nil
		}
		p.Part = name + p.Part
		if !yield(p, nil) {
			return false
		}
	}
	return true
}

// View draws a page; see redact.Viewer.
func (d *document) View(ctx context.Context, page int, scale float64, rs []redact.Redaction) (*image.NRGBA, error) {
	var here []redact.Redaction
	for _, r := range rs {
		if r.Region.Part == redact.PartBody && r.Region.Page == page {
			here = append(here, r)
		}
	}
	d.f.look(d.worker)
	return d.pixels(ctx, request{Op: askView, Page: page, Scale: scale, Rs: here, Snap: d.f.o.Snap}, nil)
}

// Rewrite writes the file without the regions; see RewriteNoting.
func (d *document) Rewrite(ctx context.Context, w io.Writer, rs []redact.Redaction) (string, error) {
	mediaType, _, err := d.RewriteNoting(ctx, w, rs)
	return mediaType, err
}

// RewriteNoting writes the file without the regions. Those of dropped parts are
// met by dropping them.
func (d *document) RewriteNoting(ctx context.Context, w io.Writer, rs []redact.Redaction) (string, []redact.Note, error) {
	var kept []redact.Redaction
	for _, r := range rs {
		if !redact.IsDropped(r.Region.Part) {
			kept = append(kept, r)
		}
	}
	wall := fileWall + time.Duration(d.is.Pages)*pageWall/10
	out := limited{most: MaxBytes}
	if err := d.ask(ctx, request{Op: askRewrite, Rs: kept, Search: d.f.o.Search, Snap: d.f.o.Snap}, nil, wall, &out); err != nil {
		return "", nil, fmt.Errorf("rewrite PDF: %w", err)
	}
	b := out.Bytes()
	if len(b) < 4 || int64(binary.BigEndian.Uint32(b)) > int64(len(b)-4) {
		return "", nil, errAnswer
	}
	n := 4 + int(binary.BigEndian.Uint32(b))
	var a rewritten
	if json.Unmarshal(b[4:n], &a) != nil || !bytes.HasPrefix(b[n:], []byte("%PDF-")) {
		return "", nil, errors.New("rewrite PDF: its reader gave no file")
	}
	if _, err := w.Write(b[n:]); err != nil {
		return "", nil, fmt.Errorf("write PDF: %w", err)
	}
	return Type, a.Notes, nil
}
