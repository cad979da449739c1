//go:build libreoffice

package office

import (
	"bytes"
	"testing"

	"consentry/redact/office/audit/canary"
	"consentry/redact/office/officetest"
)

// LibreOffice draws the written presentation with as many slides, without any of
// the names, and slides from which nothing goes with the same pixels.
func TestLibreOfficeSlides(t *testing.T) {
	source, places := canary.Slides(false)
	f := New(Options{Inside: pictures})
	d, pages := officetest.PagesOf(t, f, source)
	write := func(places []canary.Place) []byte {
		var out bytes.Buffer
		if _, err := d.Rewrite(t.Context(), &out, officetest.HideAll(pages, places)); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	before, was := officetest.Drawn(t, "source.pptm", source)
	after, is := officetest.Drawn(t, "all.pptx", write(places))
	if seen := officetest.WantUnprinted(t, places, before, after); seen < 10 {
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
	_, is = officetest.Drawn(t, "title.pptx", write(title))
	if len(is) != 4 || bytes.Equal(is[0], was[0]) || !bytes.Equal(is[2], was[2]) || !bytes.Equal(is[3], was[3]) {
		t.Error("a slide from which nothing goes is drawn otherwise, or one from which a name goes the same")
	}
}
