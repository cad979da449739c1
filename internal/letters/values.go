package letters

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

var errEmpty = errors.New("no value")

// render gives a value as Markdown.
func (f Field) render(lang, v string) (string, error) {
	v = strings.TrimSpace(v)
	if err := plain(v); err != nil {
		return "", err
	}
	if v == "" {
		switch {
		case f.Required:
			return "", errEmpty
		case f.Line:
			return "____________", nil
		}
		return none(lang), nil
	}
	switch f.Type {
	case "boxes":
		return f.table(v, strings.Repeat(" ☐ |", f.Boxes)+strings.Repeat(" |", f.Free)), nil
	case "rows":
		return f.table(v, ""), nil
	case "list":
		var items []string
		for l := range strings.Lines(v) {
			if l = strings.TrimSpace(l); l != "" {
				items = append(items, l)
			}
		}
		sep := pick(lang, "、", ", ")
		if lang == En && strings.Contains(v, ",") {
			sep = "; "
		}
		return escape(strings.Join(items, sep)), nil
	}
	v = strings.Join(strings.Fields(v), " ")
	return escape(v), f.check(v)
}

func (f Field) check(v string) error {
	var err error
	switch f.Type {
	case "date":
		_, err = time.Parse(time.DateOnly, v)
	case "time":
		_, err = time.Parse(time.RFC3339, v)
	case "number":
		_, err = strconv.Atoi(v)
	case "digest":
		var b []byte
		if b, err = hex.DecodeString(v); err == nil && len(b) != 32 {
			err = errors.New("length")
		}
	case "id":
		if strings.Contains(v, " ") {
			err = errors.New("space")
		}
	}
	if err != nil {
		return fmt.Errorf("%w: it is no %s", ErrValue, f.Type)
	}
	return nil
}

// table makes rows, one a line of the value, cells by tabs.
func (f Field) table(v, tail string) string {
	var rows []string
	for l := range strings.Lines(v) {
		var cells []string
		for c := range strings.SplitSeq(strings.TrimRight(l, "\r\n"), "\t") {
			cells = append(cells, escape(strings.Join(strings.Fields(c), " ")))
		}
		rows = append(rows, "| "+strings.Join(cells, " | ")+" |"+tail)
	}
	return strings.Join(rows, "\n")
}

// Marks that look like a box or a tick. A value with one could pass for a choice
// that nobody made.
const Marks = "☐☑☒□■▢▣✓✔✗✘✅❎⊠⊡🗹🗵🗷🗸"

// plain reports what must not stand in a value.
func plain(v string) error {
	for _, r := range v {
		switch {
		case strings.ContainsRune(Marks, r):
			return fmt.Errorf("%w: a box or a tick, which only the person concerned may set", ErrValue)
		case r == '\n' || r == '\t' || r == '\r':
		case unicode.IsControl(r), unicode.Is(unicode.Co, r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return fmt.Errorf("%w: a character that cannot be printed", ErrValue)
		}
	}
	return nil
}

// escape keeps a plain text from being read as Markdown.
func escape(v string) string {
	var b strings.Builder
	for i, r := range v {
		switch {
		case strings.ContainsRune("\\`*_[]<>&|~", r), i == 0 && strings.ContainsRune("#+-=", r):
			b.WriteByte('\\')
		case (r == '.' || r == ')') && i > 0 && strings.Trim(v[:i], "0123456789") == "":
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
