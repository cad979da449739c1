package office

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/office/officetest"
	"consentry/redact/office/parts"
	"consentry/redact/photo"
	"consentry/redact/redacttest"
)

const (
	typesName = "[Content_Types].xml"
	rootRels  = "_rels/.rels"
	relsOpen  = officetest.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	relType   = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
)

// smallWord is a document of three paragraphs with an author.
func smallWord(t testing.TB) []byte {
	return officetest.Container(t,
		"[Content_Types].xml", officetest.Header+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="`+wordMain+`"/></Types>`,
		rootRels, relsOpen+`<Relationship Id="rId1" Type="`+relType+`officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="`+relType+`metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
		"docProps/core.xml", officetest.Header+`<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>Olga Iwanowa</dc:creator></cp:coreProperties>`,
		"word/document.xml", officetest.Header+`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body><w:p><w:r><w:t xml:space="preserve">Elena </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Petrova</w:t></w:r><w:r><w:t xml:space="preserve"> leads support.</w:t></w:r></w:p><w:p><w:hyperlink r:id="rId9"><w:r><w:t>王小</w:t></w:r></w:hyperlink><w:r><w:t>明说。</w:t></w:r></w:p><w:sectPr/></w:body></w:document>`,
		"word/_rels/document.xml.rels", relsOpen+`<Relationship Id="rId9" Type="`+relType+`hyperlink" Target="https://example.test/elena%20petrova" TargetMode="External"/><Relationship Id="rId3" Type="`+relType+`vbaProject" Target="vba.bin"/></Relationships>`,
		"word/vba.bin", "by Olga Iwanowa",
	)
}

func TestFormat(t *testing.T) {
	redacttest.TestFormat(t, New(Options{Inside: officetest.NoneInside}), redacttest.Sample{Name: "small.docx", Type: DOCX, Body: smallWord(t)})
}

// pictures opens PNG files by the real format, in process.
func pictures(ctx context.Context, name string, b []byte) (redact.Document, error) {
	return photo.New(photo.InProcess, nil).Open(ctx, redact.Asset{Name: name, Size: int64(len(b))}, bytes.NewReader(b))
}

// A name over two runs is one text, and the label looks as its first run did.
func TestSplitName(t *testing.T) {
	b := smallWord(t)
	d, err := New(Options{}).Open(t.Context(), redact.Asset{Size: int64(len(b))}, bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	var rs []redact.Redaction
	for p, err := range d.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range p.Spans {
			for _, name := range []string{"Elena Petrova", "elena petrova", "王小明"} {
				if i := strings.Index(s.Text, name); i >= 0 {
					from := s.Offset + len([]rune(s.Text[:i]))
					rs = append(rs, redact.Redaction{Region: redact.Region{Part: p.Part, Page: p.Index, Span: s.ID, Start: from, End: from + len([]rune(name))}, With: "客户A"})
				}
			}
		}
	}
	if len(rs) != 3 {
		t.Fatalf("%d names seen", len(rs))
	}
	var out bytes.Buffer
	if _, err := d.Rewrite(t.Context(), &out, rs); err != nil {
		t.Fatal(err)
	}
	got := officetest.Unpacked(t, out.Bytes())
	if len(got) != 4 {
		t.Errorf("%d files: %v", len(got), got)
	}
	for name, want := range map[string]string{
		"word/document.xml":            `<w:p><w:r><w:t xml:space="preserve">客户A</w:t></w:r><w:r><w:rPr><w:b/></w:rPr></w:r><w:r><w:t xml:space="preserve"> leads support.</w:t></w:r></w:p><w:p><w:hyperlink r:id="rId9"><w:r><w:t xml:space="preserve">客户A</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve">说。</w:t></w:r></w:p>`,
		"word/_rels/document.xml.rels": `Target="https://example.test/%E5%AE%A2%E6%88%B7A"`,
	} {
		if !strings.Contains(got[name], want) {
			t.Errorf("%s:\n%s", name, got[name])
		}
	}
}

// A picture that cannot be read becomes a grey one, which is no page of what is
// written: its pages are those of the source.
func TestBlank(t *testing.T) {
	b := cropped(t, `<pic><a:blip r:embed="rId2"/></pic>`, `<w:r><w:t>Elena</w:t></w:r>`)
	d, before := officetest.PagesOf(t, New(Options{Inside: officetest.NoneInside}), b)
	var out bytes.Buffer
	_, notes, err := d.(redact.Noter).RewriteNoting(t.Context(), &out, nil)
	if err != nil || len(notes) != 1 || notes[0].Code != parts.NoteInsideDropped {
		t.Error(notes, err)
	}
	if got := officetest.Unpacked(t, out.Bytes())["word/media/file1.png"]; got != string(parts.Blank) {
		t.Error("the picture is not the grey one")
	}
	if _, after := officetest.PagesOf(t, New(Options{Inside: pictures}), out.Bytes()); len(after) != len(before) {
		t.Errorf("%d pages, of %d", len(after), len(before))
	}
	m, err := png.Decode(bytes.NewReader(parts.Blank))
	if err != nil || m.Bounds() != image.Rect(0, 0, 1, 1) || color.GrayModel.Convert(m.At(0, 0)) != (color.Gray{0xdd}) {
		t.Error(m, err)
	}
}
