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
	"consentry/redact/office/odf"
	"consentry/redact/office/opc"
	"consentry/redact/office/parts"
	"consentry/redact/office/zipped"
)

// The media types of what is read and written.
const (
	DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// Options are what a Format needs from outside.
type Options = parts.Options

// Format is a redact.Format. It is safe for concurrent use.
type Format struct{ o Options }

var _ redact.Converter = (*Format)(nil)

// kinds are all families of Open Packaging containers.
var kinds = []*opc.Kind{wordKind, slidesKind, sheetKind}

// New is a Format with these options.
func New(o Options) *Format { return &Format{o} }

// ID changes whenever the pages or the written bytes do.
func (f *Format) ID() string {
	if f.o.KeepChanges {
		return "office/2+changes"
	}
	return "office/2"
}

// Types are the media types that are read and written.
func Types() []string { return []string{DOCX, PPTX, XLSX, odf.ODT, odf.ODS, odf.ODP} }

// endings are the names of files of each type, with the one that what is written
// has: without macros, and no template.
var endings = map[string]struct{ mediaType, written string }{
	".docx": {DOCX, ".docx"}, ".docm": {DOCX, ".docx"}, ".dotx": {DOCX, ".docx"}, ".dotm": {DOCX, ".docx"},
	".pptx": {PPTX, ".pptx"}, ".pptm": {PPTX, ".pptx"}, ".ppsx": {PPTX, ".pptx"}, ".ppsm": {PPTX, ".pptx"}, ".potx": {PPTX, ".pptx"}, ".potm": {PPTX, ".pptx"},
	".xlsx": {XLSX, ".xlsx"}, ".xlsm": {XLSX, ".xlsx"}, ".xltx": {XLSX, ".xlsx"}, ".xltm": {XLSX, ".xlsx"},
	".odt": {odf.ODT, ".odt"}, ".ott": {odf.ODT, ".odt"}, ".ods": {odf.ODS, ".ods"}, ".ots": {odf.ODS, ".ods"}, ".odp": {odf.ODP, ".odp"}, ".otp": {odf.ODP, ".odp"},
}

// Named reports whether a file has the name of an Office document.
func Named(name string) bool {
	return endings[strings.ToLower(path.Ext(name))].mediaType != ""
}

// compound begins a file in Microsoft's Compound File format: an older document, or
// one that is encrypted.
const compound = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// Sniff tells the media type of a file from its first bytes; "" where it is none
// of this package, an error where it is one that is not read. The name decides
// where the bytes could be of several.
func Sniff(name string, head []byte) (string, error) {
	ext := strings.ToLower(path.Ext(name))
	known := endings[ext].mediaType
	open, isOpen := odf.Sniff(head)
	switch {
	case bytes.HasPrefix(head, []byte(compound)) && known != "":
		return known, nil // Open says what it is
	case bytes.HasPrefix(head, []byte(compound)): // redact/office/older reads those that say what they are
		return "", parts.Unreadable("it is in a format from before 2007 under another name; save it as .docx, .pptx or .xlsx")
	case !bytes.HasPrefix(head, []byte("PK\x03\x04")) && known != "":
		return "", parts.Unreadable("it is cut, damaged, or something else")
	case !bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return "", nil
	case known != "":
		return known, nil
	case isOpen:
		return open, nil
	case !bytes.Contains(head, []byte("[Content_Types].xml")):
		return "", nil
	}
	for _, k := range []struct{ folder, mediaType string }{{"word/", DOCX}, {"ppt/", PPTX}, {"xl/", XLSX}} {
		if bytes.Contains(head, []byte(k.folder)) {
			return k.mediaType, nil
		}
	}
	return "", nil
}

// WrittenName gives a document with macros, or a template, the ending of a plain one.
func (f *Format) WrittenName(name, mediaType string) string {
	e, ok := endings[strings.ToLower(path.Ext(name))]
	if !ok || e.mediaType != mediaType || strings.EqualFold(path.Ext(name), e.written) {
		return name
	}
	return strings.TrimSuffix(name, path.Ext(name)) + e.written
}

// Open reads the document's structure. The asset's Size counts, its Type does not.
func (f *Format) Open(ctx context.Context, a redact.Asset, r io.ReaderAt) (redact.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b := io.NewSectionReader(r, 0, a.Size)
	if a.Size > 0 {
		if n, err := r.ReadAt(make([]byte, 1), a.Size-1); n < 1 && (err == nil || errors.Is(err, io.EOF)) {
			return nil, parts.Unreadable("it is shorter than it was")
		}
	}
	var head [len(compound)]byte
	if _, err := r.ReadAt(head[:], 0); err == nil && string(head[:]) == compound {
		return nil, compoundFile(b)
	}
	z, err := zipped.Open(b, a.Size)
	if err != nil {
		return nil, fmt.Errorf("document %w", err)
	}
	if odf.Is(z) {
		return odf.Open(ctx, f.o, z)
	}
	return opc.Open(ctx, f.o, z, kinds)
}

// compoundFile says why a compound file is not read.
func compoundFile(r io.Reader) error {
	b, err := io.ReadAll(io.LimitReader(r, zipped.MaxBytes))
	if err != nil {
		return err
	}
	var wide []byte // the name of the stream that holds an encrypted document [MS-OFFCRYPTO]
	for _, c := range []byte("EncryptedPackage") {
		wide = append(wide, c, 0)
	}
	if bytes.Contains(b, wide) {
		return parts.Locked()
	}
	return parts.Unreadable("it is in a format from before 2007 under another name; save it as .docx, .pptx or .xlsx")
}
