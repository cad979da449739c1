package generalise

import (
	"fmt"

	"consentry/redact"
)

// recent is the year from which years say little of a company.
const recent = 1990

// A day is what a text tells of a date; 0 is not told.
type day struct{ year, month, day int }

var months = func() map[rune][]string { // January … and Jan …, in order of length
	m := map[rune][]string{}
	for _, n := range monthNames {
		m[rune(n[0])] = append(m[rune(n[0])], n)
	}
	for _, n := range monthNames {
		m[rune(n[0])] = append(m[rune(n[0])], n[:3])
	}
	m['s'] = append([]string{"september", "sept"}, m['s'][1:]...)
	return m
}()

var monthNames = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

func monthAt(text []rune, i int) (month, end int) {
	if i >= len(text) {
		return 0, i
	}
	for _, n := range months[text[i]] {
		if !wordAt(text, i, n) {
			continue
		}
		for m, full := range monthNames {
			if full[:3] == n[:3] {
				end = i + len(n)
				if end < len(text) && text[end] == '.' && len(n) < len(full) {
					end++
				}
				return m + 1, end
			}
		}
	}
	return 0, i
}

// small reads a number of one or two digits, with st, nd, rd or th.
func small(text []rune, i int) (n, end int) {
	for end = i; end < len(text) && end < i+3 && isDigit(text[end]); end++ {
		n = n*10 + int(text[end]-'0')
	}
	if end == i || end > i+2 {
		return 0, i
	}
	for _, th := range []string{"st", "nd", "rd", "th"} {
		if wordAt(text, end, th) {
			return n, end + 2
		}
	}
	return n, end
}

func yearAt(text []rune, i int) (year, end int) {
	if i+4 > len(text) {
		return 0, i
	}
	for end = i; end < i+4; end++ {
		if !isDigit(text[end]) {
			return 0, i
		}
		year = year*10 + int(text[end]-'0')
	}
	if end < len(text) && (isDigit(text[end]) || latin(text[end])) || year < 1000 || year > 2199 {
		return 0, i
	}
	return year, end
}

func skipTo(text []rune, i int) int {
	for n := 0; i < len(text) && n < 3 && (text[i] == ' ' || text[i] == ','); n++ {
		i++
	}
	return i
}

// englishDate reads 17 March 2026, March 17, 2026, March 2026, 17 March.
func englishDate(text []rune, i int) (day, int, bool) {
	var t day
	at := i
	if isDigit(text[i]) {
		n, end := small(text, i)
		if end == i || n < 1 || n > 31 || end >= len(text) || text[end] != ' ' {
			return t, i, false
		}
		t.day, at = n, end+1
		if wordAt(text, at, "of") {
			at += 3
		}
	}
	m, end := monthAt(text, at)
	if m == 0 {
		return t, i, false
	}
	t.month, at = m, end
	next := skipTo(text, at)
	if y, e := yearAt(text, next); y > 0 && next > at {
		t.year = y
		return t, e, true
	}
	if t.day > 0 {
		return t, at, true
	}
	if n, e := small(text, next); n >= 1 && n <= 31 && next == at+1 && (e == len(text) || !isDigit(text[e])) {
		t.day, at = n, e
		next = skipTo(text, at)
		if y, e := yearAt(text, next); y > 0 && next > at {
			t.year, at = y, e
		}
		return t, at, true
	}
	return t, i, false // may, march: no date alone
}

