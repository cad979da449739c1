// Package glyph knows glyph names: their Unicode, the encodings that use them, and
// the widths of the standard 14 fonts.
package glyph

import (
	_ "embed" // the tables
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed agl.txt
var aglText string

// agl maps the names of the Adobe Glyph List and of Zapf Dingbats to text.
var agl = sync.OnceValue(func() map[string]string {
	m := make(map[string]string, 4600)
	for line := range strings.Lines(aglText) {
		name, codes, _ := strings.Cut(strings.TrimSpace(line), " ")
		var s []rune
		for f := range strings.FieldsSeq(codes) {
			if v, err := strconv.ParseUint(f, 16, 32); err == nil {
				s = append(s, latin1(rune(v)))
			}
		}
		m[name] = string(s)
	}
	return m
})

// latin1 gives the old-style figures and small capitals of the list, which Adobe
// put into the private area by their Latin-1 codes, these codes.
func latin1(r rune) rune {
	if r >= 0xf721 && r <= 0xf7ff {
		return r - 0xf700
	}
	return r
}

// Unicode is the text that a glyph name stands for, by the Adobe Glyph List's
// specification: suffixes are dropped, ligatures written out, uniXXXX and uXXXXX
// read. It is empty for other names, among them such as g12, cid34 and index5,
// which say nothing. dingbats admits the names a1 to a206 of Zapf Dingbats.
func Unicode(name string, dingbats bool) string {
	name, _, _ = strings.Cut(name, ".")
	if name == "" || len(name) > 256 {
		return ""
	}
	if s := component(name, dingbats); s != "" || !strings.Contains(name, "_") {
		return s
	}
	var all strings.Builder
	for part := range strings.SplitSeq(name, "_") {
		s := component(part, dingbats)
		if s == "" {
			return ""
		}
		all.WriteString(s)
	}
	return all.String()
}

func component(name string, dingbats bool) string {
	if len(name) > 1 && name[0] == 'a' && strings.Trim(name[1:], "0123456789") == "" && !dingbats {
		return ""
	}
	s, ok := agl()[name]
	switch {
	case ok:
	case strings.HasPrefix(name, "uni") && len(name) >= 7 && len(name)%4 == 3:
		for i := 3; i < len(name); i += 4 {
			r, ok := upperHex(name[i : i+4])
			if !ok {
				return ""
			}
			s += string(r)
		}
	case name[:min(1, len(name))] == "u" && len(name) >= 5 && len(name) <= 7:
		r, ok := upperHex(name[1:])
		if !ok {
			return ""
		}
		s = string(r)
	}
	if !Known(s) {
		return ""
	}
	return s
}

func upperHex(s string) (rune, bool) {
	if strings.Trim(s, "0123456789ABCDEF") != "" {
		return 0, false
	}
	v, err := strconv.ParseUint(s, 16, 32)
	return rune(v), err == nil && utf8.ValidRune(rune(v))
}

// Known reports whether text tells what is written: it is not empty and has no
// private, unassigned-by-design or control characters and no U+FFFD.
func Known(s string) bool {
	for _, r := range s {
		switch {
		case r == utf8.RuneError, unicode.Is(unicode.Co, r), r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
			return false
		case unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r':
			return false
		}
	}
	return s != ""
}
