package notation

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Percent resolves percent-encoding: of UTF-8, else of GB18030, as older Chinese
// sites write it. Other bytes stay as they are written.
func (r Runs) Percent() Runs {
	return r.read('%', func(s string) (int, string) {
		var b []byte
		n := 0
		for len(b) < 4 && n+2 < len(s) && s[n] == '%' && hex(s[n+1]) >= 0 && hex(s[n+2]) >= 0 {
			b = append(b, byte(hex(s[n+1])<<4|hex(s[n+2])))
			n += 3
		}
		if n == 0 {
			return 0, ""
		}
		if first, w := utf8.DecodeRune(b); first != utf8.RuneError {
			return 3 * w, string(first)
		}
		for _, w := range []int{2, 4} {
			if len(b) >= w && utf8.RuneCount(b[:w]) == w {
				if t, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b[:w]); err == nil && utf8.RuneCount(t) == 1 && !strings.ContainsRune(string(t), utf8.RuneError) {
					return 3 * w, string(t)
				}
			}
		}
		return 0, ""
	})
}

func hex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// URL writes a text in a URL: what may not stand there is percent-encoded, what
// has a meaning there stays.
func URL(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7F || strings.IndexByte("\"'<>`[]{}|\\^()%", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
