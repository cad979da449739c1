package web

import (
	"encoding/json"
	"strings"
	"unicode"

	"consentry/redact/notation"
)

// isData reports whether a script of this type is data in JSON, which does not run.
func isData(kind string) bool {
	kind, _, _ = strings.Cut(kind, ";")
	return kind == "application/json" || strings.HasSuffix(kind, "+json") || kind == "importmap" || kind == "speculationrules"
}

// json reads data: its strings, the names of its members where they are words, and
// long numbers. What is no JSON is dropped.
func (r *reader) json(runs notation.Runs, write func(string) string) {
	c := notation.NewCutter(runs)
	s := c.Text
	if !json.Valid([]byte(s)) {
		if from, to := runs.Bounds(); strings.TrimSpace(s) != "" {
			r.put(from, to, "{}", "script-dropped")
		}
		return
	}
	for i := 0; i < len(s) && r.err == nil; {
		switch {
		case s[i] == '"':
			end := quoted(s, i)
			r.jsonText(c.Cut(i+1, end), strings.HasPrefix(strings.TrimLeft(s[end+1:], " \t\r\n"), ":"), write)
			i = end + 1
		case s[i] >= '0' && s[i] <= '9':
			j := i
			for j < len(s) && strings.IndexByte("0123456789.eE+-", s[j]) >= 0 {
				j++
			}
			if j-i >= 5 {
				r.add(partData, c.Cut(i, j).Pieces(r.spell(func(s string) string {
					if json.Valid([]byte(s)) {
						return s
					}
					return write(`"` + notation.JSONString(s) + `"`)
				})))
			}
			i = j
		default:
			i++
		}
	}
}

func (r *reader) jsonText(runs notation.Runs, member bool, write func(string) string) {
	text := runs.JSON()
	s := text.String()
	in := func(s string) string { return write(notation.JSONString(s)) }
	switch {
	case member && ascii(s) && !strings.Contains(s, " "):
		r.place(text, asIs, in)
	case strings.Contains(s[:min(len(s), 12)], "://") || strings.HasPrefix(s, "/") || strings.HasPrefix(s, "data:") || strings.HasPrefix(s, "mailto:") || strings.HasPrefix(s, "tel:"):
		r.address(text, in)
	case strings.IndexFunc(s, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) >= 0:
		r.add(partData, text.Pieces(r.spell(in)))
	}
}
