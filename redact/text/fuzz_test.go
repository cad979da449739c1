package text

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/attack"
	"consentry/redact/charset"
	"consentry/redact/redacttest"
)

var attacks = []redact.Attack{attack.Text{Formats: map[string]redact.Format{Plain: Format{}, Markdown: Format{}}}, attack.Bytes{}}

// Whatever the bytes are, Open either blames them or gives a text that a rewrite
// without redactions writes as it was.
func FuzzOpen(f *testing.F) {
	for _, s := range []string{zh, en, charset.BOM8 + "x", charset.BOM16LE + "a\x00", charset.BOM16BE + "\x00a", "a\x00b\x00", "\x00a\x00b", "\xd5\xc5\xce\xb0", "\xb1i\xb0\xb6", "\x81\x30\x81\x30", "\x80", "\xd2\xbb\xd0\xa9"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		Sniff("a.md", b)
		d, err := Format{}.Open(t.Context(), redacttest.Asset("a", Plain, b), bytes.NewReader(b))
		if err != nil {
			if !errors.Is(err, redact.ErrUnreadable) {
				t.Fatal(err)
			}
			return
		}
		var out bytes.Buffer
		if _, err := d.Rewrite(t.Context(), &out, nil); err != nil || !bytes.Equal(out.Bytes(), b) {
			t.Fatalf("changed, %v", err)
		}
		if text := d.(*document).text; !utf8.ValidString(text) || utf8.RuneCountInString(text) != d.(*document).runes {
			t.Fatal("not a text")
		}
	})
}

// After Rewrite the attacks find nothing of a word that stood among anything,
// in any encoding, wherever else something was removed.
func FuzzRewrite(f *testing.F) {
	f.Add("经理", "说，", "。\n", uint8(0), uint8(0), uint16(1), uint16(4))
	f.Add("a ", " (b) ", "\r\n", uint8(1), uint8(1), uint16(0), uint16(9))
	f.Add("[x](", "): ", "|", uint8(2), uint8(2), uint16(3), uint16(4))
	f.Add("上线后，", "，知遥", "欧阳", uint8(3), uint8(3), uint16(5), uint16(7))
	f.Add("e", "\u0301", "\u200b", uint8(4), uint8(4), uint16(0), uint16(0))
	sets := []charset.Set{charset.UTF8, charset.UTF8.WithBOM(charset.BOM8), charset.UTF16LE.WithBOM(charset.BOM16LE), charset.UTF16BE.WithBOM(charset.BOM16BE), charset.GB18030}
	words := []string{"欧阳知遥", "Elara Quist", "139 0000 0000", "zhiyao.lin@example.com", "张伟"}
	labels := []string{"客户A", "[电话]", "Customer B", "", "[已隐去]"}
	f.Fuzz(func(t *testing.T, before, middle, after string, how, which uint8, start, end uint16) {
		cs, word, label := sets[int(how)%len(sets)], words[int(which)%len(words)], labels[int(how/8)%len(labels)]
		for _, s := range []*string{&before, &middle, &after} {
			*s = strings.ToValidUTF8(*s, "")
		}
		text := before + word + middle + word + after
		body, ok := cs.Encode(text)
		body = append([]byte(cs.BOM), body...)
		media := []string{Plain, Markdown}[int(how/40)%2]
		d, err := Format{}.Open(t.Context(), redacttest.Asset("a", media, body), bytes.NewReader(body))
		if !ok || err != nil || d.(*document).text != text {
			return
		}
		removed := []redact.Finding{{Kind: redact.Person, Text: word}}
		// What stands around the word must not spell it by itself.
		rest := before + "\n" + middle + "\n" + after
		if leaks, err := attacks[0].Try(t.Context(), released(rest, removed)); err != nil || len(leaks) > 0 {
			return
		}
		first, n := utf8.RuneCountInString(before), utf8.RuneCountInString(word)
		second := first + n + utf8.RuneCountInString(middle)
		rs := []redact.Redaction{at(second, second+n, label), at(first, first+n, label)}
		if total := utf8.RuneCountInString(text); int(start) < int(end) && int(end) <= total {
			rs = append(rs, at(int(start), int(end), "[已隐去]"))
		}
		var out bytes.Buffer
		written, err := d.Rewrite(t.Context(), &out, rs)
		if err != nil {
			t.Fatal(err)
		}
		if out.Len() == len(cs.BOM) {
			return // nothing is left, and an empty text is none
		}
		for _, a := range attacks {
			r := redact.Released{Asset: redacttest.Asset("out", written, out.Bytes()), Body: bytes.NewReader(out.Bytes()), Removed: removed}
			leaks, err := a.Try(t.Context(), r)
			if err != nil && !errors.Is(err, redact.ErrUnreadable) {
				t.Fatal(err)
			}
			if len(leaks) > 0 {
				t.Fatalf("%s at %s of %q", a.ID(), leaks[0].Where, out.Bytes())
			}
		}
	})
}

func released(s string, removed []redact.Finding) redact.Released {
	return redact.Released{Asset: redacttest.Asset("out", Plain, []byte(s)), Body: strings.NewReader(s), Removed: removed}
}
