package office

import (
	"maps"
	"slices"
	"testing"

	"consentry/redact/office/officetest"
)

// Whatever a workbook, a sheet or the strings of cells hold: they are refused for a
// reason, or what is written of them opens again and holds no word that was removed.
func FuzzSheets(f *testing.F) {
	files := officetest.Unpacked(f, tabled(f))
	names := slices.Sorted(maps.Keys(files))
	for i, n := range names {
		f.Add(uint8(i), []byte(files[n]))
	}
	small := officetest.Unpacked(f, smallSheet(f))
	for i, n := range names {
		if small[n] != "" {
			f.Add(uint8(i), []byte(small[n]))
		}
	}
	format := New(Options{})
	f.Fuzz(func(t *testing.T, which uint8, part []byte) {
		var list []string
		for i, n := range names {
			body := files[n]
			if i == int(which)%len(names) {
				body = string(part)
			}
			list = append(list, n, body)
		}
		b := officetest.Container(t, list...)
		officetest.Fuzzed(t, format, b, "Wanda")
	})
}
