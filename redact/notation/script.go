package notation

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON resolves the escapes within a string of JSON.
func (r Runs) JSON() Runs {
	return r.read('\\', func(s string) (int, string) {
		if len(s) < 2 {
			return 0, ""
		}
		if s[1] != 'u' {
			var t string
			if json.Unmarshal([]byte(`"`+s[:2]+`"`), &t) != nil {
				return 0, ""
			}
			return 2, t
		}
		c, ok := unit(s)
		if !ok {
			return 0, ""
		}
		if utf16.IsSurrogate(c) && len(s) >= 12 && s[6] == '\\' && s[7] == 'u' {
			if low, ok := unit(s[6:]); ok {
				if pair := utf16.DecodeRune(c, low); pair != utf8.RuneError {
					return 12, string(pair)
				}
			}
		}
		return 6, string(c)
	})
}

// unit reads \uXXXX.
func unit(s string) (rune, bool) {
	if len(s) < 6 {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 32)
	return rune(n), err == nil
}

// JSONString writes a text within a string of JSON that may stand in a page.
func JSONString(s string) string {
	b, err := json.Marshal(s) // < > & are escaped
	if err != nil {
		return ""
	}
	return string(b[1 : len(b)-1])
}

// CSS resolves the escapes of style sheets.
func (r Runs) CSS() Runs {
	return r.read('\\', func(s string) (int, string) {
		n := 1
		for n < min(len(s), 7) && unicode.Is(unicode.ASCII_Hex_Digit, rune(s[n])) {
			n++
		}
		if n > 1 {
			c, _ := strconv.ParseUint(s[1:n], 16, 32)
			if n < len(s) && strings.IndexByte(" \t\n\r\f", s[n]) >= 0 {
				n++
			}
			return n, string(rune(c))
		}
		if len(s) < 2 {
			return 0, ""
		}
		first, w := utf8.DecodeRuneInString(s[1:])
		if first == '\n' {
			return 2, ""
		}
		return 1 + w, string(first)
	})
}

// CSSString writes a text within a string of a style sheet, or as a name there.
func CSSString(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 && !alnum(byte(r)) && r != '-' && r != '_' && r != ' ' {
			fmt.Fprintf(&b, `\%x `, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Identifier makes a name of a text: letters, digits and hyphens.
func Identifier(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= 0x80 || alnum(byte(r)) || r == '_':
			b.WriteRune(r)
		default:
			b.WriteByte('-')
		}
	}
	if t := strings.Trim(b.String(), "-"); t != "" {
		return t
	}
	return "x"
}

// Doubled resolves quotes that are doubled within quotes, as tables have them.
func (r Runs) Doubled() Runs {
	return r.read('"', func(s string) (int, string) {
		if strings.HasPrefix(s, `""`) {
			return 2, `"`
		}
		return 0, ""
	})
}
