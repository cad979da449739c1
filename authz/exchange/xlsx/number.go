package xlsx

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// dateKind says whether a style shows numbers as days or times.
type dateKind uint8

const (
	noDate dateKind = iota
	isDate
)

func (x *Reader) readStyles(st styles) {
	custom := map[int]string{}
	for _, f := range st.Formats {
		custom[f.ID] = f.Code
	}
	for _, c := range st.Cells {
		kind := noDate
		code, own := custom[c.Format]
		switch id := c.Format; {
		case own && showsDate(code), !own && (id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id >= 57 && id <= 58):
			kind = isDate
		}
		x.dates = append(x.dates, kind)
	}
}

// showsDate reports whether a number format shows a year, a month or a day: y or
// d, or m without hours and seconds beside it, outside quotation marks, brackets
// and escapes.
func showsDate(code string) bool {
	code, _, _ = strings.Cut(code, ";") // the form of positive numbers
	var quoted, bracket, month, clock bool
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case quoted:
			quoted = c != '"'
		case bracket:
			bracket = c != ']'
		case c == '"':
			quoted = true
		case c == '[':
			bracket = true
		case c == '\\', c == '_', c == '*':
			i++
		default:
			switch c | 0x20 {
			case 'y', 'd':
				return true
			case 'm':
				month = true
			case 'h', 's':
				clock = true
			}
		}
	}
	return month && !clock
}

// number is a number as text: a day such as 2026-03-01 or an instant without a
// zone where its style shows dates, all digits otherwise.
func (x *Reader) number(value, style string) string {
	n, err := strconv.Atoi(style)
	if err == nil && n >= 0 && n < len(x.dates) && x.dates[n] == isDate {
		if s, ok := x.day(value); ok {
			return s
		}
	}
	if !strings.ContainsAny(value, ".eE") {
		return value
	}
	f, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) || math.Abs(f) >= 1e21 {
		return value
	}
	// A spreadsheet keeps 15 digits; what stands behind them is noise.
	f, err = strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
	if err != nil {
		return value
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// day reads a serial number of days since 1899-12-30, or since 1904-01-01.
func (x *Reader) day(value string) (string, bool) {
	f, err := strconv.ParseFloat(value, 64)
	if err != nil || !(f >= 1 && f < 2958466) { // up to the year 9999
		return "", false
	}
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if x.from1904 {
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	whole := math.Floor(f)
	seconds := math.Round((f - whole) * 86400)
	t := start.AddDate(0, 0, int(whole)).Add(time.Duration(seconds) * time.Second)
	if seconds == 0 {
		return t.Format("2006-01-02"), true
	}
	return t.Format("2006-01-02 15:04:05"), true
}
