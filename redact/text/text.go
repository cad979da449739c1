// Package text is the redact.Format of plain text and Markdown.
//
// A file is one page with one span: the whole decoded text, line ends as they
// are, a byte order mark not counted. Lines of Markdown in which marks stand within
// what may be a name are shown without the marks too. A rewrite replaces rune ranges and copies
// every other byte of the source as it stands, in the source's encoding.
// YAML front matter and HTML comments are text like any other.
package text

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"

	"consentry/redact"
	"consentry/redact/charset"
)

// The media types this package opens.
const (
	Plain    = "text/plain"
	Markdown = "text/markdown"
)

// DefaultLimit is the largest file opened, in bytes.
const DefaultLimit = 64 << 20

// Format opens text/plain and text/markdown. It is safe for concurrent use.
type Format struct {
	// Limit is the largest file in bytes; zero means DefaultLimit.
	Limit int64
}

var _ redact.Format = Format{}

// ID names the format and the version of what it writes.
func (Format) ID() string { return "text/2" }

// Open reads the whole file and decodes it: UTF-8, UTF-16, GB18030 or Big5.
// An error wraps redact.ErrUnreadable where the file is empty, cut, binary, in
// an unknown encoding, or larger than the limit (then redact.ErrTooLarge too).
func (f Format) Open(ctx context.Context, a redact.Asset, r io.ReaderAt) (redact.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	limit := f.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	media := Plain
	if m, _, err := mime.ParseMediaType(a.Type); err == nil && m == Markdown {
		media = Markdown
	}
	b, err := a.Content(r, limit)
	if errors.Is(err, redact.ErrTooLarge) {
		err = fmt.Errorf("%w: split the file", err)
	}
	if err != nil {
		return nil, fmt.Errorf("open text: %w", err)
	}
	d, err := decode(b)
	if err != nil {
		return nil, err
	}
	d.media = media
	if media == Markdown {
		d.readings = readings(d.text)
	}
	return d, nil
}

// document is one decoded file. It is not changed after Open.
type document struct {
	media string
	charset.Set
	src      []byte // the encoded text behind the byte order mark
	text     string // the same, decoded: one rune for each character of src
	runes    int
	readings []reading // of Markdown
}

// Pages yields the one page, and of Markdown the lines that read otherwise than they
// are written.
func (d *document) Pages(ctx context.Context) iter.Seq2[redact.Page, error] {
	return func(yield func(redact.Page, error) bool) {
		if err := ctx.Err(); err != nil {
			yield(redact.Page{}, err)
			return
		}
		if yield(redact.Page{Part: redact.PartBody, Spans: []redact.Span{{Text: d.text}}}, nil) && len(d.readings) > 0 {
			yield(d.readPage(), nil)
		}
	}
}

// unreadable is an error about the file's bytes, in words for its owner.
func unreadable(why string) error {
	return fmt.Errorf("open text: %w: %s", redact.ErrUnreadable, why)
}
