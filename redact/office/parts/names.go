package parts

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"consentry/redact/xmltext"
)

// Words are those of a list, in lower case.
func Words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[strings.ToLower(w)] = true
	}
	return m
}

// fileExtensions are the endings that say nothing of anybody.
var fileExtensions = Words("xml vml bin png jpg jpeg jpe gif tif tiff bmp webp svg heic heif docx docm xlsx xlsm pptx pptm odt ods odp pdf txt htm html mht eml csv")

// PlainExt gives a name's extension, small; none where it could say something.
func PlainExt(name string) string {
	x := strings.ToLower(path.Ext(name))
	if !fileExtensions[strings.TrimPrefix(x, ".")] {
		return ""
	}
	return x
}

// Unique adds a number to a name that is taken, within so many runes.
func Unique(taken map[string]bool, s string, most int) string {
	cut := func(s string, n int) string { return string([]rune(s)[:min(n, len([]rune(s)))]) }
	s = cut(s, most)
	out := s
	for i := 2; taken[strings.ToLower(out)]; i++ {
		number := fmt.Sprint(i)
		out = cut(s, most-len(number)) + number
	}
	taken[strings.ToLower(out)] = true
	return out
}

// Local reports whether an address names a place on the author's machine or network,
// by the way to it too: ..\..\home\olga\plan.xlsx.
func Local(address string) bool {
	a := strings.ToLower(address)
	return strings.HasPrefix(a, "file:") || strings.HasPrefix(a, `\\`) || strings.HasPrefix(a, "//") || drive.MatchString(a) ||
		!strings.Contains(a, ":") && (strings.Contains(a, `\`) || strings.HasPrefix(a, "../"))
}

var drive = regexp.MustCompile(`^/?[a-z]:[\\/]`)

// EncodeAddress writes an address in an attribute; what no address may hold is
// written with percent signs (RFC 3986, 2.1).
func EncodeAddress(old []byte, s string) []byte {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>[]\\^`{|}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return xmltext.EncodeAttr(old, b.String())
}

// ASCII reports whether a text has no other signs.
func ASCII(s string) bool { return strings.IndexFunc(s, func(r rune) bool { return r > 0x7e }) < 0 }
