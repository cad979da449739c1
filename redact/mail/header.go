package mail

import (
	"strings"

	"consentry/redact/notation"
	"consentry/redact/splice"
)

// A headerField is one field with its bytes.
type headerField struct {
	name  string // in small letters
	line  span   // the whole, its last line break too
	value span   // without the space around it
}

// header reads the fields of an entity; body is where what follows them begins.
func header(src string, s span) (fields []headerField, body int, ok bool) {
	at := s.from
	for at < s.to {
		end := min(lineEnd(src, at), s.to)
		line := src[at:end]
		if strings.Trim(line, "\r\n") == "" {
			return fields, end, true
		}
		for end < s.to && (src[end] == ' ' || src[end] == '\t') { // folded
			end = min(lineEnd(src, end), s.to)
		}
		name, _, found := strings.Cut(line, ":")
		if !found || name == "" || strings.ContainsAny(strings.TrimRight(name, " \t"), " \t\r\n") {
			return fields, at, len(fields) > 0 // a body without the empty line before it
		}
		f := headerField{name: strings.ToLower(strings.TrimRight(name, " \t")), line: span{at, end}}
		f.value = trimmed(src, span{at + len(name) + 1, end})
		fields = append(fields, f)
		at = end
	}
	return fields, at, true
}

func trimmed(src string, s span) span {
	for s.from < s.to && strings.IndexByte(" \t\r\n", src[s.from]) >= 0 {
		s.from++
	}
	for s.to > s.from && strings.IndexByte(" \t\r\n", src[s.to-1]) >= 0 {
		s.to--
	}
	return s
}

// A param is one of a field, such as filename, or a piece of it (RFC 2231).
type param struct {
	name     string // in small letters, without what marks a piece
	whole    span   // from the semicolon before it
	value    span   // within quotes, if it has some
	quoted   bool
	extended bool // percent-encoded
	first    bool // of its pieces: has the charset in front
}

// params reads those of a field and where the word before them stands.
func params(src string, s span) (word span, list []param) {
	next := func(at int) int {
		for quoted := false; at < s.to; at++ {
			switch c := src[at]; {
			case c == '\\' && quoted:
				at++
			case c == '"':
				quoted = !quoted
			case c == ';' && !quoted:
				return at
			}
		}
		return s.to
	}
	end := next(s.from)
	word = trimmed(src, span{s.from, end})
	for end < s.to {
		from := end
		end = next(from + 1)
		name, _, ok := strings.Cut(src[from+1:end], "=")
		p := param{whole: span{from, end}, name: strings.ToLower(strings.TrimSpace(name)), first: true}
		if ok {
			p.value = trimmed(src, span{from + 1 + len(name) + 1, end})
		}
		if v := src[p.value.from:p.value.to]; len(v) > 1 && v[0] == '"' && v[len(v)-1] == '"' {
			p.quoted = true
			p.value = span{p.value.from + 1, p.value.to - 1}
		}
		if p.name, p.extended = strings.CutSuffix(p.name, "*"); !p.extended || strings.Contains(p.name, "*") {
			base, number, piece := strings.Cut(p.name, "*")
			if piece {
				p.name, p.first = base, number == "0"
			}
		}
		list = append(list, p)
	}
	return word, list
}

// runs reads a parameter's value, and how one is written in its place.
func (p param) runs(src string) (notation.Runs, func(old []byte, text string) []byte) {
	if p.extended {
		v := src[p.value.from:p.value.to]
		if parts := strings.SplitN(v, "'", 3); p.first && len(parts) == 3 { // charset'language'text; the bytes tell the charset
			text := notation.Plain(parts[2], 0, len(parts[2])).Percent().String()
			return notation.Runs{{Text: text, From: p.value.from, To: p.value.to}}, func(_ []byte, s string) []byte {
				return []byte("utf-8''" + extended(s))
			}
		}
		return notation.Plain(src, p.value.from, p.value.to).Percent(), func(_ []byte, s string) []byte { return []byte(extended(s)) }
	}
	runs := field(src, p.value)
	if p.quoted {
		return runs, func(_ []byte, s string) []byte {
			if ascii(s) {
				return []byte(strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s))
			}
			return []byte(encoded(s))
		}
	}
	text := runs.String()
	return notation.Runs{{Text: text, From: p.value.from, To: p.value.to}}, func(_ []byte, s string) []byte { return []byte(`"` + encoded(s) + `"`) }
}

// value is what a parameter of this name says, all its pieces.
func value(src string, list []param, name string) (t splice.Text) {
	for _, p := range list {
		if p.name != name {
			continue
		}
		runs, write := p.runs(src)
		for _, piece := range runs.Pieces(nil) {
			piece.Encode = write
			t = append(t, piece)
		}
	}
	return t
}
