package generalise

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"consentry/redact"
)

// The kinds of values.
const (
	Date    = "date"    // with a day or a month: 2026年3月17日, 17 March 2026
	Year    = "year"    // alone: 1903年
	Age     = "age"     // 36岁, 36-year-old
	Percent = "percent" // 17.83%
	Money   = "money"   // 18.37亿元, £18.37 million
	Count   = "count"   // of anything else: 37,412人, 1,286 stores
)

var valueKinds = []string{Date, Year, Age, Percent, Money, Count}

// A Found value stands at runes Start to End of a text.
type Found struct {
	Start, End int
	Kind       string
	Digits     int // significant digits; of a date: 3 with its day, 2 with its month, 1 a year alone, 4 one before 1990
	with       redact.Words
}

// With is the value told less exactly; "" where it is not exact.
func (f Found) With(lang redact.Lang) string { return f.with.In(lang) }

// Value tells a date, figure, sum, age or percentage less exactly: 37,412人 is
// 三万余人, 17.83% is 约18%, 2026年3月17日 is 2026年上半年, 36-year-old is thirty-something. The
// text has to be one value as a whole. It reports the kind, and false where the
// text is no value or not exact.
func (d *Dictionary) Value(text string, lang redact.Lang) (string, string, bool) {
	rs := []rune(strings.TrimSpace(text))
	if len(rs) == 0 || len(rs) > maxLength {
		return "", "", false
	}
	for i := range rs {
		rs[i] = plain(rs[i])
	}
	f, ok := d.valueAt(rs, 0)
	if !ok || f.End != len(rs) {
		n, is := readNumber(rs, 0)
		if !is || n.end != len(rs) || n.v >= 1000 && n.v < 2200 && !n.commas {
			return "", "", false
		}
		f = Found{Kind: Count, with: d.count(n, redact.Words{})}
	}
	s := f.With(lang)
	return s, f.Kind, s != ""
}

// Values are the values in a text, from the left. It takes time linear in the
// text.
func (d *Dictionary) Values(text []rune) []Found {
	rs := make([]rune, len(text))
	for i, r := range text {
		rs[i] = plain(r)
	}
	var out []Found
	for i := 0; i < len(rs); {
		if !mayBegin[min(rs[i], rune(len(mayBegin)-1))] || i > 0 && runsOn(rs[i-1], rs[i]) {
			i++
			continue
		}
		if f, ok := d.valueAt(rs, i); ok && (f.Kind != Date || !smallMonth(text[f.Start:f.End])) {
			out = append(out, f)
			i = f.End
			continue
		}
		// Not a tail of a number: 第217位, A-1286.
		for i++; i < len(rs) && (isDigit(rs[i]) && isDigit(rs[i-1]) || rs[i] == ',' && isDigit(rs[i-1]) && i+1 < len(rs) && isDigit(rs[i+1])); i++ {
		}
	}
	return out
}

// smallMonth reports whether a date's month is written small: may 3 is none.
func smallMonth(text []rune) bool {
	letters, capitals := 0, 0
	for _, r := range text {
		if r >= 'a' && r <= 'z' {
			letters++
		} else if r >= 'A' && r <= 'Z' {
			capitals++
		}
	}
	return letters > 0 && capitals == 0
}

// mayBegin marks the runes that a value may begin with.
var mayBegin = func() (m [0x10000]bool) {
	for _, s := range []string{"0123456789$£€¥￥", "〇零一二两三四五六七八九十百"} {
		for _, r := range s {
			m[r] = true
		}
	}
	for _, w := range []string{"j", "f", "m", "a", "s", "o", "n", "d", "r", "c", "u", "h", "e", "g"} { // months, rmb, cny, us$, hk$, aged
		m[w[0]] = true
	}
	return m
}()

// runsOn reports whether b continues what a is a part of.
func runsOn(a, b rune) bool {
	if a == '第' || a == '#' || a == '.' && isDigit(b) {
		return true
	}
	if isDigit(b) && a == '-' {
		return true
	}
	return (isDigit(a) || a < 0x250 && unicode.IsLetter(a)) && b < 0x250 && (isDigit(b) || unicode.IsLetter(b))
}

