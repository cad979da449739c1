package exchange

import (
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"consentry/authz"
)

// split takes a list apart; the marks of both languages separate, and the " ::: "
// by which Google Contacts puts several values into a cell.
func split(s string) []string {
	if strings.Contains(s, ":::") {
		s = strings.ReplaceAll(s, " ::: ", ";")
	}
	var out []string
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '；' || r == '\n' }) {
		if f = strings.TrimSpace(f); f != "" {
			out = append(out, f)
		}
	}
	return out
}

// freeList reads a list of texts as writeList writes it.
func freeList(cell string) []string {
	var out []string
	if strings.HasPrefix(cell, "[") && json.Unmarshal([]byte(cell), &out) == nil {
		return slices.DeleteFunc(out, func(s string) bool { return s == "" })
	}
	return split(cell)
}

// writeList writes a list of texts; as JSON where one holds a mark that separates.
func writeList(vs []string) string {
	if len(vs) == 0 {
		return ""
	}
	if s := strings.Join(vs, ";"); slices.Equal(freeList(s), vs) {
		return s
	}
	b, err := json.Marshal(vs)
	if err != nil { // plain strings
		return ""
	}
	return string(b)
}

// addresses reads addresses: the marks of a list stand inside them.
func addresses(cell string) []string {
	var out []string
	if strings.HasPrefix(cell, "[") && json.Unmarshal([]byte(cell), &out) == nil {
		return slices.DeleteFunc(out, func(s string) bool { return s == "" })
	}
	for _, a := range strings.Split(cell, " ::: ") {
		if a = strings.TrimSpace(a); a != "" {
			out = append(out, a)
		}
	}
	return out
}

func writeAddresses(vs []string) string {
	if len(vs) == 0 || slices.Equal(addresses(vs[0]), vs) {
		return strings.Join(vs, "")
	}
	b, err := json.Marshal(vs)
	if err != nil { // plain strings
		return ""
	}
	return string(b)
}

// shortened reports whether a spreadsheet wrote a telephone number as 1.38E+10.
func shortened(s string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(s), "E+")
	return ok && mantissa != "" && exponent != "" && strings.Trim(mantissa, "0123456789.") == "" && strings.Trim(exponent, "0123456789") == ""
}

// domain is the host of an address on the web, without its www.
func domain(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if _, after, ok := strings.Cut(s, "://"); ok {
		s = after
	}
	s, _, _ = strings.Cut(s, "/")
	return strings.TrimPrefix(s, "www.")
}

// A memo keeps what the words and days of a file mean: they are few and stand in
// every row.
type memo struct {
	terms map[[2]string]string   // by column and cell
	lists map[[2]string][]string // likewise
	days  map[string]dayRead
}

type dayRead struct {
	at    time.Time
	whole bool
}

// maxMemo bounds each of its lists.
const maxMemo = 10_000

func newMemo() *memo {
	return &memo{map[[2]string]string{}, map[[2]string][]string{}, map[string]dayRead{}}
}

// term finds a word of the rule pack by id or label.
func (s Sheet) term(column string, terms authz.Terms, word string) (string, bool) {
	key := [2]string{column, word}
	if s.memo != nil {
		if id, ok := s.memo.terms[key]; ok {
			return id, true
		}
	}
	t, ok := terms.Parse(word)
	if ok && s.memo != nil && len(s.memo.terms) < maxMemo {
		s.memo.terms[[2]string{column, strings.Clone(word)}] = t.ID
	}
	return t.ID, ok
}

// words reads a list of terms by id or label. The Chinese enumeration comma may
// separate them too.
func words[T ~string](s Sheet, column string, terms authz.Terms, cell string) ([]T, error) {
	key := [2]string{column, cell}
	if s.memo != nil {
		if ids, ok := s.memo.lists[key]; ok {
			return typed[T](ids), nil
		}
	}
	var ids []string
	for _, w := range split(strings.ReplaceAll(cell, "、", ";")) {
		t, ok := terms.Parse(w)
		if !ok {
			return nil, NotInPack
		}
		ids = append(ids, t.ID)
	}
	if s.memo != nil && len(s.memo.lists) < maxMemo {
		s.memo.lists[[2]string{column, strings.Clone(cell)}] = ids
	}
	return typed[T](ids), nil
}

// typed is a list of its own, so that no two consents share one.
func typed[T ~string](ids []string) []T {
	if len(ids) == 0 {
		return nil
	}
	out := make([]T, len(ids))
	for i, id := range ids {
		out[i] = T(id)
	}
	return out
}

// fold is authz.FoldName, at once for what is folded already.
func fold(s string) string {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return authz.FoldName(s)
		}
	}
	return s
}

func join[T ~string](ws []T) string {
	ss := make([]string, len(ws))
	for i, w := range ws {
		ss[i] = string(w)
	}
	return strings.Join(ss, ";")
}

var (
	days     = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102"}
	instants = []string{"2006-1-2 15:04:05", "2006-1-2 15:04", "2006/1/2 15:04:05", "2006/1/2 15:04"}
)

// day reads a day, as the midnight at which it begins, or an instant.
func (s Sheet) day(cell string) (at time.Time, whole bool, err error) {
	if s.memo != nil {
		if d, ok := s.memo.days[cell]; ok {
			return d.at, d.whole, nil
		}
	}
	d, ok := s.parseDay(cell)
	if !ok {
		return time.Time{}, false, NotADay
	}
	if s.memo != nil && len(s.memo.days) < maxMemo {
		s.memo.days[strings.Clone(cell)] = d
	}
	return d.at, d.whole, nil
}

func (s Sheet) parseDay(cell string) (dayRead, bool) {
	for _, layout := range days {
		if t, err := time.ParseInLocation(layout, cell, s.zone()); err == nil && sane(t) {
			return dayRead{t, true}, true
		}
	}
	if t, err := time.Parse(time.RFC3339Nano, cell); err == nil && sane(t) {
		return dayRead{t, false}, true
	}
	for _, layout := range instants {
		if t, err := time.ParseInLocation(layout, cell, s.zone()); err == nil && sane(t) {
			return dayRead{t, false}, true
		}
	}
	return dayRead{}, false
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
	switch fold(cell) {
	case "yes", "y", "true", "1", "是", "有", "√", "✓", "已":
		return true, nil
	case "", "no", "n", "false", "0", "否", "无", "×", "未":
		return false, nil
	}
	return false, NotYesOrNo
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
		return "", NotADigest
	}
	return cell, nil
}

// plainText bounds a cell and keeps control characters out.
func plainText(cell string, limit int) error {
	if len(cell) > limit && utf8.RuneCountInString(cell) > limit {
		if limit == MaxName {
			return NameTooLong
		}
		return TooLong
	}
	if strings.ContainsFunc(cell, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
		return ControlMarks
	}
	return nil
}
