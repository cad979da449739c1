package odf_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"testing"

	"consentry/redact"
	"consentry/redact/office"
	"consentry/redact/office/odf"
	"consentry/redact/office/officetest"
)

// Whatever is read of a workbook's or a text's XML can be hidden, and what is
// written is well formed and can be read again.
func FuzzOpenDocument(f *testing.F) {
	for _, make := range []func(testing.TB, *officetest.Planted) []byte{canaryODS, canaryODT} {
		officetest.Unzipped(f, make(f, &officetest.Planted{}), func(name string, b []byte) {
			if name == "content.xml" {
				f.Add(b)
			}
		})
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		well := func(b []byte) bool {
			for d := xml.NewDecoder(bytes.NewReader(b)); ; {
				if _, err := d.Token(); err != nil {
					return err == io.EOF
				}
			}
		}
		if !well(content) {
			return
		}
		b := openDocument(t, odf.ODS, "content.xml", string(content))
		d, err := office.New(office.Options{}).Open(t.Context(), redact.Asset{Size: int64(len(b))}, bytes.NewReader(b))
		if err != nil {
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
		if _, err := office.New(office.Options{}).Open(t.Context(), redact.Asset{Size: int64(out.Len())}, bytes.NewReader(out.Bytes())); err != nil {
			t.Fatal(err)
		}
	})
}
