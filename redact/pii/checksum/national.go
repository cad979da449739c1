package checksum

import (
	"slices"
	"strconv"
	"strings"
)

// Each is named by the ISO code of its country; the rule is that of the office
// that gives the number out.

// USSSN: an area, group and serial that can have been given out.
func USSSN(s string) bool {
	return digitsOf(s, 9) != nil && s[:3] != "000" && s[:3] != "666" && s[0] != '9' && s[3:5] != "00" && s[5:] != "0000" && s != "123456789" && s != "078051120"
}

// USITIN: begins with 9, its group 50–65, 70–88, 90–92 or 94–99.
func USITIN(s string) bool {
	if digitsOf(s, 9) == nil || s[0] != '9' {
		return false
	}
	g := s[3:5]
	return g >= "50" && g <= "65" || g >= "70" && g <= "88" || g >= "90" && g != "93"
}

// USRouting is the ABA number of a bank: a district and MOD 10 by 3, 7, 1.
func USRouting(s string) bool {
	ds := digitsOf(s, 9)
	if ds == nil || s == "000000000" {
		return false
	}
	d := ds[0]*10 + ds[1]
	return (d <= 12 || d >= 21 && d <= 32 || d >= 61 && d <= 72 || d == 80) && weighted(ds, 3, 7, 1, 3, 7, 1, 3, 7, 1)%10 == 0
}

// USNPI: Luhn behind 80840.
func USNPI(s string) bool {
	return digitsOf(s, 10) != nil && (s[0] == '1' || s[0] == '2') && Luhn("80840"+s)
}

