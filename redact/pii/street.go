package pii

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"consentry/redact"
)

// Addresses of streets. A Chinese one goes from the large to the small: 省 市 区 街
// 号 幢 单元 室; it is found from its number, behind the sign of a street, or from a
// block or room. An English one begins with the number.
var (
	// What stands right before the number: the sign of a street.
	zhStreet = regexp.MustCompile(`[\p{Han}A-Za-z0-9](?:路|街|大道|道|巷|弄|胡同|里|村|大街|条|段|环|园|苑|城|小区|社区|花园|公寓|家园|大厦|广场|新村|工业园|产业园|科技园)[东西南北中]?[一二三四五六七八九十]{0,2}(?:路|段|街|里|区|期|巷)?\(?$`)
	zhTail   = regexp.MustCompile(`^\d{1,5}(?:[-~之]\d{1,4})? ?(?:号院|号楼|弄|号|號|巷|幢|栋|棟|座|组|栋楼|室)(?:(?: ?[\p{Han}A-Za-z]{0,12}?)(?:[A-Za-z]|\d{1,4}|[一二三四五六七八九十]{1,3})(?:[-/]\d{1,4}){0,3}(?:号楼|号院|号|幢|栋|棟|座|单元|單元|层|樓|楼|室|房|户|门|F|组|区|期)){0,6}(?: ?\d{3,4}(?:室|房)?)?`)
	roomRE   = regexp.MustCompile(`单元|單元|室|房$|户$|幢|栋|号楼`)
	homeWord = regexp.MustCompile(`(?:住址|地址|住所|家住|居住在?|现住|收货|寄往|寄到|送到|户籍|籍贯|位于|住在|住于|坐落)[\p{Han}]{0,4}[\s:：是为在]*$`)
	// 3.1: figures of streets that are none.
	notStreet = regexp.MustCompile(`(?:生产线|高速公路|线路|电路|思路|道路|公路|铁路|网路|门路|报道|频道|渠道|管道|通道|知道|味道|公里|英里|那里|这里|哪里|条|阶段|手段|城|园)$`)

	enStreet = regexp.MustCompile(`^[1-9]\d{0,4}[A-Za-z]?(?:[-/]\d{1,4})? (?:(?:North|South|East|West|N|S|E|W|NE|NW|SE|SW)\.? )?(?:(?:St|Mt|Ft|Saint|Old|New|The|Upper|Lower)\.? )?(?:[A-Z][A-Za-z'’.-]{0,24} |\d{1,3}(?:st|nd|rd|th) ){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Av|Boulevard|Blvd|Lane|Ln|Drive|Dr|Way|Court|Ct|Place|Pl|Square|Sq|Terrace|Row|Close|Crescent|Cres|Gardens|Grove|Mews|Hill|Parade|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Trail|Trl|Walk|Wharf|Quay|Broadway|Turnpike|Plaza|Loop|Alley|Esplanade|Rise|View|Green|Park)\b\.?(?:,? (?:North|South|East|West|N|S|E|W|NE|NW|SE|SW)\b\.?)?(?:,? (?:Flat|Apt|Apartment|Unit|Suite|Ste|Room|Rm|Floor|Fl|No|#)\.? ?#?[A-Z0-9-]{1,6}\b)?(?:,? \d{1,3}(?:st|nd|rd|th) Floor)?(?:,\s[A-Z][A-Za-z'’-]{1,24}\b(?: [A-Z][A-Za-z'’-]{1,24}\b){0,3}){0,3}(?:,? (?:[A-Z]{2} )?(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]\d[A-Z] \d[A-Z]\d)\b)?`)
	deStreet = regexp.MustCompile(`[A-ZÄÖÜ][\p{L}-]{2,24}(?:straße|strasse|str\.|weg|platz|allee|gasse|ufer|damm) $`)
	flatRE   = regexp.MustCompile(`(?:Flat|Apartment|Apt|Unit|Suite) [A-Z0-9-]{1,6},? $`)
)

