// Package checksum computes the check digits and characters that identity,
// account and device numbers carry. Every function takes the number without
// spaces, dashes or brackets, letters in capitals, and reports whether it is well
// formed and its check holds; none panics on other input.
package checksum

import (
	"strings"
	"time"
)

// digitsOf are the values of a number of n decimal digits; nil for anything else.
func digitsOf(s string, n int) []int {
	if len(s) != n {
		return nil
	}
	out := make([]int, n)
	for i := range n {
		if s[i] < '0' || s[i] > '9' {
			return nil
		}
		out[i] = int(s[i] - '0')
	}
	return out
}

// weighted is the sum of the products; values beyond the weights are left out.
func weighted(ds []int, weights ...int) (sum int) {
	for i, w := range weights {
		sum += ds[i] * w
	}
	return sum
}

// Day reports whether yyyymmdd is a day from 1880 to 2099.
func Day(s string) bool {
	if len(s) != 8 || s < "18800101" || s > "20991231" {
		return false
	}
	_, err := time.Parse("20060102", s)
	return err == nil
}

// shortDay reports whether yymmdd is a day of either century.
func shortDay(s string) bool { return Day("19"+s) || Day("20"+s) }

// Luhn is ISO/IEC 7812-1: cards, IMEI, and several national numbers.
func Luhn(s string) bool {
	ds := digitsOf(s, len(s))
	if len(ds) < 2 || strings.Count(s, s[:1]) == len(s) {
		return false
	}
	sum := 0
	for i, d := range ds {
		if (len(ds)-i)%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// Mod97 is ISO 7064 MOD 97-10 over letters and digits, the check standing last.
func Mod97(s string) bool {
	r := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			r = (r*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			r = (r*100 + int(c-'A') + 10) % 97
		default:
			return false
		}
	}
	return r == 1
}

// ibanLengths is the ISO 13616 registry: country and length.
var ibanLengths = map[string]int{"AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24,
	"DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23,
	"IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31,
	"MU": 30, "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SC": 31, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "ST": 25, "SV": 28, "TL": 23,
	"TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20}

// IBAN is ISO 13616: the length of its country and MOD 97-10, the first four
// characters moved to the end.
func IBAN(s string) bool {
	return len(s) > 4 && ibanLengths[s[:2]] == len(s) && Mod97(s[4:]+s[:4])
}

// Card is a payment card: a range of an issuer, the length it uses, and Luhn. Ranges
// are those of ISO/IEC 7812 as the schemes publish them (UnionPay 62 and 81 up to
// 19 digits, Visa, Mastercard, American Express, JCB, Diners, Discover, Maestro,
// Mir, RuPay) and the older cards of mainland banks that begin with 60, 90, 95.
func Card(s string) bool {
	n := len(s)
	if n < 13 || n > 19 || !Luhn(s) {
		return false
	}
	in := func(lo, hi string, lengths ...int) bool {
		p := s[:len(lo)]
		if p < lo || p > hi {
			return false
		}
		for _, l := range lengths {
			if n == l {
				return true
			}
		}
		return false
	}
	return in("62", "62", 16, 17, 18, 19) || in("81", "81", 16, 17, 18, 19) || in("4", "4", 13, 16, 19) || in("51", "55", 16) || in("2221", "2720", 16) ||
		in("34", "34", 15) || in("37", "37", 15) || in("3528", "3589", 16, 17, 18, 19) || in("300", "305", 14) || in("36", "36", 14) || in("38", "39", 14) ||
		in("6011", "6011", 16, 19) || in("644", "659", 16, 19) || in("50", "50", 16, 19) || in("56", "58", 16, 19) || in("60", "61", 16, 19) || in("63", "63", 16, 19) ||
		in("67", "67", 16, 19) || in("2200", "2204", 16) || in("9558", "9559", 16, 19) || in("9400", "9401", 19) || in("9843", "9843", 19)
}

// IMEI is the number of a mobile device (3GPP TS 23.003): a reporting body that
// exists, and Luhn.
func IMEI(s string) bool {
	return len(s) == 15 && strings.Contains("01 10 30 33 35 44 45 49 50 51 52 53 54 86 91 98 99", s[:2]) && Luhn(s)
}

// VIN is ISO 3779 with the check digit at the ninth place, which North America and
// China (GB 16735) prescribe.
func VIN(s string) bool {
	if len(s) != 17 {
		return false
	}
	const values = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ"
	sum := 0
	for i, w := range [17]int{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2} {
		v := strings.IndexByte(values, s[i])
		if v < 0 || s[i] == '.' {
			return false
		}
		sum += v % 10 * w
	}
	return s[8] == "0123456789X"[sum%11]
}

var (
	verhoeffMul = [10]string{"0123456789", "1234067895", "2340178956", "3401289567", "4012395678", "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"}
	verhoeffAt  = [8]string{"0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"}
)

// Verhoeff is the dihedral check of J. Verhoeff (1969).
func Verhoeff(s string) bool {
	ds := digitsOf(s, len(s))
	if len(ds) < 2 {
		return false
	}
	c := byte(0)
	for i := range ds {
		c = verhoeffMul[c][verhoeffAt[i%8][ds[len(ds)-1-i]]-'0'] - '0'
	}
	return c == 0
}
