package checksum

import "strings"

// ResidentID is GB 11643-1999, ISO 7064 MOD 11-2 over 17 digits with a birth date.
// Area codes come and go and are not looked at.
func ResidentID(s string) bool {
	return len(s) == 18 && Day(s[6:14]) && mod11x2(s)
}

// mod11x2 is ISO 7064 MOD 11-2 over 17 digits and a check of 0 to 9 or X.
func mod11x2(s string) bool {
	ds := digitsOf(s[:17], 17)
	if ds == nil {
		return false
	}
	sum := weighted(ds, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
	return "10X98765432"[sum%11] == s[17]
}

// ResidentID15 is the older form: area, yymmdd of the twentieth century, serial. It
// has no check digit; the area is one that could be: a province (or 99, which is
// none and stands in examples) and a prefecture of GB/T 2260.
func ResidentID15(s string) bool {
	if digitsOf(s, 15) == nil || !Day("19"+s[6:12]) {
		return false
	}
	p := s[2:4]
	return strings.Contains("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 99", s[:2]) &&
		(p >= "01" && p <= "35" || p >= "51" && p <= "53" || p == "90")
}

// Student is the national student number: G (or L, for those without an identity
// number) and a resident number.
func Student(s string) bool {
	return len(s) == 19 && (s[0] == 'G' || s[0] == 'L') && ResidentID(s[1:])
}

// PermanentResident is the card of foreign residents: since 2023 18 characters that
// begin with 9 and are checked as GB 11643 is; before, three letters (a country) and
// twelve digits.
func PermanentResident(s string) bool {
	switch len(s) {
	case 18:
		return s[0] == '9' && ResidentID(s)
	case 15:
		for i := range 3 {
			if s[i] < 'A' || s[i] > 'Z' {
				return false
			}
		}
		return digitsOf(s[3:], 12) != nil && shortDay(s[7:13])
	}
	return false
}

const creditSet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// USCC is GB 32100-2015, the unified social credit code of organisations: a
// registering office, a six-digit area, and MOD 31 over 17 characters.
func USCC(s string) bool {
	if len(s) != 18 || digitsOf(s[2:8], 6) == nil || !strings.Contains("123456789ANY", s[:1]) {
		return false
	}
	sum, w := 0, 1
	for i := range 17 {
		v := strings.IndexByte(creditSet, s[i])
		if v < 0 {
			return false
		}
		sum += v * w
		w = w * 3 % 31
	}
	return strings.IndexByte(creditSet, s[17]) == (31-sum%31)%31
}

// OrgCode is GB 11714-1997, the older code of organisations: eight characters and
// a check of MOD 11.
func OrgCode(s string) bool {
	if len(s) != 9 {
		return false
	}
	sum := 0
	for i, w := range [8]int{3, 7, 9, 10, 5, 8, 4, 2} {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			sum += int(c-'0') * w
		case c >= 'A' && c <= 'Z':
			sum += int(c-'A'+10) * w
		default:
			return false
		}
	}
	return s[8] == "0X987654321"[sum%11]
}

// TaxID is a number of the mainland's tax offices: a credit code, an area and an
// organisation code (15), or a resident number with or without two digits more.
func TaxID(s string) bool {
	switch len(s) {
	case 15:
		return digitsOf(s[:6], 6) != nil && OrgCode(s[6:])
	case 18:
		return USCC(s) || ResidentID(s)
	case 20:
		return ResidentID(s[:18]) && digitsOf(s[18:], 2) != nil
	}
	return false
}

// HongKongID is the identity card of Hong Kong: one or two letters, six digits, and a
// check of MOD 11 in which a blank is 36.
func HongKongID(s string) bool {
	if len(s) == 8 {
		s = " " + s
	}
	if len(s) != 9 || s[1] < 'A' || s[1] > 'Z' {
		return false
	}
	sum := 0
	for i := range 8 {
		v := 36
		switch c := s[i]; {
		case c >= '0' && c <= '9' && i > 1:
			v = int(c - '0')
		case c >= 'A' && c <= 'Z' && i < 2:
			v = int(c-'A') + 10
		case c != ' ':
			return false
		}
		sum += v * (9 - i)
	}
	return s[8] == "0A987654321"[sum%11]
}

// TaiwanID is the number of Taiwan: a letter for the first place of registration, 1
// or 2 (8, 9 or A to D for residents), eight digits, MOD 10.
func TaiwanID(s string) bool {
	const letters = "ABCDEFGHJKLMNPQRSTUVXYWZIO" // in the order of their values from 10
	if len(s) != 10 {
		return false
	}
	v := strings.IndexByte(letters, s[0]) + 10
	second := strings.IndexByte("ABCD", s[1])
	switch {
	case v < 10:
		return false
	case second < 0:
		if !strings.Contains("1289", s[1:2]) {
			return false
		}
		second = int(s[1] - '0')
	}
	ds := digitsOf(s[2:], 8)
	return ds != nil && (v/10+v%10*9+second*8+weighted(ds, 7, 6, 5, 4, 3, 2, 1, 1))%10 == 0
}