// numberedDate reads 2026年3月17日, 3月17日, 1903年, 二〇二六年三月, 2026-03-17, 2026/3/17.
func numberedDate(text []rune, i int) (day, int, bool) {
	var t day
	n, ok := dateNumber(text, i)
	if !ok || n.end >= len(text) {
		return t, i, false
	}
	at, v := n.end, int(n.v)
	switch sep := text[at]; {
	case sep == '年' && v >= 1000 && v < 2200:
		t.year = v
		at++
		if m, ok := dateNumber(text, skipTo(text, at)); ok && m.v >= 1 && m.v <= 12 && m.end < len(text) && text[m.end] == '月' {
			t.month, at = int(m.v), m.end+1
			return dayAt(text, at, t)
		}
		return t, at, at == len(text) || !notAfterYear[text[at]]
	case sep == '月' && v >= 1 && v <= 12:
		t.month = v
		t, at, _ = dayAt(text, at+1, t)
		return t, at, t.day > 0
	case (sep == '-' || sep == '/' || sep == '.') && !n.words && at == i+4 && v >= 1900 && v < 2100:
		m, e := small(text, at+1)
		if m < 1 || m > 12 || e >= len(text) || text[e] != sep {
			return t, i, false
		}
		d, e := small(text, e+1)
		if d < 1 || d > 31 || e < len(text) && (isDigit(text[e]) || text[e] == sep) {
			return t, i, false
		}
		return day{v, m, d}, e, true
	}
	return t, i, false
}

// notAfterYear: 2026年度, 2026年上半年, 2026年底, 2026年第三季度 are not exact or something else.
var notAfterYear = map[rune]bool{'度': true, '上': true, '下': true, '底': true, '初': true, '末': true, '第': true, '代': true, '一': true, '四': true, '间': true}

func dayAt(text []rune, at int, t day) (day, int, bool) {
	if n, ok := dateNumber(text, skipTo(text, at)); ok && n.v >= 1 && n.v <= 31 && n.end < len(text) && (text[n.end] == '日' || text[n.end] == '号') {
		t.day = int(n.v)
		return t, n.end + 1, true
	}
	return t, at, true
}

// dateNumber is a number without a multiplier behind it.
func dateNumber(text []rune, i int) (number, bool) {
	if i >= len(text) {
		return number{}, false
	}
	if isDigit(text[i]) {
		n := number{end: i}
		for n.end < len(text) && n.end < i+5 && isDigit(text[n.end]) {
			n.v = n.v*10 + float64(text[n.end]-'0')
			n.end++
		}
		for n.end+1 < len(text) && text[n.end] == ' ' && (text[n.end+1] == '年' || text[n.end+1] == '月' || text[n.end+1] == '日') {
			n.end++
		}
		return n, n.end <= i+5
	}
	return hanNumber(text, i)
}

// date is a date told by its half-year, or as the dictionary says.
func (d *Dictionary) date(f Found, t day, end int) Found {
	f.End, f.Kind, f.Digits = end, Date, 2
	if t.day > 0 {
		f.Digits = 3
	}
	if t.month == 0 {
		f.Kind, f.Digits = Year, 1
		if t.year < recent {
			f.Digits = 4
		}
		decade := t.year / 10 * 10
		f.with = redact.Words{ZH: fmt.Sprintf("%d年代", decade), EN: fmt.Sprintf("the %ds", decade)}
		return f
	}
	zhPart, enPart := "", ""
	switch d.Exact[Date].To {
	case "year":
	case "quarter":
		q := (t.month - 1) / 3
		zhPart = "第" + []string{"一", "二", "三", "四"}[q] + "季度"
		enPart = []string{"first", "second", "third", "fourth"}[q] + " quarter"
	default:
		half := (t.month - 1) / 6
		zhPart = []string{"上半年", "下半年"}[half]
		enPart = []string{"first", "second"}[half] + " half"
	}
	switch {
	case t.year == 0 && zhPart == "":
		f.with = redact.Words{ZH: "某日", EN: "one day"}
	case t.year == 0:
		f.with = redact.Words{ZH: zhPart, EN: "the " + enPart + " of the year"}
	case zhPart == "":
		f.with = redact.Words{ZH: fmt.Sprintf("%d年", t.year), EN: fmt.Sprint(t.year)}
	default:
		f.with = redact.Words{ZH: fmt.Sprintf("%d年%s", t.year, zhPart), EN: fmt.Sprintf("the %s of %d", enPart, t.year)}
	}
	return f
}
