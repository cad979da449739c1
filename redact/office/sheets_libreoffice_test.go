//go:build libreoffice

package office

import (
	"testing"

	"consentry/redact/office/officetest"
)

// LibreOffice reads in a written workbook what it reads where nothing was hidden, with
// labels in the place of the names, and nothing else. In the canary a formula and its
// value name two people, so that there only the names are looked for.
func TestLibreOfficeReads(t *testing.T) {
	wanda := func(make func(testing.TB) []byte) func(testing.TB, *officetest.Planted) []byte {
		return func(t testing.TB, p *officetest.Planted) []byte {
			p.Names = []string{"Wanda Fox", "Ida Stone"}
			return make(t)
		}
	}
	for _, c := range []struct {
		name string
		same bool
		make func(testing.TB, *officetest.Planted) []byte
	}{
		{"small.xlsx", true, wanda(smallSheet)}, {"names.xlsx", true, wanda(tabled)}, {"canary.xlsx", false, canarySheet},
	} {
		t.Run(c.name, func(t *testing.T) {
			officetest.WantRead(t, New(Options{Inside: officetest.NoneInside}), c.name, officetest.CSV, c.same, c.make)
		})
	}
}
