package search

import (
	"strings"
	"testing"

	"consentry/redact"
)

func TestNarrow(t *testing.T) {
	for _, c := range []struct {
		about string
		terms []redact.Term
		text  string
		want  string
	}{
		{"capitals", []redact.Term{{Text: "WXM", Only: redact.Capitals}}, "wxm Wxm WXM ＷＸＭ", "WXM|ＷＸＭ"},
		{"capitals of two words", []redact.Term{{Text: "He Can", Only: redact.Capitals}}, "he can, He can, He Can, HE CAN", "He Can|HE CAN"},
		{"one of two terms may be small", []redact.Term{{Text: "He Can", Only: redact.Capitals}, {Text: "he can"}}, "he can", "he can"},
		{"space before the term", []redact.Term{{Text: " X. Wang", Only: redact.Capitals}}, "x. wang X. Wang", "X. Wang"},
		{"whole words", []redact.Term{{Text: "金总", Only: redact.WholeWord}}, "资金总额由金总定", "金总"},
		{"anywhere", []redact.Term{{Text: "金总"}}, "资金总额", "金总"},
		{"a registered name anywhere", []redact.Term{{Text: "金总", Only: redact.WholeWord}, {Text: "金总", Why: WhyRegistry}}, "资金总额", "金总"},
	} {
		var got []string
		for _, f := range search(t, NewMatcher(c.terms), c.text) {
			got = append(got, f.Text)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: found %q, want %q", c.about, s, c.want)
		}
	}
}
