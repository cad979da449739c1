package removed

import (
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const (
	sight   = 128  // bytes around an occurrence that are decoded
	syncing = 4096 // bytes before it searched for the border of a GB18030 character
)

// innocentAt judges the occurrence of a spelling at bytes lo to hi of body by
// what stands around it.
func (g *coded) innocentAt(body io.ReaderAt, lo, hi int64, textual bool) (bool, error) {
	switch g.coding {
	case UTF8, UTF16LE, UTF16BE, GB:
	default:
		return false, nil // what stands around an escaped text is not its sentence
	}
	width := sight + 8*len(g.Written) // a kept text around it may be longer
	from := max(0, lo-int64(max(syncing, width)))
	b := make([]byte, hi+int64(width)-from)
	n, err := body.ReadAt(b, from)
	at, end := int(lo-from), int(hi-from)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return false, err
	case n < end:
		return false, io.ErrUnexpectedEOF
	}
	b = b[:n]
	near := b[max(0, at-width):]
	before, after := near[:len(near)-(n-at)], b[end:]
	read8 := isUTF8(b[max(0, at-24):min(n, end+24)])

	var enc encoding.Encoding
	switch g.coding {
	case UTF16LE, UTF16BE:
		if textual && (lo%2 != 0 || read8) {
			return true, nil // across two units, or letters of a text of bytes
		}
		enc, before = littleEndian, before[len(before)%2:]
		if g.coding == UTF16BE {
			enc = bigEndian
		}
	case GB:
		if textual && read8 {
			return true, nil // pieces of UTF-8 characters
		}
		enc = simplifiedchinese.GB18030
	case UTF8:
		if textual && !read8 && ascii(g.bytes) {
			enc = simplifiedchinese.GB18030 // Latin letters in a Chinese text
		}
	}
	if enc == simplifiedchinese.GB18030 {
		start, ok := alignGB(b, at, at-width, from == 0)
		if !ok && textual {
			return true, nil // between the bytes of other characters
		}
		before = b[start:at]
	}
	head, middle, tail := decoded(enc, before), decoded(enc, b[at:end]), decoded(enc, after)
	return g.Innocent(head+middle+tail, len(head), len(head)+len(middle)), nil
}

// decoded reads b; of UTF-8 (enc nil) the bytes that are none become U+FFFD.
func decoded(enc encoding.Encoding, b []byte) string {
	if enc == nil {
		return string([]rune(string(b)))
	}
	s, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return ""
	}
	return string(s)
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// isUTF8 reports whether b is a piece of a UTF-8 text, the characters at its
// ends perhaps cut.
func isUTF8(b []byte) bool {
	for n := 0; n < 3 && len(b) > 0 && !utf8.RuneStart(b[0]); n++ {
		b = b[1:]
	}
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			return !utf8.FullRune(b)
		}
		if r < 0x20 && (r < '\t' || r > '\r') {
			return false
		}
		b = b[n:]
	}
	return true
}

// alignGB walks GB18030 characters up to at, from the last byte before it that
// is part of no longer character (below 0x30), or from the start of the file.
// It returns the first border at or behind want; where there is nothing to walk
// from, at itself. It is not ok where at lies inside a character.
func alignGB(b []byte, at, want int, whole bool) (from int, ok bool) {
	i := at
	for i > 0 && b[i-1] >= 0x30 {
		i--
	}
	if i == 0 && !whole {
		return at, true
	}
	from = at
	for i < at {
		if i >= want && from == at {
			from = i
		}
		switch {
		case b[i] <= 0x80:
			i++
		case i+1 < len(b) && b[i+1] >= '0' && b[i+1] <= '9':
			i += 4
		default:
			i += 2
		}
	}
	return from, i == at
}
