package odf_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"testing"

	"consentry/redact"
	"consentry/redact/office/odf"
	"consentry/redact/office/officetest"
)

// Whatever is read of the XML of a text, a workbook or slides can be hidden, and what is
// written is well formed and can be read again.
func FuzzOpenDocument(f *testing.F) {
	media := []string{odf.ODT, odf.ODS, odf.ODP}
	for i, source := range [][]byte{
		canaryODT(f, &officetest.Planted{}), canaryODS(f, &officetest.Planted{}), canaryODP(f, &officetest.Planted{}),
		clipped(f, odf.ODT, "Pictures/a.png", nil, "", styleOf("graphic", "fr1", "", "rect(0cm, 0cm, 0cm, 1.27cm)"), `draw:style-name="fr1"`),
	} {
		f.Add(uint8(i), []byte(officetest.Unpacked(f, source)["content.xml"]))
	}
	picture := string(pngOf(f, 300))
	well := func(b []byte) bool {
		for d := xml.NewDecoder(bytes.NewReader(b)); ; {
			if _, err := d.Token(); err != nil {
				return err == io.EOF
			}
		}
	}
	f.Fuzz(func(t *testing.T, kind uint8, content []byte) {
		if !well(content) {
			return
		}
		b := openDocument(t, media[int(kind)%len(media)], "content.xml", string(content), "Pictures/a.png", picture)
		d, err := withPictures.Open(t.Context(), redact.Asset{Size: int64(len(b))}, bytes.NewReader(b))
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
			for _, s := range p.Spans {
				if n := len([]rune(s.Text)); n > 0 {
					rs = append(rs, redact.Redaction{Region: redact.Region{Part: p.Part, Page: p.Index, Span: s.ID, Start: s.Offset, End: s.Offset + n}, With: "+"})
				}
			}
		}
		var out bytes.Buffer
		if _, err := d.Rewrite(t.Context(), &out, rs); err != nil {
			t.Fatal(err)
		}
		if got := officetest.Unpacked(t, out.Bytes())["content.xml"]; !well([]byte(got)) {
			t.Fatalf("not well formed: %s", got)
		}
		if _, err := withPictures.Open(t.Context(), redact.Asset{Size: int64(out.Len())}, bytes.NewReader(out.Bytes())); err != nil {
			t.Fatal(err)
		}
	})
}
