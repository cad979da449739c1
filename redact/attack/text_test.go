package attack

import (
	"bytes"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/redacttest"
	"consentry/redact/text"
)

var formats = map[string]redact.Format{text.Plain: text.Format{}, text.Markdown: text.Format{}}

// wantLeaks fails where an attack finds anything else than want: places, by |.
func wantLeaks(t *testing.T, a redact.Attack, r redact.Released, want string) {
	t.Helper()
	leaks, err := a.Try(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range leaks {
		got = append(got, l.Where)
	}
	if strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// findings are one finding for each text, at places of their own.
func findings(texts ...string) (fs []redact.Finding) {
	for i, s := range texts {
		fs = append(fs, redact.Finding{Region: redact.Region{Start: 100 * i, End: 100*i + 1}, Kind: redact.Person, Text: s})
	}
	return fs
}

func output(media string, body []byte, removed, kept []redact.Finding) redact.Released {
	return redact.Released{Asset: redacttest.Asset("out", media, body), Body: bytes.NewReader(body), Removed: removed, Kept: kept}
}

func TestText(t *testing.T) {
	long := strings.Repeat("王", 10000)
	for _, c := range []struct {
		name, out     string
		removed, kept []string
		want          string // places of the leaks, or empty
	}{
		{name: "gone", out: "客户A说", removed: []string{"张伟"}},
		{"there", "经理张伟说", []string{"张伟"}, nil, "text, rune 2"},
		{"line break", "张\r\n伟", []string{"张伟"}, nil, "text, rune 0"},
		{"zero width", "张\u200b伟", []string{"张伟"}, nil, "text, rune 0"},
		{"case and width", "ｅｌａｒａ  QUIST", []string{"Elara Quist"}, nil, "text, rune 0"},
		{"spaced out", "E l a r a", []string{"Elara"}, nil, "text, rune 0"},
		{"grouped otherwise", "(138) 0013.8000", []string{"138-0013-8000"}, nil, "text, rune 1"},
		{"composed", "Zoe\u0308", []string{"Zoë"}, nil, "text, rune 0"},
		{"other word", "planning and Annex", []string{"Ann"}, nil, ""},
		{"other word over a space", "plan nina", []string{"Ann"}, nil, ""},
		{"possessive", "Ann's", []string{"Ann"}, nil, "text, rune 0"},
		{"camel case", "xAnnLee", []string{"Ann"}, nil, "text, rune 1"},
		{"other number", "213800138000", []string{"13800138000"}, nil, ""},
		{"within kept", "张伟明说", []string{"张伟"}, []string{"张伟明"}, ""},
		{"within kept and outside", "张伟明和张伟", []string{"张伟"}, []string{"张伟明"}, "text, rune 4"},
		{"as often as kept", "张伟，张伟", []string{"张伟"}, []string{"张伟", "张伟"}, ""},
		{"more often than kept", "张伟，张伟", []string{"张伟"}, []string{"张伟"}, "text, rune 3"},
		{"kept with spaces", "Ann  Lee", []string{"Ann"}, []string{"Ann Lee"}, ""},
		{"label", "客户A和[电话]", []string{"客户", "电话"}, nil, ""},
		{"label and more", "客户A公司", []string{"客户A公司"}, nil, "text, rune 0"},
		{"two places", "张伟张伟", []string{"张伟", "张伟", "李娜"}, nil, "text, rune 0"},
		{"one rune in a word", "王国", []string{"王"}, nil, ""},
		{"one rune alone", "| 王 |", []string{"王"}, nil, "text, rune 2"},
		{"one letter", "a J b", []string{"J"}, nil, ""},
		{"nothing visible", "a b", []string{" ", ""}, nil, ""},
		{"very long", "x" + long, []string{long}, nil, "text, rune 1"},
		{"within a word", "主张伟大", []string{"张伟"}, nil, "text, rune 1"}, // no word spaces: counts
	} {
		t.Run(c.name, func(t *testing.T) {
			wantLeaks(t, Text{Formats: formats}, output(text.Plain, []byte(c.out), findings(c.removed...), findings(c.kept...)), c.want)
		})
	}
}

func TestTextCannotLook(t *testing.T) {
	a := Text{Formats: formats}
	for _, r := range []redact.Released{
		output("image/gif", []byte("x"), findings("张伟"), nil),
		output(text.Plain, []byte("\x00\x01\x02"), findings("张伟"), nil),
	} {
		if leaks, err := a.Try(t.Context(), r); err == nil {
			t.Errorf("%s: no error, %d leaks", r.Asset.Type, len(leaks))
		}
	}
}

func TestConformance(t *testing.T) {
	src := "经理张伟说：“好。”电话 138 0013 8000，Elara Quist 和张伟明在场。"
	out := "经理客户A说：“好。”电话 [电话]，Customer B 和张伟明在场。"
	r := output(text.Plain, []byte(out), findings("张伟", "138 0013 8000", "Elara Quist"), findings("张伟明"))
	r.Source, r.SourceBody = redacttest.Asset("src", text.Plain, []byte(src)), strings.NewReader(src)
	redacttest.TestAttack(t, Text{Formats: formats}, r)
	redacttest.TestAttack(t, Bytes{}, r)

	for _, p := range []struct {
		media    string
		src, out []byte
	}{{"image/jpeg", tagged(t), picture(t, "image/jpeg")}, {"image/png", chunked(t), picture(t, "image/png")}} {
		r := output(p.media, p.out, nil, nil)
		r.Source, r.SourceBody = redacttest.Asset("src", p.media, p.src), bytes.NewReader(p.src)
		redacttest.TestAttack(t, Metadata{}, r)
	}
}
