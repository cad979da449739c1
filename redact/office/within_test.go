package office

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/office/officetest"
)

// wordOf is a Word document of this body, with a document inside.
func wordOf(t testing.TB, body string, inner []byte) []byte {
	return officetest.Container(t,
		typesName, officetest.Header+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="`+wordMain+`"/></Types>`,
		rootRels, relsOpen+`<Relationship Id="rId1" Type="`+relType+`officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml", officetest.Header+`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>`+body+`<w:altChunk r:id="rId2"/></w:body></w:document>`,
		"word/_rels/document.xml.rels", relsOpen+`<Relationship Id="rId2" Type="`+relType+`aFChunk" Target="embeddings/inner.docx"/></Relationships>`,
		"word/embeddings/inner.docx", string(inner),
	)
}

// What is removed outside a document inside goes from the names in it that are
// shown to nobody, and the other way round.
func TestSweptWithin(t *testing.T) {
	paragraph := func(face, text string) string {
		return `<w:p><w:r><w:rPr><w:rFonts w:ascii="` + face + `"/></w:rPr><w:t>` + text + `</w:t></w:r></w:p>`
	}
	b := wordOf(t, paragraph("Lindqvist Sans", "Elena Petrova"), wordOf(t, paragraph("Petrova Serif", "Olof Lindqvist"), nil))
	f := New(Options{Inside: func(ctx context.Context, _ string, b []byte) (redact.Document, error) {
		if len(b) == 0 {
			return nil, redact.ErrUnreadable
		}
		return New(Options{Inside: officetest.NoneInside}).Open(ctx, redact.Asset{Size: int64(len(b))}, bytes.NewReader(b))
	}})
	d, pages := officetest.PagesOf(t, f, b)
	rs := append(officetest.Everywhere(pages, "Petrova", "[A]"), officetest.Everywhere(pages, "Lindqvist", "[B]")...)
	if len(rs) == 0 {
		t.Fatal("no orders")
	}
	var out bytes.Buffer
	if _, err := d.Rewrite(t.Context(), &out, rs); err != nil {
		t.Fatal(err)
	}
	files := officetest.Unpacked(t, out.Bytes())
	for name, want := range map[string]string{"word/document.xml": `w:ascii="[B] Sans"`, "word/embeddings/file1.docx": `w:ascii="[A] Serif"`} {
		doc := files[name]
		if strings.HasSuffix(name, ".docx") {
			doc = officetest.Unpacked(t, []byte(doc))["word/document.xml"]
		}
		if !strings.Contains(doc, want) {
			t.Errorf("%s: %s", name, doc)
		}
	}
}

// A document's number goes, in the namespace of the preview too.
func TestPreviewDocumentID(t *testing.T) {
	d, _ := officetest.PagesOf(t, New(Options{Inside: officetest.NoneInside}), wordOf(t, `<x:docId xmlns:x="http://schemas.microsoft.com/office/word/2009/2/wordml" x:val="3922B72A"/><w:p/>`, nil))
	var out bytes.Buffer
	if _, err := d.Rewrite(t.Context(), &out, nil); err != nil {
		t.Fatal(err)
	}
	if doc := officetest.Unpacked(t, out.Bytes())["word/document.xml"]; strings.Contains(doc, "3922B72A") {
		t.Error(doc)
	}
}
