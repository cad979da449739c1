package notation

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"consentry/redact/charset"
)

// Percent resolves percent-encoding: of UTF-8, else of GB18030, as older Chinese
// sites write it. Other bytes stay as they are written.
func (r Runs) Percent() Runs {
	c := NewCutter(r)
	s := c.Text
	var out Runs
	done := 0
	for at := strings.IndexByte(s, '%'); at >= 0 && at < len(s); {
		var b []byte
		end := at
		for end+2 < len(s) && s[end] == '%' {
			v, err := strconv.ParseUint(s[end+1:end+3], 16, 8)
			if err != nil {
				break
			}
			b = append(b, byte(v))
			end += 3
		}
		if width := widths(b); width != nil {
			out = append(out, c.Cut(done, at)...)
			for len(b) > 0 {
				w, text := width(b)
				from, to := c.Cut(at, at+3*w).Bounds()
				out = append(out, Run{text, from, to, false})
				at, b = at+3*w, b[w:]
			}
			done = at
		}
		at = max(end, at+1)
		next := strings.IndexByte(s[min(at, len(s)):], '%')
		if next < 0 {
			break
		}
		at += next
	}
	if done == 0 {
		return r
	}
	return append(out, c.Cut(done, len(s))...)
}

// widths tells how the first character of bytes is read; nil: not at all.
func widths(b []byte) func([]byte) (int, string) {
	if len(b) == 0 {
		return nil
	}
	if utf8.Valid(b) {
		return func(b []byte) (int, string) {
			r, w := utf8.DecodeRune(b)
			return w, string(r)
		}
	}
	gb := simplifiedchinese.GB18030
	if t, err := gb.NewDecoder().Bytes(b); err != nil || strings.ContainsRune(string(t), utf8.RuneError) {
		return nil
	}
	return func(b []byte) (int, string) {
		w := charset.GB18030.Width(b)
		t, _ := gb.NewDecoder().Bytes(b[:w]) // the whole was decoded before
		return w, string(t)
	}
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
