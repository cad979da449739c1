//go:build libreoffice

package office

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"consentry/redact/office/audit/canary"
)

// drawn are the text and the pages, as pictures, that LibreOffice makes of a document.
func drawn(t *testing.T, name string, b []byte) (text string, pages [][]byte) {
	t.Helper()
	pdf := pdfOf(t, name, b)
	if err := exec.Command("pdftoppm", "-r", "60", pdf, pdf).Run(); err != nil {
		t.Fatalf("pdftoppm: %v", err)
	}
	names, err := filepath.Glob(pdf + "-*.ppm")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		page, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, page)
	}
	return textOf(t, pdf), pages
}

// LibreOffice draws the written presentation with as many slides, without any of
// the names, and slides from which nothing goes with the same pixels.
func TestLibreOfficeSlides(t *testing.T) {
	source, places := canary.Slides(false)
	f := New(Options{Inside: pictures})
	d, pages := pagesOf(t, f, source)
	write := func(places []canary.Place) []byte {
		var out bytes.Buffer
		if _, err := d.Rewrite(t.Context(), &out, hideAll(pages, places)); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	before, was := drawn(t, "source.pptm", source)
	after, is := drawn(t, "all.pptx", write(places))
	if seen := wantUnprinted(t, places, before, after); seen < 10 {
		t.Errorf("only %d names are drawn from the source", seen)
	}
	if len(is) != len(was) || len(was) != 4 { // the hidden slide is not drawn
		t.Fatalf("%d slides are drawn, %d of the source", len(is), len(was))
	}
	title := places[:0:0]
	for _, p := range places {
		if p.ID == "title over three runs" {
			title = append(title, p)
		}
	}
	_, is = drawn(t, "title.pptx", write(title))
	if len(is) != 4 || bytes.Equal(is[0], was[0]) || !bytes.Equal(is[2], was[2]) || !bytes.Equal(is[3], was[3]) {
		t.Error("a slide from which nothing goes is drawn otherwise, or one from which a name goes the same")
	}
}
