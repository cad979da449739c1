// Package pdftest is what tests of several PDF rooms need: files made object by
// object, and the installed engine.
package pdftest

import (
	"bytes"
	"context"
	"fmt"

	"consentry/assets"
	"consentry/redact/pdf/engine"
)

// File is a PDF of objects numbered from 1, the first of which is the catalog;
// trailer are more entries of the trailer.
func File(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, xref)
	return b.Bytes()
}

// Stream is a stream object for File; entries are those of its dictionary beside
// the length.
func Stream(entries, content string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", entries, len(content), content)
}

// Engine compiles the installed PDFium; cache is the folder of compiled modules.
func Engine(ctx context.Context, cache string) (*engine.Module, error) {
	dir, err := assets.Dir()
	if err != nil {
		return nil, err
	}
	set, err := assets.Open(dir)
	if err != nil {
		return nil, err
	}
	wasm, err := set.Read("pdfium/pdfium.wasm")
	if err != nil {
		return nil, err
	}
	return engine.Compile(ctx, wasm, cache)
}
