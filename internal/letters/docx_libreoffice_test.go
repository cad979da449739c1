//go:build libreoffice

package letters

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// LibreOffice opens the files and prints all that they say.
func TestLibreOfficePrints(t *testing.T) {
	eachSample(t, func(t *testing.T, r Request) {
		dir := t.TempDir()
		ms, err := r.texts()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range ms {
			d := Document{Text: m.text, Lang: r.Lang}
			if m.coded {
				d.RequestID = r.ID
			}
			b, err := DOCX(d)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(dir, m.name+".docx")
			if err := os.WriteFile(file, b, 0o600); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command("soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "pdf", "--outdir", dir, file).CombinedOutput(); err != nil {
				t.Fatalf("LibreOffice: %v: %s", err, out)
			}
			text, err := exec.Command("pdftotext", "-raw", strings.TrimSuffix(file, ".docx")+".pdf", "-").Output()
			if err != nil {
				t.Fatalf("pdftotext: %v", err)
			}
			doc, err := parse(m.text)
			if err != nil {
				t.Fatal(err)
			}
			printed := squeezed(string(text))
			pieces, lost := 0, 0
			for _, l := range linesOf(doc.blocks) { // cells and pages come between long ones
				rs := []rune(squeezed(l))
				for at := 0; at+8 <= len(rs); at += 8 {
					pieces++
					if !strings.Contains(printed, string(rs[at:at+8])) {
						lost++
					}
				}
			}
			if lost*20 > pieces {
				t.Errorf("%s: %d of %d pieces are lost", m.name, lost, pieces)
			}
			if m.coded && strings.Count(printed, r.ID) < strings.Count(string(text), "\f") {
				t.Errorf("%s: not every page names the record", m.name)
			}
			if a, b := strings.Count(printed, "☐"), strings.Count(doc.plain(), "☐"); a != b {
				t.Errorf("%s has %d boxes, want %d", m.name, a, b)
			}
		}
	})
}
