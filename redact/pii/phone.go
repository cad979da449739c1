package pii

import (
	"regexp"
	"strings"

	"consentry/redact"
)

// Number shapes. Go's regexp has no look-around: free and grouped look at the
// neighbours. A separator is one space, dash or dot, or two spaces.
var (
	country  = `(?:(?:\(?(?:\+|00) ?86\)?|\(86\)|86)[ .-]{0,2}(?:\(0\))?)?`
	mobileRE = regexp.MustCompile(`(` + country + `|0)(1[ -][3-9](?:[ -]\d){9}|1[3-9]\d(?:\d{8}|(?: ?-? ?|\.)\d{4}(?: ?-? ?|\.)\d{4}|[ -]\d{3}[ -]\d{5}|\d[ -]\d{3}[ -]\d{4}|\d[ -]\d{4}[ -]\d{3}|[ -]\d{3}[ -]\d{3}[ -]\d{2}|[ -]\d{8}|\d{3}[ -]\d{5}))`)

	landlineRE = regexp.MustCompile(`(` + country + `)(\(?0?(10|2\d|[3-9]\d{2})\)?)([ -]{0,3})(\d{3,4}[ -]?\d{4})`)

	serviceRE = regexp.MustCompile(`(?:` + country + `)[48]00(?:\d[ -]\d{3}[ -]\d{3}|[ -]?\d{3}[ -]?\d{4}|[ -]?\d{4}[ -]?\d{3}|[ -]\d{2}[ -]?\d{5})`)

	// Lines of banks, carriers and authorities: 95588, 10086, 12345.
	shortLine = regexp.MustCompile(`^(?:9[56]\d{3,4}|1[02]\d{3})`)

	nanpRE  = regexp.MustCompile(`(?:\+?1[ .-]?)?(\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}`)
	worldRE = regexp.MustCompile(`(?:\+|00) ?[1-9](?:[ ().-]{0,3}\d){6,14}`)
	// National numbers of any plan, in groups, and lines free of charge.
	nationalRE = regexp.MustCompile(`\(0\d{1,4}\) ?\d{3,4}[ -]?\d{3,4}|0\d{1,4}(?:[ -]\d{2,4}){2,4}|0\d{2,3} - \d{3,4}[ -]?\d{4}|1[38]00[ -]\d{3}[ -]\d{3}`)
	dateRE     = regexp.MustCompile(`^(?:19|20)\d{2}([-./ ])(?:0?[1-9]|1[0-2])[-./ ](?:0?[1-9]|[12]\d|3[01])`)
)

// each calls f with the sub-matches of re in text[lo:hi], also behind a refused
// one: f returns where to go on.
func each(re *regexp.Regexp, text string, lo, hi int, f func(m []int) (next int)) {
	for lo < hi {
		m := re.FindStringSubmatchIndex(text[lo:hi])
		if m == nil {
			return
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += lo
			}
		}
		lo = max(lo+1, f(m))
	}
}

// phone is a finding of a telephone number; what is not sure is for review.
func phone(lo, hi int, sure bool, why string) match {
	if sure {
		return match{lo, hi, redact.Phone, redact.Sure, 0.99, why, byCode}
	}
	return match{lo, hi, redact.Phone, redact.Review, 0.6, why, byCode}
}

// mobile finds mainland mobile numbers: eleven digits from 13 to 19, with and
// without country code, in the usual groups.
func (s *scan) mobile(lo, hi int) (ms []match) {
	text := s.text
	each(mobileRE, text, lo, hi, func(m []int) int {
		from, end := m[0], m[1]
		how := s.stands(from, end)
		if how == inside { // perhaps only the prefix is too much: 186 13800138000
			if from = m[4]; s.stands(from, end) == inside {
				return m[0] + 1
			}
			how = s.stands(from, end)
		}
		ok := valid(text[m[4]:m[5]], "CN")
		bare := m[5]-m[4] == 11 && m[4] == from
		if !ok && other(text, from) || bare && price(text, end) && !s.tel(from) {
			return m[0] + 1
		}
		sure := ok && how == free && !grouped(text, from, end) && !amount(text, end) && !(bare && other(text, from))
		ms = append(ms, phone(from, end, sure || ok && s.tel(from), WhyMobile))
		return end
	})
	return ms
}

// landline finds mainland landlines: area code and seven or eight digits, and
// an extension if there is one.
func (s *scan) landline(lo, hi int) (ms []match) {
	text := s.text
	each(landlineRE, text, lo, hi, func(m []int) int {
		again := m[0] + 1
		code := text[m[4]:m[5]]
		trunk := strings.TrimLeft(code, "(")[0] == '0'
		if !trunk && m[2] == m[3] { // neither 0 nor country code
			return again
		}
		end := withExtension(text, m[1])
		from := m[0]
		if strings.HasPrefix(code, "(") != strings.HasSuffix(code, ")") || s.stands(from, end) != free || grouped(text, from, end) {
			return again
		}
		number := "0" + text[m[6]:m[7]] + strings.NewReplacer(" ", "", "-", "").Replace(text[m[10]:m[11]])
		known := valid(number, "CN")
		if n := digits(text[m[10]:m[11]]); !known && (!trunk || n < 8 && len(text[m[6]:m[7]]) < 3 || text[m[8]:m[9]] != "-" || other(text, from)) {
			return again
		}
		bare := m[8] == m[9] && !strings.HasPrefix(code, "(") && m[2] == m[3]
		if bare && other(text, from) {
			return again
		}
		ms = append(ms, phone(from, end, known && (!bare || s.tel(from)) && !amount(text, end), WhyLandline))
		return end
	})
	return ms
}

