package pii

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"consentry/redact"
)

var (
	id18RE = regexp.MustCompile(`\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx]`)
	id15RE = regexp.MustCompile(`\d{15}`)
	idWord = regexp.MustCompile(`(?i)(?:身份证|身份證|证件|證件|身份号码|公民身份|(?:^|[^a-z])(?:id|identity)(?:$|[^a-z]))[^\d\n]{0,16}$`)
)

// resident finds mainland identity numbers: 18 characters with the birth date
// and check digit of GB 11643-1999, or the older 15 digits, which have none. The
// area code is not looked at: codes come and go.
func resident(text string, lo, hi int) (ms []match) {
	named := func(i int) bool { return idWord.MatchString(before(text, i, 24)) }
	if hi < len(text) && (text[hi] == 'X' || text[hi] == 'x') {
		hi++
	}
	each(id18RE, text, lo, hi, func(m []int) int {
		from, end := m[0], m[1]
		id := strings.NewReplacer(" ", "", "-", "").Replace(text[from:end])
		if !alone(text, from, end) || !born(id[6:14]) {
			return from + 1
		}
		switch {
		case checked(id):
			ms = append(ms, match{from, end, redact.ResidentID, redact.Sure, 0.99, WhyID})
		case named(from): // a slip of the pen tells as much
			ms = append(ms, match{from, end, redact.ResidentID, redact.Review, 0.6, WhyIDContext})
		default:
			return from + 1
		}
		return end
	})
	each(id15RE, text, lo, hi, func(m []int) int {
		from, end := m[0], m[1]
		if !alone(text, from, end) || !born("19"+text[from+6:from+12]) {
			return from + 1
		}
		if named(from) {
			ms = append(ms, match{from, end, redact.ResidentID, redact.Sure, 0.9, WhyID15})
		} else {
			ms = append(ms, match{from, end, redact.ResidentID, redact.Review, 0.5, WhyID15})
		}
		return end
	})
	return ms
}

// alone reports whether no digit, Latin letter or decimal mark touches.
func alone(text string, lo, hi int) bool {
	return (lo == 0 || !isDigit(text[lo-1]) && !isLetter(text[lo-1]) && text[lo-1] != '.') &&
		(hi == len(text) || !isDigit(text[hi]) && !isLetter(text[hi])) &&
		!(hi+1 < len(text) && text[hi] == '.' && isDigit(text[hi+1]))
}

// born reports whether yyyymmdd is a day since 1880.
func born(day string) bool {
	if y, err := strconv.Atoi(day[:4]); err != nil || y < 1880 || y > 2099 {
		return false
	}
	_, err := time.Parse("20060102", day)
	return err == nil
}

// checked computes the check character of GB 11643-1999 (ISO 7064 MOD 11-2).
func checked(id string) bool {
	sum := 0
	for i, w := range [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += w * int(id[i]-'0')
	}
	return "10X98765432"[sum%11] == strings.ToUpper(id[17:])[0]
}
