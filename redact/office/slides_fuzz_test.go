package office

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"testing"

	"consentry/redact"
	"consentry/redact/office/audit/canary"
	"consentry/redact/office/officetest"
)

// Whatever a slide holds: it is refused, or written so that it opens again.
func FuzzSlides(f *testing.F) {
	source, _ := canary.Slides(true)
	files := officetest.Unpacked(f, source)
	for _, n := range []string{"1", "2", "3", "4"} {
		f.Add([]byte(files["ppt/slides/slide"+n+".xml"]))
	}
	names := slices.Sorted(maps.Keys(files))
	format := New(Options{})
	f.Fuzz(func(t *testing.T, slide []byte) {
		var list []string
		for _, n := range names {
			body := files[n]
			if n == "ppt/slides/slide2.xml" {
				body = string(slide)
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
		var out bytes.Buffer
		if _, err := d.Rewrite(t.Context(), &out, nil); err != nil {
			t.Fatal(err)
		}
		officetest.PagesOf(t, format, out.Bytes())
	})
}
