package attack

import (
	"bytes"
	"encoding/base64"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"consentry/redact"
	"consentry/redact/text"
)

func gb(t *testing.T, s string) string {
	t.Helper()
	b, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func le(t *testing.T, s string) string {
	t.Helper()
	b, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func be(t *testing.T, s string) string {
	t.Helper()
	b, err := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func TestBytes(t *testing.T) {
	for _, c := range []struct {
		name, media, out string
		removed, kept    []string
		want             string
	}{
		{name: "gone", media: text.Plain, out: "客户A说", removed: []string{"张伟"}},
		{"utf-8", text.Plain, "经理张伟说", []string{"张伟"}, nil, "bytes utf-8 at 6"},
		{"gb18030", text.Plain, gb(t, "经理张伟说，\n"), []string{"张伟"}, nil, "bytes gb18030 at 4"},
		{"utf-16le", text.Plain, le(t, "经理张伟说，\n"), []string{"张伟"}, nil, "bytes utf-16le at 4"},
		{"utf-16be", text.Plain, be(t, "经理张伟说，\n"), []string{"张伟"}, nil, "bytes utf-16be at 4"},
		{"percent", text.Plain, "https://a.example/" + url.QueryEscape("张伟"), []string{"张伟"}, nil, "bytes percent-encoded at 18"},
		{"percent, small", text.Plain, strings.ToLower(url.QueryEscape("张伟")), []string{"张伟"}, nil, "bytes percent-encoded at 0"},
		{"base64, 0", text.Plain, b64("张伟"), []string{"张伟"}, nil, "bytes base64 at 0"},
		{"base64, 1", text.Plain, b64("x张伟y"), []string{"张伟"}, nil, "bytes base64 at 2"},
		{"base64, 2", text.Plain, b64("xx张伟y"), []string{"张伟"}, nil, "bytes base64 at 3"},
		{"references", text.Markdown, "&#24352;&#20255;", []string{"张伟"}, nil, "bytes character references at 0"},
		{"references, hex", text.Markdown, "&#x5F20;&#x4F1F;", []string{"张伟"}, nil, "bytes character references at 0"},
		{"escapes", text.Plain, `{"n":"\u5f20\u4f1f"}`, []string{"张伟"}, nil, "bytes unicode escapes at 6"},
		{"escapes, pair", text.Plain, `\ud840\udc00x`, []string{"𠀀x"}, nil, "bytes unicode escapes at 0"},
		{"other word", text.Plain, "planning, Annex", []string{"Ann"}, nil, ""},
		{"other word, gb", text.Plain, gb(t, "经理planning说，\n"), []string{"Ann"}, nil, ""},
		{"word behind gb", text.Plain, gb(t, "经理Ann说，\n"), []string{"Ann"}, nil, "bytes utf-8 at 4"},
		{"kept", text.Plain, "张伟明说", []string{"张伟"}, []string{"张伟明"}, ""},
		{"kept, gb", text.Plain, gb(t, "经理张伟明说，\n"), []string{"张伟"}, []string{"张伟明"}, ""},
		{"kept, utf-16", text.Plain, le(t, "经理张伟明说，\n"), []string{"张伟"}, []string{"张伟明"}, ""},
		{"more often than kept", text.Plain, "张伟张伟", []string{"张伟"}, []string{"张伟"}, "bytes utf-8 at 6"},
		{"label", text.Plain, "客户A [电话]", []string{"客户", "电话"}, nil, ""},
		{"letters are letters", text.Plain, "a_lwmb", []string{"江海"}, nil, ""},
		{"between gb characters", text.Plain, gb(t, "\n一") + "\xb0" + gb(t, "张伟") + "\xa1。\n", []string{"张伟"}, nil, ""},
		{"binary", "image/jpeg", "\xff\xd8\x00\x01" + "张伟" + "\x00", []string{"张伟"}, nil, "bytes utf-8 at 4"},
		{"binary, short", "image/jpeg", "\xff\xd8\x00\x01" + gb(t, "张伟") + "Ann\x00", []string{"张伟", "Ann"}, nil, ""},
		{"faces have no text", "image/jpeg", "\xff\xd8", []string{""}, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantLeaks(t, Bytes{}, output(c.media, []byte(c.out), findings(c.removed...), findings(c.kept...)), c.want)
		})
	}
}

// A text across the border of two reads is found.
func TestBytesAcrossChunks(t *testing.T) {
	const chunk = 1 << 18
	for _, shift := range []int{1, 3, 5} {
		b := append(bytes.Repeat([]byte("-"), chunk-shift), "张伟"...)
		leaks, err := Bytes{}.Try(t.Context(), output(text.Plain, b, findings("张伟"), nil))
		if err != nil || len(leaks) != 1 {
			t.Errorf("shift %d: %d leaks, %v", shift, len(leaks), err)
		}
	}
	r := output(text.Plain, []byte("张"), findings("张伟"), nil)
	r.Asset.Size++
	if _, err := (Bytes{}).Try(t.Context(), r); err == nil {
		t.Error("a body shorter than its asset was proved")
	}
}

func BenchmarkBytes(b *testing.B) {
	rng := rand.New(rand.NewPCG(3, 4))
	han := []rune("张王李赵刘陈杨黄周吴伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华建文")
	name := func() string { return string([]rune{han[rng.IntN(10)], han[10+rng.IntN(25)], han[10+rng.IntN(25)]}) }
	var names []string
	for range 200 {
		names = append(names, name()+"某")
	}
	var s strings.Builder
	for s.Len() < 10<<20 {
		s.WriteString("上线后，")
		s.WriteString(name())
		s.WriteString("说我们的 system 轻松多了，订单量增长17%。\n")
	}
	noise := make([]byte, 10<<20)
	for i := range noise {
		noise[i] = byte(rng.Uint32())
	}
	for _, c := range []struct {
		media string
		body  []byte
	}{{text.Plain, []byte(s.String())}, {"image/jpeg", noise}} {
		b.Run(c.media, func(b *testing.B) {
			r := output(c.media, c.body, findings(names...), nil)
			b.SetBytes(int64(len(c.body)))
			b.ReportAllocs()
			for b.Loop() {
				if leaks, err := (Bytes{}).Try(b.Context(), r); err != nil || len(leaks) > 0 {
					b.Fatal(len(leaks), err)
				}
			}
		})
	}
}

var _ redact.Attack = Bytes{}
