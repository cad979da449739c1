package raw

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// pdfDoc are the runes of PDFDocEncoding that are not those of Latin-1 (ISO
// 32000-2, D.3).
var pdfDoc = func() (t [256]rune) {
	for i := range t {
		t[i] = rune(i)
	}
	for i, r := range []rune("\u02d8\u02c7\u02c6\u02d9\u02dd\u02db\u02da\u02dc") {
		t[0x18+i] = r
	}
	for i, r := range []rune("\u2022\u2020\u2021\u2026\u2014\u2013\u0192\u2044\u2039\u203a\u2212\u2030\u201e\u201c\u201d\u2018\u2019\u201a\u2122\ufb01\ufb02\u0141\u0152\u0160\u0178\u017d\u0131\u0142\u0153\u0161\u017e\ufffd\u20ac") {
		t[0x80+i] = r
	}
	return t
}()

// Readings are the texts that a string may stand for: in the encoding that it
// names, and in the others that its bytes allow. The first is the likeliest.
func Readings(s []byte) []string {
	switch {
	case len(s) == 0:
		return nil
	case bytes.HasPrefix(s, []byte{0xFE, 0xFF}):
		return []string{wide(s[2:], true)}
	case bytes.HasPrefix(s, []byte{0xFF, 0xFE}):
		return []string{wide(s[2:], false)}
	case bytes.HasPrefix(s, []byte{0xEF, 0xBB, 0xBF}):
		return []string{strings.ToValidUTF8(string(s[3:]), "\ufffd")}
	}
	high, nul := false, false
	for _, c := range s {
		high = high || c >= 0x80
		nul = nul || c < 0x20 && c != '\t' && c != '\n' && c != '\r'
	}
	var out []string
	if high && utf8.Valid(s) {
		out = append(out, string(s))
	}
	var b strings.Builder
	for _, c := range s {
		b.WriteRune(pdfDoc[c])
	}
	out = append(out, b.String())
	if high {
		if g, err := simplifiedchinese.GB18030.NewDecoder().Bytes(s); err == nil {
			out = append(out, string(g))
		}
	}
	if len(s)%2 == 0 && (high || nul) {
		out = append(out, wide(s, true), wide(s, false))
	}
	return out
}

// wide reads UTF-16, without the escapes for languages (7.9.2.2).
func wide(s []byte, big bool) string {
	units := make([]uint16, 0, len(s)/2)
	escape := false
	for i := 0; i+1 < len(s); i += 2 {
		u := uint16(s[i])<<8 | uint16(s[i+1])
		if !big {
			u = u>>8 | u<<8
		}
		if u == 0x1B {
			escape = !escape
			continue
		}
		if escape && u < 0x80 {
			continue
		}
		escape = false
		units = append(units, u)
	}
	return string(utf16.Decode(units))
}
