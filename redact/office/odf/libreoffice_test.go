//go:build libreoffice

package odf_test

import (
	"strings"
	"testing"

	"consentry/redact/office/officetest"
)

// LibreOffice reads in a written text or workbook what it reads where nothing was
// hidden. In the workbook a formula and its value name two people, so that there only
// the names are looked for.
func TestLibreOfficeReads(t *testing.T) {
	officetest.WantRead(t, format, "canary.odt", "txt:Text", true, canaryODT)
	officetest.WantRead(t, format, "canary.ods", officetest.CSV, false, canaryODS)
}

// It draws a written presentation without the names.
func TestLibreOfficeOpensSlides(t *testing.T) {
	var p officetest.Planted
	source := canaryODP(t, &p)
	out, _, _, _ := officetest.Hidden(t, format, source, p.Names)
	before, after := strings.Join(officetest.Converted(t, "canary.odp", source, "svg"), ""), strings.Join(officetest.Converted(t, "canary.odp", out, "svg"), "")
	named := 0
	for _, n := range p.Names {
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
