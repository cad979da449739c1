package web

import (
	"strings"

	"consentry/redact/notation"
)

// An attr is an attribute with its bytes.
type attr struct {
	name           string // in small letters
	from, nameTo   int    // its name
	to             int    // behind it, quote and all
	valFrom, valTo int    // its value; empty where it has none
	quote          byte   // 0: none
}

// tag reads a tag as browsers do (WHATWG HTML, 13.2.5.6 and on). Unlike them it
// gives a second attribute of one name too: its bytes are there.
func (r *reader) tag(from, to int) (name string, attrs []attr) {
	s := r.src[:to]
	i := from + 1
	for i < to && !blank(s[i]) && s[i] != '/' && s[i] != '>' {
		i++
	}
	name = strings.ToLower(s[from+1 : i])
	for {
		for i < to && (blank(s[i]) || s[i] == '/') {
			i++
		}
		if i >= to || s[i] == '>' {
			return name, attrs
		}
		a := attr{from: i}
		for i < to && (i == a.from || s[i] != '=') && !blank(s[i]) && s[i] != '/' && s[i] != '>' {
			i++
		}
		a.name, a.nameTo, a.to = strings.ToLower(s[a.from:i]), i, i
		j := i
		for j < to && blank(s[j]) {
			j++
		}
		if j < to && s[j] == '=' {
			j++
			for j < to && blank(s[j]) {
				j++
			}
			switch {
			case j >= to || s[j] == '>':
				i = j
				a.valFrom, a.valTo, a.to = j, j, j
			case s[j] == '"' || s[j] == '\'':
				a.quote = s[j]
				a.valFrom = j + 1
				end := strings.IndexByte(s[a.valFrom:], a.quote)
				if end < 0 {
					end = to - a.valFrom
				}
				a.valTo = a.valFrom + end
				a.to = min(a.valTo+1, to)
				i = a.to
			default:
				a.valFrom = j
				for j < to && !blank(s[j]) && s[j] != '>' {
					j++
				}
				a.valTo, a.to = j, j
				i = j
			}
		}
		attrs = append(attrs, a)
	}
}

// value is an attribute's value, and how one is written in its place.
func (r *reader) value(a attr) (notation.Runs, func(string) string) {
	write := notation.Attribute
	if a.quote == 0 {
		write = notation.Bare
	}
	return plain(r.src, a.valFrom, a.valTo).References(true), r.spell(write)
}
