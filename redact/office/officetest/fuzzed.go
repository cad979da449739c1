package officetest

import (
	"bytes"
	"errors"
	"testing"

	"consentry/redact"
)

// Fuzzed opens a container made up by a fuzzer, removes a word wherever it stands, and
// looks for it in what was written. What cannot be read or written is refused; every
// other error fails the test.
func Fuzzed(t *testing.T, f redact.Format, b []byte, word string) {
	t.Helper()
	d, err := f.Open(t.Context(), redact.Asset{Size: int64(len(b))}, bytes.NewReader(b))
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
		rs = append(rs, Everywhere([]redact.Page{p}, word, "[X]")...)
	}
	var out bytes.Buffer
	if _, err := d.Rewrite(t.Context(), &out, rs); err != nil {
		return // nothing is written
	}
	_, pages := PagesOf(t, f, out.Bytes())
	if left := Everywhere(pages, word, "x"); len(left) > 0 {
		t.Error("a word is left in " + left[0].Region.Part)
	}
}
