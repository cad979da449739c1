package web

import (
	"strings"

	"consentry/redact/notation"
)

// rawCSS writes in a style element, which only its end tag ends.
func rawCSS(s string) string { return strings.ReplaceAll(s, "</", "<\\/") }

// css reads a style sheet, or the declarations of an element: comments, strings
// and addresses are texts; the rest is searched for what is removed.
func (r *reader) css(runs notation.Runs, write func(string) string) {
	c := notation.NewCutter(runs)
	s, done := c.Text, 0
	rest := func(to int) {
		if done < to {
			r.place(c.Cut(done, to).CSS(), notation.Identifier, write)
		}
	}
	for i := 0; i < len(s) && r.err == nil; {
		switch {
		case strings.HasPrefix(s[i:], "/*"):
			rest(i)
			end := strings.Index(s[i+2:], "*/")
			if end < 0 {
				end = len(s) - i - 2
			}
			r.add(partStyles, c.Cut(i+2, i+2+end).Pieces(r.spell(func(s string) string {
				return write(strings.NewReplacer("*", "", "<", "", "/", "").Replace(s))
			})))
			i = min(i+2+end+2, len(s))
			done = i
		case s[i] == '"' || s[i] == '\'':
			rest(i + 1)
			end := quoted(s, i)
			r.cssText(c.Cut(i+1, end), write)
			i, done = min(end+1, len(s)), end
		case len(s) > i+4 && strings.EqualFold(s[i:i+4], "url("):
			j := i + 4
			for j < len(s) && blank(s[j]) {
				j++
			}
			if j < len(s) && (s[j] == '"' || s[j] == '\'') {
				i = j
				continue
			}
			rest(j)
			end := strings.IndexByte(s[j:], ')')
			if end < 0 {
				end = len(s) - j
			}
			r.address(c.Cut(j, j+end).CSS(), write)
			i, done = j+end, j+end
		case s[i] == '\\':
			i = min(i+2, len(s))
		default:
			i++
		}
	}
	rest(len(s))
}

// quoted is where the string that begins at i ends.
func quoted(s string, i int) int {
	for j := i + 1; j < len(s); j++ {
		switch s[j] {
		case '\\':
			j++
		case s[i], '\n':
			return j
		}
	}
	return len(s)
}

// cssText takes in a string of a style sheet.
func (r *reader) cssText(runs notation.Runs, write func(string) string) {
	text := runs.CSS()
	switch s := text.String(); {
	case r.dataURL(text, write):
	case strings.Contains(s, "/") && !strings.Contains(s, " "):
		r.address(text, write)
	default:
		r.say(partStyles, text, func(s string) string { return write(notation.CSSString(s)) })
	}
}
