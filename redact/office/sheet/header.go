package sheet

import (
	"regexp"
	"strings"

	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

// codes are what stands in a header or footer beside its text (18.3.1.46): a font,
// a colour, a size, or a letter for a place, a look or a field.
var codes = regexp.MustCompile(`^&(?:"[^"]*"|K(?:[0-9A-Fa-f]{6}|[0-9]{2}[+-][0-9]{3})|[0-9]+|[A-Za-z])`)

// Header reads a page header or footer, which is src[from:to]: the text between
// its codes, and the names of fonts, which say nothing to people.
func Header(src []byte, file, from, to int) (splice.Text, error) {
	m, err := decoded(src, from, to)
	if err != nil {
		return nil, err
	}
	var out splice.Text
	var run strings.Builder
	start := 0
	flush := func(end int) {
		if run.Len() > 0 {
			out = append(out, splice.Piece{Text: run.String(), File: file, From: m.at[start], To: m.at[end], Encode: headerText})
		}
		run.Reset()
	}
	apart := func(s string, at int) {
		flush(at)
		out = append(out, splice.Piece{Text: s, File: file, From: m.at[at], To: m.at[at]})
	}
	s := m.text
	for i := 0; i < len(s); {
		if s[i] == '&' && i+1 < len(s) && s[i+1] == '&' {
			if run.Len() == 0 {
				start = i
			}
			run.WriteByte('&')
			i += 2
			continue
		}
		code := codes.FindString(s[i:])
		if code == "" {
			if run.Len() == 0 {
				start = i
			}
			run.WriteByte(s[i])
			i++
			continue
		}
		flush(i)
		switch code[1] {
		case 'L', 'C', 'R', 'l', 'c', 'r':
			if i > 0 {
				apart("\n", i)
			}
		case 'P', 'N', 'D', 'T', 'G', 'A', 'F', 'Z', 'p', 'n', 'd', 't', 'g', 'a', 'f', 'z':
			apart(" ", i)
		}
		i += len(code)
	}
	flush(len(s))
	return out, nil
}

// headerText writes a text between codes. Digits would belong to a code before them.
func headerText(old []byte, s string) []byte {
	if s != "" && s[0] >= '0' && s[0] <= '9' {
		s = " " + s
	}
	return xmltext.EncodeText(old, strings.ReplaceAll(s, "&", "&&"))
}
