package older

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/office"
)

const rtf = `{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\info{\author Olga Iwanowa}}\f0 Wendel {\b Asch}berg leads support.\par \u29579?\u23567?\u26126? agrees.\par}`

func TestSniff(t *testing.T) {
	for _, c := range []struct{ name, head, want string }{
		{"a.doc", compound, DOC}, {"A.XLS", compound, XLS}, {"a.pps", compound, PPT}, {"a.rtf", rtf, RTF}, {"a.doc", rtf, RTF},
		{"a.docx", compound, ""}, {"a.doc", "PK\x03\x04", ""}, {"a.txt", rtf, ""}, {"a.rtf", compound, ""}, {"a", compound, ""},
	} {
		if got := Sniff(c.name, []byte(c.head)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWrittenName(t *testing.T) {
	f := New(office.New(office.Options{}))
	for _, c := range []struct{ name, mediaType, want string }{
		{"a.doc", DOC, "a.docx"}, {"dir/B.XLS", XLS, "dir/B.xlsx"}, {"a.rtf", RTF, "a.docx"}, {"a.doc", RTF, "a.docx"}, {"a.x.ppt", PPT, "a.x.pptx"},
	} {
		if got := f.WrittenName(c.name, c.mediaType); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

// Where LibreOffice is not installed, the error says what to do.
func TestWithoutLibreOffice(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := open(t, RTF, rtf)
	if find() == "" && (!errors.Is(err, redact.ErrUnreadable) || !strings.Contains(err.Error(), "install")) {
		t.Error(err)
	}
}

func TestRefused(t *testing.T) {
	for name, c := range map[string][2]string{"empty": {DOC, ""}, "something else": {DOC, "PK\x03\x04"}, "another type": {"text/plain", rtf}} {
		if _, err := open(t, c[0], c[1]); !errors.Is(err, redact.ErrUnreadable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := New(nil).Open(t.Context(), redact.Asset{Type: DOC, Size: MaxBytes + 1}, strings.NewReader("")); !errors.Is(err, redact.ErrTooLarge) {
		t.Error(err)
	}
}

func open(t *testing.T, mediaType, body string) (redact.Document, error) {
	t.Helper()
	return New(office.New(office.Options{})).Open(t.Context(), redact.Asset{Type: mediaType, Size: int64(len(body))}, bytes.NewReader([]byte(body)))
}
