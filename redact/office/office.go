// Package office reads and writes Office documents in their own formats: Word,
// PowerPoint and Excel files (Office Open XML, ISO/IEC 29500).
//
// A document is a zip container of parts that name one another. What a reader
// looks at first (the text, each slide, each sheet) are body pages, then the
// pictures and files inside; headers, notes, comments and the like are parts of
// their own. Rewriting changes bytes where something goes and leaves every other
// byte of a part as it is; parts of a kind that is not known to be needed, and
// what the file says about its making, are in no output.
package office

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"consentry/redact"
	"consentry/redact/inside"
	"consentry/redact/office/zipped"
)

// The media types of what is read and written.
const (
	DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// Options are what a Format needs from outside.
type Options struct {
	// Inside opens pictures and files inside a document. What it does not know is
	// in no output.
	Inside inside.Opener
	// KeepChanges keeps tracked changes and comments, without their authors and
	// dates, instead of settling the changes and dropping the comments.
	KeepChanges bool
}

// Format is a redact.Format. It is safe for concurrent use.
type Format struct{ o Options }

var (
	_ redact.Format = (*Format)(nil)
	_ redact.Noter  = (*document)(nil)
)

// New is a Format with these options.
func New(o Options) *Format { return &Format{o} }

// ID changes whenever the pages or the written bytes do.
func (f *Format) ID() string {
	if f.o.KeepChanges {
		return "office/1+changes"
	}
	return "office/1"
}

// endings are the names of files of each type.
var endings = map[string]string{
	".docx": DOCX, ".docm": DOCX, ".dotx": DOCX, ".dotm": DOCX,
	".pptx": PPTX, ".pptm": PPTX, ".ppsx": PPTX, ".ppsm": PPTX, ".potx": PPTX, ".potm": PPTX,
	".xlsx": XLSX, ".xlsm": XLSX, ".xltx": XLSX, ".xltm": XLSX,
}

// Sniff tells the media type of a file from its first bytes; "" where it is none
// that this package opens. The name decides where the bytes could be of several.
func Sniff(name string, head []byte) string {
	if !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return ""
	}
	if t := endings[strings.ToLower(path.Ext(name))]; t != "" {
		return t
	}
	for folder, t := range map[string]string{"word/": DOCX, "ppt/": PPTX, "xl/": XLSX} {
		if bytes.Contains(head, []byte("[Content_Types].xml")) && bytes.Contains(head, []byte(folder)) {
			return t
		}
	}
	return ""
}

func unreadable(what string) error {
	return fmt.Errorf("Office document %w: %s", redact.ErrUnreadable, what)
}

// Open reads the document's structure. The asset's Size counts, its Type does not.
func (f *Format) Open(ctx context.Context, a redact.Asset, r io.ReaderAt) (redact.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b := io.NewSectionReader(r, 0, a.Size)
	if a.Size > 0 {
		if n, err := r.ReadAt(make([]byte, 1), a.Size-1); n < 1 && (err == nil || errors.Is(err, io.EOF)) {
			return nil, unreadable("it is shorter than it was")
		}
	}
	z, err := zipped.Open(b, a.Size)
	if err != nil {
		return nil, fmt.Errorf("Office document %w", err)
	}
	return open(ctx, f.o, z)
}
