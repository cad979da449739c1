package mail

import (
	"fmt"
	"io"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"

	"consentry/redact/notation"
)

// words reads encoded words (RFC 2047) in any encoding that browsers know.
var words = mime.WordDecoder{CharsetReader: func(name string, r io.Reader) (io.Reader, error) {
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil, err
	}
	return e.NewDecoder().Reader(r), nil
}}

// field reads the value of a header field: folded lines are one, encoded words and
// quoted strings are what they say, and bytes beyond ASCII are UTF-8 or, in old
// messages, GB18030 or Windows-1252.
func field(src string, s span) notation.Runs {
	v := src[s.from:s.to]
	if !utf8.ValidString(v) {
		return notation.Runs{{Text: legacy(v), From: s.from, To: s.to}}
	}
	var out notation.Runs
	put := func(text string, from, to int) {
		out = append(out, notation.Run{Text: text, From: s.from + from, To: s.from + to})
	}
	done := 0
	flush := func(to int) { out = append(out, notation.Plain(src, s.from+done, s.from+to)...) }
	after := -1 // behind the last encoded word
	for i := 0; i < len(v); {
		switch {
		case v[i] == '\r' || v[i] == '\n':
			j := i
			for j < len(v) && strings.IndexByte("\r\n \t", v[j]) >= 0 {
				j++
			}
			flush(i)
			put(" ", i, j)
			i, done = j, j
		case v[i] == '"':
			j := i + 1
			for j < len(v) && v[j] != '"' {
				if v[j] == '\\' {
					j++
				}
				j++
			}
			j = min(j+1, len(v))
			flush(i)
			inner := strings.Trim(v[i:j], `"`)
			put(unquoted(inner), i, j)
			i, done = j, j
		case strings.HasPrefix(v[i:], "=?"):
			n, text := encodedWord(v[i:])
			if n == 0 {
				i += 2
				continue
			}
			if after >= 0 && strings.TrimLeft(v[after:i], " \t\r\n") == "" {
				for len(out) > 0 && out[len(out)-1].From >= s.from+after { // space between words is none
					out = out[:len(out)-1]
				}
				done = i
			}
			flush(i)
			put(text, i, i+n)
			i += n
			done, after = i, i
		default:
			i++
		}
	}
	flush(len(v))
	return out
}

// encodedWord reads the one that s begins with.
func encodedWord(s string) (n int, text string) {
	at := 2
	for range 2 { // behind the charset and the encoding
		k := strings.IndexByte(s[at:], '?')
		if k < 0 || k > 60 {
			return 0, ""
		}
		at += k + 1
	}
	end := strings.Index(s[at:], "?=")
	if end < 0 {
		return 0, ""
	}
	n = at + end + 2
	text, err := words.Decode(strings.ReplaceAll(s[:n], " ", "_"))
	if err != nil {
		return 0, ""
	}
	return n, text
}

// unquoted resolves what a quoted string escapes; encoded words in it, which do
// not belong there, are read too, as mail readers do.
func unquoted(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	t := strings.NewReplacer("\r\n", "", "\n", "").Replace(b.String())
	if strings.Contains(t, "=?") {
		if d, err := words.DecodeHeader(t); err == nil {
			return d
		}
	}
	return t
}

// legacy reads bytes that are no UTF-8.
func legacy(s string) string {
	if t, err := simplifiedchinese.GB18030.NewDecoder().String(s); err == nil && !strings.ContainsRune(t, utf8.RuneError) {
		return t
	}
	t, err := charmap.Windows1252.NewDecoder().String(s)
	if err != nil {
		return strings.ToValidUTF8(s, "\ufffd")
	}
	return t
}

// written spells a text in a header field: words beyond ASCII are encoded, but for
// those in an address, where no encoded word may be.
func written(old []byte, text string) string {
	quoted := len(old) > 1 && old[0] == '"'
	if ascii(text) {
		if quoted || len(old) > 1 && old[0] == '=' && strings.ContainsAny(text, `,;:<>"()`) {
			return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
		}
		return strings.NewReplacer("\r", " ", "\n", " ").Replace(text)
	}
	if quoted || len(old) > 1 && old[0] == '=' {
		return mime.BEncoding.Encode("utf-8", text)
	}
	var out []string
	var wide []string
	flush := func() {
		if len(wide) > 0 {
			out = append(out, mime.BEncoding.Encode("utf-8", strings.Join(wide, " ")))
			wide = nil
		}
	}
	for w := range strings.SplitSeq(text, " ") {
		switch {
		case w == "" || ascii(w):
			flush()
			out = append(out, w)
		case strings.ContainsAny(w, "@<>"):
			flush()
			out = append(out, w)
		default:
			wide = append(wide, w)
		}
	}
	flush()
	return strings.Join(out, " ")
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0
}

// encoded is a text as encoded words, if it has to be.
func encoded(s string) string { return mime.BEncoding.Encode("utf-8", s) }

// extended writes the value of a parameter (RFC 2231).
func extended(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '.' || c == '-' || c == '_' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
