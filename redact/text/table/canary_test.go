package table

import (
	"bytes"
	"fmt"
	"testing"

	"consentry/redact"
	"consentry/redact/attack"
	"consentry/redact/redacttest"
)

// A table with an invented name in each place: none is left, and each can be got
// out of it as it is.
func TestCanary(t *testing.T) {
	n := redacttest.Names(10)
	body := fmt.Sprintf("\xef\xbb\xbf%s;\"%s\"\r\n\"\"\"%s\"\"\";'%s'\r\n\"a\nb %s; c\";\"=HYPERLINK(\"\"http://x/%s\"\")\"\r\n\"x\" %s; %s \r\n;\"%s", n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8])
	src := redacttest.Sample{Name: "a.csv", Type: CSV, Body: []byte(body)}
	out, removed, unseen := redacttest.HideAll(t, Format{}, src, n[:9], "客户A")
	if len(unseen) > 0 {
		t.Errorf("not shown: %q", unseen)
	}
	for _, a := range []redact.Attack{attack.Text{Formats: map[string]redact.Format{CSV: Format{}}}, attack.Bytes{}, attack.Opened{}} {
		for s, want := range map[*redacttest.Sample]int{&out: 0, &src: 9} {
			leaks, err := a.Try(t.Context(), redact.Released{Asset: redacttest.Asset(s.Name, s.Type, s.Body), Body: bytes.NewReader(s.Body), Removed: removed})
			if err != nil || len(leaks) != want {
				t.Errorf("%s: %d leaks, want %d, %v", a.ID(), len(leaks), want, err)
			}
		}
	}
	if t.Failed() {
		t.Logf("%s", out.Body)
	}
}
