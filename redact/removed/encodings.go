package removed

import (
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// A Coding is a way a text may stand in bytes.
type Coding string

// The codings.
const (
	UTF8    Coding = "utf-8"
	UTF16LE Coding = "utf-16le"
	UTF16BE Coding = "utf-16be"
	GB      Coding = "gb18030"
	Percent Coding = "percent-encoded"
	Base64  Coding = "base64"
	Entity  Coding = "character references"
	Escape  Coding = "unicode escapes"
)

var (
	littleEndian = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	bigEndian    = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
)

// A coded is one spelling of a text in bytes.
type coded struct {
	*Text
	coding Coding
	bytes  []byte
	found  int
	done   bool
}

// spell gives every spelling of t that is worth looking for in a medium. In
// compressed media, short byte sequences occur by chance: there at least six
// bytes are asked for.
func spell(t *Text, textual bool) []coded {
	var out []coded
	seen := map[string]bool{}
	add := func(c Coding, b string) {
		least := 2
		switch {
		case !textual:
			least = 6
		case c == Base64:
			least = 6
		case c != UTF8:
			least = 4
		}
		// 江海 in UTF-16 is "_lwm": in a text of bytes, letters are letters.
		if textual && (c == UTF16LE || c == UTF16BE) && len(b) < 8 && printable(b) {
			return
		}
		if len(b) >= least && !seen[b] {
			seen[b] = true
			out = append(out, coded{Text: t, coding: c, bytes: []byte(b)})
		}
	}
	add(UTF8, t.Written)
	if s, err := littleEndian.NewEncoder().String(t.Written); err == nil {
		add(UTF16LE, s)
	}
	if s, err := bigEndian.NewEncoder().String(t.Written); err == nil {
		add(UTF16BE, s)
	}
	if s, err := simplifiedchinese.GB18030.NewEncoder().String(t.Written); err == nil {
		add(GB, s)
	}
	for _, format := range []string{"%%%02X", "%%%02x"} {
		add(Percent, each(t.Written, func(b byte) bool { return !unreserved(b) }, format))
	}
	for _, s := range cores(t.Written) {
		add(Base64, s)
		add(Base64, strings.NewReplacer("+", "-", "/", "_").Replace(s))
	}
	for _, format := range []string{"&#%d;", "&#x%x;", "&#x%X;"} {
		add(Entity, wide(t.Written, format))
	}
	for _, format := range []string{`\u%04x`, `\u%04X`} {
		add(Escape, wide(t.Written, format))
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