// service finds 400 and 800 numbers. They belong to companies, which are hidden
// without authorization too, but are often public: always for review.
func (s *scan) service(lo, hi int) (ms []match) {
	text := s.text
	each(serviceRE, text, lo, hi, func(m []int) int {
		end := withExtension(text, m[1])
		if s.stands(m[0], end) != free || grouped(text, m[0], end) || other(text, m[0]) || !valid(text[m[0]:m[1]], "CN") {
			return m[0] + 1
		}
		ms = append(ms, phone(m[0], end, false, WhyService))
		return end
	})
	return ms
}

// international finds numbers with a country code, and North American ones in
// their usual groups without.
func (s *scan) international(lo, hi int) (ms []match) {
	text := s.text
	each(worldRE, text, lo, hi, func(m []int) int {
		from, end := m[0], m[1]
		if from > 0 && (isDigit(text[from-1]) || text[from] != '+' && s.stands(from, end) != free) {
			return from + 1
		}
		number := func(end int) string {
			if text[from] == '+' {
				return text[from:end]
			}
			return "+" + text[from+2:end]
		}
		// Two numbers may stand side by side: cut at separators, longest first.
		for e := end; e > from+7; e = cutBack(text, from, e) {
			if s.stands(from, e) == free && valid(number(e), "ZZ") {
				x := withExtension(text, e)
				ms = append(ms, phone(from, x, true, WhyInternational))
				return x
			}
		}
		if digits(text[from:end]) >= 9 && s.stands(from, end) == free && (text[from] == '+' || s.tel(from)) && possible(number(end), "ZZ") {
			ms = append(ms, phone(from, end, false, WhyShape))
			return end
		}
		return from + 1
	})
	each(nanpRE, text, lo, hi, func(m []int) int {
		end := withExtension(text, m[1])
		if s.stands(m[0], end) != free || grouped(text, m[0], end) || other(text, m[0]) || !valid(text[m[0]:m[1]], "US") {
			return m[0] + 1
		}
		sure := text[m[2]] == '(' || s.tel(m[0])
		ms = append(ms, phone(m[0], end, sure, WhyInternational))
		return end
	})
	return ms
}

// national finds what has the groups of a number with the trunk prefix 0, or of
// a line free of charge, in whichever country.
func (s *scan) national(lo, hi int) (ms []match) {
	text := s.text
	each(nationalRE, text, lo, hi, func(m []int) int {
		if n := digits(text[m[0]:m[1]]); n < 9 || n > 11 || s.stands(m[0], m[1]) != free || grouped(text, m[0], m[1]) || other(text, m[0]) || amount(text, m[1]) {
			return m[0] + 1
		}
		end := withExtension(text, m[1])
		ms = append(ms, phone(m[0], end, false, WhyShape))
		return end
	})
	return ms
}

// cutBack is the end of the number without its last group.
func cutBack(text string, from, end int) int {
	for end > from && isDigit(text[end-1]) {
		end--
	}
	for end > from && !isDigit(text[end-1]) {
		end--
	}
	return end
}

// nth is the end of the n-th digit, or 0 where there are fewer.
func nth(text string, from, end, n int) int {
	for i := from; i < end; i++ {
		if isDigit(text[i]) {
			if n--; n == 0 {
				return i + 1
			}
		}
	}
	return 0
}

func digits(s string) (n int) {
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}

// afterWord finds numbers of seven to fifteen digits right behind a telephone
// word, whatever their plan.
func (s *scan) afterWord(lo, hi int) (ms []match) {
	text := s.text
	from := lo
	for from < hi && strings.IndexByte(" .-)/", text[from]) >= 0 {
		from++
	}
	if from < hi && text[from] == '(' && s.called[from+1] {
		from++
	}
	end := hi
	for end > from && !isDigit(text[end-1]) {
		end--
	}
	if !s.tel(from) || dateRE.MatchString(text[from:end]) {
		return nil
	}
	if e := nth(text, from, end, 16); e > 0 { // several numbers: take the first
		end = cutBack(text, from, e)
	}
	if i := strings.IndexByte(text[from:end], '/'); i >= 0 {
		end = from + i
	}
	if digits(text[from:end]) < 7 || s.stands(from, end) != free || counted.MatchString(text[end:min(len(text), end+16)]) {
		return nil
	}
	return append(ms, phone(from, withExtension(text, end), false, WhyContext))
}
