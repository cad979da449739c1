package notation

import (
	"strings"
	"testing"
)

// Every notation reads what is written in it, knows the bytes, and what it writes
// reads as the text.
func TestNotations(t *testing.T) {
	for _, c := range []struct {
		about string
		read  func(Runs) Runs
		in    string
		want  string
	}{
		{"references", func(r Runs) Runs { return r.References(false) }, "a&amp;&#24352;&#x4f1f;&copyb&nosuch;&", "a&张伟©b&nosuch;&"},
		{"in an attribute", func(r Runs) Runs { return r.References(true) }, "?a=1&copy=2&amp;lt&lt;", "?a=1&copy=2&lt<"},
		{"percent", Runs.Percent, "a%20%E5%BC%A0%zz%", "a 张%zz%"},
		{"percent of GB18030", Runs.Percent, "%D5%C5%CE%B0/%41", "张伟/A"},
		{"JSON", Runs.JSON, `\"\u5f20\ud842\udfb7\n\ud800x`, "\"张𠮷\n\ufffdx"},
		{"style sheets", Runs.CSS, `\5f20 \4f1f x\:y`, "张伟x:y"},
		{"doubled quotes", Runs.Doubled, `a""b`, `a"b`},
		{"one within another", func(r Runs) Runs { return r.References(true).Percent() }, "&#37;E5%BC&#37;A0", "张"},
	} {
		r := c.read(Plain(c.in, 0, len(c.in)))
		if got := r.String(); got != c.want {
			t.Errorf("%s: %q, want %q", c.about, got, c.want)
		}
		at := 0
		for _, x := range r {
			if x.From != at || x.To < x.From || x.Plain && c.in[x.From:x.To] != x.Text {
				t.Errorf("%s: %q stands at %d to %d", c.about, x.Text, x.From, x.To)
			}
			at = x.To
		}
		if at != len(c.in) {
			t.Errorf("%s: %d of %d bytes", c.about, at, len(c.in))
		}
	}
	const text = "张 \"<a&b>' --}\\%"
	for about, back := range map[string]func() string{
		"markup":    func() string { s := Markup(text); return Plain(s, 0, len(s)).References(false).String() },
		"attribute": func() string { s := Attribute(text); return Plain(s, 0, len(s)).References(true).String() },
		"bare":      func() string { s := Bare(text); return Plain(s, 0, len(s)).References(true).String() },
		"URL":       func() string { s := URL(text); return Plain(s, 0, len(s)).Percent().String() },
		"JSON":      func() string { s := JSONString(text); return Plain(s, 0, len(s)).JSON().String() },
		"CSS":       func() string { s := CSSString(text); return Plain(s, 0, len(s)).CSS().String() },
	} {
		if got := back(); got != text {
			t.Errorf("%s: %q", about, got)
		}
	}
	if s := Comment("a-->b-"); strings.Contains(s, "--") || strings.HasSuffix(s, "-") {
		t.Errorf("%q ends a comment", s)
	}
}
