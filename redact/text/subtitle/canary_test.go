package subtitle

import (
	"bytes"
	"fmt"
	"testing"

	"consentry/redact"
	"consentry/redact/attack"
	"consentry/redact/redacttest"
)

// A file with an invented name in each place: none is left, and each can be got
// out of it as it is.
func TestCanary(t *testing.T) {
	n := redacttest.Names(12)
	split := []rune(n[6])
	body := fmt.Sprintf("WEBVTT - %s\n\nNOTE by\n%s\n\nSTYLE\n::cue(v[voice=\"%s\"]) { color: red }\n\nREGION\nid:%s\n\ncue of %s\n00:01.000 --> 00:02.000\n<v.loud %s>I am %c<b>%s</b> and <lang en>%s</lang>\n%s\n\n00:03.000 --> 00:04.000\n- %s<00:03.500> &lt;%s\n",
		n[0], n[1], n[2], n[3], n[4], n[5], split[0], string(split[1:]), n[7], n[8], n[9], n[10])
	src := redacttest.Sample{Name: "a.vtt", Type: VTT, Body: []byte(body)}
	out, removed, unseen := redacttest.HideAll(t, Format{}, src, n[:11], "客户A")
	if len(unseen) > 0 {
		t.Errorf("not shown: %q", unseen)
	}
	for _, a := range []redact.Attack{attack.Text{Formats: map[string]redact.Format{VTT: Format{}}}, attack.Bytes{}, attack.Opened{}} {
		for s, want := range map[*redacttest.Sample]bool{&out: false, &src: true} {
			leaks, err := a.Try(t.Context(), redact.Released{Asset: redacttest.Asset(s.Name, s.Type, s.Body), Body: bytes.NewReader(s.Body), Removed: removed})
			if err != nil || len(leaks) > 0 != want {
				t.Errorf("%s: %d leaks, %v", a.ID(), len(leaks), err)
			}
			if want && len(leaks) < 10 {
				t.Errorf("%s: only %d leaks of the file as it is", a.ID(), len(leaks))
			}
		}
	}
	if t.Failed() {
		t.Logf("%s", out.Body)
	}
}
