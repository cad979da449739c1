package text

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

const (
	remedy = "save it as UTF-8 and add it again"

	bom8  = "\xEF\xBB\xBF"
	bomLE = "\xFF\xFE"
	bomBE = "\xFE\xFF"
)

// others are the beginnings of files that are no plain text although they may
// look like it: what a reader sees of them is not what is written in them.
var others = []string{"%PDF-", "{\\rtf", "<!doctype html", "<html", "<?xml", "<svg", "%!PS", "PK\x03\x04"}

// decode tells the encoding and decodes b. Everything that is not certain is an
// error: a text read in the wrong encoding would hide its names from us and
// show them to others.
func decode(b []byte) (*document, error) {
	if len(b) == 0 {
		return nil, unreadable("empty")
	}
	if isOther(b) {
		return nil, unreadable("a document of another type, not plain text")
	}
	s := string(b[:min(4, len(b))])
	switch {
	case s == "\xFF\xFE\x00\x00" || s == "\x00\x00\xFE\xFF":
		return nil, unreadable("UTF-32 text: " + remedy)
	case strings.HasPrefix(s, bom8):
		return decode8(b[3:], bom8)
	case strings.HasPrefix(s, bomLE):
		return strict(utf16le.withBOM(bomLE), b[2:])
	case strings.HasPrefix(s, bomBE):
		return strict(utf16be.withBOM(bomBE), b[2:])
	case bytes.IndexByte(b, 0) >= 0:
		return guess16(b)
	case utf8.Valid(b):
		if unclear(b) {
			return nil, unreadable("the encoding is unclear, UTF-8 or GB18030: " + remedy)
		}
		return decode8(b, "")
	case control(b):
		return nil, errBinary
	case cut8(b):
		return nil, unreadable("the file ends inside a character: it was cut")
	}
	return guessHan(b)
}

var errBinary = unreadable("binary data or control bytes, not plain text; if it is text, " + remedy)

func isOther(b []byte) bool {
	head := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(b[:min(64, len(b))], []byte(bom8)), " \t\r\n"))
	for _, o := range others {
		if bytes.HasPrefix(head, bytes.ToLower([]byte(o))) {
			return true
		}
	}
	return false
}

func decode8(b []byte, bom string) (*document, error) {
	switch {
	case len(b) == 0:
		return nil, unreadable("empty")
	case control(b):
		return nil, errBinary
	case cut8(b):
		return nil, unreadable("the file ends inside a character: it was cut")
	case !utf8.Valid(b):
		return nil, unreadable("damaged UTF-8: " + remedy)
	}
	return &document{charset: utf8Set.withBOM(bom), src: b, text: string(b)}, nil
}

// control reports whether b has control bytes that no text has.
func control(b []byte) bool {
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
func strict(c charset, b []byte) (*document, error) {
	if len(b) == 0 {
		return nil, unreadable("empty")
	}
	if c.name != gb18030Set.name && c.name != big5Set.name && len(b)%2 != 0 {
		return nil, unreadable("the file ends inside a character: it was cut")
	}
	out, err := c.enc.NewDecoder().Bytes(b)
	text := string(out)
	if err != nil || strings.ContainsRune(text, utf8.RuneError) || !c.aligned(b, text) {
		return nil, unreadable("damaged or cut " + c.name + ": " + remedy)
	}
	if control(out) {
		return nil, errBinary
	}
	return &document{charset: c, src: b, text: text}, nil
}

// Sniff tells plain text from everything else by its bytes, of which a head is
// enough (at least 1 KB is wise); the name only tells Markdown from plain text.
// A text in an unknown encoding is text as well, so that Open can name the
// remedy.
func Sniff(name string, head []byte) (mediaType string, ok bool) {
	if len(head) == 0 || isOther(head) {
		return "", false
	}
	if bytes.IndexByte(head, 0) >= 0 || control(head) {
		even := head[:len(head)&^1]
		if _, err := decode(even); err != nil {
			if len(even) < 4 {
				return "", false
			}
			// The head may end inside a surrogate pair.
			if _, err := decode(even[:len(even)-2]); err != nil {
				return "", false
			}
		}
	}
	switch n := strings.ToLower(name); {
	case strings.HasSuffix(n, ".md"), strings.HasSuffix(n, ".markdown"):
		return Markdown, true
	}
	return Plain, true
}