// UKNINO: two letters that are given out, six digits, A to D.
func UKNINO(s string) bool {
	return len(s) == 9 && digitsOf(s[2:8], 6) != nil && strings.Contains("ABCEGHJKLMNOPRSTWXYZ", s[:1]) && strings.Contains("ABCEGHJKLMNPRSTWXYZ", s[1:2]) &&
		!slices.Contains([]string{"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}, s[:2]) && s[8] >= 'A' && s[8] <= 'D'
}

// UKNHS: ten digits, MOD 11.
func UKNHS(s string) bool {
	ds := digitsOf(s, 10)
	return ds != nil && strings.Count(s, s[:1]) != 10 && (11-weighted(ds, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11)%11 == ds[9]
}

// INAadhaar: twelve digits, Verhoeff.
func INAadhaar(s string) bool { return len(s) == 12 && s[0] >= '2' && Verhoeff(s) }

// INPAN: five letters, of which the fourth says whose, four digits, a letter.
func INPAN(s string) bool {
	return len(s) == 10 && strings.Contains("ABCFGHLJPT", s[3:4]) && digitsOf(s[5:9], 4) != nil
}

// SGNRIC: S, T, F, G or M, seven digits, a check letter.
func SGNRIC(s string) bool {
	if len(s) != 9 {
		return false
	}
	ds := digitsOf(s[1:8], 7)
	if ds == nil {
		return false
	}
	sum := weighted(ds, 2, 7, 6, 5, 4, 3, 2)
	switch s[0] {
	case 'S':
		return "JZIHGFEDCBA"[sum%11] == s[8]
	case 'T':
		return "JZIHGFEDCBA"[(sum+4)%11] == s[8]
	case 'F':
		return "XWUTRQPNMLK"[sum%11] == s[8]
	case 'G':
		return "XWUTRQPNMLK"[(sum+4)%11] == s[8]
	case 'M':
		return "XWUTRQPNJLK"[(sum+3)%11] == s[8]
	}
	return false
}

// AUTFN: nine digits, MOD 11.
func AUTFN(s string) bool {
	ds := digitsOf(s, 9)
	return ds != nil && s != "000000000" && weighted(ds, 1, 4, 3, 7, 5, 8, 6, 9, 10)%11 == 0
}

// AUABN: eleven digits, MOD 89 after one is taken from the first.
func AUABN(s string) bool {
	ds := digitsOf(s, 11)
	if ds == nil || ds[0] == 0 {
		return false
	}
	ds[0]--
	return weighted(ds, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)%89 == 0
}

// AUMedicare: ten or eleven digits, the ninth a check of MOD 10.
func AUMedicare(s string) bool {
	ds := digitsOf(s, len(s))
	return (len(ds) == 10 || len(ds) == 11) && ds[0] >= 2 && ds[0] <= 6 && weighted(ds, 1, 3, 7, 9, 1, 3, 7, 9)%10 == ds[8]
}

// CASIN: nine digits, Luhn.
func CASIN(s string) bool { return len(s) == 9 && s[0] != '0' && s[0] != '8' && Luhn(s) }

// ESNIF: eight digits, or X, Y, Z and seven for foreigners, and a letter of MOD 23.
func ESNIF(s string) bool {
	if len(s) != 9 {
		return false
	}
	n := s[:8]
	if i := strings.IndexByte("XYZ", s[0]); i >= 0 {
		n = strconv.Itoa(i) + s[1:8]
	}
	if digitsOf(n, 8) == nil {
		return false
	}
	v, _ := strconv.Atoi(n)
	return "TRWAGMYFPDXBNJZSQVHLCKE"[v%23] == s[8]
}

// ITFiscal is the codice fiscale: sixteen characters, MOD 26 with other values at
// odd places.
func ITFiscal(s string) bool {
	if len(s) != 16 {
		return false
	}
	odd := [36]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}
	sum := 0
	for i := range 15 {
		v := strings.IndexByte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", s[i])
		switch {
		case v < 0:
			return false
		case i%2 == 0:
			sum += odd[v]
		case v >= 10:
			sum += v - 10
		default:
			sum += v
		}
	}
	return s[15] == byte('A'+sum%26)
}

// PLPESEL: eleven digits with a birth date (its month says the century), MOD 10.
func PLPESEL(s string) bool {
	ds := digitsOf(s, 11)
	if ds == nil {
		return false
	}
	m := (ds[2]*10 + ds[3]) % 20
	day := ds[4]*10 + ds[5]
	return m >= 1 && m <= 12 && day >= 1 && day <= 31 && weighted(ds, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)%10 == 0
}

// KRRRN: a birth date, a digit for sex and century, and MOD 11; numbers given out
// since October 2020 carry no check.
func KRRRN(s string) bool {
	ds := digitsOf(s, 13)
	return ds != nil && shortDay(s[:6]) && ds[6] >= 1 && ds[6] <= 8 && (11-weighted(ds, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)%11)%10 == ds[12]
}

// DETax is the tax number: eleven digits, one of the first ten twice or thrice, ISO
// 7064 MOD 11,10.
func DETax(s string) bool {
	ds := digitsOf(s, 11)
	if ds == nil || ds[0] == 0 {
		return false
	}
	product := 10
	for _, d := range ds[:10] {
		sum := (d + product) % 10
		if sum == 0 {
			sum = 10
		}
		product = sum * 2 % 11
	}
	seen := map[int]int{}
	for _, d := range ds[:10] {
		seen[d]++
	}
	return len(seen) >= 8 && len(seen) <= 9 && (11-product)%10 == ds[10]
}

// DEIdentity is the number of an identity card or passport: nine characters and
// a check of 7, 3, 1 (ICAO 9303).
func DEIdentity(s string) bool {
	return len(s) == 10 && strings.Contains("CFGHJKLMNPRTVWXYZ", s[:1]) && icao(s[:9]) == s[9]
}

// icao is the check digit of ICAO 9303, '<' counting nothing.
func icao(s string) byte {
	sum := 0
	for i := range len(s) {
		v := strings.IndexByte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", s[i])
		if s[i] == '<' {
			v = 0
		}
		if v < 0 {
			return 0
		}
		sum += v * [3]int{7, 3, 1}[i%3]
	}
	return byte('0' + sum%10)
}

// MRZ is the second line of a passport's machine-readable zone (ICAO 9303-4): 44
// characters, each field with its check digit.
func MRZ(s string) bool {
	return len(s) == 44 && icao(s[:9]) == s[9] && icao(s[13:19]) == s[19] && icao(s[21:27]) == s[27]
}

// FIHETU: a birth date, a sign for the century, a serial, and a check of MOD 31.
func FIHETU(s string) bool {
	if len(s) != 11 || !shortDay(s[4:6]+s[2:4]+s[:2]) || digitsOf(s[7:10], 3) == nil {
		return false
	}
	n, _ := strconv.Atoi(s[:6] + s[7:10])
	return "0123456789ABCDEFHJKLMNPRSTUVWXY"[n%31] == s[10]
}

// SEPersonal: a birth date of six or eight digits, four more, Luhn over ten.
func SEPersonal(s string) bool {
	if len(s) == 12 {
		s = s[2:]
	}
	if digitsOf(s, 10) == nil {
		return false
	}
	day, _ := strconv.Atoi(s[4:6])
	if day > 60 { // a coordination number
		day -= 60
	}
	return shortDay(s[:4]+strconv.Itoa(100 + day)[1:]) && Luhn(s)
}

// THID: thirteen digits, MOD 11.
func THID(s string) bool {
	ds := digitsOf(s, 13)
	return ds != nil && ds[0] > 0 && (11-weighted(ds, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11)%10 == ds[12]
}

// TRID: eleven digits, two checks of MOD 10.
func TRID(s string) bool {
	ds := digitsOf(s, 11)
	if ds == nil || ds[0] == 0 {
		return false
	}
	odd, even := ds[0]+ds[2]+ds[4]+ds[6]+ds[8], ds[1]+ds[3]+ds[5]+ds[7]
	return ((odd*7-even)%10+10)%10 == ds[9] && (odd+even+ds[9])%10 == ds[10]
}

// ZAID: a birth date, serial, citizenship, Luhn.
func ZAID(s string) bool {
	return digitsOf(s, 13) != nil && shortDay(s[:6]) && s[10] <= '2' && Luhn(s)
}

// NLBSN: nine digits, the test of eleven.
func NLBSN(s string) bool {
	ds := digitsOf(s, 9)
	return ds != nil && s != "000000000" && weighted(ds, 9, 8, 7, 6, 5, 4, 3, 2, -1)%11 == 0
}

// FRNIR is the number of social security: thirteen digits and a key of MOD 97.
func FRNIR(s string) bool {
	if digitsOf(s, 15) == nil || s[0] < '1' || s[0] > '4' {
		return false
	}
	n, _ := strconv.Atoi(s[:13])
	key, _ := strconv.Atoi(s[13:])
	return 97-n%97 == key
}

// BRCPF: eleven digits, two checks of MOD 11.
func BRCPF(s string) bool {
	ds := digitsOf(s, 11)
	if ds == nil || strings.Count(s, s[:1]) == 11 {
		return false
	}
	return weighted(ds, 10, 9, 8, 7, 6, 5, 4, 3, 2)*10%11%10 == ds[9] && weighted(ds, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)*10%11%10 == ds[10]
}

// JPMyNumber: twelve digits, MOD 11.
func JPMyNumber(s string) bool {
	ds := digitsOf(s, 12)
	if ds == nil {
		return false
	}
	r := weighted(ds, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11
	if r <= 1 {
		return ds[11] == 0
	}
	return ds[11] == 11-r
}
