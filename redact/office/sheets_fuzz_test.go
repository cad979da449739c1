package office

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"testing"

	"consentry/redact"
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
		d, err := format.Open(t.Context(), redact.Asset{Size: int64(len(b))}, bytes.NewReader(b))
		if err != nil {
			if !errors.Is(err, redact.ErrUnreadable) {
				t.Fatal(err)
			}
			return
		}
		var rs []redact.Redaction
		for p, err := range d.Pages(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			rs = append(rs, officetest.Everywhere([]redact.Page{p}, "Wanda", "[X]")...)
		}
		var out bytes.Buffer
		if _, err := d.Rewrite(t.Context(), &out, rs); err != nil {
			return // nothing is written
		}
		_, pages := officetest.PagesOf(t, format, out.Bytes())
		if left := officetest.Everywhere(pages, "Wanda", "x"); len(left) > 0 {
			t.Error("a word is left in " + left[0].Region.Part)
		}
	})
}
