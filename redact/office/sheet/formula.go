package sheet

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"consentry/redact/splice"
)

// What a token of a formula is.
type tokenKind uint8

const (
	literal tokenKind = iota // a text between quotation marks
	sheets                   // the name of a sheet, or of two with a colon between
	named                    // a name: of a range, a table, a function
	column                   // a table's column
	foreign                  // another file, or what cannot be read: the formula goes
)

type token struct {
	kind     tokenKind
	text     string // what it says
	from, to int    // bytes of the file
}

// cellReference is what looks like a name and is none.
var cellReference = regexp.MustCompile(`^(?i:[a-z]{1,3}[0-9]{0,7}|r[0-9]*c[0-9]*|true|false)$`)

// tokens gives what a formula says beside functions, numbers and references to
// cells (18.17). Only what can be told apart with certainty is; the rest is foreign.
func tokens(src []byte, from, to int) ([]token, error) {
	m, err := decoded(src, from, to)
	if err != nil {
		return nil, err
	}
	var out []token
	s := m.text
	add := func(kind tokenKind, text string, from, to int) {
		out = append(out, token{kind: kind, text: text, from: m.at[from], to: m.at[to]})
	}
	for i := 0; i < len(s); {
		r, width := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '"':
			end := closing(s, i, '"')
			if end < 0 {
				add(foreign, s[i:], i, len(s))
				return out, nil
			}
			add(literal, strings.ReplaceAll(s[i+1:end], `""`, `"`), i+1, end)
			i = end + 1
		case r == '\'':
			end := closing(s, i, '\'')
			if end < 0 || end+1 >= len(s) || s[end+1] != '!' || strings.ContainsAny(s[i:end], "[]") {
				add(foreign, s[i:], i, len(s))
				return out, nil
			}
			add(sheets, strings.ReplaceAll(s[i+1:end], "''", "'"), i, end+1)
			i = end + 2
		case r == '[':
			end := bracket(s, i)
			if end < 0 {
				add(foreign, s[i:], i, len(s))
				return out, nil
			}
			if next, _ := utf8.DecodeRuneInString(s[end:]); end < len(s) && (next == '!' || next == '\'' || inName(next)) {
				if s[i:end] != "[0]" {
					add(foreign, s[i:end], i, end)
				}
			} else {
				columns(s, i, end, add)
			}
			i = end
		case r == '|':
			add(foreign, "|", i, i+1)
			i++
		case r == '#':
			for i++; i < len(s) && (s[i] >= 'A' && s[i] <= 'Z' || s[i] >= '0' && s[i] <= '9' || strings.IndexByte("/!?_", s[i]) >= 0); i++ {
			}
		case unicode.IsDigit(r) || r == '.':
			for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == '.') {
				i++
			}
			if r > unicode.MaxASCII {
				i += width
			}
		case startsName(r):
			end := nameEnd(s, i)
			text := s[i:end]
			switch {
			case end < len(s) && s[end] == '!':
				add(sheets, text, i, end)
				end++
			case end < len(s) && s[end] == ':' && twoSheets(s, end) > 0: // Sheet1:Sheet3!A1
				second := twoSheets(s, end)
				add(sheets, s[i:second], i, second)
				end = second + 1
			case !cellReference.MatchString(text):
				add(named, text, i, end)
			}
			i = end
		default:
			i += width
		}
	}
	return out, nil
}

// closing is where the text that begins at s[i] with a quotation mark ends; marks
// in it are doubled. -1: nowhere.
func closing(s string, i int, mark byte) int {
	for k := i + 1; k < len(s); k++ {
		if s[k] != mark {
			continue
		}
		if k+1 < len(s) && s[k+1] == mark {
			k++
			continue
		}
		return k
	}
	return -1
}

// bracket is behind the bracket that closes the one at s[i]; -1: nowhere.
func bracket(s string, i int) int {
	depth := 0
	for k := i; k < len(s); k++ {
		switch s[k] {
		case '\'':
			k++
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return k + 1
			}
		}
	}
	return -1
}

