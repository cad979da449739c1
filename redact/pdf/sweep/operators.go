package sweep

import (
	"bytes"

	"consentry/redact/pdf/syntax"
)

// A cut is a piece of a content stream that something else stands for.
type cut struct {
	from, to int
	with     string
}

// operators copies a content stream with other names for its resources and tags,
// and without its comments if one of them holds a removed text; it counts those.
func (c *cleaner) operators(b []byte) (out []byte, comments int) {
	var cuts, remarks []cut
	held := false
	scan(b, func(from, to int) {
		remarks = append(remarks, cut{from, to, ""})
		held = held || c.holds(b[from+1:to])
	}, func(from, to int) {
		l := syntax.Lexer{Src: b[:to], Pos: from}
		n, _ := l.Next()
		if name, ok := n.(syntax.Name); ok {
			if now := c.name(string(name)); now != string(name) {
				cuts = append(cuts, cut{from, to, "/" + now})
			}
		}
	})
	if !held {
		remarks = nil
	}
	if len(cuts)+len(remarks) == 0 {
		return b, 0
	}
	at := 0
	for len(cuts)+len(remarks) > 0 {
		var next cut
		if len(cuts) == 0 || len(remarks) > 0 && remarks[0].from < cuts[0].from {
			next, remarks = remarks[0], remarks[1:]
			comments++
		} else {
			next, cuts = cuts[0], cuts[1:]
		}
		out = append(append(out, b[at:next.from]...), next.with...)
		at = next.to
	}
	return append(out, b[at:]...), comments
}

// scan finds the comments and the names of a content stream, but for those within
// strings and inline pictures.
func scan(b []byte, comment, name func(from, to int)) {
	inline := false
	for i := 0; i < len(b); {
		from := i
		switch c := b[i]; {
		case c == '%':
			for i < len(b) && b[i] != '\n' && b[i] != '\r' {
				i++
			}
			comment(from, i)
		case c == '(':
			i = skipLiteral(b, i)
		case c == '<' && i+1 < len(b) && b[i+1] == '<':
			i += 2
		case c == '<':
			if end := bytes.IndexByte(b[i:], '>'); end >= 0 {
				i += end
			}
			i++
		case c == '/':
			i = word(b, i+1)
			name(from, i)
		case syntax.IsSpace(c), syntax.IsDelimiter(c):
			i++
		default:
			i = word(b, i)
			switch string(b[from:i]) {
			case "BI":
				inline = true
			case "ID":
				if inline {
					i = skipInline(b, i)
				}
				inline = false
			}
		}
	}
}

func word(b []byte, i int) int {
	for i < len(b) && !syntax.IsSpace(b[i]) && !syntax.IsDelimiter(b[i]) {
		i++
	}
	return i
}

func skipLiteral(b []byte, i int) int {
	for depth := 0; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(b)
}

// skipInline is where the data of an inline picture end.
func skipInline(b []byte, i int) int {
	for j := i; j+2 < len(b); j++ {
		if syntax.IsSpace(b[j]) && b[j+1] == 'E' && b[j+2] == 'I' && (j+3 == len(b) || syntax.IsSpace(b[j+3])) {
			return j + 3
		}
	}
	return len(b)
}