// street finds an address around the number at byte i, which ends at end.
func (s *scan) street(i, end int) {
	text := s.text
	if end-i > 5 || i == 0 && end == len(text) {
		return
	}
	if i >= 3 && text[i-1] >= 0x80 || i >= 4 && text[i-1] == ' ' && text[i-2] >= 0x80 {
		s.chineseStreet(i)
	}
	if end < len(text) && (text[end] == ' ' || text[end] == ',' || text[end] == '-' || text[end] == '/') {
		s.englishStreet(i, end)
	}
	if i > 6 && text[i-1] == ' ' && isLower(text[i-2]) || i > 6 && strings.HasSuffix(text[:i], "str. ") {
		if loc := deStreet.FindStringIndex(text[max(0, i-40):i]); loc != nil && (end == len(text) || !isAlnum(text[end])) && end-i <= 3 {
			s.add(match{max(0, i-40) + loc[0], end, redact.Kind("home-address"), redact.Review, 0.7, WhyStreet, byCode})
		}
	}
}

func (s *scan) chineseStreet(i int) {
	text := s.text
	tail := zhTail.FindStringIndex(text[i:min(len(text), i+120)])
	s.work += 120
	if tail == nil {
		return
	}
	head := strings.TrimRight(text[max(0, i-40):i], " ")
	if !zhStreet.MatchString(head[max(0, len(head)-24):]) {
		return
	}
	from := i
	for from > 0 && text[from-1] == ' ' {
		from--
	}
	for n := 0; from > 0 && n < 36; n++ { // whole runes, none of a sentence's marks
		r, w := utf8.DecodeLastRuneInString(text[:from])
		if strings.ContainsRune("\n,，。；;:：、！!？?“”()|\t 0123456789", r) {
			break
		}
		from -= w
	}
	// The address does not take in the words before it: 家住, 地址是, 我公司在.
	lo := from
	for _, w := range []string{"地址是", "地址为", "地址", "住址", "家住", "现住", "住在", "居住在", "居住于", "住所地", "住所", "位于", "坐落于", "坐落在", "寄到", "寄往", "送到", "送至", "搬到", "来到", "户籍地", "收货", "是", "在", "到", "至", "于", "：", "为"} {
		if n := strings.LastIndex(text[lo:i], w); n >= 0 && (len(w) > 3 || n <= 12) && lo+n+len(w) < i-3 && utf8.RuneCountInString(text[lo+n+len(w):i]) >= 3 {
			lo += n + len(w)
		}
	}
	if n := admin.FindStringIndex(text[lo:i]); n != nil {
		long := 4 // the name of a place is short, that of a new area longer: 高新技术开发区
		if strings.HasPrefix(text[lo+n[0]:], "区") {
			long = 6
		}
		lo = back(text, lo, lo+n[0], long)
	} else if n := strings.LastIndexFunc(text[lo:i], func(r rune) bool { return strings.ContainsRune("路街道巷弄里村", r) }); n > 0 {
		lo = back(text, lo, lo+n, 4)
	}
	for text[lo] == ' ' {
		lo++
	}
	hi := i + tail[1]
	room := roomRE.MatchString(text[i:hi])
	if !room && notStreet.MatchString(strings.TrimRight(text[lo:i], " ")) && !homeWord.MatchString(text[from:lo]) {
		return
	}
	m := match{lo, hi, redact.Kind("home-address"), redact.Review, 0.8, WhyStreet, byCode}
	if room || homeWord.MatchString(text[from:lo]) {
		m.tier, m.score, m.why = redact.Sure, 0.95, WhyRoom
	}
	s.add(m)
}

var admin = regexp.MustCompile(`省|市|区|县|州|旗|镇|乡`)

// back is n runes before byte at, but not before lo.
func back(text string, lo, at, n int) int {
	for ; n > 0 && at > lo; n-- {
		_, w := utf8.DecodeLastRuneInString(text[:at])
		at -= w
	}
	return max(at, lo)
}

func (s *scan) englishStreet(i, end int) {
	text := s.text
	next := end + 1
	for next < len(text) && next < end+8 && !isUpper(text[next]) && text[next] != '\n' {
		next++
	}
	if next >= len(text) || !isUpper(text[next]) && !(next-end < 8 && isDigit(text[next])) {
		return
	}
	loc := enStreet.FindStringIndex(text[i:min(len(text), i+200)])
	if loc == nil || !s.begins(i, false) {
		return
	}
	lo, hi := i, i+loc[1]
	if f := flatRE.FindStringIndex(text[max(0, i-24):i]); f != nil {
		lo = max(0, i-24) + f[0]
	}
	s.add(match{lo, hi, redact.Kind("home-address"), redact.Review, 0.8, WhyStreet, byCode})
}
