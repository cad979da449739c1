package office

import (
	"bytes"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/office/audit"
	"consentry/redact/office/audit/canary"
	"consentry/redact/office/officetest"
	"consentry/redact/redacttest"
)

// Whatever stands in the main part, it is refused for a reason, or what is written
// of it opens again and holds no word that was removed.
func FuzzWord(f *testing.F) {
	source, _ := canary.Word()
	parts := officetest.Unpacked(f, source)
	f.Add([]byte(parts["word/document.xml"]))
	f.Add([]byte(officetest.Unpacked(f, smallWord(f))["word/document.xml"]))
	f.Fuzz(func(t *testing.T, main []byte) {
		files := []string{}
		for n, b := range officetest.Unpacked(t, smallWord(t)) {
			if n == "word/document.xml" {
				b = string(main)
			}
			files = append(files, n, b)
		}
		b := officetest.Container(t, files...)
		officetest.Fuzzed(t, New(Options{Inside: officetest.NoneInside}), b, "Petrova")
	})
}

// The audit keeps what every attack promises.
func TestAttack(t *testing.T) {
	source, places := canary.Word()
	d, pages := officetest.PagesOf(t, New(Options{Inside: pictures}), source)
	var out bytes.Buffer
	mediaType, err := d.Rewrite(t.Context(), &out, officetest.HideAll(pages, places))
	if err != nil {
		t.Fatal(err)
	}
	r := redact.Released{Asset: redacttest.Asset("out.docx", mediaType, out.Bytes()), Body: bytes.NewReader(out.Bytes()), Source: redacttest.Asset("source.docx", mediaType, source), SourceBody: bytes.NewReader(source)}
	for i, p := range places {
		r.Removed = append(r.Removed, redact.Finding{Kind: redact.Person, Text: p.Name, Region: redact.Region{Start: i, End: i + 1}})
	}
	redacttest.TestAttack(t, audit.Attack{}, r)
	r.Asset.Type, r.Body = "image/png", strings.NewReader("none of its files")
	if leaks, err := (audit.Attack{}).Try(t.Context(), r); err != nil || len(leaks) > 0 {
		t.Error("a picture:", leaks, err)
	}
}
