//go:build libreoffice

package office

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// converted is what LibreOffice reads in a document: the texts of all files that it
// makes of it, in the order of their contents.
func converted(t *testing.T, name string, b []byte, to string) []string {
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

// LibreOffice reads in a written workbook or text what it reads where nothing was
// hidden, with labels in the place of the names, and nothing else. In the canaries a
// formula and its value name two people, so that there only the names are looked for.
func TestLibreOfficeReads(t *testing.T) {
	const csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
	wanda := func(make func(testing.TB) []byte) func(testing.TB, *planted) []byte {
		return func(t testing.TB, p *planted) []byte {
			p.names = []string{"Wanda Fox", "Ida Stone"}
			return make(t)
		}
	}
	for _, c := range []struct {
		name, to string
		same     bool
		make     func(testing.TB, *planted) []byte
	}{
		{"small.xlsx", csv, true, wanda(smallSheet)}, {"names.xlsx", csv, true, wanda(tabled)}, {"canary.odt", "txt:Text", true, canaryODT},
		{"canary.xlsx", csv, false, canarySheet}, {"canary.ods", csv, false, canaryODS},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p planted
			source := c.make(t, &p)
			out, _, _, _ := hidden(t, New(Options{Inside: noneInside}), source, p.names)
			plain, _, _, _ := hidden(t, New(Options{Inside: noneInside}), source, nil)
			before, after := converted(t, c.name, plain, c.to), converted(t, c.name, out, c.to)
			named := 0
			for i, text := range before {
				for k, n := range p.names {
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
			if named == 0 || len(before) != len(after) || c.same && !slices.Equal(before, after) {
				t.Errorf("%d names were read\n%q\n%q", named, before, after)
			}
		})
	}
}

// It draws a written presentation without the names.
func TestLibreOfficeOpensSlides(t *testing.T) {
	var p planted
	source := canaryODP(t, &p)
	out, _, _, _ := hidden(t, New(Options{Inside: noneInside}), source, p.names)
	before, after := strings.Join(converted(t, "canary.odp", source, "svg"), ""), strings.Join(converted(t, "canary.odp", out, "svg"), "")
	named := 0
	for _, n := range p.names {
		word := n[strings.Index(n, "Qui"):]
		if strings.Contains(before, word) {
			named++
		}
		if strings.Contains(after, word) {
			t.Errorf("%s is drawn", n)
		}
	}
	if named == 0 || !strings.Contains(after, "客户") {
		t.Errorf("%d names were drawn before", named)
	}
}
