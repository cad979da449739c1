//go:build libreoffice

package office

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"consentry/redact/office/audit/canary"
	"consentry/redact/removed"
)

// pdfOf is the file that LibreOffice makes of a document.
func pdfOf(t *testing.T, name string, b []byte) string {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "pdf", "--outdir", dir, file).CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v: %s", err, out)
	}
	return strings.TrimSuffix(file, filepath.Ext(file)) + ".pdf"
}

// textOf is the text of a PDF file.
func textOf(t *testing.T, pdf string) string {
	t.Helper()
	text, err := exec.Command("pdftotext", pdf, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return string(text)
}

// printed is what LibreOffice prints of a document.
func printed(t *testing.T, name string, b []byte) string {
	t.Helper()
	return textOf(t, pdfOf(t, name, b))
}

// wantUnprinted fails for each name of the places in what is printed after hiding
// them, and counts those that were printed before.
func wantUnprinted(t *testing.T, places []canary.Place, before, after string) (seen int) {
	t.Helper()
	for _, p := range places {
		name := removed.Fold(p.Name).B
		if bytes.Contains(removed.Fold(before).B, name) {
			seen++
		}
		if bytes.Contains(removed.Fold(after).B, name) {
			t.Errorf("%s is printed", p.ID)
		}
	}
	return seen
}

// LibreOffice opens what is written of the Word canary, prints no name of it, and
// prints the paragraph without one.
func TestLibreOfficeWord(t *testing.T) {
	source, places := canary.Word()
	d, pages := pagesOf(t, New(Options{Inside: pictures}), source)
	var out bytes.Buffer
	if _, err := d.Rewrite(t.Context(), &out, hideAll(pages, places)); err != nil {
		t.Fatal(err)
	}
	before, after := printed(t, "source.docx", source), printed(t, "written.docx", out.Bytes())
	if seen := wantUnprinted(t, places, before, after); seen < 15 {
		t.Errorf("only %d names are printed of the document as it is", seen)
	}
	if !strings.Contains(after, "Nothing stands here, and & nothing moves.") {
		t.Error("the paragraph without a name is not printed")
	}
}
