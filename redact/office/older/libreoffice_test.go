//go:build libreoffice

package older

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/office"
)

// A name over two runs of an older document is one name, and the author is gone.
func TestLibreOfficeConverts(t *testing.T) {
	d, err := open(t, RTF, rtf)
	if err != nil {
		t.Fatal(err)
	}
	var rs []redact.Redaction
	for p, err := range d.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range p.Spans {
			for _, name := range []string{"Wendel Aschberg", "王小明"} {
				if i := strings.Index(s.Text, name); i >= 0 && p.Part == redact.PartBody {
					from := s.Offset + len([]rune(s.Text[:i]))
					rs = append(rs, redact.Redaction{Region: redact.Region{Span: s.ID, Start: from, End: from + len([]rune(name))}, With: "客户A"})
				}
			}
		}
	}
	if len(rs) != 2 {
		t.Fatalf("%d names are read", len(rs))
	}
	var out bytes.Buffer
	if media, err := d.Rewrite(t.Context(), &out, rs); err != nil || media != office.DOCX {
		t.Fatal(media, err)
	}
	again, err := office.New(office.Options{}).Open(t.Context(), redact.Asset{Size: int64(out.Len())}, bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for p, err := range again.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range p.Spans {
			text.WriteString(s.Text + "\n")
		}
	}
	if s := text.String(); !strings.Contains(s, "客户A leads support.") || !strings.Contains(s, "客户A agrees.") || strings.Contains(s, "Olga") || strings.Contains(s, "Asch") {
		t.Errorf("%q", s)
	}
}

// What LibreOffice cannot read is refused in a sentence.
func TestLibreOfficeRefuses(t *testing.T) {
	if _, err := open(t, DOC, compound+strings.Repeat("\x00", 600)); !errors.Is(err, redact.ErrUnreadable) {
		t.Error(err)
	}
}
