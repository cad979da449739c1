package subtitle

import (
	"bytes"
	"errors"
	"testing"

	"consentry/redact"
	"consentry/redact/redacttest"
)

const (
	srt = "1\r\n00:00:01,000 --> 00:00:02,000\r\n林知<i>遥</i>说：\r\n轻松多了\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nElara Quist\r\n"
	vtt = "WEBVTT - Elara Quist talks\n\nNOTE by Elara Quist\n\nintro-elara\n00:01.000 --> 00:02.000 align:start\n<v.loud Elara Quist>My name is Elara\nQuist &amp; co</v>\n"
)

func TestFormat(t *testing.T) {
	redacttest.TestFormat(t, Format{},
		redacttest.Sample{Name: "srt", Type: SRT, Body: []byte(srt)},
		redacttest.Sample{Name: "vtt", Type: VTT, Body: []byte(vtt)},
		redacttest.Sample{Name: "no cue", Type: SRT, Body: []byte("hello\n"), Unreadable: true},
	)
}

func TestHide(t *testing.T) {
	for _, c := range []struct {
		media, in, word, want string
	}{
		{SRT, srt, "林知遥", "1\r\n00:00:01,000 --> 00:00:02,000\r\n客户A<i></i>说：\r\n轻松多了\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nElara Quist\r\n"},
		{VTT, vtt, "Elara Quist", "WEBVTT - 客户A talks\n\nNOTE by 客户A\n\nintro-elara\n00:01.000 --> 00:02.000 align:start\n<v.loud 客户A>My name is Elara\nQuist &amp; co</v>\n"},
		{VTT, vtt, "Elara\nQuist", "WEBVTT - Elara Quist talks\n\nNOTE by Elara Quist\n\nintro-elara\n00:01.000 --> 00:02.000 align:start\n<v.loud Elara Quist>My name is 客户A\n &amp; co</v>\n"},
		{VTT, "WEBVTT\n\n00:01.000 --> 00:02.000\n<c.zhangwei>Zhang Wei</c>", "Zhang Wei", "WEBVTT\n\n00:01.000 --> 00:02.000\n<c.客户A>客户A</c>"},
	} {
		out, _, unseen := redacttest.HideAll(t, Format{}, redacttest.Sample{Name: "a", Type: c.media, Body: []byte(c.in)}, []string{c.word}, "客户A")
		if string(out.Body) != c.want || len(unseen) > 0 {
			t.Errorf("%q: %q\nwant %q", c.word, out.Body, c.want)
		}
	}
}

func TestSniff(t *testing.T) {
	for _, c := range []struct{ name, head, want string }{{"a.srt", srt, SRT}, {"a.vtt", vtt, VTT}, {"a", vtt, VTT}, {"a", srt, SRT}, {"a.txt", srt, ""}, {"a", "hello", ""}} {
		if got, _ := Sniff(c.name, []byte(c.head)); got != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

// Whatever the bytes are, Open blames them or gives subtitles that a rewrite
// without redactions writes as they were.
func FuzzOpen(f *testing.F) {
	f.Add([]byte(srt), false)
	f.Add([]byte(vtt), true)
	f.Fuzz(func(t *testing.T, b []byte, web bool) {
		media := SRT
		if web {
			media = VTT
		}
		d, err := Format{}.Open(t.Context(), redacttest.Asset("a", media, b), bytes.NewReader(b))
		if err != nil {
			if !errors.Is(err, redact.ErrUnreadable) {
				t.Fatal(err)
			}
			return
		}
		var out bytes.Buffer
		if _, err := d.Rewrite(t.Context(), &out, nil); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(out.Bytes(), b) && !bytes.HasPrefix(out.Bytes(), []byte("\xef\xbb\xbf")) {
			t.Fatalf("%q became %q", b, out.Bytes())
		}
	})
}