func (d *Dictionary) valueAt(text []rune, i int) (Found, bool) {
	f := Found{Start: i}
	if latin(text[i]) && !isDigit(text[i]) {
		if t, end, ok := englishDate(text, i); ok {
			return d.date(f, t, end), true
		}
		if wordAt(text, i, "aged") && i+5 < len(text) && text[i+4] == ' ' && isDigit(text[i+5]) {
			if n := arabic(text, i+5); n.v == math.Trunc(n.v) && n.v < 120 {
				return found(f, Age, n.end, n.digits, decade(int(n.v), "in their %s")), true
			}
		}
	}
	if c, at := currencyAt(text, i, prefixes); at > i {
		for at < len(text) && text[at] == ' ' && at < i+8 {
			at++
		}
		if at < len(text) && isDigit(text[at]) {
			n, ok := readNumber(text, at)
			if ok && n.end < len(text) && (text[n.end] == 'm' || text[n.end] == 'k') && (n.end+1 == len(text) || !latin(text[n.end+1])) {
				n.v *= map[rune]float64{'m': 1e6, 'k': 1e3}[text[n.end]]
				n.end++
			}
			return found(f, Money, n.end, n.digits, money(n.v, c)), ok
		}
		return f, false
	}
	if percent := []rune("百分之"); hasAt(text, i, percent) && i+3 < len(text) {
		if n, ok := readNumber(text, i+3); ok {
			if n.words && n.end+1 < len(text) && text[n.end] == '点' {
				if m, ok := hanNumber(text, n.end+1); ok {
					n.v += m.v / math.Pow10(m.end-n.end-1)
					n.end, n.digits = m.end, n.digits+m.digits
				}
			}
			return found(f, Percent, n.end, n.digits, percentage(n)), true
		}
	}
	if _, han := hanDigits[text[i]]; !han && !isDigit(text[i]) && text[i] != '十' {
		return f, false
	}
	if t, end, ok := numberedDate(text, i); ok {
		return d.date(f, t, end), true
	}
	if t, end, ok := englishDate(text, i); ok {
		return d.date(f, t, end), true
	}
	n, ok := readNumber(text, i)
	if ok && n.v >= 1700 && n.v < recent && n.end == i+4 && yearBefore(text, i) && !n.words && endsNumber(text, n.end) {
		return d.date(f, day{year: int(n.v)}, n.end), true // in 1958
	}
	if !ok || n.end >= len(text) {
		return f, false
	}
	return d.figure(f, text, n)
}

// figure is a value that is a number with something behind it.
func (d *Dictionary) figure(f Found, text []rune, n number) (Found, bool) {
	rest := text[n.end:]
	for _, u := range []string{"%", " %", "个百分点", " percent", " per cent"} {
		if hasAt(rest, 0, []rune(u)) {
			w := percentage(n)
			if u == "个百分点" {
				w.ZH, w.EN = strings.ReplaceAll(w.ZH, "%", u), strings.ReplaceAll(w.EN, "%", " points")
			}
			return found(f, Percent, n.end+len([]rune(u)), n.digits, w), true
		}
	}
	for _, u := range []string{"周岁", "岁"} {
		if hasAt(rest, 0, []rune(u)) && n.v < 130 {
			return found(f, Age, n.end+len([]rune(u)), n.digits, decade(int(n.v), "in their %s")), true
		}
	}
	for u, form := range map[string]string{"-year-old": "%s-something", " years old": "in their %s"} {
		if hasAt(rest, 0, []rune(u)) && n.v < 130 {
			return found(f, Age, n.end+len(u), n.digits, decade(int(n.v), form)), true
		}
	}
	at := 0
	if rest[0] == ' ' {
		at = 1
	}
	if at == len(rest) {
		return f, false
	}
	if c, end := currencyAt(rest, at, suffixes); end > at {
		return found(f, Money, n.end+end, n.digits, money(n.v, c)), true
	}
	for _, u := range countUnits[rest[at]] {
		if hasAt(rest, at, u) {
			unit := string(u)
			return found(f, Count, n.end+at+len(u), n.digits, d.count(n, redact.Words{ZH: unit, EN: ""})), true
		}
	}
	// 4,218棵, 318.7万册: whatever is counted, where the number can be nothing else.
	if r := rest[at]; (n.commas && n.v >= 1000 || n.digits >= 3 && n.v >= 1e4) && !n.words && unicode.Is(unicode.Han, r) && !strings.ContainsRune("年月日号时分秒小天周岁多余位", r) {
		return found(f, Count, n.end+at+1, n.digits, d.count(n, redact.Words{ZH: string(r)})), true
	}
	// 1,286 stores: an English noun in the plural, or one of those that have none.
	if at == 1 && !n.words {
		year := n.v >= 1000 && n.v < 2200 && !n.commas && n.v == math.Trunc(n.v)
		for words, end := 0, 0; !year && words < 2 && end < len(rest) && rest[end] == ' '; words++ {
			start := end + 1
			for end++; end < len(rest) && end-start < 30 && rest[end] >= 'a' && rest[end] <= 'z'; end++ {
			}
			w := string(rest[start:end])
			if notUnits[w] || len(w) < 2 || words == 1 && (n.digits < 3 || !strings.HasSuffix(w, "s")) {
				break
			}
			if strings.HasSuffix(w, "s") && len(w) > 3 || w == "people" || w == "staff" || w == "square" || w == "tonnes" {
				return found(f, Count, n.end+end, n.digits, d.count(n, redact.Words{EN: string(rest[:end])})), true
			}
		}
	}
	return f, false
}

