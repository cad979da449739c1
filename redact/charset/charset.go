// Package charset tells in which encoding a text is written and decodes it.
// Whatever is not certain is an error: a text read in the wrong encoding would
// hide its names from us and show them to others.
package charset

import (
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// A Set is an encoding of which the length of each character can be told from
// its bytes, so that a rewrite can copy what it does not replace byte for byte.
type Set struct {
	Name  string
	BOM   string             // the byte order mark in front of the text, if any
	enc   encoding.Encoding  // nil for UTF-8
	width func(b []byte) int // bytes of the first character of b
}

// The encodings that are told from bytes.
var (
	UTF8    = Set{Name: "UTF-8", width: func(b []byte) int { _, n := utf8.DecodeRune(b); return n }}
	UTF16LE = Set{Name: "UTF-16LE", enc: unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), width: width16(1)}
	UTF16BE = Set{Name: "UTF-16BE", enc: unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), width: width16(0)}
	GB18030 = Set{Name: "GB18030", enc: simplifiedchinese.GB18030, width: widthGB}
	Big5    = Set{Name: "Big5", enc: traditionalchinese.Big5, width: widthBig5}
)

// WithBOM is the set with a byte order mark in front.
func (c Set) WithBOM(bom string) Set { c.BOM = bom; return c }

// IsUTF8 reports whether the set is UTF-8.
func (c Set) IsUTF8() bool { return c.enc == nil }

// Width is how many bytes the first character of b has.
func (c Set) Width(b []byte) int { return c.width(b) }

// Encode writes s in the set; ok is false where it has no such character.
func (c Set) Encode(s string) (b []byte, ok bool) {
	if c.enc == nil {
		return []byte(s), true
	}
	b, err := c.enc.NewEncoder().Bytes([]byte(s))
	if c.Name == Big5.Name {
		for i := 0; i < len(b); i += c.width(b[i:]) {
			if b[i] > 0x80 && b[i] < 0xA1 { // Hong Kong's additions, which many readers lack
				return nil, false
			}
		}
	}
	return b, err == nil
}

// width16 is 4 for a surrogate pair, else 2; high is the index of the high byte
// in a unit.
func width16(high int) func([]byte) int {
	return func(b []byte) int {
		if len(b) >= 4 && b[high]&0xFC == 0xD8 {
			return 4
		}
		return min(2, len(b))
	}
}

// widthGB follows GB 18030: four bytes where the second is a digit.
func widthGB(b []byte) int {
	switch {
	case b[0] <= 0x80 || len(b) < 2: // 0x80 is the euro sign of code page 936
		return 1
	case b[1] >= '0' && b[1] <= '9':
		return min(4, len(b))
	}
	return 2
}

func widthBig5(b []byte) int {
	if b[0] < 0x81 || len(b) < 2 {
		return 1
	}
	return 2
}

// aligned reports whether every character of src is one rune of text, which the
// rewrite leans on. (Four codes of Big5 are two runes each.)
func (c Set) aligned(src []byte, text string) bool {
	for range text {
		if len(src) == 0 {
			return false
		}
		src = src[c.width(src):]
	}
	return len(src) == 0
}
