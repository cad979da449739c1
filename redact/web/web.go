// Package web is the redact.Format of web pages (HTML, XHTML) and SVG drawings.
//
// A page's bytes are cut into tags and texts; what is read in one go (a paragraph,
// a cell, whatever styles lie in it) is one text, and so is the value of every
// attribute that may say something. Edits change the bytes of the touched texts;
// all others are copied. Scripts that run, and handlers of events, are dropped.
package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"path"
	"regexp"
	"strings"

	"consentry/redact"
	"consentry/redact/charset"
	"consentry/redact/inside"
	"consentry/redact/places"
)

// The media types this package opens.
const (
	HTML  = "text/html"
	XHTML = "application/xhtml+xml"
	SVG   = "image/svg+xml"
)

// DefaultLimit is the largest file opened, in bytes.
const DefaultLimit = 32 << 20

// Options are what a Format needs.
type Options struct {
	// Open opens pictures and documents within a page (data: URLs). Without it
	// they are dropped.
	Open inside.Opener
	// Limit is the largest file in bytes; zero means DefaultLimit.
	Limit int64
}

// Format opens web pages and drawings. It is safe for concurrent use.
type Format struct{ o Options }

var _ redact.Format = (*Format)(nil)

// New is a format.
func New(o Options) *Format {
	if o.Limit <= 0 {
		o.Limit = DefaultLimit
	}
	return &Format{o}
}

// ID names the format and the version of what it writes.
func (*Format) ID() string { return "web/2" }

// Open reads and cuts the whole file.
func (f *Format) Open(ctx context.Context, a redact.Asset, r io.ReaderAt) (redact.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	media, _, err := mime.ParseMediaType(a.Type)
	if err != nil || media != XHTML && media != SVG {
		media = HTML
	}
	b, err := a.Content(r, f.o.Limit)
	if err != nil {
		return nil, fmt.Errorf("open page: %w", err)
	}
	p, err := decode(b, media != HTML)
	if err != nil {
		return nil, err
	}
	d, err := read(ctx, f.o, media, p)
	if err != nil && !errors.Is(err, redact.ErrUnreadable) && ctx.Err() == nil {
		err = fmt.Errorf("open page: %w: %w", redact.ErrUnreadable, err)
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

var _ redact.Noter = (*places.Document)(nil)

func unreadable(why string) error {
	return fmt.Errorf("open page: %w: %s", redact.ErrUnreadable, why)
}

var (
	begun   = regexp.MustCompile(`(?i)^(?:\s|<!--(?s:.*?)-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body)\b`)
	likely  = regexp.MustCompile(`(?i)^(?:\s|<!--(?s:.*?)-->)*<(?:title|meta|script|style|table|div|h1|p|a|br|font|iframe)\b[^<]*>`)
	drawing = regexp.MustCompile(`^(?:\s|<!--(?s:.*?)-->|<[?][^>]*>|<!DOCTYPE\s+svg[^>]*>)*<(?:\w+:)?svg[\s>]`)
)

// Sniff tells pages and drawings by their first bytes; the name tells a page that
// begins like a plain text, and one in XML.
func Sniff(name string, head []byte) (mediaType string, ok bool) {
	ext := strings.ToLower(path.Ext(name))
	head = bytes.TrimPrefix(head, []byte(charset.BOM8))
	if bytes.HasPrefix(head, []byte(charset.BOM16LE)) || bytes.HasPrefix(head, []byte(charset.BOM16BE)) {
		if t, err := charset.Decode(head[:len(head)&^1]); err == nil {
			head = []byte(t.Text)
		}
	}
	if len(head) == 0 || bytes.IndexByte(head, 0) >= 0 {
		return "", false
	}
	switch {
	case drawing.Match(head):
		return SVG, true
	case ext == ".xhtml" || ext == ".xht":
		return XHTML, true
	case begun.Match(head), ext == ".html" || ext == ".htm", ext == "" && likely.Match(head):
		return HTML, true
	}
	return "", false
}
