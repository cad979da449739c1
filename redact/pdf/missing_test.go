package pdf

import (
	"testing"

	"consentry/redact"
	"consentry/redact/pdf/geom"
)

const greeting = "BT /F1 20 Tf 40 200 Td (Hello Wendel) Tj ET"

// What only PDFium reads is taken out with our glyphs where they say nothing, and
// only there.
func TestUnread(t *testing.T) {
	r := inside(t, sheet("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 300]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
		stream("", greeting)))
	pdfium, glyphs, err := read(r.doc, 0)
	if err != nil {
		t.Fatal(err)
	}
	pdfium.Close()
	p, err := r.page(0)
	if err != nil {
		t.Fatal(err)
	}
	if m := p.missing(glyphs); len(m) > 0 {
		t.Fatalf("%q is read by both", m[0].text)
	}
	// A font with a height of its own moves boxes, not origins.
	for i := range glyphs {
		glyphs[i].Loose = glyphs[i].Loose.Union(geom.Rect{X0: glyphs[i].Loose.X0, X1: glyphs[i].Loose.X1, Y0: -200, Y1: 0})
	}
	if m := p.missing(glyphs); len(m) > 0 {
		t.Errorf("%q is read by both, in boxes of other heights", m[0].text)
	}

	for k := range p.lines[0].Runes { // as if the font did not tell
		p.lines[0].Runes[k].R, p.lines[0].Runes[k].Unknown = 0xfffd, true
	}
	p.spans[0].Text = "\ufffd\ufffd\ufffd\ufffd\ufffd \ufffd\ufffd\ufffd\ufffd\ufffd\ufffd"
	p.more = p.missing(glyphs)
	spans := p.missedSpans()
	if len(spans) != 2 || spans[1].Text != "Wendel" || spans[1].ID != 2 || spans[1].Offset != 19 {
		t.Fatalf("missed: %+v", spans)
	}
	order := []redact.Redaction{{With: "[X]", Region: redact.Region{Span: 2, Start: 19, End: 25, Box: spans[1].Boxes[0]}}}
	pl, err := p.plan(0, order, nil)
	if err != nil {
		t.Fatal(err)
	}
	if pl.draw != "" || len(pl.cuts) != 1 || len(pl.cuts[0].Glyphs) != 6 || pl.texts[0] != "Wendel" {
		t.Errorf("plan: %+v", pl)
	}

	p.blank, p.more[1].at[3].X = nil, p.more[1].at[3].X+1 // that stands beside ours
	if pl, err = p.plan(0, order, nil); err != nil || pl.draw != whyRead || len(pl.cuts) > 0 {
		t.Errorf("a text with a glyph that is not ours: %+v, %v", pl, err)
	}
}
