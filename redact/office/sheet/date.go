package sheet

import (
	"regexp"
	"strings"
	"time"
)

// quoted are the parts of a number's format that are no codes.
var quoted = regexp.MustCompile(`"[^"]*"|\\.|\[[^\]]*\]|_.|\*.`)

// IsDate reports whether a number's format shows it as a day: one of the built-in
// formats, or a code of years or days (18.8.30).
func IsDate(id int, code string) bool {
	if id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id >= 57 && id <= 58 {
		return true
	}
	first, _, _ := strings.Cut(strings.ToLower(code), ";")
	first = quoted.ReplaceAllString(strings.ReplaceAll(first, "general", ""), "")
	return strings.ContainsAny(first, "yde") && !strings.ContainsAny(first, "0#")
}

// date is the day of a number, counted from the end of 1899; what follows the
// 28th of February 1900 is counted one too high (18.17.4.1).
func date(x float64) (string, bool) {
	if x < 61 || x > 2958465 {
		return "", false
	}
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(x)).Format("2006-01-02"), true
}
