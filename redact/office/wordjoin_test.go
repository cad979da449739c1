package office

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/office/officetest"
)

// Paragraphs whose mark was deleted are read and written as one with the next.
func TestDeletedMarks(t *testing.T) {
	const (
		marked = `<w:pPr><w:jc w:val="left"/><w:rPr><w:del w:id="1" w:author="Olga Iwanowa"/></w:rPr></w:pPr>`
		moved  = `<w:pPr><w:rPr><w:moveFrom w:id="1" w:author="Olga Iwanowa"/></w:rPr></w:pPr>`
		center = `<w:pPr><w:jc w:val="center"/></w:pPr>`
		centre = `<w:pPr><w:pPrChange w:id="2" w:author="Olga Iwanowa"/><w:jc w:val="center"/></w:pPr>`
		none   = `<w:pPr><w:jc w:val="left"/><w:rPr></w:rPr></w:pPr>`
	)
	run := func(s string) string { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }
	deleted := `<w:del w:id="3" w:author="Olga Iwanowa"><w:r><w:delText>gone</w:delText></w:r></w:del>`
	for name, c := range map[string]struct{ body, want, text string }{
		"two":                {`<w:p w:rsidR="00AB">` + marked + run("Elena ") + `</w:p><w:p>` + centre + run("Petrova") + `</w:p>`, `<w:p>` + center + run("[A]") + `<w:r></w:r></w:p>`, "Elena Petrova"},
		"three, an empty":    {`<w:p>` + marked + run("Elena ") + `</w:p><w:bookmarkEnd w:id="7"/><w:p>` + moved + run("Petrova") + `</w:p><w:p/>`, `<w:p>` + run("[A]") + `<w:bookmarkEnd w:id="7"/><w:r></w:r></w:p>`, "Elena Petrova"},
		"one that is gone":   {`<w:p>` + marked + deleted + `</w:p><w:p>` + center + run("Elena Petrova") + `</w:p>`, `<w:p>` + center + run("[A]") + `</w:p>`, "Elena Petrova"},
		"before a table":     {`<w:p>` + marked + run("Elena Petrova") + `</w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>`, `<w:p>` + none + run("[A]") + `</w:p><w:tbl>`, "Elena Petrova"},
		"the last of a cell": {`<w:tbl><w:tr><w:tc><w:p>` + marked + run("Elena Petrova") + `</w:p></w:tc></w:tr></w:tbl><w:p/>`, `<w:tc><w:p>` + none + run("[A]") + `</w:p></w:tc>`, "Elena Petrova"},
	} {
		d, pages := officetest.PagesOf(t, New(Options{Inside: officetest.NoneInside}), wordOf(t, c.body, nil))
		if got := pages[0].Spans[0].Text; got != c.text {
			t.Errorf("%s: read %q", name, got)
		}
		var out bytes.Buffer
		if _, err := d.Rewrite(t.Context(), &out, officetest.Everywhere(pages, "Elena Petrova", "[A]")); err != nil {
			t.Fatal(name, err)
		}
		doc := officetest.Unpacked(t, out.Bytes())["word/document.xml"]
		if !strings.Contains(doc, c.want) {
			t.Errorf("%s: %s", name, doc)
		}
		if _, again := officetest.PagesOf(t, New(Options{Inside: officetest.NoneInside}), out.Bytes()); len(again[0].Spans) != len(pages[0].Spans) {
			t.Errorf("%s: %d texts, of %d", name, len(again[0].Spans), len(pages[0].Spans))
		}
	}
	// No text goes on in another cell, or behind a table; a row that goes takes no other along.
	cell := func(s string) string { return `<w:tc><w:p>` + s + `</w:p></w:tc>` }
	body := `<w:tbl><w:tr><w:trPr><w:del w:id="9" w:author=""/></w:trPr>` + cell(marked+deleted) + `</w:tr><w:tr>` + cell(run("Elena")) + cell(marked+run("Olga")) + `</w:tr></w:tbl><w:p>` + marked + run("Petrova") + `</w:p><w:tbl><w:tr>` + cell("") + `</w:tr></w:tbl><w:p>` + run("Tala") + `</w:p>`
	_, all := officetest.PagesOf(t, New(Options{Inside: officetest.NoneInside}), wordOf(t, body, nil))
	var got []string
	for _, s := range all[0].Spans {
		got = append(got, s.Text)
	}
	if want := []string{"Elena", "Olga", "Petrova", "Tala"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	// Kept changes keep their paragraphs.
	d, pages := officetest.PagesOf(t, New(Options{Inside: officetest.NoneInside, KeepChanges: true}), wordOf(t, `<w:p>`+marked+run("Elena")+`</w:p><w:p>`+run("Petrova")+`</w:p>`, nil))
	var out bytes.Buffer
	if _, err := d.Rewrite(t.Context(), &out, []redact.Redaction{}); err != nil || len(pages[0].Spans) != 2 || !strings.Contains(officetest.Unpacked(t, out.Bytes())["word/document.xml"], `<w:p>`+run("Petrova")+`</w:p>`) {
		t.Error(err, pages[0].Spans)
	}
}