// endsNumber reports whether a number that ends at i ends a part of a sentence:
// in 1958 units is none.
func endsNumber(text []rune, i int) bool {
	if i == len(text) {
		return true
	}
	r := text[i]
	if r == ' ' {
		for _, w := range []string{"and", "the", "a", "when", "as", "by", "with", "it", "to", "but", "it", "has", "is", "was", "in", "on", "at", "for", "under", "after", "before", "who"} {
			if wordAt(text, i+1, w) {
				return true
			}
		}
		return false
	}
	return r == ',' || r == ';' || r == ')' || r == '\n' || r == '.' && (i+1 == len(text) || !isDigit(text[i+1]))
}

// yearBefore reports whether a word stands before i that a year follows.
func yearBefore(text []rune, i int) bool {
	for _, w := range []string{"in ", "since ", "from ", "of "} {
		if from := i - len(w); from >= 0 && hasAt(text, from, []rune(w)) && (from == 0 || !latin(text[from-1])) {
			return true
		}
	}
	return false
}

var notUnits = map[string]bool{"was": true, "this": true, "hours": true, "days": true, "years": true, "months": true, "minutes": true, "seconds": true, "weeks": true, "plus": true, "minus": true, "times": true, "bits": true, "bytes": true, "across": true, "versus": true, "does": true, "has": true, "and": true, "or": true, "of": true, "to": true, "in": true, "at": true, "by": true, "is": true, "are": true, "for": true, "the": true, "on": true, "with": true, "from": true, "were": true, "percent": true, "per": true, "am": true, "pm": true, "its": true, "as": true}

// countUnits are the Chinese words for what is counted, by their first rune.
var countUnits = func() map[rune][][]rune {
	m := map[rune][][]rune{}
	for _, u := range strings.Fields("名 人 位 家 个 台 套 件 吨 辆 座 间 户 所 条 平方米 平方公里 亩 公里 笔 种 款 项 株 头 只 艘 架 箱 单 万平方米 公顷 张 部 例 床 人次 人员 片 米 标箱 立方米 千瓦 千瓦时 兆瓦 吨位 项专利") {
		m[[]rune(u)[0]] = append(m[[]rune(u)[0]], []rune(u))
	}
	m['人'] = [][]rune{[]rune("人次"), []rune("人")}
	m['平'] = [][]rune{[]rune("平方公里"), []rune("平方米")}
	return m
}()

func found(f Found, kind string, end, digits int, w redact.Words) Found {
	f.Kind, f.End, f.Digits, f.with = kind, end, digits, w
	return f
}

func hasAt(text []rune, i int, word []rune) bool {
	return i+len(word) <= len(text) && slices.Equal(text[i:i+len(word)], word)
}

// count is a number to one significant digit. Below ten it is not exact.
func (d *Dictionary) count(n number, unit redact.Words) redact.Words {
	if n.v < 10 || n.digits < max(1, d.Exact[Count].Digits) {
		return redact.Words{}
	}
	digit, power := leading(n.v)
	zh, en := hanRound(digit, power), englishRound(digit, power)
	if n.v == float64(digit)*math.Pow10(power) {
		return redact.Words{ZH: "约" + zh + unit.ZH, EN: "about " + en + unit.EN}
	}
	return redact.Words{ZH: zh + "余" + unit.ZH, EN: "over " + en + unit.EN}
}

// percentage is one to the full per cent.
func percentage(n number) redact.Words {
	r := math.Round(n.v)
	switch {
	case n.v == math.Trunc(n.v):
		return redact.Words{}
	case n.v < 1:
		return redact.Words{ZH: "不到1%", EN: "under 1%"}
	case n.v > 99 && n.v < 100:
		return redact.Words{ZH: "超过99%", EN: "over 99%"}
	}
	s := strconv.FormatFloat(r, 'f', 0, 64) + "%"
	return redact.Words{ZH: "约" + s, EN: "about " + s}
}

// decade is an age by its ten years; form takes the English decade.
func decade(age int, form string) redact.Words {
	if age < 10 {
		return redact.Words{ZH: "不满十岁", EN: "under ten"}
	}
	if age < 20 {
		return redact.Words{ZH: "十多岁", EN: "teenage"}
	}
	if age >= 90 {
		return redact.Words{ZH: "九十岁以上", EN: "over ninety"}
	}
	tens := []string{"twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties"}[age/10-2]
	if strings.HasPrefix(form, "%s-") {
		tens = strings.TrimSuffix(tens, "ies") + "y"
	}
	return redact.Words{ZH: hanNames[age/10] + "十多岁", EN: fmt.Sprintf(form, tens)}
}
