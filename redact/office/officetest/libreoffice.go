//go:build libreoffice

package officetest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/office/audit/canary"
	"consentry/redact/removed"
)

// CSV is the filter for a file of values from each sheet.
const CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

// Converted is what LibreOffice reads in a document: the texts of all files that it
// makes of it, in the order of their contents.
func Converted(t *testing.T, name string, b []byte, to string) []string {
	t.Helper()
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command("soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", to, "--outdir", out, file).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	files, err := filepath.Glob(out + "/*")
	if err != nil || len(files) == 0 {
		t.Fatal("LibreOffice cannot open it", err)
	}
	var texts []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(bytes.TrimPrefix(b, []byte("\ufeff"))))
	}
	slices.Sort(texts)
	return texts
}

// PDFOf is the file that LibreOffice makes of a document.
func PDFOf(t *testing.T, name string, b []byte) string {
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

// TextOf is the text of a PDF file.
func TextOf(t *testing.T, pdf string) string {
	t.Helper()
	text, err := exec.Command("pdftotext", pdf, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return string(text)
}

// Printed is what LibreOffice prints of a document.
func Printed(t *testing.T, name string, b []byte) string {
	t.Helper()
	return TextOf(t, PDFOf(t, name, b))
}

// WantUnprinted fails for each name of the places in what is printed after hiding
// them, and counts those that were printed before.
func WantUnprinted(t *testing.T, places []canary.Place, before, after string) (seen int) {
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

// Drawn are the text and the pages, as pictures, that LibreOffice makes of a document.
func Drawn(t *testing.T, name string, b []byte) (text string, pages [][]byte) {
	t.Helper()
	pdf := PDFOf(t, name, b)
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
	return TextOf(t, pdf), pages
}

// WantRead fails where LibreOffice does not read in a written document what it reads
// where nothing was hidden, with labels in the place of the names. Where same is false,
// it only looks for the names.
func WantRead(t *testing.T, f redact.Format, name, to string, same bool, make func(testing.TB, *Planted) []byte) {
	t.Helper()
	var p Planted
	source := make(t, &p)
	out, _, _, _ := Hidden(t, f, source, p.Names)
	plain, _, _, _ := Hidden(t, f, source, nil)
	before, after := Converted(t, name, plain, to), Converted(t, name, out, to)
	named := 0
	for i, text := range before {
		for k, n := range p.Names {
			if strings.Contains(text, n) {
				named++
			}
			text = strings.ReplaceAll(text, n, fmt.Sprintf("[客户%d]", k+1))
			if strings.Contains(strings.Join(after, ""), n) {
				t.Errorf("%s is read", n)
			}
		}
		before[i] = text
	}
	slices.Sort(before)
	slices.Sort(after)
	if named == 0 || len(before) != len(after) || same && !slices.Equal(before, after) {
		t.Errorf("%d names were read\n%q\n%q", named, before, after)
	}
}
