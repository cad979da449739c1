//go:build libreoffice

package office

import (
	"bytes"
	"strings"
	"testing"

	"consentry/redact/office/audit/canary"
	"consentry/redact/office/officetest"
)

// LibreOffice opens what is written of the Word canary, prints no name of it, and
// prints the paragraph without one.
func TestLibreOfficeWord(t *testing.T) {
	source, places := canary.Word()
	d, pages := officetest.PagesOf(t, New(Options{Inside: pictures}), source)
	var out bytes.Buffer
	if _, err := d.Rewrite(t.Context(), &out, officetest.HideAll(pages, places)); err != nil {
		t.Fatal(err)
	}
	before, after := officetest.Printed(t, "source.docx", source), officetest.Printed(t, "written.docx", out.Bytes())
	if seen := officetest.WantUnprinted(t, places, before, after); seen < 15 {
		t.Errorf("only %d names are printed of the document as it is", seen)
	}
	if !strings.Contains(after, "Nothing stands here, and & nothing moves.") {
		t.Error("the paragraph without a name is not printed")
	}
}
