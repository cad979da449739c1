package attack

import (
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// A coding is a way a text may stand in bytes.
type coding string

const (
	asUTF8    coding = "utf-8"
	asUTF16LE coding = "utf-16le"
	asUTF16BE coding = "utf-16be"
	asGB      coding = "gb18030"
	asPercent coding = "percent-encoded"
	asBase64  coding = "base64"
	asEntity  coding = "character references"
	asEscape  coding = "unicode escapes"
)

var (
	littleEndian = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	bigEndian    = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
)

// A coded is one spelling of a target in bytes.
type coded struct {
	*target
	coding coding
	bytes  []byte
	found  int
	done   bool
}

// spell gives every spelling of t that is worth looking for in a medium. In
// compressed media, short byte sequences occur by chance: there at least six
// bytes are asked for.
func spell(t *target, textual bool) []coded {
	var out []coded
	seen := map[string]bool{}
	add := func(c coding, b string) {
		least := 2
		switch {
		case !textual:
			least = 6
		case c == asBase64:
			least = 6
		case c != asUTF8:
			least = 4
		}
		// 江海 in UTF-16 is "_lwm": in a text of bytes, letters are letters.
		if textual && (c == asUTF16LE || c == asUTF16BE) && len(b) < 8 && printable(b) {
			return
		}
		if len(b) >= least && !seen[b] {
			seen[b] = true
			out = append(out, coded{target: t, coding: c, bytes: []byte(b)})
		}
	}
	add(asUTF8, t.text)
	if s, err := littleEndian.NewEncoder().String(t.text); err == nil {
		add(asUTF16LE, s)
	}
	if s, err := bigEndian.NewEncoder().String(t.text); err == nil {
		add(asUTF16BE, s)
	}
	if s, err := simplifiedchinese.GB18030.NewEncoder().String(t.text); err == nil {
		add(asGB, s)
	}
	for _, format := range []string{"%%%02X", "%%%02x"} {
		add(asPercent, each(t.text, func(b byte) bool { return !unreserved(b) }, format))
	}
	for _, s := range cores(t.text) {
		add(asBase64, s)
		add(asBase64, strings.NewReplacer("+", "-", "/", "_").Replace(s))
	}
	for _, format := range []string{"&#%d;", "&#x%x;", "&#x%X;"} {
		add(asEntity, wide(t.text, format))
	}
	for _, format := range []string{`\u%04x`, `\u%04X`} {
		add(asEscape, wide(t.text, format))
	}
	return out
}

func printable(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < 0x20 || r > 0x7E }) < 0
}

func unreserved(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || strings.IndexByte("-_.~", b) >= 0
}

// each formats the bytes of s that are chosen and copies the others.
func each(s string, chosen func(byte) bool, format string) string {
	var b strings.Builder
	for i := range len(s) {
		if chosen(s[i]) {
			fmt.Fprintf(&b, format, s[i])
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// wide formats the runes of s that are not ASCII and copies the others.
func wide(s, format string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < 0x80:
			b.WriteRune(r)
		case r > 0xFFFF && format[0] == '\\':
			r -= 0x10000
			fmt.Fprintf(&b, format+format, 0xD800+r>>10, 0xDC00+r&0x3FF)
		default:
			fmt.Fprintf(&b, format, r)
		}
	}
	return b.String()
}

// cores are the base64 characters that are the same whatever stands around s,
// for its three alignments.
func cores(s string) []string {
	out := make([]string, 0, 3)
	for shift := range 3 {
		enc := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("\x00", shift) + s))
		from := (8*shift + 5) / 6      // first character with no foreign bit before
		to := 8 * (shift + len(s)) / 6 // last whole character
		out = append(out, enc[from:to])
	}
	return out
}
