//go:build libreoffice

package office

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/office/audit/canary"
)

// drawn is what LibreOffice makes of a document: its text, and its pages as pictures.
func drawn(t *testing.T, name string, b []byte) (text string, pages [][]byte) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(program string, args ...string) string {
		t.Helper()
		out, err := exec.Command(program, args...).Output()
		if err != nil {
			t.Fatalf("%s: %v", program, err)
		}
		return string(out)
	}
	run("soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "pdf", "--outdir", dir, file)
	pdf := strings.TrimSuffix(file, filepath.Ext(file)) + ".pdf"
	text = run("pdftotext", "-raw", pdf, "-")
	run("pdftoppm", "-r", "60", pdf, filepath.Join(dir, "page"))
	names, err := filepath.Glob(filepath.Join(dir, "page*.ppm"))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		b, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, b)
	}
	return text, pages
}

// squeezed is a text without white space, in which a name over two lines is one.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

// LibreOffice draws the written presentation with as many slides, without any of
// the names, and slides from which nothing goes with the same pixels.
func TestLibreOfficeSlides(t *testing.T) {
	source, places := canary.Slides(false)
	f := New(Options{Inside: pictures})
	d, pages := pagesOf(t, f, source)
	write := func(places []canary.Place) []byte {
		var rs []redact.Redaction
		for i, p := range places {
			rs = append(rs, everywhere(pages, p.Name, redact.Label(redact.Person, i, redact.English))...)
		}
		var out bytes.Buffer
		if _, err := d.Rewrite(t.Context(), &out, rs); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	before, was := drawn(t, "source.pptm", source)
	after, is := drawn(t, "all.pptx", write(places))
	seen := 0
	for _, p := range places {
		name := squeezed(p.Name)
		if strings.Contains(squeezed(before), name) {
			seen++
		}
		if strings.Contains(squeezed(after), name) {
			t.Errorf("%s is drawn", p.ID)
		}
	}
	if seen < 10 {
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
