// Package sheet reads what worksheets have and other XML has not: rows of cells,
// the table of strings that cells share, formulas, and page headers written in
// codes (ISO/IEC 29500-1, 18). Rows are found once and read again when they are
// asked for, so that a million cells cost no more than their bytes.
package sheet

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"consentry/redact/xmltext"
)

// A mapped text knows where each of its bytes stands in the file.
type mapped struct {
	text string
	at   []int // for each byte of text, and its end: bytes of the file
}

// decoded is what bytes from to to of src say, with the way back.
func decoded(src []byte, from, to int) (mapped, error) {
	raw := src[from:to]
	s, err := xmltext.Decode(raw)
	if err != nil {
		return mapped{}, err
	}
	m := mapped{text: s, at: make([]int, 0, len(s)+1)}
	for i := 0; i < len(raw); {
		n, width := 1, 1 // bytes of raw, and of what they say
		switch {
		case raw[i] == '&':
			n = bytes.IndexByte(raw[i:], ';') + 1
			one, err := xmltext.Decode(raw[i : i+n])
			if err != nil {
				return mapped{}, err
			}
			width = len(one)
		case raw[i] == '\r' && i+1 < len(raw) && raw[i+1] == '\n':
			n = 2
		}
		for range width {
			m.at = append(m.at, from+i)
		}
		i += n
	}
	m.at = append(m.at, to)
	return m, nil
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// Unescape resolves the escapes of characters that XML cannot hold (_x000D_, 22.9.2.19).
func Unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, err := strconv.ParseUint(e[2:6], 16, 32)
		if err != nil || !utf8.ValidRune(rune(n)) {
			return e
		}
		return string(rune(n))
	})
}

// Escape writes what would be read as an escape as itself, and what XML cannot
// hold as one.
func Escape(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '_' && len(s) >= i+7 && escaped.MatchString(s[i:i+7]):
			b.WriteString("_x005F_")
		case r < ' ' && r != '\t' && r != '\n' || r == 0xfffe || r == 0xffff:
			b.WriteString("_x" + strings.ToUpper(strconv.FormatInt(0x10000+int64(r), 16)[1:]) + "_")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