// columns adds the columns that a structured reference (s[from:to], brackets
// included) names.
func columns(s string, from, to int, add func(tokenKind, string, int, int)) {
	inner := s[from+1 : to-1]
	if at := strings.IndexByte(inner, '['); at >= 0 && (at == 0 || inner[at-1] != '\'') {
		for i := from + 1; i < to-1; i++ {
			switch s[i] {
			case '\'':
				i++
			case '[':
				end := bracket(s, i)
				if end < 0 || end >= to {
					add(foreign, s[i:to], i, to)
					return
				}
				columns(s, i, end, add)
				i = end - 1
			}
		}
		return
	}
	start := from + 1
	if strings.HasPrefix(inner, "@") {
		start++
	}
	if text := s[start : to-1]; text != "" && text[0] != '#' {
		var b strings.Builder
		for i := 0; i < len(text); i++ {
			if text[i] == '\'' && i+1 < len(text) {
				i++
			}
			b.WriteByte(text[i])
		}
		add(column, b.String(), start, to-1)
	}
}

func startsName(r rune) bool { return unicode.IsLetter(r) || r == '_' || r == '\\' }

func inName(r rune) bool {
	return startsName(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '.' || r == '?'
}

func nameEnd(s string, i int) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !inName(r) {
			break
		}
		i += n
	}
	return i
}

// twoSheets is where the second name of a range of sheets ends, whose colon is at
// s[colon]; 0 where there is none.
func twoSheets(s string, colon int) int {
	end := nameEnd(s, colon+1)
	if end > colon+1 && end < len(s) && s[end] == '!' {
		return end
	}
	return 0
}

// Literals is a formula's texts between quotation marks, as one text; nil for none.
// The formula is src[from:to], in the file-th file; encode writes a text in it.
func Literals(src []byte, file, from, to int, encode splice.Encode) (splice.Text, error) {
	ts, err := tokens(src, from, to)
	if err != nil {
		return nil, err
	}
	var out splice.Text
	speaks := false
	for _, t := range ts {
		if t.kind != literal || t.text == "" {
			continue
		}
		if len(out) > 0 {
			out = append(out, splice.Piece{Text: "\t", File: file, From: t.from, To: t.from})
		}
		out = append(out, splice.Piece{Text: t.text, File: file, From: t.from, To: t.to, Encode: func(old []byte, s string) []byte {
			return encode(old, strings.ReplaceAll(s, `"`, `""`))
		}})
		speaks = speaks || strings.ContainsFunc(t.text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	}
	if !speaks {
		return nil, nil
	}
	return out, nil
}

// Names are what is named otherwise now, by the old names in lower case.
type Names struct {
	Sheets, Ranges, Columns map[string]string
	// Gone reports whether a removed text stands in a name.
	Gone func(string) bool
}

// Renamed gives the changes of a formula so that it uses the new names. It is not
// ok where the formula leads to another file or still names what was removed: then
// it has to go.
func (n *Names) Renamed(src []byte, file, from, to int, encode splice.Encode) (out []splice.Change, ok bool) {
	ts, err := tokens(src, from, to)
	if err != nil {
		return nil, false
	}
	for _, t := range ts {
		now := t.text
		switch t.kind {
		case literal:
			continue // a text of its own
		case foreign:
			return nil, false
		case sheets:
			first, second, two := strings.Cut(t.text, ":")
			now = renamed(n.Sheets, first)
			if two {
				now += ":" + renamed(n.Sheets, second)
			}
		case named:
			now = renamed(n.Ranges, t.text)
		case column:
			now = renamed(n.Columns, t.text)
		}
		if n.Gone(now) {
			return nil, false
		}
		if now == t.text {
			continue
		}
		switch t.kind {
		case sheets:
			now = "'" + strings.ReplaceAll(now, "'", "''") + "'"
		case column:
			now = special.Replace(now)
		}
		out = append(out, splice.Change{File: file, From: t.from, To: t.to, With: encode(nil, now)})
	}
	return out, true
}

// special writes what has a meaning in a structured reference (18.17.6.2).
var special = strings.NewReplacer("'", "''", "[", "'[", "]", "']", "#", "'#", "@", "'@")

func renamed(names map[string]string, old string) string {
	if now, ok := names[strings.ToLower(old)]; ok {
		return now
	}
	return old
}
