package wiring

import (
	"testing"

	"consentry/internal/casework"
	"consentry/redact/office"
	"consentry/redact/pdf"
)

// Each way of writing files has formats of its own, so that what one wrote is not taken for
// what another would; the same way has the same ones.
func TestWritten(t *testing.T) {
	a, err := Memory()
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	ids := func(how casework.Writing) [2]string {
		f := a.written(how)
		return [2]string{f[pdf.Type].ID(), f[office.DOCX].ID()}
	}
	plain := ids(casework.Writing{})
	for how, differs := range map[casework.Writing][2]bool{
		{SnapGaps: true}: {true, false}, {Searchable: true}: {true, false}, {KeepChanges: true}: {false, true}, {SnapGaps: true, KeepChanges: true}: {true, true},
	} {
		got := ids(how)
		for i, d := range differs {
			if (got[i] != plain[i]) != d {
				t.Errorf("%+v: %s beside %s", how, got[i], plain[i])
			}
		}
	}
	if a.written(casework.Writing{SnapGaps: true})[pdf.Type] != a.written(casework.Writing{SnapGaps: true})[pdf.Type] {
		t.Error("the same way has two formats")
	}
	if got := a.Cases().Formats[pdf.Type]; got != a.written(casework.Writing{})[pdf.Type] {
		t.Error("a desk without a case writes in another way")
	}
}
