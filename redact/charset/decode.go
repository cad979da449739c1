package charset

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"consentry/redact"
)

const remedy = "save it as UTF-8 and add it again"

// The byte order marks.
const (
	BOM8    = "\xEF\xBB\xBF"
	BOM16LE = "\xFF\xFE"
	BOM16BE = "\xFE\xFF"
)

// A Text is decoded.
type Text struct {
	Set
	Source []byte // behind the byte order mark
	Text   string // the same: one rune for each character of Source
}

// Decode tells the encoding of b and decodes it: UTF-8, UTF-16, GB18030 or Big5.
// An error wraps redact.ErrUnreadable and says what is to be done.
func Decode(b []byte) (*Text, error) {
	if len(b) == 0 {
		return nil, unreadable("empty")
	}
	s := string(b[:min(4, len(b))])
	switch {
	case s == "\xFF\xFE\x00\x00" || s == "\x00\x00\xFE\xFF":
		return nil, unreadable("UTF-32 text: " + remedy)
	case strings.HasPrefix(s, BOM8):
		return decode8(b[3:], BOM8)
	case strings.HasPrefix(s, BOM16LE):
		return strict(UTF16LE.WithBOM(BOM16LE), b[2:])
	case strings.HasPrefix(s, BOM16BE):
		return strict(UTF16BE.WithBOM(BOM16BE), b[2:])
	case bytes.IndexByte(b, 0) >= 0:
		return guess16(b)
	case utf8.Valid(b):
		if unclear(b) {
			return nil, unreadable("the encoding is unclear, UTF-8 or GB18030: " + remedy)
		}
		return decode8(b, "")
	case Control(b):
		return nil, errBinary
	case cut8(b):
		return nil, unreadable("the file ends inside a character: it was cut")
	}
	return guessHan(b)
}

var errBinary = unreadable("binary data or control bytes, not plain text; if it is text, " + remedy)

func decode8(b []byte, bom string) (*Text, error) {
	switch {
	case len(b) == 0:
		return nil, unreadable("empty")
	case Control(b):
		return nil, errBinary
	case cut8(b):
		return nil, unreadable("the file ends inside a character: it was cut")
	case !utf8.Valid(b):
		return nil, unreadable("damaged UTF-8: " + remedy)
	}
	return &Text{Set: UTF8.WithBOM(bom), Source: b, Text: string(b)}, nil
}

// Control reports whether b has control bytes that no text has.
func Control(b []byte) bool {
	for _, c := range b {
		if c < 0x20 && (c < '\t' || c > '\r') || c == 0x7F {
			return true
		}
	}
	return false
}

// cut8 reports whether b is UTF-8 but for a last character that lacks bytes.
func cut8(b []byte) bool {
	for n := 1; n <= min(3, len(b)); n++ {
		tail := b[len(b)-n:]
		if utf8.RuneStart(tail[0]) {
			return tail[0] >= 0xC2 && !utf8.FullRune(tail) && utf8.Valid(b[:len(b)-n])
		}
	}
	return false
}

// strict decodes b in c and refuses what c has no meaning for.
func strict(c Set, b []byte) (*Text, error) {
	if len(b) == 0 {
		return nil, unreadable("empty")
	}
	if c.Name != GB18030.Name && c.Name != Big5.Name && len(b)%2 != 0 {
		return nil, unreadable("the file ends inside a character: it was cut")
	}
	out, err := c.enc.NewDecoder().Bytes(b)
	text := string(out)
	if err != nil || strings.ContainsRune(text, utf8.RuneError) || !c.aligned(b, text) {
		return nil, unreadable("damaged or cut " + c.Name + ": " + remedy)
	}
	if Control(out) {
		return nil, errBinary
	}
	return &Text{Set: c, Source: b, Text: text}, nil
}

// unreadable is an error about the bytes, in words for their owner.
func unreadable(why string) error { return fmt.Errorf("%w: %s", redact.ErrUnreadable, why) }
