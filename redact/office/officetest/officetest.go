// Package officetest is what the tests of Office formats have in common: containers
// made file by file, and orders for names.
package officetest

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/office/audit"
	"consentry/redact/office/audit/canary"
)

// Header begins an XML file.
const Header = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// Container zips files, given as name and body in turn.
func Container(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = w.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// NoneInside reads no file inside.
func NoneInside(context.Context, string, []byte) (redact.Document, error) {
	return nil, redact.ErrUnreadable
}

// Unpacked are the files of a container.
func Unpacked(t testing.TB, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(r); err != nil {
			t.Fatal(err)
		}
		out[f.Name] = b.String()
	}
	return out
}

// Unzipped gives every file of a container.
func Unzipped(t testing.TB, b []byte, each func(name string, b []byte)) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		each(f.Name, body)
	}
}

// PagesOf opens a document and reads its pages.
func PagesOf(t testing.TB, f redact.Format, b []byte) (redact.Document, []redact.Page) {
	t.Helper()
	d, err := f.Open(t.Context(), redact.Asset{Size: int64(len(b))}, bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	var pages []redact.Page
	for p, err := range d.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, p)
	}
	return d, pages
}

// Everywhere are orders for a name wherever it can be read, as one word too.
func Everywhere(pages []redact.Page, name, with string) (rs []redact.Redaction) {
	for _, p := range pages {
		for _, s := range p.Spans {
			folded := fold.Of([]rune(s.Text))
			text := string(folded.Runes)
			for _, form := range []string{name, strings.ReplaceAll(name, " ", "")} {
				form = fold.Key(form)
				for at := 0; ; {
					i := strings.Index(text[at:], form)
					if i < 0 {
						break
					}
					from := utf8.RuneCountInString(text[:at+i])
					to := from + utf8.RuneCountInString(form)
					at += i + len(form)
					rs = append(rs, redact.Redaction{Kind: redact.Person, With: with,
						Region: redact.Region{Part: p.Part, Page: p.Index, Span: s.ID, Start: s.Offset + folded.Start[from], End: s.Offset + folded.End[to-1]}})
				}
			}
		}
	}
	return rs
}

// HideAll are orders for all names of a canary.
func HideAll(pages []redact.Page, places []canary.Place) (rs []redact.Redaction) {
	for i, p := range places {
		rs = append(rs, Everywhere(pages, p.Name, redact.Label(redact.Person, i, redact.English))...)
	}
	return rs
}

// Attacked are what the audit gets out of a written document.
func Attacked(t testing.TB, mediaType string, source, written []byte, places []canary.Place) []redact.Leak {
	t.Helper()
	r := redact.Released{Asset: redact.Asset{Type: mediaType, Size: int64(len(written))}, Body: bytes.NewReader(written), Source: redact.Asset{Type: mediaType, Size: int64(len(source))}, SourceBody: bytes.NewReader(source)}
	for i, p := range places {
		r.Removed = append(r.Removed, redact.Finding{Kind: redact.Person, Text: p.Name, Region: redact.Region{Start: i, End: i + 1}})
	}
	leaks, err := audit.Attack{}.Try(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return leaks
}
