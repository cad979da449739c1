package exchange

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"consentry/authz"
)

// Reasons. None holds what the cell says.
var (
	errWord   = errors.New("not a word of the rule pack")
	errDay    = errors.New("not a day such as 2026-03-01")
	errBool   = errors.New("neither yes nor no")
	errDigest = errors.New("not a SHA-256 of 64 hexadecimal digits")
	errMarks  = errors.New("control characters")
	errEvents = errors.New("not as it was exported")
	errEmpty  = errors.New("empty")
	errLong   = fmt.Errorf("longer than %d characters", MaxCell)
	errName   = fmt.Errorf("longer than %d characters", MaxName)
)

// split takes a list apart; the marks of both languages separate.
func split(s string) []string {
	var out []string
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(";；\n", r) }) {
		if f = strings.TrimSpace(f); f != "" {
			out = append(out, f)
		}
	}
	return out
}

// words reads a list of terms by id or label. The Chinese enumeration comma may
// separate them too.
func words[T ~string](terms authz.Terms, s string) ([]T, error) {
	var out []T
	for _, w := range split(strings.ReplaceAll(s, "、", ";")) {
		t, ok := terms.Parse(w)
		if !ok {
			return nil, errWord
		}
		out = append(out, T(t.ID))
	}
	return out, nil
}

func join[T ~string](ws []T) string {
	ss := make([]string, len(ws))
	for i, w := range ws {
		ss[i] = string(w)
	}
	return strings.Join(ss, ";")
}

var days = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102"}

// day reads a day, as the midnight at which it begins, or an instant.
func (s Sheet) day(cell string) (at time.Time, whole bool, err error) {
	if t, err := time.Parse(time.RFC3339Nano, cell); err == nil && sane(t) {
		return t, false, nil
	}
	for _, layout := range days {
		if t, err := time.ParseInLocation(layout, cell, s.zone()); err == nil && sane(t) {
			return t, true, nil
		}
	}
	return time.Time{}, false, errDay
}

// sane keeps out the years of typing errors.
func sane(t time.Time) bool { return t.Year() >= 1900 && t.Year() <= 2999 }

// lastDay reads the last day of a period as the midnight after it.
func (s Sheet) lastDay(cell string) (time.Time, error) {
	t, whole, err := s.day(cell)
	if err == nil && whole {
		t = t.AddDate(0, 0, 1)
	}
	return t, err
}

func (s Sheet) writeDay(t time.Time) string {
	local := t.In(s.zone())
	switch y, m, d := local.Date(); {
	case t.IsZero():
		return ""
	case local.Equal(time.Date(y, m, d, 0, 0, 0, 0, s.zone())):
		return local.Format("2006-01-02")
	}
	return t.Format(time.RFC3339Nano)
}

func (s Sheet) writeLastDay(t time.Time) string {
	if day := s.writeDay(t); len(day) != len("2006-01-02") {
		return day
	}
	return t.In(s.zone()).AddDate(0, 0, -1).Format("2006-01-02")
}

func boolean(cell string) (bool, error) {
	switch authz.FoldName(cell) {
	case "yes", "y", "true", "1", "是", "有", "√", "✓", "已":
		return true, nil
	case "", "no", "n", "false", "0", "否", "无", "×", "未":
		return false, nil
	}
	return false, errBool
}

func writeBool(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func digest(cell string) (string, error) {
	cell = strings.ToLower(strings.TrimPrefix(strings.ToLower(cell), "sha256:"))
	if b, err := hex.DecodeString(cell); err != nil || len(b) != 32 {
		return "", errDigest
	}
	return cell, nil
}

// plainText bounds a cell and keeps control characters out.
func plainText(cell string, limit int) error {
	if utf8.RuneCountInString(cell) > limit {
		if limit == MaxName {
			return errName
		}
		return errLong
	}
	if strings.ContainsFunc(cell, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
		return errMarks
	}
	return nil
}
