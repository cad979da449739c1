package office

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"consentry/redact"
	"consentry/redact/office/odf"
	"consentry/redact/office/officetest"
	"consentry/redact/redacttest"
)

// changed is the small document with one file more, or another body for one.
func changed(t *testing.T, name, body string) []byte {
	files := []string{}
	found := false
	for n, b := range officetest.Unpacked(t, smallWord(t)) {
		if n == name {
			b, found = body, true
		}
		files = append(files, n, b)
	}
	if !found {
		files = append(files, name, body)
	}
	return officetest.Container(t, files...)
}

const smallXML = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>`

// Bad documents are refused in a sentence, in bounded time and memory.
func TestBad(t *testing.T) {
	small := smallWord(t)
	wide := func(s string) string { return strings.Join(strings.Split(s, ""), "\x00") + "\x00" }
	for _, c := range []struct {
		about string
		body  []byte
		want  error
		says  string
	}{
		{"encrypted", []byte(compound + strings.Repeat("\x00", 512) + wide("EncryptedPackage")), redact.ErrPassword, "save it without one"},
		{"older", []byte(compound + strings.Repeat("\x00", 512) + wide("WordDocument")), nil, "before 2007"},
		{"cut", small[:len(small)/2], nil, "cut or damaged"},
		{"no document", officetest.Container(t, "a.txt", "x"), nil, "no Office document"},
		{"no main part", officetest.Container(t, typesName, `<Types/>`, rootRels, relsOpen+`</Relationships>`), nil, "main part is missing"},
		{"another main part", changed(t, typesName, `<Types><Override PartName="/word/document.xml" ContentType="application/x-other"/></Types>`), nil, "none that is handled"},
		{"damaged types", changed(t, typesName, `<Types`), nil, "content types"},
		{"damaged relationships", changed(t, "word/_rels/document.xml.rels", relsOpen+`<Relationship Id=`), nil, "relationships are damaged"},
		{"damaged text", changed(t, "word/document.xml", `<w:document>`), nil, "well-formed"},
		{"entities", changed(t, "word/document.xml", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document>&b;</w:document>`), nil, "entities"},
		{"entities in OpenDocument", officetest.Container(t, "mimetype", odf.ODT, "content.xml", `<!DOCTYPE x [<!ENTITY a "aaaa">]><office:document-content>&a;</office:document-content>`), nil, "(content)"},
		{"deep", changed(t, "word/document.xml", fmt.Sprintf(smallXML, strings.Repeat("<w:x>", 100_000))), nil, "nested too deep"},
		{"outside", changed(t, "../evil.xml", "x"), nil, "outside itself"},
		{"twice", changed(t, "WORD/document.xml", "x"), nil, "two files of one name"},
		{"a picture as its text", changed(t, "word/document.xml", "\x89PNG\r\n\x1a\n"), nil, "damaged"},
	} {
		redacttest.TestFormat(t, New(Options{Inside: officetest.NoneInside}), redacttest.Sample{Name: c.about, Type: DOCX, Body: c.body, Unreadable: true}, redacttest.Sample{Name: "small.docx", Type: DOCX, Body: small})
		_, err := New(Options{}).Open(t.Context(), redact.Asset{Size: int64(len(c.body))}, bytes.NewReader(c.body))
		if !errors.Is(err, redact.ErrUnreadable) || c.want != nil && !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.about, err)
		}
	}
}

// bomb is a container in which a part of 64 MB says that it has another size.
func bomb(t *testing.T, said uint64) []byte {
	t.Helper()
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.CopyN(w, spaces64{}, 64<<20); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for n, body := range officetest.Unpacked(t, smallWord(t)) {
		if n == "word/document.xml" {
			f, err := z.CreateRaw(&zip.FileHeader{Name: n, Method: zip.Deflate, CompressedSize64: uint64(packed.Len()), UncompressedSize64: said})
			if err == nil {
				_, err = f.Write(packed.Bytes())
			}
			if err != nil {
				t.Fatal(err)
			}
			continue
		}
		f, err := z.Create(n)
		if err == nil {
			_, err = f.Write([]byte(body))
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

type spaces64 struct{}

func (spaces64) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}

func TestBombs(t *testing.T) {
	for about, said := range map[string]uint64{"says so": 600 << 20, "says less": 1000} {
		b := bomb(t, said)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		_, err := New(Options{}).Open(t.Context(), redact.Asset{Size: int64(len(b))}, bytes.NewReader(b))
		runtime.ReadMemStats(&after)
		if !errors.Is(err, redact.ErrUnreadable) {
			t.Errorf("%s: %v", about, err)
		}
		if took, used := time.Since(start), (after.TotalAlloc-before.TotalAlloc)>>20; took > 5*time.Second || used > 100 {
			t.Errorf("%s: %v and %d MB", about, took, used)
		}
	}
}

// long is a document of some pages of 12 paragraphs in four runs each.
func long(t testing.TB, pages int) []byte {
	var b strings.Builder
	for i := range pages * 12 {
		fmt.Fprintf(&b, `<w:p w:rsidR="00A1%04X"><w:pPr><w:pStyle w:val="Normal"/><w:jc w:val="both"/></w:pPr><w:r w:rsidRPr="00B2%04[1]X"><w:t xml:space="preserve">Paragraph %[1]d tells how Elena </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Petrova</w:t></w:r><w:r><w:t xml:space="preserve"> and her team moved their data within a week, and what they would do again. </w:t></w:r><w:r><w:t>王小明说，系统上线后一切正常，客户满意。</w:t></w:r></w:p>`, i)
	}
	files := []string{}
	for n, body := range officetest.Unpacked(t, smallWord(t)) {
		if n == "word/document.xml" {
			body = fmt.Sprintf(smallXML, b.String())
		}
		files = append(files, n, body)
	}
	return officetest.Container(t, files...)
}

// A document of 300 pages, with every name removed: reading and writing.
func BenchmarkLongDocument(b *testing.B) {
	source := long(b, 300)
	b.SetBytes(int64(len(source)))
	for b.Loop() {
		d, err := New(Options{}).Open(b.Context(), redact.Asset{Size: int64(len(source))}, bytes.NewReader(source))
		if err != nil {
			b.Fatal(err)
		}
		var pages []redact.Page
		for p, err := range d.Pages(b.Context()) {
			if err != nil {
				b.Fatal(err)
			}
			pages = append(pages, p)
		}
		rs := append(officetest.Everywhere(pages, "Elena Petrova", "Person A"), officetest.Everywhere(pages, "王小明", "某人")...)
		if len(rs) < 7200 {
			b.Fatalf("%d places", len(rs))
		}
		if _, err := d.Rewrite(b.Context(), io.Discard, rs); err != nil {
			b.Fatal(err)
		}
	}
}
