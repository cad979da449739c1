package generalise

import (
	"math"
	"strconv"
	"strings"
)

// plain is a rune as numbers are read: half width, small.
func plain(r rune) rune {
	if r >= 0xff01 && r <= 0xff5e {
		r -= 0xfee0
	}
	if r >= 'A' && r <= 'Z' {
		r += 'a' - 'A'
	}
	return r
}

// A number is one as read from a text.
type number struct {
	v      float64
	digits int // significant ones, zeros at the end not counted
	end    int // rune after it
	words  bool
	commas bool
}

// readNumber reads the number that begins at i: 37,412, 18.37, 三万七千, 3.7万, 18.37亿.
// A multiplier behind it counts. ok is false where none begins there.
func readNumber(text []rune, i int) (n number, ok bool) {
	if isDigit(text[i]) {
		n = arabic(text, i)
	} else if n, ok = hanNumber(text, i); !ok {
		return n, false
	}
	if !n.words {
		j := n.end
		for j < len(text) && n.end-i < 24 {
			m, is := multipliers[text[j]]
			if !is {
				break
			}
			n.v *= m
			j++
			n.end = j
		}
		if n.end == j && j < len(text) && text[j] == ' ' {
			for word, m := range englishMultipliers {
				if wordAt(text, j+1, word) {
					n.v *= m
					n.end = j + 1 + len(word)
					break
				}
			}
		}
	}
	return n, n.v < 1e18
}

var multipliers = map[rune]float64{'百': 1e2, '千': 1e3, '万': 1e4, '亿': 1e8, '萬': 1e4, '億': 1e8}

var englishMultipliers = map[string]float64{"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "bn": 1e9}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func arabic(text []rune, i int) number {
	var b []byte
	n := number{end: i}
	for n.end < len(text) && len(b) < 20 {
		r := text[n.end]
		if isDigit(r) {
			b = append(b, byte(r))
			n.end++
			continue
		}
		// A group of three behind a comma, and no fourth digit.
		if r == ',' && n.end+3 < len(text) && isDigit(text[n.end+1]) && isDigit(text[n.end+2]) && isDigit(text[n.end+3]) && (n.end+4 == len(text) || !isDigit(text[n.end+4])) {
			n.commas = true
			n.end++
			continue
		}
		if r == '.' && n.end+1 < len(text) && isDigit(text[n.end+1]) && !strings.Contains(string(b), ".") {
			b = append(b, '.')
			n.end++
			continue
		}
		break
	}
	n.v, _ = strconv.ParseFloat(string(b), 64)
	n.digits = significant(string(b))
	return n
}

func significant(s string) int {
	if !strings.Contains(s, ".") {
		s = strings.TrimRight(s, "0")
	}
	return len(strings.TrimLeft(strings.ReplaceAll(s, ".", ""), "0"))
}

var hanDigits = map[rune]int{'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

var hanUnits = map[rune]float64{'十': 10, '百': 100, '千': 1000}

// hanNumber reads 三万七千四百一十二, 二〇二六, 一百二十.
func hanNumber(text []rune, i int) (number, bool) {
	n := number{end: i, words: true}
	total, section, digit := 0.0, 0.0, -1
	plainDigits, units := "", false
	for n.end < len(text) && n.end-i < 30 {
		r := text[n.end]
		if d, ok := hanDigits[r]; ok {
			digit = d
			plainDigits += strconv.Itoa(d)
		} else if m, ok := hanUnits[r]; ok {
			units = true
			if digit < 0 {
				if r != '十' {
					break
				}
				digit = 1
			}
			section += float64(digit) * m
			digit = -1
		} else if m, ok := multipliers[r]; ok && n.end > i {
			units = true
			section += float64(max(digit, 0))
			digit = -1
			if m == 1e8 {
				total, section = (total+section)*m, 0
			} else {
				total, section = total+section*m, 0
			}
		} else {
			break
		}
		n.end++
	}
	if n.end == i {
		return n, false
	}
	if !units {
		n.v, _ = strconv.ParseFloat(plainDigits, 64)
		n.digits = significant(plainDigits)
		return n, len(plainDigits) <= 12
	}
	n.v = total + section + float64(max(digit, 0))
	n.digits = significant(strconv.FormatFloat(n.v, 'f', -1, 64))
	return n, true
}

// wordAt reports whether a Latin word stands at i, whole.
func wordAt(text []rune, i int, word string) bool {
	if i+len(word) > len(text) {
		return false
	}
	for j := range len(word) {
		if text[i+j] != rune(word[j]) {
			return false
		}
	}
	return i+len(word) == len(text) || !latin(text[i+len(word)])
}

// leading is the first digit of v and its power of ten.
func leading(v float64) (digit, power int) {
	s := strconv.FormatFloat(v, 'e', 15, 64)
	e := strings.IndexByte(s, 'e')
	power, _ = strconv.Atoi(s[e+1:])
	return int(s[0] - '0'), power
}

var hanNames = []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

// hanRound spells d times ten to the power.
func hanRound(d, power int) string {
	big, rest := "", power
	switch {
	case power >= 12:
		big, rest = "万亿", power-12
	case power >= 8:
		big, rest = "亿", power-8
	case power >= 4:
		big, rest = "万", power-4
	}
	s := hanNames[d]
	if d == 2 && rest != 1 && power > 0 {
		s = "两"
	}
	if d == 1 && rest == 1 {
		s = ""
	}
	return s + []string{"", "十", "百", "千", "万"}[min(rest, 4)] + big
}

// englishRound spells d times ten to the power.
func englishRound(d, power int) string {
	v := float64(d) * math.Pow10(power)
	for _, m := range []struct {
		from float64
		word string
	}{{1e12, " trillion"}, {1e9, " billion"}, {1e6, " million"}} {
		if v >= m.from {
			return strconv.FormatFloat(v/m.from, 'f', 0, 64) + m.word
		}
	}
	s := strconv.FormatFloat(v, 'f', 0, 64)
	if len(s) > 3 {
		s = s[:len(s)-3] + "," + s[len(s)-3:]
	}
	return s
}
