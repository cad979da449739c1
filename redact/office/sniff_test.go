package office

import (
	"errors"
	"testing"

	"consentry/redact"
)

func TestSniff(t *testing.T) {
	word := string(smallWord(t))
	for _, c := range []struct {
		name, head, want string
		bad              bool
	}{
		{"a.docx", word, DOCX, false}, {"a.DOCM", word, DOCX, false}, {"nameless", word, DOCX, false}, {"a.zip", "PK\x03\x04 a.txt", "", false},
		{"nameless", string(smallSheet(t)), XLSX, false}, {"a.docx", compound, DOCX, false}, {"a.doc", compound, "", true}, {"a.rtf", `{\rtf1`, "", false}, {"a.docx", "plain", "", true}, {"a.txt", "plain", "", false}, {"a.txt", `{\rtf1`, "", false},
	} {
		got, err := Sniff(c.name, []byte(c.head))
		if got != c.want || c.bad != errors.Is(err, redact.ErrUnreadable) {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
}

func TestWrittenName(t *testing.T) {
	f := New(Options{})
	for _, c := range [][3]string{{"a/b.DOCM", DOCX, "a/b.docx"}, {"b.dotx", DOCX, "b.docx"}, {"b.DOCX", DOCX, "b.DOCX"}, {"b.xlsm", DOCX, "b.xlsm"}, {"b", DOCX, "b"}, {"b.potm", PPTX, "b.pptx"}} {
		if got := f.WrittenName(c[0], c[1]); got != c[2] {
			t.Errorf("%s as %s", c[0], got)
		}
	}
}
